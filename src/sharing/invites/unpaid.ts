import { refuse } from "../../kernel/outcome.js";
import type { Instant } from "../../kernel/time.js";
import type { Invite } from "../../model/invites.js";
import type { Space } from "../../model/space.js";
import { hasTicket } from "../../model/tickets.js";

/** The refusal to let somebody in by an invite that has to be paid, and is not, or no longer. */
export function refuseUnpaid(space: Space, invite: Invite, person: string, now: Instant) {
  if (invite.ticket === null || hasTicket(space, person, invite, now)) return undefined;
  return refuse("TICKET_NEEDED", `${person} has no valid ticket for this invite.`, { invite: invite.id });
}
