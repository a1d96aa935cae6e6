import { forbid } from "../access/guard.js";
import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import { toInstant } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Handoff, Space, Window } from "../model/space.js";
import { covers, overlap, whoHolds } from "./tenure.js";

/** Gives a duty to a member at once. For duties that nobody holds, and for hosts who step in. */
export function assignDuty(
  space: Space,
  command: Command<"duty.assign">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, duty, member } = command;
  const forbidden = forbid(space, { member: by, capability: "duty.assign", at: context.now });
  if (forbidden) return forbidden;
  if (!entry(space.members, member)) return unknownMember(member);
  return accept(happened("duty.assigned", { duty, member }, command, context));
}

/**
 * Offers a duty to another member. Nothing changes until they accept. Who holds the duty when the window starts
 * may offer it; a member who may assign duties may do it for them.
 */
export function offerHandoff(
  space: Space,
  command: Command<"handoff.offer">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, duty, from, to, note } = command;
  const { now, newId } = context;
  for (const member of [by, from, to]) if (!entry(space.members, member)) return unknownMember(member);
  if (by !== from) {
    const forbidden = forbid(space, { member: by, capability: "duty.assign", at: context.now });
    if (forbidden) return forbidden;
  }
  const window = windowOf(command);
  if (from === to || (window?.end != null && window.end <= Math.max(window.start, now))) {
    const path = from === to ? "to" : "window.end";
    const expected =
      from === to ? "must be another member than `from`" : "must be after its start and after now";
    return refuse("INVALID_COMMAND", `handoff.offer ${path} ${expected}.`, { issues: [{ path, expected }] });
  }
  const start = Math.max(window?.start ?? now, now);
  if (whoHolds(space, duty, start) !== from) {
    return refuse("DUTY_NOT_HELD", `${from} does not hold the duty ${duty} then, so cannot hand it over.`, {
      duty,
      from,
    });
  }
  const whole: Window = { start, end: window?.end ?? null };
  const pending = Object.values(space.handoffs).find(
    (other) => other.duty === duty && isOpen(other, now) && overlap(windowFrom(other, now), whole),
  );
  if (pending) {
    return refuse("HANDOFF_PENDING", `The duty ${duty} is on offer to ${pending.to} already.`, {
      duty,
      handoff: pending.id,
    });
  }
  return accept(
    happened(
      "handoff.offered",
      { handoff: newId("hdo"), duty, from, to, note: note ?? null, window },
      command,
      context,
    ),
  );
}

/** Takes an offered duty over: at once, or when its window starts. */
export function acceptHandoff(
  space: Space,
  command: Command<"handoff.accept">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = openHandoff(space, command.handoff, context);
  if ("ok" in found) return found;
  if (found.to !== command.by) return notYours(found, command.by);
  // Between the offer and now the one who offered may have lost the duty; then it is not theirs to give.
  const start = Math.max(found.window?.start ?? context.now, context.now);
  if (whoHolds(space, found.duty, start) !== found.from) {
    return refuse("DUTY_NOT_HELD", `${found.from} no longer holds the duty ${found.duty}.`, {
      duty: found.duty,
      from: found.from,
    });
  }
  if (!entry(space.members, found.to)) return unknownMember(found.to);
  return accept(happened("handoff.accepted", { handoff: found.id }, command, context));
}

/** Says no to an offered duty. */
export function declineHandoff(
  space: Space,
  command: Command<"handoff.decline">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = openHandoff(space, command.handoff, context);
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
  const found = openHandoff(space, command.handoff, context);
  if ("ok" in found) return found;
  if (
    found.from !== command.by &&
    forbid(space, { member: command.by, capability: "duty.assign", at: context.now })
  )
    return notYours(found, command.by);
  return accept(happened("handoff.withdrawn", { handoff: found.id }, command, context));
}

function openHandoff(
  space: Space,
  id: string,
  { now }: Context,
): Handoff | Extract<Outcome<never>, { ok: false }> {
  const handoff = entry(space.handoffs, id);
  if (!handoff)
    return refuse("HANDOFF_UNKNOWN", `There is no handoff ${JSON.stringify(id)}.`, { handoff: id });
  if (handoff.status !== "offered") {
    return refuse("HANDOFF_SETTLED", `The handoff has been ${handoff.status} already.`, {
      handoff: id,
      status: handoff.status,
    });
  }
  if (!isOpen(handoff, now)) {
    return refuse("HANDOFF_LAPSED", "The window of the handoff has ended.", { handoff: id });
  }
  return handoff;
}

function isOpen({ status, window }: Handoff, now: number): boolean {
  return (
    status === "offered" &&
    (window === null || window.end === null || covers({ start: 0, end: window.end }, now))
  );
}

function windowFrom({ window }: Handoff, now: number): Window {
  return window ?? { start: now, end: null };
}

function windowOf({ window }: Command<"handoff.offer">): Window | null {
  if (!window) return null;
  return { start: toInstant(window.start), end: window.end === undefined ? null : toInstant(window.end) };
}

function notYours(handoff: Handoff, by: string) {
  return refuse(
    "HANDOFF_NOT_YOURS",
    `The handoff from ${handoff.from} to ${handoff.to} is not ${by}'s to answer.`,
    {
      handoff: handoff.id,
    },
  );
}

function unknownMember(member: string) {
  return refuse("MEMBER_UNKNOWN", `${JSON.stringify(member)} is not a member of this space.`, { member });
}
