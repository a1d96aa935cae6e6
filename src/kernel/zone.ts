import { tzOffset } from "@date-fns/tz/tzOffset";
import { InvalidInputError } from "./errors.js";
import { quote } from "./text.js";
import type { Instant } from "./time.js";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Whether this is an IANA zone that the runtime knows, such as `Europe/Berlin`. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/**
 * How local time runs in one IANA zone.
 *
 * A local day is the set of instants whose local calendar date it is; it may last 22 to 25 hours, and one in
 * Samoa lasted none. Days are numbered from 1970-01-01 so that they can be counted; they are never made by
 * dividing elapsed time by 24 hours.
 */
export type Zone = {
  readonly name: string;
  /** Milliseconds by which local time is ahead of UTC at this instant. */
  offsetAt(at: Instant): number;
  /** The number of the local day that this instant falls on: 0 is 1970-01-01. */
  dayOf(at: Instant): number;
  /** The first instant of a local day. For a day that was skipped, the first instant after it. */
  startOfDay(day: number): Instant;
  /** Local hour, 0 to 23, and ISO weekday, 1 (Monday) to 7. */
  clockOf(at: Instant): { readonly hour: number; readonly weekday: number };
  /** The instants at which local clocks show this time. */
  resolve(local: number): WallClockInstants;
};

/**
 * The instants of one wall-clock reading: one as a rule, two in an hour that is repeated when clocks go back.
 * In an hour that is skipped when they go forward there is none, and `at` is as much later as the gap is wide.
 */
export type WallClockInstants = {
  readonly at: Instant;
  readonly kind: "once" | "repeated" | "skipped";
  /** The second of the two instants of a repeated hour, otherwise the same as `at`. */
  readonly later: Instant;
};

/**
 * The clock of an IANA zone. Offsets are kept per UTC day, so that a million look-ups cost a few milliseconds.
 *
 * @throws InvalidInputError `INVALID_INPUT` where the runtime does not know the zone.
 */
export function zoneOf(name: string): Zone {
  if (typeof name !== "string" || !isTimeZone(name)) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      `${quote(name)} is not a time zone. Use an IANA name such as "Europe/Berlin".`,
    );
  }
  // The offset of a UTC day without a clock change, or NaN where it has to be asked for each instant.
  const offsets = new Map<number, number>();
  const ask = (at: Instant): number => Math.round(tzOffset(name, new Date(at)) * MINUTE);

  const offsetAt = (at: Instant): number => {
    const utcDay = Math.floor(at / DAY);
    let offset = offsets.get(utcDay);
    if (offset === undefined) {
      offset = ask(utcDay * DAY);
      if (ask((utcDay + 1) * DAY - 1) !== offset) offset = Number.NaN;
      offsets.set(utcDay, offset);
    }
    return Number.isNaN(offset) ? ask(at) : offset;
  };

  const resolve = (local: number): WallClockInstants => {
    // Offsets differ by less than a day from the ones around, so these two cover every reading.
    const before = local - offsetAt(local - DAY);
    const after = local - offsetAt(local + DAY);
    if (before === after) return { at: before, kind: "once", later: before };
    const beforeFits = before + offsetAt(before) === local;
    const afterFits = after + offsetAt(after) === local;
    if (beforeFits && afterFits)
      return { at: Math.min(before, after), kind: "repeated", later: Math.max(before, after) };
    if (beforeFits) return { at: before, kind: "once", later: before };
    if (afterFits) return { at: after, kind: "once", later: after };
    return { at: before, kind: "skipped", later: before };
  };

  const dayOf = (at: Instant): number => Math.floor((at + offsetAt(at)) / DAY);

  return {
    name,
    offsetAt,
    dayOf,
    resolve,
    startOfDay(day) {
      const { at, kind } = resolve(day * DAY);
      if (kind !== "skipped") return at;
      // Midnight was skipped: the day begins where the clocks jumped to.
      let low = at - DAY;
      let high = at;
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (dayOf(middle) < day) low = middle;
        else high = middle;
      }
      return high;
    },
    clockOf(at) {
      const local = at + offsetAt(at);
      const day = Math.floor(local / DAY);
      // 1970-01-01 was a Thursday.
      return { hour: Math.floor((local - day * DAY) / 3_600_000), weekday: ((((day + 3) % 7) + 7) % 7) + 1 };
    },
  };
}

/** The calendar date of a day number: `dateOfDay(0)` is `"1970-01-01"`. */
export function dateOfDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The day number of a calendar date. The text must be `YYYY-MM-DD`. */
export function dayOfDate(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY);
}
