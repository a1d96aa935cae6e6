import type { Money } from "../kernel/money.js";
import type { Duration, Instant } from "../kernel/time.js";

/** What a paid invite asks for and gives. */
export type TicketTerms = {
  /** What it costs, for whoever shows it; the library takes no money. */
  readonly price: Money | null;
  /** How long one payment lasts, in milliseconds; `null` is for good. */
  readonly lasts: number | null;
  /** How long after that the holder stays in all the same, in milliseconds. */
  readonly grace: number;
};

/** A link to join by. The token itself is never kept: only its SHA-256. */
export type Invite = {
  readonly id: string;
  readonly role: string;
  readonly hash: string;
  readonly createdBy: string;
  readonly createdAt: Instant;
  /** Joining is refused from this instant on; `null` is no end. */
  readonly expiresAt: Instant | null;
  readonly maxUses: number | null;
  /** How many places are taken: who joined by it, and who asked to and waits for an answer. */
  readonly uses: number;
  readonly campaign: string | null;
  /** A duty that whoever joins by it looks after from then on. */
  readonly duty: string | null;
  /** The listed cohorts that whoever joins by it belongs to. */
  readonly cohorts: readonly string[];
  /** The only channels it opens; `null` is all that the role may see. */
  readonly channels: readonly string[] | null;
  /** The one person it is for; `null` is whoever holds it. */
  readonly person: string | null;
  /** Whether somebody has to say yes first. */
  readonly approval: boolean;
  /** Whether who comes too late waits for a place. A place is free again when somebody who joined by it leaves. */
  readonly waitlist: boolean;
  /** What has to be paid, or `null`. */
  readonly ticket: TicketTerms | null;
  readonly revokedAt: Instant | null;
};

/** What invites of a space must be like. */
export type InvitePolicy = {
  /** The longest an invite may live, in milliseconds; `null` lets it have no end. */
  readonly longest: number | null;
  /** The same for those that are not for one person: links that can be passed on or posted anywhere. */
  readonly longestOpen: number | null;
  /** The most uses an invite may have; `null` lets it have no limit. */
  readonly mostUses: number | null;
  /** Whether every invite that is not for one person asks somebody first. */
  readonly approval: boolean;
};

/** Somebody who asked to come in: `pending` until a host answers, `waiting` until there is a place. */
export type JoinRequest = {
  readonly id: string;
  readonly member: string;
  readonly name: string | null;
  readonly invite: string;
  readonly status: "pending" | "waiting" | "approved" | "declined" | "withdrawn";
  /** What they say for themselves. */
  readonly note: string | null;
  readonly madeAt: Instant;
  readonly answeredBy: string | null;
  readonly answeredAt: Instant | null;
};

/** Somebody who may not come back: until an instant, or for good. */
export type Ban = {
  readonly member: string;
  readonly by: string;
  readonly since: Instant;
  readonly until: Instant | null;
};

/** A payment that lets a person in by an invite, or lets them stay. */
export type Ticket = {
  /** The order number of whoever took the money. One order is one ticket. */
  readonly id: string;
  readonly invite: string;
  readonly person: string;
  readonly amount: Money | null;
  readonly paidAt: Instant;
  /** What was paid for ends here, grace not counted; `null` is never. */
  readonly until: Instant | null;
  readonly refundedAt: Instant | null;
};

type OfInvite = { readonly invite: string };
type OfRequest = { readonly request: string };

/** The events of invites, requests, bans and tickets. */
export type InviteEvents = {
  "invite.created": OfInvite & Omit<Invite, "id" | "createdBy" | "createdAt" | "uses" | "revokedAt">;
  "invite.redeemed": OfInvite & { readonly member: string };
  "invite.revoked": OfInvite;
  "invite.ruled": { readonly policy: InvitePolicy };
  "request.made": OfRequest & {
    readonly member: string;
    readonly name: string | null;
    readonly invite: string;
    readonly status: "pending" | "waiting";
    readonly note: string | null;
  };
  "request.approved": OfRequest;
  "request.declined": OfRequest;
  "request.withdrawn": OfRequest;
  "member.banned": { readonly member: string; readonly until: Instant | null };
  "member.unbanned": { readonly member: string };
  "ticket.paid": {
    readonly order: string;
    readonly invite: string;
    readonly person: string;
    readonly amount: Money | null;
    readonly until: Instant | null;
  };
  "ticket.refunded": {
    readonly order: string;
    /** When what their other tickets give them ends, grace counted; `null` is never. Now, where there is nothing left. */
    readonly ends: Instant | null;
    /** Those of the other tickets that end otherwise than before, since they were to go on after this one. */
    readonly moved: readonly { readonly order: string; readonly until: Instant | null }[];
  };
};

/** The commands of invites, requests, bans and tickets. */
export type InviteCommands = {
  /** Give out a link. `token` comes from `inviteToken`; only its hash is kept. */
  "invite.create": {
    readonly token: string;
    readonly role?: string | undefined;
    readonly expiresIn?: Duration | undefined;
    readonly maxUses?: number | undefined;
    readonly campaign?: string | undefined;
    readonly duty?: string | undefined;
    readonly cohorts?: readonly string[] | undefined;
    readonly channels?: readonly string[] | undefined;
    /** The one person it is for. */
    readonly person?: string | undefined;
    readonly approval?: boolean | undefined;
    readonly waitlist?: boolean | undefined;
    readonly ticket?:
      | {
          readonly price?: Money | undefined;
          readonly lasts?: Duration | null | undefined;
          readonly grace?: Duration | undefined;
        }
      | undefined;
  };
  "invite.redeem": {
    readonly token: string;
    readonly name?: string | undefined;
    /** What to say for oneself, where somebody has to say yes first. */
    readonly note?: string | undefined;
  };
  /** End a link; or all of a campaign; or all that somebody gave out. One of the three. */
  "invite.revoke": {
    readonly invite?: string | undefined;
    readonly campaign?: string | undefined;
    readonly issuer?: string | undefined;
  };
  /** Say what invites must be like from now on; what is left out stays. */
  "invite.rule": {
    readonly longest?: Duration | null | undefined;
    readonly longestOpen?: Duration | null | undefined;
    readonly mostUses?: number | null | undefined;
    readonly approval?: boolean | undefined;
  };
  "request.approve": OfRequest;
  "request.decline": OfRequest;
  /** Take one's own request back. */
  "request.withdraw": OfRequest;
  /** Let the next one who waits come in where a place is free. For the clock. */
  "request.admit": OfRequest;
  /** Remove somebody and let them not come back. They need not be a member. */
  "member.ban": { readonly member: string; readonly expiresIn?: Duration | undefined };
  "member.unban": { readonly member: string };
  /** Note that somebody paid. For the host's payment hook: `by` need not be a member. The same order again changes nothing. */
  "ticket.pay": {
    readonly order: string;
    readonly invite: string;
    readonly person: string;
    readonly amount?: Money | undefined;
  };
  /** Note that it was paid back: what it gave ends now, without grace. */
  "ticket.refund": { readonly order: string };
};
