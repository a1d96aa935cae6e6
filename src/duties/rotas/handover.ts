import type { Instant } from "../../kernel/time.js";
import type { Space } from "../../model/space.js";
import { DAY } from "./local-time.js";
import { rostersOf, watchesIn } from "./roster.js";

/** An instant at which other people are on duty than before: everybody who is, before and after. */
export type Handover = {
  readonly at: Instant;
  readonly from: readonly string[];
  readonly to: readonly string[];
};

/** How far ahead a handover is looked for: a leap year, in milliseconds. */
const HORIZON = 366 * DAY;
/** How much of it is laid out at a time. Most rotas change hands within a week. */
const STEP = 7 * DAY;

/**
 * The next instant after this one at which it changes who is on duty by the rotas, and from whom to whom; nobody is on
 * duty where a list is empty. `null` where nothing changes within 366 days.
 *
 * ```ts
 * nextHandover(space, "ops", now); // { at: 1777730400000, from: ["cid"], to: ["mia"] }
 * ```
 */
export function nextHandover(space: Space, duty: string, at: Instant): Handover | null {
  let from: readonly string[] | undefined;
  for (let start = at; start < at + HORIZON; start += STEP) {
    const window = { start, end: Math.min(start + STEP, at + HORIZON) };
    for (const { start: turn, people } of watchesIn(rostersOf(space, duty, window), window)) {
      from ??= people;
      if (!sameMembers(from, people)) return { at: turn, from, to: people };
    }
  }
  return null;
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((member, index) => member === b[index]);
}
