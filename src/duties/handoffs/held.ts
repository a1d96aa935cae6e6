import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Charge, Tenure } from "../../model/duties.js";
import type { Space } from "../../model/space.js";
import { answersFor } from "../answers.js";
import { threadKey } from "../keys.js";
import { dutyOf, HOST } from "../rules.js";
import { holdingOf } from "../tenure.js";
import { asOf, isInEffect } from "./as-of.js";
import { windowOf } from "./window.js";

/**
 * Until when a member has what they would hand over at an instant: `null` is for good, `undefined` is not at all. Nobody
 * hands over for longer what they have for a while.
 */
export function heldUntil(space: Space, of: Charge, member: string, at: Instant): Instant | null | undefined {
  if ("duty" in of) return ownEnd(holdingOf(space, dutyOf(space, of.duty).tenures, at), member);
  if ("role" in of) return roleUntil(space, of.role, member, at);
  if ("thread" in of) {
    const own = holdingOf(space, entry(space.threads, threadKey(of.thread))?.tenures ?? [], at);
    if (own) return ownEnd(own, member);
    return answersFor(space, of.thread, member, at) ? null : undefined;
  }
  const ends = [
    heldUntil(space, { duty: HOST }, member, at),
    ...of.roles.map((role) => roleUntil(space, role, member, at)),
  ];
  return ends.reduce(earlier, null);
}

function ownEnd(holding: Tenure | undefined, member: string): Instant | null | undefined {
  return holding?.holder === member ? holding.end : undefined;
}

function roleUntil(space: Space, role: string, member: string, at: Instant): Instant | null | undefined {
  if (!entry(asOf(space, at).members, member)?.roles.includes(role)) return undefined;
  if (entry(space.members, member)?.roles.includes(role)) return null;
  const through = Object.values(space.handoffs).filter(
    (handoff) =>
      handoff.to === member &&
      handoff.status === "accepted" &&
      ("role" in handoff.of
        ? handoff.of.role === role
        : "ownership" in handoff.of && handoff.of.roles.includes(role)) &&
      isInEffect(handoff, at),
  );
  return through.map((handoff) => windowOf(handoff).end).reduce(later, undefined);
}

function earlier(a: Instant | null | undefined, b: Instant | null | undefined): Instant | null | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function later(a: Instant | null | undefined, b: Instant | null | undefined): Instant | null | undefined {
  if (a === null || b === null) return null;
  if (a === undefined || b === undefined) return a ?? b;
  return Math.max(a, b);
}
