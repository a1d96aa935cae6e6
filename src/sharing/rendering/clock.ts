import type { Instant } from "../../kernel/time.js";
import { zoneOf } from "../../kernel/zone.js";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];
/** The last instant that a `Date` holds. */
const LAST = 8_640_000_000_000_000;

/** How instants are written in a rendering: the same everywhere, whatever a runtime knows of languages. */
export type Clock = {
  /** `Friday, 1 May 2026` */
  day(at: Instant): string;
  /** `16:04` */
  time(at: Instant): string;
  /** `2026-05-01T14:04:00.000Z`, for machines. */
  machine(at: Instant): string;
};

/**
 * The clock of an IANA zone.
 *
 * @throws InvalidInputError `INVALID_INPUT` where the runtime does not know the zone.
 */
export function clockOf(timeZone: string): Clock {
  const zone = zoneOf(timeZone);
  const local = (at: Instant): Date => dateOf(at + zone.offsetAt(at));
  return {
    day(at) {
      const date = local(at);
      return `${WEEKDAYS[date.getUTCDay()]}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
    },
    time: (at) => local(at).toISOString().slice(-13, -8),
    machine: (at) => dateOf(at).toISOString(),
  };
}

/** A date whatever the number: what is read from a file may have any. */
function dateOf(at: number): Date {
  return new Date(Number.isNaN(at) ? 0 : Math.min(LAST, Math.max(-LAST, at)));
}
