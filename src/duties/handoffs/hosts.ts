import { accessOf } from "../../access/of-space.js";
import { refuse } from "../../kernel/outcome.js";
import type { Instant } from "../../kernel/time.js";
import type { EventType, SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { asOf, passingIn } from "./as-of.js";
import { windowOf } from "./window.js";

/** What can take somebody the role that is above all rules, or pass it on. */
const TAKES: ReadonlySet<EventType> = /* @__PURE__ */ new Set<EventType>([
  "member.left",
  "member.removed",
  "role.assigned",
  "handoff.accepted",
]);

/** Whether such events could leave a space without a host at an instant to come, because roles are on their way in it. */
export function touchesHosts({ handoffs }: Space, events: readonly SpaceEvent[]): boolean {
  return passingIn(handoffs).length > 0 && events.some(({ type }) => TAKES.has(type));
}

/** The refusal of what would leave the space without a host, now or when something goes back that was handed over. */
export function refuseHostless(after: Space, now: Instant) {
  const turns = passingIn(after.handoffs).flatMap((handoff) => {
    const { start, end } = windowOf(handoff);
    return end === null ? [start] : [start, end];
  });
  const hostless = [now, ...turns].find((at) => at >= now && !hasHost(asOf(after, at)));
  return hostless === undefined
    ? undefined
    : refuse("LAST_HOST", "This cannot be done: the space would have no host, now or later.", {
        at: hostless,
      });
}

function hasHost(space: Space): boolean {
  const access = accessOf(space);
  return Object.values(space.members).some(({ roles }) => roles.some((role) => access.role(role)?.bypass));
}
