import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import type { Instant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { Handoff } from "../../model/duties.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { findHandoff } from "./find.js";
import { windowOf } from "./window.js";

// What time does to handoffs. It has its effect without any of this; these put it on record, once.

/** Puts on record that an offer has run out. */
export function lapseHandoff(
  space: Space,
  command: Command<"handoff.lapse">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = findHandoff(space, command.handoff);
  if ("ok" in found) return found;
  if (found.status !== "offered") return accept();
  return (
    refuseEarly(found, found.expiresAt, context.now) ??
    accept(happened("handoff.lapsed", { handoff: found.id }, command, context))
  );
}

/** Puts on record that the window of an accepted handoff has begun. */
export function startHandoff(
  space: Space,
  command: Command<"handoff.start">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = findHandoff(space, command.handoff);
  if ("ok" in found) return found;
  if (found.status !== "accepted" || found.startedAt !== null) return accept();
  return (
    refuseEarly(found, windowOf(found).start, context.now) ??
    accept(happened("handoff.started", { handoff: found.id }, command, context))
  );
}

/** Puts on record that the window of an accepted handoff has ended, and what was handed over has gone back. */
export function returnHandoff(
  space: Space,
  command: Command<"handoff.return">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = findHandoff(space, command.handoff);
  if ("ok" in found) return found;
  const { end } = windowOf(found);
  if (found.status !== "accepted" || end === null) return accept();
  return (
    refuseEarly(found, end, context.now) ??
    accept(happened("handoff.returned", { handoff: found.id, because: "ended" }, command, context))
  );
}

function refuseEarly({ id }: Handoff, due: Instant, now: Instant) {
  return now >= due
    ? undefined
    : refuse("NOT_DUE", "It is not time for this yet.", { handoff: id, dueAt: due });
}
