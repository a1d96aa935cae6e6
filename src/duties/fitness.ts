import { can } from "../access/can.js";
import { CAPABILITIES, type Capability } from "../access/capabilities.js";
import { accessOf } from "../access/of-space.js";
import { refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { Space } from "../model/space.js";
import { refuseUnknownMember } from "./refusals.js";
import { dutyOf } from "./rules.js";

/** Until when a member is timed out at an instant: `undefined` if they are not, `null` if it has no end. */
export function suspendedUntil(space: Space, member: string, at: Instant): Instant | null | undefined {
  const holding = (entry(space.members, member)?.limits ?? []).find(
    ({ ceiling, from = -Infinity, until = Infinity }) => ceiling === "timeout" && from <= at && at <= until,
  );
  return holding && (holding.until ?? null);
}

/** The capabilities that a duty needs and a member has nowhere in the space. */
function lacks(space: Space, duty: string, member: string, at: Instant): readonly string[] {
  const access = accessOf(space);
  const channels = Object.values(space.channels).filter(({ closedAt }) => closedAt === null);
  const may = (capability: Capability): boolean =>
    can(access, member, capability, undefined, at) ||
    channels.some(({ id }) => can(access, member, capability, id, at));
  return dutyOf(space, duty).needs.filter((name) => !isCapability(name) || !may(name));
}

/** Whether there is such a capability. */
export function isCapability(name: string): name is Capability {
  return Object.hasOwn(CAPABILITIES, name);
}

/** The refusal to put something into the hands of who cannot act: somebody who is not here, or timed out. */
export function refuseAbsent(space: Space, member: string, at: Instant) {
  const unknown = refuseUnknownMember(space, member);
  if (unknown) return unknown;
  return suspendedUntil(space, member, at) === undefined
    ? undefined
    : refuse("MEMBER_SUSPENDED", `${member} is timed out then, and can look after nothing.`, { member });
}

/** The refusal to give a duty to somebody who cannot look after it. */
export function refuseUnfit(space: Space, duty: string, member: string, at: Instant) {
  const absent = refuseAbsent(space, member, at);
  if (absent) return absent;
  const missing = lacks(space, duty, member, at);
  return missing.length === 0
    ? undefined
    : refuse("DUTY_NEEDS_MORE", `To look after the duty ${duty}, ${member} lacks ${missing.join(", ")}.`, {
        duty,
        member,
        missing,
      });
}
