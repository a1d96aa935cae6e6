import type { Instant } from "../../kernel/time.js";
import type { Zone } from "../../kernel/zone.js";
import type { LocalTime } from "../../model/rotas.js";

const MINUTE = 60_000;
export const DAY = 86_400_000;

/** The milliseconds of a local time of day: `"09:30"` is 9.5 hours, `"24:00"` a day. `NaN` where it is none. */
export function timeOfDay(time: LocalTime): number {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * MINUTE;
}

/**
 * The hours from one time of day to another, as milliseconds since the midnight on which they begin. Those that would end
 * at or before they begin go on into the next day.
 */
export function hoursOfDay(from: LocalTime, to: LocalTime): { readonly from: number; readonly to: number } {
  const [start, end] = [timeOfDay(from), timeOfDay(to)];
  return { from: start, to: end > start ? end : end + DAY };
}

/**
 * The first instant at which the clocks of a zone have come to a reading: where they skip it, the one at which they jump
 * over it, where they show it twice, the first of both. A later reading never comes before an earlier one, so hours that
 * adjoin on the clock adjoin in time.
 *
 * `local` is the reading as if it were UTC.
 */
export function reached(zone: Zone, local: number): Instant {
  const { at, kind } = zone.resolve(local);
  if (kind !== "skipped") return at;
  // `at` is after the jump by less than a day: no clock has ever skipped more.
  let low = at - DAY;
  let high = at;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (middle + zone.offsetAt(middle) < local) low = middle;
    else high = middle;
  }
  return high;
}
