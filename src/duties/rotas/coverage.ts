import type { Hours } from "../../model/rotas.js";
import type { Space } from "../../model/space.js";
import { calendarOf } from "./calendar.js";
import { compare, lengthOf, united } from "./intervals.js";
import { NIGHT, type Night, nightsIn, readNight } from "./night.js";
import { type Roster, rostersOf, type Shift, shiftsIn, type Watch, watchesIn } from "./roster.js";
import { checked } from "./window.js";

/** What `coverage` takes beside a window. */
export type CoverageOptions = {
  /** Which hours count as night, on the clocks of each rota. Default: from 22:00 to 06:00. */
  readonly night?: Night | undefined;
};

/** What a member has of a duty within a window. Times are real ones, in milliseconds, whatever the clocks do. */
export type DutyTime = {
  readonly member: string;
  /** How long they are on duty. By two rotas at once is still once. */
  readonly ms: number;
  readonly shifts: number;
  /** How much of it is at night. */
  readonly nightMs: number;
  /** In how many nights they are on duty, be it for a minute. A night counts by the date on which it begins. */
  readonly nights: number;
};

/** How a duty is covered within a window. All lists are in the order of time. */
export type Coverage = {
  readonly shifts: readonly Shift[];
  /** When nobody is on duty. */
  readonly gaps: readonly Hours[];
  /** When several people are on duty, and who: a new entry whenever they change. */
  readonly overlaps: readonly Watch[];
  /** Who is on duty for how long: who has most first. Whoever is not on duty within the window is not listed. */
  readonly people: readonly DutyTime[];
  /** How long somebody is on duty, of how long the window is, in milliseconds. */
  readonly covered: { readonly num: number; readonly den: number };
};

/**
 * How a duty is covered by its rotas within a window: shifts, gaps, overlaps, and who has how many hours and nights.
 *
 * ```ts
 * const { gaps, people } = coverage(space, "ops", { start, end });
 * gaps; // [{ start: 1777766400000, end: 1777788000000 }]
 * people; // [{ member: "cid", ms: 57600000, shifts: 2, nightMs: 0, nights: 0 }, ...]
 * ```
 *
 * Asks the rotas only: where a member simply holds the duty, there is a gap. What was planned otherwise at the time counts
 * as it was planned then; who has left since counts no more, since a space knows its members as they are now.
 *
 * Takes time in proportion to the window.
 *
 * @throws InvalidInputError `INVALID_INPUT` where the window is none, or longer than five years, or the night has no local
 * times.
 */
export function coverage(
  space: Space,
  duty: string,
  window: Hours,
  { night = NIGHT }: CoverageOptions = {},
): Coverage {
  const { start, end } = checked(window);
  const rosters = rostersOf(space, duty, { start, end });
  const shifts = shiftsIn(rosters);
  const watches = watchesIn(rosters, { start, end });
  const gaps = watches.filter(({ people }) => people.length === 0);
  const den = end - start;
  return {
    shifts,
    gaps: gaps.map((gap) => ({ start: gap.start, end: gap.end })),
    overlaps: watches.filter(({ people }) => people.length > 1),
    people: dutyTimes(shifts, watches, nightWork(rosters, readNight(night))),
    covered: { num: den - lengthOf(gaps), den },
  };
}

type NightWork = ReadonlyMap<string, { readonly hours: Hours[]; readonly dates: Set<string> }>;

function nightWork(rosters: readonly Roster[], night: ReturnType<typeof readNight>): NightWork {
  const work = new Map<string, { readonly hours: Hours[]; readonly dates: Set<string> }>();
  for (const { plan, people, ...hours } of rosters) {
    const calendar = calendarOf(plan);
    if (!calendar) continue;
    for (const { date, ...part } of nightsIn(calendar, night, hours)) {
      for (const member of people) {
        const own = work.get(member) ?? { hours: [], dates: new Set() };
        own.hours.push(part);
        own.dates.add(date);
        work.set(member, own);
      }
    }
  }
  return work;
}

function dutyTimes(
  shifts: readonly Shift[],
  watches: readonly Watch[],
  nights: NightWork,
): readonly DutyTime[] {
  const times = new Map<string, number>();
  for (const { people, ...hours } of watches) {
    for (const member of people) times.set(member, (times.get(member) ?? 0) + lengthOf([hours]));
  }
  const counts = new Map<string, number>();
  for (const { member } of shifts) counts.set(member, (counts.get(member) ?? 0) + 1);
  return [...times]
    .map(([member, ms]) => {
      const { hours = [], dates = new Set() } = nights.get(member) ?? {};
      const nightMs = lengthOf(united(hours));
      return { member, ms, shifts: counts.get(member) ?? 0, nightMs, nights: dates.size };
    })
    .sort((a, b) => b.ms - a.ms || compare(a.member, b.member));
}
