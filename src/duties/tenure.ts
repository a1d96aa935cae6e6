import { entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { Tenure, Window } from "../model/duties.js";
import type { Space } from "../model/space.js";

/** The duties every space knows. A team may name others. */
export const DUTIES = ["host", "ops", "creative", "legal"] as const;

/**
 * Who holds a duty at an instant, or `null` where nobody does. Of the tenures that cover the instant, those with an
 * end come before those without, and of either the last one counts; people who have left the space are passed over.
 * So there is never more than one holder, and a handoff with an end returns by itself.
 *
 * ```ts
 * whoHolds(space, "host", Date.parse("2026-05-01T20:00:00Z")); // "sam", within the window handed over
 * ```
 */
export function whoHolds(space: Space, duty: string, at: Instant): string | null {
  return holderOf(space, entry(space.duties, duty)?.tenures ?? [], at);
}

/** Who holds something by these tenures. */
export function holderOf(space: Space, tenures: readonly Tenure[], at: Instant): string | null {
  return holdingOf(space, tenures, at)?.holder ?? null;
}

/** The tenure that counts among these. */
export function holdingOf(space: Space, tenures: readonly Tenure[], at: Instant): Tenure | undefined {
  const holding = tenures.filter((tenure) => covers(tenure, at) && entry(space.members, tenure.holder));
  return holding.findLast(({ end }) => end !== null) ?? holding.at(-1);
}

/** Whether a window holds at an instant: from its start up to, not including, its end. */
export function covers({ start, end }: Window, at: Instant): boolean {
  return start <= at && (end === null || at < end);
}

/** Whether two windows share an instant. */
export function overlap(a: Window, b: Window): boolean {
  return (b.end === null || a.start < b.end) && (a.end === null || b.start < a.end);
}
