import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Ticket } from "../../model/invites.js";
import type { Space } from "../../model/space.js";
import { endOf, ticketsOf } from "../../model/tickets.js";

/** Notes that somebody paid. What they had before and has not ended is added to. The same order again changes nothing. */
export function payTicket(
  space: Space,
  command: Command<"ticket.pay">,
  context: Context,
): Outcome<SpaceEvent> {
  const { order, invite: id, person, amount = null } = command;
  const known = entry(space.tickets, order);
  if (known) {
    return known.invite === id && known.person === person && isSame(known.amount, amount)
      ? accept()
      : refuse("TICKET_CONFLICT", `The order ${order} has been noted otherwise before.`, { order });
  }
  const invite = entry(space.invites, id);
  if (!invite) return refuse("INVITE_UNKNOWN", `There is no invite ${JSON.stringify(id)}.`, { invite: id });
  const { ticket } = invite;
  if (!ticket) return refuse("INVITE_FREE", "Nothing has to be paid for this invite.", { invite: id });
  const { price, lasts } = ticket;
  if (price !== null && !isSame(price, amount))
    return refuse("TICKET_PRICE", "What was paid is not what the invite costs.", { invite: id, price });
  const until = extended(endOf(ticketsOf(space, person, id)), context.now, lasts);
  return accept(happened("ticket.paid", { order, invite: id, person, amount, until }, command, context));
}

/** Notes that it was paid back: what it gave ends now. What the person has paid for besides still counts. */
export function refundTicket(
  space: Space,
  command: Command<"ticket.refund">,
  context: Context,
): Outcome<SpaceEvent> {
  const { order } = command;
  const ticket = entry(space.tickets, order);
  if (!ticket) return refuse("TICKET_UNKNOWN", `There is no ticket of the order ${order}.`, { order });
  if (ticket.refundedAt !== null) return accept();
  const { lasts, grace } = entry(space.invites, ticket.invite)?.ticket ?? { lasts: null, grace: 0 };
  const { now } = context;
  const others = ticketsOf(space, ticket.person, ticket.invite).filter(({ id }) => id !== order);
  const left = without(others, ticket, lasts, now);
  const end = endOf(left);
  const data = {
    order,
    ends: end === null ? null : Math.max(end === undefined ? now : end + grace, now),
    moved: left
      .filter(({ until }, index) => until !== others[index]?.until)
      .map(({ id, until }) => ({ order: id, until })),
  };
  return accept(happened("ticket.refunded", data, command, context));
}

/** When what was paid for at an instant ends, for who has something until `end` already. */
function extended(end: Instant | null | undefined, paidAt: Instant, lasts: number | null): Instant | null {
  return lasts === null || end === null ? null : Math.max(end ?? paidAt, paidAt) + lasts;
}

/** The other tickets once one is gone: those that were to go on after it do so sooner, by what was left of it. */
function without(
  others: readonly Ticket[],
  { until: gone }: Ticket,
  lasts: number | null,
  now: Instant,
): readonly Ticket[] {
  if (gone === null || lasts === null) return others;
  const rest = Math.max(0, gone - Math.max(now, gone - lasts));
  return others.map((ticket) =>
    ticket.until !== null && ticket.until > gone ? { ...ticket, until: ticket.until - rest } : ticket,
  );
}

function isSame(a: Ticket["amount"], b: Ticket["amount"]): boolean {
  return a?.minor === b?.minor && a?.currency === b?.currency;
}
