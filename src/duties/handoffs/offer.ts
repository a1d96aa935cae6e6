import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import { type Instant, toInstant, toMilliseconds } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { Charge, Handoff, Window } from "../../model/duties.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { chargeKey, describeCharge } from "../keys.js";
import { openItemsOf } from "../open-items.js";
import { overlap } from "../tenure.js";
import { asOf } from "./as-of.js";
import { isOpen } from "./find.js";
import { refuseHandoff } from "./safety.js";
import { windowFrom } from "./window.js";

/** What stays with who gives the ownership of a space away, unless they say otherwise. */
const KEEP = ["co-moderator"];

/** How long an offer stands, unless it says otherwise. */
const STANDS = "7d";

/**
 * Offers something to another member. Nothing changes until they accept. Who has it when the window starts may offer it;
 * a member who may assign duties may do so for them, save for roles and the ownership.
 */
export function offerHandoff(
  space: Space,
  command: Command<"handoff.offer">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, from, to, note = null } = command;
  const { now, newId } = context;
  const window = readWindow(command);
  const of = chargeOf(space, command, windowFrom({ window }, now).start);
  const wrong = misfit(command, window, now);
  if (wrong) return wrong;
  if (by !== from) {
    const forbidden =
      "role" in of || "ownership" in of
        ? refuse("HANDOFF_NOT_YOURS", `Only ${from} can hand over ${describeCharge(of)}.`, { from })
        : forbid(space, { member: by, capability: "duty.assign", at: now });
    if (forbidden) return forbidden;
  }
  const holds = windowFrom({ window }, now);
  const refused =
    refuseHandoff(space, { of, from, to }, holds) ?? refusePending(space, { of, from }, holds, now);
  if (refused) return refused;
  const stands = now + toMilliseconds(command.expiresIn ?? STANDS);
  const data = {
    handoff: newId("hdo"),
    of,
    from,
    to,
    note,
    window,
    expiresAt: Math.min(stands, window?.end ?? stands),
    items: [...openItemsOf(space, of, from), ...(command.items ?? [])],
  };
  return accept(happened("handoff.offered", data, command, context));
}

function chargeOf(
  space: Space,
  { duty, role, thread, from, keep = KEEP }: Command<"handoff.offer">,
  start: Instant,
): Charge {
  if (duty !== undefined) return { duty };
  if (role !== undefined) return { role };
  if (thread !== undefined) return { thread };
  return { ownership: true, roles: entry(asOf(space, start).members, from)?.roles ?? [], keep };
}

function readWindow({ window }: Command<"handoff.offer">): Window | null {
  if (!window) return null;
  return { start: toInstant(window.start), end: window.end === undefined ? null : toInstant(window.end) };
}

function misfit({ from, to, expiresIn }: Command<"handoff.offer">, window: Window | null, now: Instant) {
  const wrong = (path: string, expected: string) =>
    refuse("INVALID_COMMAND", `handoff.offer ${path} ${expected}.`, { issues: [{ path, expected }] });
  if (from === to) return wrong("to", "must be another member than `from`");
  if (window?.end != null && window.end <= Math.max(window.start, now))
    return wrong("window.end", "must be after its start and after now");
  if (expiresIn !== undefined && toMilliseconds(expiresIn) === 0)
    return wrong("expiresIn", "must be more than nothing");
  return undefined;
}

function refusePending(
  space: Space,
  { of, from }: Pick<Handoff, "of" | "from">,
  window: Window,
  now: Instant,
) {
  const key = chargeKey(of, from);
  const pending = Object.values(space.handoffs).find(
    (other) =>
      isOpen(other, now) &&
      chargeKey(other.of, other.from) === key &&
      overlap(windowFrom(other, now), window),
  );
  return (
    pending &&
    refuse("HANDOFF_PENDING", `${pending.to} has been offered ${describeCharge(of)} already.`, {
      of: describeCharge(of),
      handoff: pending.id,
    })
  );
}
