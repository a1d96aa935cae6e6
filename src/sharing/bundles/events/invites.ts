import * as z from "zod/mini";
import { lazily } from "../../../kernel/schema.js";
import {
  count,
  flag,
  money,
  nullableInstant,
  nullableSpan,
  nullableText,
  span,
  text,
  texts,
} from "./fields.js";

const ofRequest = lazily(() => z.strictObject({ request: text() }));

/** The payloads of the events of invites, requests, bans and tickets. */
export const inviteData = {
  "invite.created": lazily(() =>
    z.strictObject({
      invite: text(),
      role: text(),
      hash: text(),
      expiresAt: nullableInstant(),
      maxUses: z.nullable(count()),
      campaign: nullableText(),
      duty: nullableText(),
      cohorts: texts(),
      channels: z.nullable(texts()),
      person: nullableText(),
      approval: flag(),
      waitlist: flag(),
      ticket: z.nullable(
        z.strictObject({ price: z.nullable(money()), lasts: nullableSpan(), grace: span() }),
      ),
    }),
  ),
  "invite.redeemed": lazily(() => z.strictObject({ invite: text(), member: text() })),
  "invite.revoked": lazily(() => z.strictObject({ invite: text() })),
  "invite.ruled": lazily(() =>
    z.strictObject({
      policy: z.strictObject({
        longest: nullableSpan(),
        longestOpen: nullableSpan(),
        mostUses: z.nullable(count()),
        approval: flag(),
      }),
    }),
  ),
  "request.made": lazily(() =>
    z.strictObject({
      request: text(),
      member: text(),
      name: nullableText(),
      invite: text(),
      status: z.enum(["pending", "waiting"]),
      note: nullableText(),
    }),
  ),
  "request.approved": ofRequest,
  "request.declined": ofRequest,
  "request.withdrawn": ofRequest,
  "member.banned": lazily(() => z.strictObject({ member: text(), until: nullableInstant() })),
  "member.unbanned": lazily(() => z.strictObject({ member: text() })),
  "ticket.paid": lazily(() =>
    z.strictObject({
      order: text(),
      invite: text(),
      person: text(),
      amount: z.nullable(money()),
      until: nullableInstant(),
    }),
  ),
  "ticket.refunded": lazily(() =>
    z.strictObject({
      order: text(),
      ends: nullableInstant(),
      moved: z.array(z.strictObject({ order: text(), until: nullableInstant() })),
    }),
  ),
};
