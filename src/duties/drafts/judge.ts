import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { Draft } from "../../model/drafts.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { approversOf, countedOf, isAsked } from "./approvals.js";
import { findDraft, refuseStale } from "./find.js";
import { describeClause, ruleOf } from "./rule.js";
import { isUnderReview, refuseSettled, refuseUnsubmitted } from "./status.js";
import { authorsOf } from "./text.js";

/**
 * Approves or rejects the current revision, or asks for changes; also after the deadline, which only makes reminders.
 * With the approval that is the last one missing the draft is approved.
 */
export function judgeDraft(
  space: Space,
  command: Command<"draft.judge">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, revision, verdict, note = null } = command;
  const { now } = context;
  const draft = findDraft(space, command.draft);
  if ("ok" in draft) return draft;
  const refused =
    forbid(space, { member: by, capability: "draft.approve", channel: draft.channel, at: now }) ??
    refuseSettled(draft) ??
    refuseStale(draft, revision) ??
    (isOpenTo(draft, verdict) ? undefined : refuseUnsubmitted(draft)) ??
    (verdict === "approve" ? refuseApprover(space, draft, by, now) : undefined);
  if (refused) return refused;
  const given = happened("verdict.given", { draft: draft.id, revision, verdict, note }, command, context);
  const events: SpaceEvent[] = hasSaid(draft, command) ? [] : [given];
  if (verdict === "approve" && draft.status === "submitted") {
    if (countedOf(space, draft, [...approversOf(draft), by], now).met)
      events.push(happened("draft.approved", { draft: draft.id, revision }, command, context));
  }
  return accept(...events);
}

/** What was rejected can be rejected by others too, so that no reasons are lost; to be approved it comes again. */
function isOpenTo(draft: Draft, verdict: Command<"draft.judge">["verdict"]): boolean {
  return isUnderReview(draft) || (verdict !== "approve" && draft.status !== "open");
}

/** Whether they have said just this of this revision last, and it still stands. */
function hasSaid(draft: Draft, { by, revision, verdict }: Command<"draft.judge">): boolean {
  const last = draft.verdicts.slice(draft.voided).findLast((one) => one.by === by);
  return last?.verdict === verdict && last.revision === revision;
}

function refuseApprover(space: Space, draft: Draft, by: string, now: number) {
  if (authorsOf(draft).has(by))
    return refuse("APPROVER_IS_AUTHOR", `${by} has written a part of the draft, and cannot approve it.`, {
      draft: draft.id,
    });
  if (isAsked(space, draft, by, now)) return undefined;
  const asked = ruleOf(space, draft).clauses.map(describeClause);
  return refuse("APPROVAL_NOT_ASKED", `The draft takes the approval of others: ${asked.join(" and ")}.`, {
    draft: draft.id,
    asked,
  });
}
