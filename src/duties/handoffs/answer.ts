import { forbid } from "../../access/guard.js";
import { accept, type Outcome } from "../../kernel/outcome.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { findOpen, notYours } from "./find.js";
import { refuseHandoff } from "./safety.js";
import { windowFrom } from "./window.js";

/** Takes over what was offered: at once, or when its window starts. */
export function acceptHandoff(
  space: Space,
  command: Command<"handoff.accept">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = findOpen(space, command.handoff, context.now);
  if ("ok" in found) return found;
  if (found.to !== command.by) return notYours(found, command.by);
  return (
    refuseHandoff(space, found, windowFrom(found, context.now)) ??
    accept(happened("handoff.accepted", { handoff: found.id }, command, context))
  );
}

/** Says no to what was offered. */
export function declineHandoff(
  space: Space,
  command: Command<"handoff.decline">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = findOpen(space, command.handoff, context.now);
  if ("ok" in found) return found;
  if (found.to !== command.by) return notYours(found, command.by);
  return accept(happened("handoff.declined", { handoff: found.id }, command, context));
}

/** Takes an offer back before it is answered. */
export function withdrawHandoff(
  space: Space,
  command: Command<"handoff.withdraw">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by } = command;
  const found = findOpen(space, command.handoff, context.now);
  if ("ok" in found) return found;
  if (found.from !== by && forbid(space, { member: by, capability: "duty.assign", at: context.now }))
    return notYours(found, by);
  return accept(happened("handoff.withdrawn", { handoff: found.id }, command, context));
}
