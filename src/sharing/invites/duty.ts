import { can } from "../../access/can.js";
import { CAPABILITIES, type Capability } from "../../access/capabilities.js";
import { forbid } from "../../access/guard.js";
import { accessOf } from "../../access/of-space.js";
import { refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Grant } from "../../model/access.js";
import type { Member, Space } from "../../model/space.js";

/** What a newcomer would have. */
type Newcomer = { readonly roles: readonly string[]; readonly grants: readonly Grant[] };

/** The refusal to let an invite give a duty to people who could not look after it. */
export function refuseUnfit(space: Space, duty: string, newcomer: Newcomer, now: Instant) {
  const missing = lacks(space, duty, newcomer, now);
  return missing.length === 0
    ? undefined
    : refuse("DUTY_NEEDS_MORE", `Who joins by it could not look after the duty ${duty}.`, { duty, missing });
}

/** Whether a newcomer gets a duty by somebody's hand: one who may assign it, or anybody while it is vacant. */
export function getsDuty(
  space: Space,
  duty: string,
  newcomer: Newcomer,
  { giver, now }: { readonly giver: string; readonly now: Instant },
): boolean {
  if (lacks(space, duty, newcomer, now).length > 0) return false;
  return !forbid(space, { member: giver, capability: "duty.assign", at: now }) || isVacant(space, duty, now);
}

function isVacant(space: Space, duty: string, now: Instant): boolean {
  const { tenures = [] } = entry(space.duties, duty) ?? {};
  return !tenures.some(
    ({ holder, start, end }) =>
      start <= now && (end === null || now < end) && entry(space.members, holder) !== undefined,
  );
}

/** The capabilities that a duty needs and a newcomer would have nowhere in the space, once it is live. */
function lacks(space: Space, duty: string, { roles, grants }: Newcomer, now: Instant): readonly string[] {
  const { needs = [] } = entry(space.duties, duty) ?? {};
  if (needs.length === 0) return [];
  const member: Member = {
    id: SOMEBODY,
    name: null,
    roles,
    grants,
    joinedAt: now,
    invite: null,
    campaign: null,
  };
  const { channels, roles: ownRoles } = space;
  const access = accessOf({ stage: "live", members: { [SOMEBODY]: member }, channels, roles: ownRoles });
  const open = Object.values(space.channels).filter(({ closedAt }) => closedAt === null);
  const may = (capability: Capability): boolean =>
    can(access, SOMEBODY, capability, undefined, now) ||
    open.some(({ id }) => can(access, SOMEBODY, capability, id, now));
  return needs.filter((name) => !Object.hasOwn(CAPABILITIES, name) || !may(name as Capability));
}

// Nobody has this id: ids are not empty.
const SOMEBODY = "";
