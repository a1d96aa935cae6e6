import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Appliers, Folding } from "../../model/folding.js";
import type { InviteEvents, JoinRequest } from "../../model/invites.js";
import type { Member } from "../../model/space.js";

/** What the events of invites, requests, bans and tickets change. */
export const inviteAppliers: Appliers<keyof InviteEvents> = {
  "invite.created": (folding, { at, by, data: { invite: id, ...terms } }) =>
    folding.put("invites", id, {
      // An invite from before there were such terms has none of them.
      ...{
        duty: null,
        cohorts: [],
        channels: null,
        person: null,
        approval: false,
        waitlist: false,
        ticket: null,
      },
      ...{ id, ...terms, createdBy: by, createdAt: at, uses: 0, revokedAt: null },
    }),
  "invite.redeemed": (folding, { data }) => count(folding, data.invite, 1),
  "invite.revoked": (folding, { at, data }) => {
    const invite = entry(folding.space.invites, data.invite);
    if (invite) folding.put("invites", invite.id, { ...invite, revokedAt: at });
  },
  "invite.ruled": (folding, { data }) => folding.set({ invitePolicy: data.policy }),

  "request.made": (folding, { at, data: { request: id, ...rest } }) => {
    // Who waited and is asked about now is still who asked first.
    const madeAt = entry(folding.space.requests, id)?.madeAt ?? at;
    folding.put("requests", id, { id, ...rest, madeAt, answeredBy: null, answeredAt: null });
    if (rest.status === "pending") count(folding, rest.invite, 1);
  },
  "request.approved": (folding, { at, by, data }) => settle(folding, data.request, "approved", by, at),
  "request.declined": (folding, { at, by, data }) => settle(folding, data.request, "declined", by, at),
  "request.withdrawn": (folding, { at, by, data }) => settle(folding, data.request, "withdrawn", by, at),

  "member.banned": (folding, { at, by, data: { member, until } }) =>
    folding.put("bans", member, { member, by, since: at, until }),
  "member.unbanned": (folding, { data }) => folding.drop("bans", data.member),

  "ticket.paid": (folding, { at, data: { order: id, ...rest } }) => {
    folding.put("tickets", id, { id, ...rest, paidAt: at, refundedAt: null });
    const { grace = 0 } = entry(folding.space.invites, rest.invite)?.ticket ?? {};
    stay(folding, rest, rest.until === null ? null : rest.until + grace);
  },
  "ticket.refunded": (folding, { at, data: { order, ends, moved } }) => {
    for (const { order: id, until } of moved) {
      const other = entry(folding.space.tickets, id);
      if (other) folding.put("tickets", id, { ...other, until });
    }
    const ticket = entry(folding.space.tickets, order);
    if (!ticket) return;
    folding.put("tickets", order, { ...ticket, refundedAt: at });
    const { until = Number.POSITIVE_INFINITY } = entry(folding.space.members, ticket.person) ?? {};
    // What had ended before does not end later for being paid back.
    stay(folding, ticket, ends === null ? null : Math.min(ends, until));
  },
};

/** Gives the place back that somebody had by an invite with a waiting list. */
export function freePlace(folding: Folding, { invite: id }: Member): void {
  const invite = id === null ? undefined : entry(folding.space.invites, id);
  if (invite?.waitlist) count(folding, invite.id, -1);
}

function count(folding: Folding, id: string, places: 1 | -1): void {
  const invite = entry(folding.space.invites, id);
  if (invite) folding.put("invites", id, { ...invite, uses: Math.max(0, invite.uses + places) });
}

function settle(
  folding: Folding,
  id: string,
  status: JoinRequest["status"],
  answeredBy: string,
  answeredAt: Instant,
): void {
  const request = entry(folding.space.requests, id);
  if (!request) return;
  folding.put("requests", id, { ...request, status, answeredBy, answeredAt });
  // Where they come in, redeeming counts the place again.
  if (request.status === "pending") count(folding, request.invite, -1);
}

/** Sets until when somebody stays who is a member by this invite; `null` is for good. */
function stay(
  folding: Folding,
  { person, invite }: { readonly person: string; readonly invite: string },
  end: Instant | null,
): void {
  const member = entry(folding.space.members, person);
  if (member?.invite !== invite) return;
  const { until: _, ...rest } = member;
  folding.put("members", person, end === null ? rest : { ...rest, until: end });
}
