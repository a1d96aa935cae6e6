import type { Instant } from "../kernel/time.js";
import type { Invite, Ticket } from "./invites.js";
import type { Space } from "./space.js";

/** The tickets of somebody for an invite that were not paid back, in the order in which they were paid. */
export function ticketsOf(
  { tickets }: Pick<Space, "tickets">,
  person: string,
  invite: string,
): readonly Ticket[] {
  return Object.values(tickets)
    .filter((one) => one.person === person && one.invite === invite && one.refundedAt === null)
    .sort((a, b) => a.paidAt - b.paidAt);
}

/** When what these tickets were paid for ends: `null` is never, `undefined` is that there is none. */
export function endOf(tickets: readonly Ticket[]): Instant | null | undefined {
  let end: Instant | undefined;
  for (const { until } of tickets) {
    if (until === null) return null;
    if (end === undefined || until > end) end = until;
  }
  return end;
}

/** Whether somebody has paid for an invite, and what was paid for has not ended. */
export function hasTicket(
  space: Pick<Space, "tickets">,
  person: string,
  { id }: Pick<Invite, "id">,
  at: Instant,
): boolean {
  const end = endOf(ticketsOf(space, person, id));
  return end === null || (end !== undefined && at < end);
}
