import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import type { Act, Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { Draft } from "../../model/drafts.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { refuseClosed } from "../refusals.js";
import { refuseUnapproved } from "./approvals.js";
import { findDraft } from "./find.js";
import { forbidPublishing } from "./rights.js";
import { refuseSettled } from "./status.js";
import { currentOf } from "./text.js";

/**
 * Lets an approved draft go out: by who may, or, once its time has come, by the clock in the name of who scheduled it.
 * Both the rights and the approvals are those of this moment. Publishing again changes nothing.
 */
export function publishDraft(
  space: Space,
  command: Command<"draft.publish">,
  context: Context,
): Outcome<SpaceEvent> {
  const { now, newId } = context;
  const draft = findDraft(space, command.draft);
  if ("ok" in draft) return draft;
  if (draft.status === "published") return accept();
  const { id, target } = draft;
  const act = { ...command, by: publisherOf(space, draft, command.by, now) };
  const refused =
    (target === null ? undefined : refuseClosed(space, target)) ??
    forbidPublishing(space, draft, act.by, now) ??
    refuseSettled(draft) ??
    refuseUnapproved(space, draft, now);
  if (refused) return refused;
  const { revision } = currentOf(draft);
  const data = { draft: id, revision, message: target === null ? null : newId("msg") };
  return accept(...approvedNow(draft, act, context), happened("draft.published", data, act, context));
}

/** Puts on record that the message stands in its channel, or, of a draft that was withdrawn, does no more. */
export function deliverDraft(
  space: Space,
  command: Command<"draft.deliver">,
  context: Context,
): Outcome<SpaceEvent> {
  const draft = findDraft(space, command.draft);
  if ("ok" in draft) return draft;
  const { id, status, publishedAt, message, delivered } = draft;
  if (publishedAt === null)
    return refuse(
      "DRAFT_NOT_PUBLISHED",
      "The draft was not published, so that nothing of it was delivered.",
      {
        draft: id,
        status,
      },
    );
  return delivered || message === null
    ? accept()
    : accept(happened("draft.delivered", { draft: id }, command, context));
}

/** A rule that was made easier since leaves drafts that meet it without having been approved: then they are now. */
export function approvedNow(draft: Draft, act: Act, context: Context): readonly SpaceEvent[] {
  if (draft.status !== "submitted") return [];
  const data = { draft: draft.id, revision: currentOf(draft).revision };
  return [happened("draft.approved", data, act, context)];
}

/** In whose name it goes out: theirs who ask for it, if they may; else, when its time has come, who scheduled it. */
function publisherOf(space: Space, draft: Draft, by: string, now: number): string {
  const { status, publishAt, scheduledBy } = draft;
  const isDue = status === "scheduled" && publishAt !== null && publishAt <= now;
  return isDue && scheduledBy !== null && forbidPublishing(space, draft, by, now) ? scheduledBy : by;
}
