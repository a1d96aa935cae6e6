import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Act } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Invite } from "../../model/invites.js";
import type { Space } from "../../model/space.js";
import { endOf, ticketsOf } from "../../model/tickets.js";
import { channelGrants } from "./channels.js";
import { getsDuty } from "./duty.js";

/** Who comes in, and by whose hand: that of who gave the link out, or of who said yes. */
export type Newcomer = { readonly member: string; readonly name: string | null; readonly giver: string };

/** Everything that joining by an invite gives. It counts a place in the same commit, so that the limit holds for all. */
export function joinBy(
  space: Space,
  invite: Invite,
  { member, name, giver }: Newcomer,
  act: Act,
  context: Context,
): readonly SpaceEvent[] {
  const { id, role, channels, campaign, duty } = invite;
  const { now, newId } = context;
  // Who is to see these channels alone has no role: a role would open others, and those that come later.
  const roles = channels === null ? [role] : [];
  const grants = channels === null ? [] : channelGrants(space, role, channels, () => newId("grt"));
  const cohorts = invite.cohorts.filter((cohort) => entry(space.cohorts, cohort)?.rule === null);
  const until = endOfStay(space, invite, member);
  return [
    happened("invite.redeemed", { invite: id, member }, act, context),
    happened(
      "member.joined",
      {
        ...{ member, name, roles, invite: id, campaign },
        ...(cohorts.length === 0 ? {} : { cohorts }),
        ...(until === undefined ? {} : { until }),
      },
      act,
      context,
    ),
    ...grants.map((grant) =>
      happened("grant.given", { member, grant: { ...grant, by: giver } }, act, context),
    ),
    ...(duty !== null && getsDuty(space, duty, { roles, grants }, { giver, now })
      ? [happened("duty.assigned", { duty, member }, act, context)]
      : []),
  ];
}

/** When what somebody has paid for ends, and the grace after it; `undefined` where it does not. */
function endOfStay(space: Space, { id, ticket }: Invite, member: string): Instant | undefined {
  if (ticket === null) return undefined;
  const end = endOf(ticketsOf(space, member, id));
  return end === undefined || end === null ? undefined : end + ticket.grace;
}
