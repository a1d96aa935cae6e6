import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { toInstant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { refuseClosed } from "../refusals.js";
import { refuseUnapproved } from "./approvals.js";
import { findDraft } from "./find.js";
import { approvedNow } from "./publish.js";
import { forbidPublishing } from "./rights.js";
import { refuseSettled } from "./status.js";

/** Says when an approved draft is to go out. Saying it again moves it. */
export function scheduleDraft(
  space: Space,
  command: Command<"draft.schedule">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by } = command;
  const { now } = context;
  const draft = findDraft(space, command.draft);
  if ("ok" in draft) return draft;
  const publishAt = toInstant(command.publishAt);
  const refused =
    (draft.target === null ? undefined : refuseClosed(space, draft.target)) ??
    forbidPublishing(space, draft, by, now) ??
    refuseSettled(draft) ??
    refusePast(publishAt, now) ??
    refuseUnapproved(space, draft, now);
  if (refused) return refused;
  if (draft.status === "scheduled" && draft.publishAt === publishAt && draft.scheduledBy === by)
    return accept();
  const scheduled = happened("draft.scheduled", { draft: draft.id, publishAt }, command, context);
  return accept(...approvedNow(draft, command, context), scheduled);
}

function refusePast(publishAt: number, now: number) {
  const expected = "must be in the future";
  return publishAt > now
    ? undefined
    : refuse("INVALID_COMMAND", `draft.schedule publishAt ${expected}.`, {
        issues: [{ path: "publishAt", expected }],
      });
}
