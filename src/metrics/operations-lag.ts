import type { Instant } from "../kernel/time.js";
import { dateOfDay } from "../kernel/zone.js";
import type { Ratio } from "./activity.js";
import { type Frame, isInFrame, type LagName } from "./operations-frame.js";
import { byName, countBy, summariseBy } from "./operations-groups.js";
import { nextPeriod, periodsOf } from "./operations-periods.js";
import { type Summary, summarise } from "./quantiles.js";

/** How long something takes, over many cases. Durations in milliseconds on the wall clock: nights and Sundays count. */
export type Lag = {
  /** How long it took where it is over: `p50` is the median. */
  readonly time: Summary;
  /** For how long the others have been waiting, at `asOf`. */
  readonly open: Summary;
  /** Cases that were over before they began. They are counted nowhere else. */
  readonly errors: number;
  /** Cases that are over although nobody who counts ended them, such as a bot's. They are neither timed nor open. */
  readonly untimed: number;
  /**
   * Cases that took no longer than the target, of those that are over or already older than it; `null` where there is
   * no target. Those that may still make it are not counted.
   */
  readonly inTime: Ratio | null;
  /** By the duty that answers for it, `null` for none. The counts sum to those of all. */
  readonly byDuty: readonly LagOfDuty[];
  /** By who ended it, whoever did most of it first. The counts sum to that of all. */
  readonly byPerson: readonly LagOfPerson[];
  /** Every period from the first to the last, where periods are asked for. What is open is in none by its end. */
  readonly periods: readonly LagOfPeriod[];
};

/** A duty's part. `open` is how many wait. */
export type LagOfDuty = { readonly duty: string | null; readonly time: Summary; readonly open: number };

/** One person's part. */
export type LagOfPerson = { readonly person: string; readonly time: Summary };

/** One period: a day, a week or a month, named by its first local date. */
export type LagOfPeriod = {
  readonly from: string;
  readonly time: Summary;
  readonly open: number;
  /** Whether it had ended at `asOf`. */
  readonly complete: boolean;
};

/** Clocks of one kind, as they are read. Cases that a report is not about are let go. */
export type Clocks = {
  /** A case is over. Gives whether it was timed: not where a bot ended it, or where it ended before it began. */
  stopped(start: Instant, end: Instant, person: string, duty: string | null): boolean;
  /** A case is open. */
  running(start: Instant, duty: string | null): void;
  /** A case is over, and nobody who counts ended it. */
  untimed(start: Instant, end: Instant): void;
  /** What all of them come to. */
  lag(): Lag;
};

/** Starts reading clocks. */
export function clocksOf(frame: Frame, name: LagName): Clocks {
  const { asOf, excluded } = frame;
  const times: number[] = [];
  const days: Instant[] = [];
  const people: string[] = [];
  const duties: (string | null)[] = [];
  const ages: number[] = [];
  const openDuties: (string | null)[] = [];
  let errors = 0;
  let untimed = 0;
  return {
    stopped(start, end, person, duty) {
      if (!isInFrame(frame, start, end)) return false;
      if (excluded.has(person)) untimed += 1;
      else if (end < start) errors += 1;
      else {
        times.push(end - start);
        days.push(frame.by === "start" ? start : end);
        people.push(person);
        duties.push(duty);
        return true;
      }
      return false;
    },
    running(start, duty) {
      if (!isInFrame(frame, start, null)) return;
      ages.push(asOf - start);
      openDuties.push(duty);
    },
    untimed(start, end) {
      if (isInFrame(frame, start, end)) untimed += 1;
    },
    lag: () => ({
      time: summarise(times),
      open: summarise(ages),
      errors,
      untimed,
      inTime: inTime(times, ages, frame.targets[name]),
      byDuty: byDuty(duties, times, openDuties),
      byPerson: [...summariseBy(people, times)]
        .map(([person, time]) => ({ person, time }))
        .sort((a, b) => b.time.n - a.time.n || byName(a.person, b.person)),
      periods: periods(frame, days, times, ages),
    }),
  };
}

function inTime(times: readonly number[], ages: readonly number[], target: number | undefined): Ratio | null {
  if (target === undefined) return null;
  let num = 0;
  for (const time of times) if (time <= target) num += 1;
  let den = times.length;
  for (const age of ages) if (age > target) den += 1;
  return { num, den };
}

function byDuty(
  duties: readonly (string | null)[],
  times: readonly number[],
  openDuties: readonly (string | null)[],
): readonly LagOfDuty[] {
  const closed = summariseBy(duties, times);
  const open = countBy(openDuties);
  return [...new Set([...closed.keys(), ...open.keys()])].sort(byName).map((duty) => ({
    duty,
    time: closed.get(duty) ?? summarise([]),
    open: open.get(duty) ?? 0,
  }));
}

function periods(
  { asOf, zone, first, last, by, every }: Frame,
  days: readonly Instant[],
  times: readonly number[],
  ages: readonly number[],
): readonly LagOfPeriod[] {
  if (every === undefined) return [];
  const period = periodsOf(every);
  const closed = summariseBy(
    days.map((at) => period(zone.dayOf(at))),
    times,
  );
  const open = countBy(by === "end" ? [] : ages.map((age) => period(zone.dayOf(asOf - age))));
  let from = first === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : period(first);
  let to = last === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : period(last);
  for (const key of [...closed.keys(), ...open.keys()]) {
    from = Math.min(from, key);
    to = Math.max(to, key);
  }
  const rows: LagOfPeriod[] = [];
  // Without a case and with an open range there is no first or no last one, and so none at all.
  if (!Number.isFinite(from) || !Number.isFinite(to)) return rows;
  for (let key = from; key <= to; key = nextPeriod(key, every)) {
    rows.push({
      from: dateOfDay(key),
      time: closed.get(key) ?? summarise([]),
      open: open.get(key) ?? 0,
      complete: zone.startOfDay(nextPeriod(key, every)) <= asOf,
    });
  }
  return rows;
}
