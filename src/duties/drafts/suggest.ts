import { can } from "../../access/can.js";
import { forbid } from "../../access/guard.js";
import { accessOf } from "../../access/of-space.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import type { Command } from "../../model/commands.js";
import { refuseEmpty, refuseLong } from "../../model/content.js";
import { type Context, happened } from "../../model/decider.js";
import type { Draft, Suggestion } from "../../model/drafts.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { refuseMisfit, withEdits } from "./edits.js";
import { findDraft, findSuggestion } from "./find.js";
import { rebase } from "./rebase.js";
import { nextRevision } from "./revise.js";
import { forbidWork } from "./rights.js";
import { refuseSettled } from "./status.js";
import { currentOf, revisionOf } from "./text.js";

/** Suggests edits on a revision, the current one or one before. What would change nothing is no suggestion. */
export function makeSuggestion(
  space: Space,
  command: Command<"suggestion.make">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, revision, edits, note = null } = command;
  const draft = findDraft(space, command.draft);
  if ("ok" in draft) return draft;
  const refused =
    forbid(space, { member: by, capability: "draft.propose", channel: draft.channel, at: context.now }) ??
    refuseSettled(draft);
  if (refused) return refused;
  const made = revisionOf(draft, revision);
  if (!made) return unknownRevision(draft, revision);
  const body = withEdits(made.body, edits);
  const unfit =
    refuseMisfit(made.body, edits) ?? refuseLong(body) ?? refuseEmpty("draft", body, made.attachments);
  if (unfit) return unfit;
  if (body === made.body) return accept();
  const data = { draft: draft.id, suggestion: context.newId("sug"), revision, edits, note };
  return accept(happened("suggestion.made", data, command, context));
}

/** Takes a suggestion up. One that was made on an earlier revision is moved along, where nothing stands against it. */
export function applySuggestion(
  space: Space,
  command: Command<"suggestion.apply">,
  context: Context,
): Outcome<SpaceEvent> {
  const draft = findDraft(space, command.draft);
  if ("ok" in draft) return draft;
  const refused = forbidWork(space, draft, command.by, context.now);
  if (refused) return refused;
  const suggestion = findSuggestion(draft, command.suggestion);
  if ("ok" in suggestion) return suggestion;
  if (suggestion.status === "applied") return accept();
  const settled = refuseSettled(draft) ?? refuseAnswered(draft, suggestion);
  if (settled) return settled;
  const current = currentOf(draft);
  const body = suggested(draft, suggestion);
  if (typeof body !== "string") return body;
  const { id } = suggestion;
  if (body === current.body)
    return accept(happened("suggestion.included", { draft: draft.id, suggestion: id }, command, context));
  const unfit = refuseLong(body) ?? refuseEmpty("draft", body, current.attachments);
  if (unfit) return unfit;
  const { cosmetic = false } = command;
  const data = nextRevision(space, draft, {
    body,
    attachments: current.attachments,
    cosmetic,
    suggestion: id,
  });
  return accept(happened("draft.revised", data, command, context));
}

/** Says no to a suggestion, or takes one's own back. */
export function rejectSuggestion(
  space: Space,
  command: Command<"suggestion.reject">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, note = null } = command;
  const draft = findDraft(space, command.draft);
  if ("ok" in draft) return draft;
  const suggestion = findSuggestion(draft, command.suggestion);
  const own =
    "by" in suggestion &&
    suggestion.by === by &&
    can(accessOf(space), by, "draft.propose", draft.channel, context.now);
  const refused = own ? undefined : forbidWork(space, draft, by, context.now);
  if (refused) return refused;
  if ("ok" in suggestion) return suggestion;
  if (suggestion.status === "rejected") return accept();
  const settled = refuseSettled(draft) ?? refuseAnswered(draft, suggestion);
  if (settled) return settled;
  const data = { draft: draft.id, suggestion: suggestion.id, note };
  return accept(happened("suggestion.rejected", data, command, context));
}

/** The current text with the suggestion in it, or the refusal where it cannot be had. */
function suggested(draft: Draft, { id, revision, edits }: Suggestion) {
  const current = currentOf(draft);
  const made = revisionOf(draft, revision);
  if (!made) return unknownRevision(draft, revision);
  const body = withEdits(made.body, edits);
  if (made.body === current.body) return body;
  return (
    rebase(made.body, current.body, body) ??
    refuse(
      "SUGGESTION_CONFLICT",
      `What the suggestion changes in revision ${revision} has changed up to revision ${current.revision}.`,
      { draft: draft.id, suggestion: id, revision: current.revision },
    )
  );
}

function refuseAnswered(draft: Draft, { id, status }: Suggestion) {
  return status === "open"
    ? undefined
    : refuse("SUGGESTION_SETTLED", `The suggestion has been ${status} already.`, {
        draft: draft.id,
        suggestion: id,
        status,
      });
}

function unknownRevision(draft: Draft, revision: number) {
  const current = currentOf(draft).revision;
  return refuse("REVISION_UNKNOWN", `The draft has the revisions 1 to ${current}, not ${revision}.`, {
    draft: draft.id,
    revision: current,
  });
}
