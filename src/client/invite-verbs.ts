import { asOf } from "../duties/handoffs/as-of.js";
import { RefusedError } from "../kernel/errors.js";
import type { Command } from "../model/commands.js";
import type { Ban, Invite, InvitePolicy, JoinRequest, Ticket } from "../model/invites.js";
import type { Member, Space } from "../model/space.js";
import { openRequestsOf } from "../sharing/invites/open-requests.js";
import { type InvitePreview, previewInvite } from "../sharing/invites/preview.js";
import { inviteToken, readInviteToken } from "../sharing/invites/token.js";
import type { Options } from "./options.js";
import { eventOf, found } from "./results.js";
import type { Environment, Session } from "./session.js";

/**
 * What came of joining: a member, or a request, where somebody has to say yes first (`pending`) or no place is free
 * (`waiting`).
 *
 * ```ts
 * const { member, request } = await drop.join({ token, as: "leo" });
 * if (member) welcome(member);
 * else tell(request.status === "waiting" ? "You are on the list." : "A host will look at it.");
 * ```
 */
export type Joined =
  | { readonly member: Member; readonly request: null }
  | { readonly member: null; readonly request: JoinRequest };

/** What a handle does with invites beside giving them out. */
export type InviteRequestVerbs = {
  /** Says what invites must be like from now on; what is left out stays. */
  rule(options: Options<"invite.rule">): Promise<InvitePolicy>;
  /** Lets somebody in who asked to, or who waits, beyond the number of places if need be. */
  approve(options: Options<"request.approve">): Promise<Member>;
  /** Answers no. */
  decline(options: Options<"request.decline">): Promise<JoinRequest>;
  /** Takes one's own request back. */
  withdraw(options: Options<"request.withdraw">): Promise<JoinRequest>;
  /**
   * What an invite says to somebody who is no member.
   *
   * @throws RefusedError as redeeming it would be refused, whoever it is.
   */
  preview(token: string): Promise<InvitePreview>;
};

/** What a handle does with payments. `by` defaults to `payments`, for the host's payment hook. */
export type TicketVerbs = {
  /** Notes that somebody paid. Delivering the same order again changes nothing. */
  pay(options: Omit<Options<"ticket.pay">, "by"> & Partial<{ by: string }>): Promise<Ticket>;
  /** Notes that it was paid back: what it gave ends now. */
  refund(options: Omit<Options<"ticket.refund">, "by"> & Partial<{ by: string }>): Promise<Ticket>;
};

/** What a handle does with who comes in and who may not. */
export type InviteVerbs = {
  /**
   * Makes an invite link. The token is given here and nowhere else: only its hash is kept.
   *
   * ```ts
   * const { token } = await drop.invite({ by: "ana", role: "guest", expiresIn: "7d", maxUses: 50 });
   * ```
   */
  invite(options: Omit<Options<"invite.create">, "token">): Promise<Invite & { readonly token: string }>;
  /** Makes an invite useless from now on, or all of a campaign or an issuer. Who joined by it stays. */
  revokeInvite(options: Options<"invite.revoke">): Promise<Space>;
  /** Joins by token, or, without one, a public space. By some invites that is a request at first. */
  join(options: {
    readonly as: string;
    readonly token?: string | undefined;
    readonly name?: string | undefined;
    /** What to say for oneself, where somebody has to say yes first. */
    readonly note?: string | undefined;
  }): Promise<Joined>;
  /** Rules of invites, and what people ask for by them. */
  readonly invites: InviteRequestVerbs;
  /** Who paid for what. */
  readonly tickets: TicketVerbs;
  /** Removes somebody and lets them not come back, for a while or for good. They need not be a member. */
  ban(options: Options<"member.ban">): Promise<Ban>;
  /** Lets somebody come back who was banned. */
  unban(options: Options<"member.unban">): Promise<Space>;
};

const PAYMENTS = "payments";

/** The verbs of invites, requests, bans and tickets. */
export function inviteVerbs(session: Session, environment: Environment): InviteVerbs {
  const { id } = session;
  const { newId, newSecret } = environment;
  const change = async (command: Command): Promise<Space> => {
    await session.run(command);
    return session.space();
  };
  const requestAfter = async (
    command: Command<"request.decline" | "request.withdraw">,
  ): Promise<JoinRequest> => found((await change(command)).requests, command.request);

  return {
    async invite(options) {
      const token = inviteToken({ space: id, invite: newId("inv"), secret: newSecret() });
      const events = await session.run({ type: "invite.create", ...options, token });
      const { invite } = eventOf(events, "invite.created").data;
      return { ...found(session.space().invites, invite), token };
    },
    revokeInvite: (options) => change({ type: "invite.revoke", ...options }),
    async join({ as, token, name, note }) {
      if (token === undefined) {
        const { members } = await change({ type: "member.join", by: as, name });
        return { member: found(members, as), request: null };
      }
      const events = await session.run({ type: "invite.redeem", by: as, token, name, note });
      if (events.some(({ type }) => type === "member.joined"))
        return { member: found(session.space().members, as), request: null };
      // Who has asked already is given what they asked for.
      const invite = readInviteToken(token)?.invite;
      const request = openRequestsOf(session.space(), as).find((one) => one.invite === invite);
      if (!request) throw new Error(`The fold has lost the request of ${as}.`);
      return { member: null, request };
    },
    invites: {
      rule: async (options) => (await change({ type: "invite.rule", ...options })).invitePolicy,
      async approve(options) {
        const { requests, members } = await change({ type: "request.approve", ...options });
        return found(members, found(requests, options.request).member);
      },
      decline: (options) => requestAfter({ type: "request.decline", ...options }),
      withdraw: (options) => requestAfter({ type: "request.withdraw", ...options }),
      preview: (token) => previewOf(session, environment, token),
    },
    tickets: {
      pay: async (options) =>
        found((await change({ type: "ticket.pay", by: PAYMENTS, ...options })).tickets, options.order),
      refund: async (options) =>
        found((await change({ type: "ticket.refund", by: PAYMENTS, ...options })).tickets, options.order),
    },
    ban: async (options) => found((await change({ type: "member.ban", ...options })).bans, options.member),
    unban: (options) => change({ type: "member.unban", ...options }),
  };
}

/** What an invite says to somebody who is no member. */
export async function previewOf(
  session: Session,
  { now }: Pick<Environment, "now">,
  token: string,
): Promise<InvitePreview> {
  await session.refresh();
  const at = now();
  // Roles that were handed over for a while are whose they are then.
  const previewed = previewInvite(asOf(session.space(), at), token, at);
  if (!previewed.ok) throw new RefusedError(previewed.refusal);
  return previewed.preview;
}
