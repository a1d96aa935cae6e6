import type { Instant } from "../../kernel/time.js";
import type { Ticket } from "../../model/invites.js";
import type { Sale } from "./facts.js";

type Order = { sold: number; refunded: number; readonly buyers: Map<string, Instant> };

/**
 * When each person has last bought something, up to an instant: a ticket or an order that was not paid back. An order of
 * which a part was paid back was bought all the same.
 */
export function purchases(
  tickets: readonly Ticket[],
  sales: readonly Sale[],
  at: Instant,
): ReadonlyMap<string, Instant> {
  const latest = new Map<string, Instant>();
  const note = (person: string, when: Instant): void => {
    if (when > (latest.get(person) ?? -Infinity)) latest.set(person, when);
  };
  for (const { person, paidAt, refundedAt } of tickets) {
    if (paidAt <= at && (refundedAt === null || refundedAt > at)) note(person, paidAt);
  }
  const orders = new Map<string, Order>();
  for (const { order, kind, person, amount, at: when } of sales) {
    if (when > at) continue;
    const known = orders.get(order) ?? { sold: 0, refunded: 0, buyers: new Map() };
    orders.set(order, known);
    if (kind === "refund") known.refunded += amount;
    else known.sold += amount;
    if (kind === "sale" && person !== null && when > (known.buyers.get(person) ?? -Infinity)) {
      known.buyers.set(person, when);
    }
  }
  for (const { sold, refunded, buyers } of orders.values()) {
    if (refunded === 0 || refunded < sold) for (const [person, when] of buyers) note(person, when);
  }
  return latest;
}
