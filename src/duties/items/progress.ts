import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { findItem, isSettled, refuseSettled } from "./find.js";

/** Says that one has seen it and will do it. The first to say so counts. */
export function acknowledgeItem(
  space: Space,
  command: Command<"item.acknowledge">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = findItem(space, command.item, command.by, context.now);
  if ("ok" in found) return found;
  const refused = refuseSettled(found);
  if (refused) return refused;
  if (found.status === "acknowledged") return accept();
  return accept(happened("item.acknowledged", { item: found.id }, command, context));
}

/** Says that it is done, whether or not anybody had acknowledged it. */
export function completeItem(
  space: Space,
  command: Command<"item.complete">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = findItem(space, command.item, command.by, context.now);
  if ("ok" in found) return found;
  if (found.status === "done") return accept();
  return refuseSettled(found) ?? accept(happened("item.completed", { item: found.id }, command, context));
}

/** Says that it need not be done. */
export function dropItem(space: Space, command: Command<"item.drop">, context: Context): Outcome<SpaceEvent> {
  const found = findItem(space, command.item, command.by, context.now);
  if ("ok" in found) return found;
  if (found.status === "dropped") return accept();
  return refuseSettled(found) ?? accept(happened("item.dropped", { item: found.id }, command, context));
}

/** Says that it has to be done after all, or again. Who had acknowledged it still has. */
export function reopenItem(
  space: Space,
  command: Command<"item.reopen">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = findItem(space, command.item, command.by, context.now);
  if ("ok" in found) return found;
  const { id, status } = found;
  return isSettled(found)
    ? accept(happened("item.reopened", { item: id }, command, context))
    : refuse("ITEM_NOT_SETTLED", `The item cannot be reopened: it is ${status}.`, { item: id, status });
}
