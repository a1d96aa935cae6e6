import { forbid } from "../../access/guard.js";
import { refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Invite } from "../../model/invites.js";
import type { Space } from "../../model/space.js";
import { findList } from "../cohorts/refusals.js";
import { channelGrants, rightsIn } from "./channels.js";
import { refuseUnfit } from "./duty.js";
import { forbidGiving } from "./giving.js";

/** What an invite gives to whoever joins by it. */
export type Gifts = Pick<Invite, "role" | "duty" | "cohorts" | "channels">;

/** The refusal to give out an invite that gives what there is not, or what whoever gives it out could not give by hand. */
export function refuseGifts(space: Space, by: string, gifts: Gifts, now: Instant) {
  return (
    forbid(space, { member: by, capability: "member.invite", at: now }) ??
    refuseChannels(space, gifts) ??
    forbidGiving(space, by, gifts, now) ??
    refuseCohorts(space, by, gifts, now) ??
    refuseDuty(space, by, gifts, now)
  );
}

function refuseChannels(space: Space, { role, channels }: Gifts) {
  for (const id of channels ?? []) {
    const channel = entry(space.channels, id);
    if (!channel)
      return refuse("CHANNEL_UNKNOWN", `There is no channel ${JSON.stringify(id)}.`, { channel: id });
    if (rightsIn(space, role, channel).length === 0)
      return refuse("INVITE_OPENS_NOTHING", `The role ${role} gives nothing in ${id}.`, {
        channel: id,
        role,
      });
  }
  return undefined;
}

function refuseCohorts(space: Space, by: string, { cohorts }: Gifts, now: Instant) {
  if (cohorts.length === 0) return undefined;
  const forbidden = forbid(space, { member: by, capability: "cohort.manage", at: now });
  if (forbidden) return forbidden;
  for (const cohort of cohorts) {
    const found = findList(space, cohort);
    if ("ok" in found) return found;
  }
  return undefined;
}

function refuseDuty(space: Space, by: string, { role, duty, channels }: Gifts, now: Instant) {
  if (duty === null) return undefined;
  const newcomer =
    channels === null
      ? { roles: [role], grants: [] }
      : { roles: [], grants: channelGrants(space, role, channels, () => "grt") };
  return (
    forbid(space, { member: by, capability: "duty.assign", at: now }) ??
    refuseUnfit(space, duty, newcomer, now)
  );
}
