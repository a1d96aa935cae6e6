import { type ById, entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { Invite, JoinRequest } from "./invites.js";
import type { Space } from "./space.js";
import { isBanned, isMember } from "./standing.js";
import { hasTicket } from "./tickets.js";

// Who waits for a place is asked on each round of the clock: settled requests, which only grow, are passed over once.
const opens = /* @__PURE__ */ new WeakMap<ById<JoinRequest>, readonly JoinRequest[]>();

/** The requests that are neither answered nor taken back, in the order in which they were made. */
export function openRequests(requests: ById<JoinRequest>): readonly JoinRequest[] {
  let open = opens.get(requests);
  if (!open) {
    open = Object.values(requests)
      .filter(({ status }) => status === "pending" || status === "waiting")
      .sort((a, b) => a.madeAt - b.madeAt);
    opens.set(requests, open);
  }
  return open;
}

/** Whether an invite has no place for one more: none is left, or those who wait have it before. */
export function isFull(space: Space, invite: Invite, at: Instant): boolean {
  let places = placesLeft(invite);
  if (places === Number.POSITIVE_INFINITY) return false;
  for (const request of openRequests(space.requests)) {
    if (places === 0) break;
    if (request.invite !== invite.id || request.status !== "waiting") continue;
    if (couldCome(space, request, invite, at)) places--;
  }
  return places === 0;
}

function placesLeft({ maxUses, uses }: Invite): number {
  return maxUses === null ? Number.POSITIVE_INFINITY : Math.max(0, maxUses - uses);
}

/** The requests for which there is a place at an instant, in the order in which they were made. */
export function admittable(space: Space, at: Instant): readonly JoinRequest[] {
  const given = new Map<string, number>();
  return openRequests(space.requests).filter((request) => {
    const invite = request.status === "waiting" ? entry(space.invites, request.invite) : undefined;
    if (!invite) return false;
    const places = given.get(invite.id) ?? placesLeft(invite);
    if (places === 0 || !couldCome(space, request, invite, at)) return false;
    given.set(invite.id, places - 1);
    return true;
  });
}

/** Whoever came in some other way, was banned, or has nothing paid any more is passed over until that changes. */
function couldCome(space: Space, { member }: JoinRequest, invite: Invite, at: Instant): boolean {
  return (
    invite.revokedAt === null &&
    !isMember(space, member, at) &&
    !isBanned(space, member, at) &&
    (invite.ticket === null || hasTicket(space, member, invite, at))
  );
}
