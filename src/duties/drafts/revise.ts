import { accept, type Outcome } from "../../kernel/outcome.js";
import type { Command } from "../../model/commands.js";
import { refuseEmpty, refuseLong } from "../../model/content.js";
import { type Context, happened } from "../../model/decider.js";
import type { Draft, DraftEvents } from "../../model/drafts.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Attachment } from "../../model/message.js";
import type { Space } from "../../model/space.js";
import { findDraft, refuseStale } from "./find.js";
import { forbidWork } from "./rights.js";
import { ruleOf } from "./rule.js";
import { refuseSettled } from "./status.js";
import { currentOf } from "./text.js";

/** Writes the next revision. What is left out stays as it is. */
export function reviseDraft(
  space: Space,
  command: Command<"draft.revise">,
  context: Context,
): Outcome<SpaceEvent> {
  const draft = findDraft(space, command.draft);
  if ("ok" in draft) return draft;
  const current = currentOf(draft);
  const { body = current.body, attachments = current.attachments, cosmetic = false } = command;
  const refused = forbidWork(space, draft, command.by, context.now) ?? refuseSettled(draft);
  if (refused) return refused;
  // Whoever wants what is there already has it, whatever they have read.
  if (body === current.body && isSame(attachments, current.attachments)) return accept();
  const unfit =
    refuseStale(draft, command.revision) ?? refuseLong(body) ?? refuseEmpty("draft", body, attachments);
  if (unfit) return unfit;
  const data = nextRevision(space, draft, { body, attachments, cosmetic, suggestion: null });
  return accept(happened("draft.revised", data, command, context));
}

/** The next revision of a draft. A change that is marked cosmetic keeps approvals only where the rule says so. */
export function nextRevision(
  space: Space,
  draft: Draft,
  text: Pick<DraftEvents["draft.revised"], "body" | "attachments" | "cosmetic" | "suggestion">,
): DraftEvents["draft.revised"] {
  return {
    draft: draft.id,
    revision: currentOf(draft).revision + 1,
    ...text,
    keeps: text.cosmetic && ruleOf(space, draft).keepsCosmetic,
  };
}

/** Whether these are the same attachments, in the same order. */
export function isSame(some: readonly Attachment[], others: readonly Attachment[]): boolean {
  const listed = (all: readonly Attachment[]): string =>
    JSON.stringify(all.map(({ name, kind, size = null }) => [name, kind, size]));
  return listed(some) === listed(others);
}
