import { InvalidInputError } from "../kernel/errors.js";
import type { Instant } from "../kernel/time.js";
import { dateOfDay, dayOfDate, type Zone } from "../kernel/zone.js";

/** The local days a report is about, as callers name them. */
export type RangeOptions = {
  /** The trailing local days up to and including the day of `asOf`: `"28d"`. Instead of `from` and `to`. */
  readonly last?: `${number}d` | undefined;
  /** First local date, `YYYY-MM-DD`. */
  readonly from?: string | undefined;
  /** Last local date, included. */
  readonly to?: string | undefined;
};

/** The first and the last day that were asked for, by number; `undefined` where that was left open. */
export type AskedRange = { readonly first: number | undefined; readonly last: number | undefined };

/**
 * Reads the days that are asked for.
 *
 * @throws InvalidInputError `INVALID_INPUT` where they make no sense.
 */
export function readRange({ last, from, to }: RangeOptions, zone: Zone, asOf: Instant): AskedRange {
  if (last === undefined) {
    const first = from === undefined ? undefined : readDate(from);
    const final = to === undefined ? undefined : readDate(to);
    return { first, last: final };
  }
  const days = /^([1-9]\d{0,4})d$/.exec(last)?.[1];
  if (days === undefined || from !== undefined || to !== undefined) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      `last: ${JSON.stringify(last)} must be whole days such as "28d", without from or to.`,
    );
  }
  const today = zone.dayOf(asOf);
  return { first: today - Number(days) + 1, last: today };
}

function readDate(date: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? dayOfDate(date) : Number.NaN;
  if (Number.isNaN(day) || dateOfDay(day) !== date) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      `${JSON.stringify(date)} is not a calendar date such as "2026-05-01".`,
    );
  }
  return day;
}
