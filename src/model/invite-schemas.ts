import * as z from "zod/mini";
import { id, lazily, must } from "../kernel/schema.js";
import { command, count, duration, LIST, label, money, name, note, role, type Schemas } from "./fields.js";
import type { InviteCommands } from "./invites.js";

const token = () => z.string().check(z.maxLength(1_024));
const request = () => ({ request: id() });

/** The commands of invites, requests, bans and tickets. */
export const inviteSchemas: Schemas<keyof InviteCommands> = {
  "invite.create": lazily(() =>
    command("invite.create", {
      token: token(),
      role: z.optional(role()),
      expiresIn: z.optional(duration()),
      maxUses: z.optional(count()),
      campaign: z.optional(label()),
      duty: z.optional(label()),
      cohorts: z.optional(z.array(label()).check(z.maxLength(32))),
      channels: z.optional(z.array(id()).check(z.minLength(1), z.maxLength(LIST))),
      person: z.optional(id()),
      approval: z.optional(z.boolean()),
      waitlist: z.optional(z.boolean()),
      ticket: z.optional(
        z.strictObject({
          price: z.optional(money()),
          lasts: z.optional(z.nullable(duration())),
          grace: z.optional(duration()),
        }),
      ),
    }).check(
      must(
        ({ waitlist, maxUses }) => !waitlist || maxUses !== undefined,
        "must name a number of places (maxUses) where there is a waiting list",
      ),
    ),
  ),
  "invite.redeem": lazily(() =>
    command("invite.redeem", { token: token(), name: z.optional(name()), note: z.optional(note()) }),
  ),
  "invite.revoke": lazily(() =>
    command("invite.revoke", {
      invite: z.optional(id()),
      campaign: z.optional(label()),
      issuer: z.optional(id()),
    }).check(
      must(
        ({ invite, campaign, issuer }) =>
          [invite, campaign, issuer].filter((one) => one !== undefined).length === 1,
        "must name an invite, a campaign or an issuer, one of the three",
      ),
    ),
  ),
  "invite.rule": lazily(() =>
    command("invite.rule", {
      longest: z.optional(z.nullable(duration())),
      longestOpen: z.optional(z.nullable(duration())),
      mostUses: z.optional(z.nullable(count())),
      approval: z.optional(z.boolean()),
    }),
  ),
  "request.approve": lazily(() => command("request.approve", request())),
  "request.decline": lazily(() => command("request.decline", request())),
  "request.withdraw": lazily(() => command("request.withdraw", request())),
  "request.admit": lazily(() => command("request.admit", request())),
  "member.ban": lazily(() => command("member.ban", { member: id(), expiresIn: z.optional(duration()) })),
  "member.unban": lazily(() => command("member.unban", { member: id() })),
  "ticket.pay": lazily(() =>
    command("ticket.pay", { order: id(), invite: id(), person: id(), amount: z.optional(money()) }),
  ),
  "ticket.refund": lazily(() => command("ticket.refund", { order: id() })),
};
