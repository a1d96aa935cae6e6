import { forbid } from "../../access/guard.js";
import { accept, type Outcome } from "../../kernel/outcome.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { refuseClosed } from "../refusals.js";
import { findDraft } from "./find.js";
import { forbidWork } from "./rights.js";

/** Takes a draft back for good: its author before it is out, and who may publish at any time. */
export function withdrawDraft(
  space: Space,
  command: Command<"draft.withdraw">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by } = command;
  const draft = findDraft(space, command.draft);
  if ("ok" in draft) return draft;
  const { id, status, channel, target } = draft;
  const refused =
    status === "published"
      ? (forbid(space, { member: by, capability: "draft.publish", channel, at: context.now }) ??
        // Its message goes with it, and from a closed channel nothing goes.
        (target === null ? undefined : refuseClosed(space, target)))
      : forbidWork(space, draft, by, context.now);
  if (refused) return refused;
  return status === "withdrawn"
    ? accept()
    : accept(happened("draft.withdrawn", { draft: id }, command, context));
}
