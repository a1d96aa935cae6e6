import type { Command } from "chat-spaces";
import { token } from "../../helpers/spaces.js";

/** The link that most of these tests are about. */
export const link = token("drop", "inv1");

/** Gives it out, on these terms. */
export function create(
  terms: Partial<Omit<Command<"invite.create">, "type">> = {},
): Command<"invite.create"> {
  return { type: "invite.create", by: "ana", token: link, ...terms };
}

/** Follows it. */
export function redeem(
  by: string,
  more: Partial<Omit<Command<"invite.redeem">, "type" | "by">> = {},
): Command<"invite.redeem"> {
  return { type: "invite.redeem", by, token: link, ...more };
}

/** Pays for it. */
export function pay(
  order: string,
  person: string,
  minor: number | null = 4_900,
  invite = "inv1",
): Command<"ticket.pay"> {
  const amount = minor === null ? {} : { amount: { minor, currency: "EUR" } };
  return { type: "ticket.pay", by: "payments", order, invite, person, ...amount };
}

/** Answers requests, by hand or by the clock. */
export const answer = {
  approve: (request: string, by = "ana"): Command => ({ type: "request.approve", by, request }),
  decline: (request: string, by = "ana"): Command => ({ type: "request.decline", by, request }),
  withdraw: (request: string, by: string): Command => ({ type: "request.withdraw", by, request }),
  admit: (request: string): Command => ({ type: "request.admit", by: "clock", request }),
};
