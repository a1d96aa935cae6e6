import { dateOfDay, dayOfDate } from "../kernel/zone.js";
import type { Every } from "./operations-frame.js";

/** The first day of the period that a day falls into, by number. */
function periodOf(day: number, every: Every): number {
  switch (every) {
    case "day":
      return day;
    case "week":
      // 1970-01-01 was a Thursday; weeks begin on Monday.
      return day - ((((day + 3) % 7) + 7) % 7);
    case "month":
      return dayOfDate(`${dateOfDay(day).slice(0, 7)}-01`);
    default:
      return every satisfies never;
  }
}

/** The first day of the period after one. */
export function nextPeriod(period: number, every: Every): number {
  // The longest month has 31 days: 32 days on is always in the next one.
  return every === "month" ? periodOf(period + 32, every) : period + (every === "week" ? 7 : 1);
}

/** Gives the period of a day, each worked out once: a calendar date costs more than a look-up. */
export function periodsOf(every: Every): (day: number) => number {
  const known = new Map<number, number>();
  return (day) => {
    const period = known.get(day) ?? periodOf(day, every);
    known.set(day, period);
    return period;
  };
}
