import { InvalidInputError } from "./errors.js";
import { quote } from "./text.js";

/** A point in time: milliseconds since 1970-01-01T00:00:00Z, an integer. */
export type Instant = number;

/**
 * How callers may name a point in time: ISO 8601 text with an offset (`"2026-05-01T16:00:00Z"`), a `Date`, or
 * epoch milliseconds. Text without an offset is refused: whose midnight would it be?
 */
export type InstantInput = string | number | Date;

/** A length of time: `"7d"`, `"90m"`, `"1.5h"` or milliseconds. A day is 24 hours and a week 7 of those. */
export type Duration = `${number}${DurationUnit}` | number;

/** Units of a {@link Duration}: milliseconds, seconds, minutes, hours, days, weeks. */
export type DurationUnit = "ms" | "s" | "m" | "h" | "d" | "w";

const UNIT_MS: { readonly [unit in DurationUnit]: number } = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const DURATION = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|h|d|w)$/;
const ISO_INSTANT = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;
/** The largest instant ECMAScript can hold. */
const MAX_INSTANT = 8.64e15;

/**
 * Reads a point in time.
 *
 * @throws InvalidInputError `INVALID_INPUT` where it is not one.
 */
export function toInstant(input: InstantInput): Instant {
  const instant = readInstant(input);
  if (instant === undefined) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      `${quote(input)} is not an instant. Use ISO text with an offset ("2026-05-01T16:00:00Z"), a Date or epoch milliseconds.`,
    );
  }
  return instant;
}

/** Like {@link toInstant}, but `undefined` where it is not an instant. */
export function readInstant(input: unknown): Instant | undefined {
  if (typeof input === "number")
    return Number.isInteger(input) && Math.abs(input) <= MAX_INSTANT ? input : undefined;
  if (input instanceof Date) return readInstant(input.getTime());
  if (typeof input !== "string") return undefined;
  const match = ISO_INSTANT.exec(input);
  if (!match) return undefined;
  // Date.parse rolls 30 February over to March; a date that does not exist is a mistake, not a later date.
  const [, year, month, day] = match;
  if (Number(day) > daysInMonth(Number(year), Number(month))) return undefined;
  const parsed = Date.parse(input);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/**
 * Reads a length of time in milliseconds.
 *
 * @throws InvalidInputError `INVALID_INPUT` where it is not one.
 */
export function toMilliseconds(duration: Duration): number {
  const milliseconds = readDuration(duration);
  if (milliseconds === undefined) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      `${quote(duration)} is not a duration. Use a number and a unit ("7d", "90m", "30s") or milliseconds.`,
    );
  }
  return milliseconds;
}

/** Like {@link toMilliseconds}, but `undefined` where it is not a duration. Never negative. */
export function readDuration(duration: unknown): number | undefined {
  if (typeof duration === "number")
    return duration >= 0 && duration <= MAX_INSTANT ? Math.round(duration) : undefined;
  if (typeof duration !== "string") return undefined;
  const match = DURATION.exec(duration);
  return match ? readDuration(Number(match[1]) * UNIT_MS[match[2] as DurationUnit]) : undefined;
}

/** The number of days of a month (1 to 12) in the Gregorian calendar; 0 where there is no such month. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30;
  return month >= 1 && month <= 12 ? 31 : 0;
}
