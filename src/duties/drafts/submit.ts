import { accept, type Outcome } from "../../kernel/outcome.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { findDraft } from "./find.js";
import { forbidWork } from "./rights.js";
import { ruleOf } from "./rule.js";
import { isUnderReview, refuseSettled } from "./status.js";
import { currentOf } from "./text.js";

/** Asks for approval. From then on approvers have as long as the rule gives them. */
export function submitDraft(
  space: Space,
  command: Command<"draft.submit">,
  context: Context,
): Outcome<SpaceEvent> {
  const draft = findDraft(space, command.draft);
  if ("ok" in draft) return draft;
  const refused = forbidWork(space, draft, command.by, context.now) ?? refuseSettled(draft);
  if (refused) return refused;
  if (isUnderReview(draft)) return accept();
  const { within } = ruleOf(space, draft);
  const data = {
    draft: draft.id,
    revision: currentOf(draft).revision,
    deadline: within === null ? null : context.now + within,
  };
  return accept(happened("draft.submitted", data, command, context));
}
