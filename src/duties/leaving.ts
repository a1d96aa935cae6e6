import { refuse } from "../kernel/outcome.js";
import type { Instant } from "../kernel/time.js";
import type { Act } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";
import { windowOf } from "./handoffs/window.js";
import { HOST } from "./rules.js";
import { vacatedBy } from "./vacancy.js";

/** The refusal to leave with a duty that must never be vacant, and that nobody would have then. */
export function refuseLeaving(space: Space, member: string, now: Instant) {
  return refuseVacating(
    member,
    vacatedBy(space, member, now).map(({ id }) => id),
  );
}

/** The refusal to remove who alone answers for the space. Of other duties removing cannot wait for a successor. */
export function refuseRemoving(space: Space, member: string, now: Instant) {
  return refuseVacating(
    member,
    vacatedBy(space, member, now).flatMap(({ id }) => (id === HOST ? [id] : [])),
  );
}

function refuseVacating(member: string, duties: readonly string[]) {
  return duties.length === 0
    ? undefined
    : refuse("DUTY_REQUIRED", `Before ${member} goes, somebody has to take over: ${duties.join(", ")}.`, {
        duties,
      });
}

/**
 * What becomes of somebody's duties and handoffs when they are gone: what they were offered or had offered is off, what
 * they had for a while is back, and where nobody has a required duty any more, that is put on record.
 */
export function eventsOfLeaving(
  space: Space,
  member: string,
  act: Act,
  context: Context,
): readonly SpaceEvent[] {
  const { now } = context;
  const settled = Object.values(space.handoffs).flatMap((handoff): SpaceEvent[] => {
    const { id, status, from, to } = handoff;
    if (status === "offered" && (from === member || to === member))
      return [happened("handoff.withdrawn", { handoff: id }, act, context)];
    const { end } = windowOf(handoff);
    return status === "accepted" && to === member && end !== null && end > now
      ? [happened("handoff.returned", { handoff: id, because: "gone" }, act, context)]
      : [];
  });
  const swaps = Object.values(space.swaps)
    .filter(({ status, from, to }) => status === "offered" && (from === member || to === member))
    .map(({ id }) => happened("swap.withdrawn", { swap: id }, act, context));
  const vacated = vacatedBy(space, member, now).map(({ id }) =>
    happened("duty.vacated", { duty: id, member }, act, context),
  );
  return [...settled, ...swaps, ...vacated];
}
