import type { Instant } from "./time.js";
import type { WallClockInstants, Zone } from "./zone.js";

/** Reads wall-clock times in the order they were written down. */
export type WallClockReader = (local: number) => {
  readonly at: Instant;
  readonly kind: WallClockInstants["kind"];
};

/**
 * Turns wall-clock times without a zone into instants. `local` is the reading as if it were UTC, in epoch
 * milliseconds.
 *
 * In the hour that is repeated when clocks go back, a reading that would be earlier than the one before it is
 * taken for the second pass; in the hour that is skipped, readings move to after the gap.
 */
export function wallClockReader(zone: Zone): WallClockReader {
  let previous = -Infinity;
  return (local) => {
    const { at: first, later, kind } = zone.resolve(local);
    const at = kind === "repeated" && first < previous ? later : first;
    previous = at;
    return { at, kind };
  };
}

/** Reads `2024-06-14T21:07:00` as if it were UTC. */
export function localOf(wallClock: string): number {
  return Date.parse(`${wallClock}Z`);
}
