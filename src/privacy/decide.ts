import { forbid } from "../access/guard.js";
import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { toInstant } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";

/** Puts a space under a legal hold. Where it is under one already, that one stays. */
export function hold(space: Space, command: Command<"space.hold">, context: Context): Outcome<SpaceEvent> {
  const forbidden = forbid(space, { member: command.by, capability: "space.hold", at: context.now });
  if (forbidden) return forbidden;
  return space.legalHold ? accept() : accept(happened("space.held", {}, command, context));
}

/** Releases the hold, where there is one. */
export function release(
  space: Space,
  command: Command<"space.release">,
  context: Context,
): Outcome<SpaceEvent> {
  const forbidden = forbid(space, { member: command.by, capability: "space.hold", at: context.now });
  if (forbidden) return forbidden;
  return space.legalHold ? accept(happened("space.released", {}, command, context)) : accept();
}

/** Puts on record that a person was erased; taking the payloads out is the store's part. */
export function erasePerson(
  space: Space,
  command: Command<"person.erase">,
  context: Context,
): Outcome<SpaceEvent> {
  const { person } = command;
  return refuseHeld(space) ?? accept(happened("person.erased", { person }, command, context));
}

/** Puts on record that what was said before an instant was taken out. */
export function applyRetention(
  space: Space,
  command: Command<"retention.apply">,
  context: Context,
): Outcome<SpaceEvent> {
  const before = toInstant(command.before);
  return refuseHeld(space) ?? accept(happened("retention.applied", { before }, command, context));
}

/** The refusal of an erasure in spaces that are under a legal hold. */
export function refuseHeld(...spaces: readonly Space[]) {
  const held = spaces.filter(({ legalHold }) => legalHold !== null).map(({ id }) => id);
  if (held.length === 0) return undefined;
  return refuse("LEGAL_HOLD", `Under a legal hold, nothing may be erased: ${held.join(", ")}.`, {
    spaces: held,
  });
}
