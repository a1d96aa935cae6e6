import type { Instant } from "../../kernel/time.js";
import { dayOfDate, isTimeZone, type Zone, zoneOf } from "../../kernel/zone.js";
import type { GridLine, RotaPlan, Rotation } from "../../model/rotas.js";
import { DAY, hoursOfDay, reached, timeOfDay } from "./local-time.js";

/** Hours that somebody has by a plan. */
export type PlannedHours = { readonly start: Instant; readonly end: Instant; readonly member: string };

/** A plan, ready to be asked who has which hours. */
export type Calendar = {
  readonly zone: Zone;
  /** The hours that belong to a local day: those that begin on it. In no order; somebody may have hours twice. */
  hoursOn(day: number): readonly PlannedHours[];
};

/** Hours on the clock, as milliseconds from a day's midnight, and who has them. */
type Lines = (day: number) => Iterable<{
  readonly from: number;
  readonly to: number;
  readonly people: readonly string[];
}>;

// Plans are never changed, so what was made of one stays with it.
const calendars = /* @__PURE__ */ new WeakMap<RotaPlan, Calendar | null>();

/** How many days a calendar remembers: who is on duty is mostly asked for days that were asked for before. */
const KEPT = 100;

/** The calendar of a plan; `null` where this runtime does not know the plan's zone. */
export function calendarOf(plan: RotaPlan): Calendar | null {
  let calendar = calendars.get(plan);
  if (calendar === undefined) {
    calendar = makeCalendar(plan);
    calendars.set(plan, calendar);
  }
  return calendar;
}

/** All hours that may share an instant with a window. In no order, and some may not. */
export function hoursAround(calendar: Calendar, start: Instant, end: Instant): readonly PlannedHours[] {
  const hours: PlannedHours[] = [];
  // Hours may last into the next day; where clocks go back over midnight, the day that they show again is over by plan.
  const last = calendar.zone.dayOf(end) + 1;
  for (let day = calendar.zone.dayOf(start) - 1; day <= last; day++) hours.push(...calendar.hoursOn(day));
  return hours;
}

function makeCalendar({ timeZone, grid, rotation }: RotaPlan): Calendar | null {
  // A plan may come from a runtime that knows more zones.
  if (!isTimeZone(timeZone)) return null;
  const zone = zoneOf(timeZone);
  const sources: readonly Lines[] = [...grid.map(weekly), ...(rotation ? [turns(rotation)] : [])];
  const layOut = (day: number): readonly PlannedHours[] =>
    sources.flatMap((source) =>
      [...source(day)].flatMap(({ from, to, people }) => {
        const start = reached(zone, day * DAY + from);
        const end = reached(zone, day * DAY + to);
        // Hours that the clocks skip do not take place.
        return start < end ? people.map((member) => ({ start, end, member })) : [];
      }),
    );
  const days = new Map<number, readonly PlannedHours[]>();
  return {
    zone,
    hoursOn(day) {
      let hours = days.get(day);
      if (!hours) {
        if (days.size >= KEPT) days.clear();
        hours = layOut(day);
        days.set(day, hours);
      }
      return hours;
    },
  };
}

function weekly({ weekdays, from, to, people }: GridLine): Lines {
  const days: ReadonlySet<number> = new Set(weekdays);
  const line = [{ ...hoursOfDay(from, to), people }];
  return (day) => (days.has(weekdayOf(day)) ? line : []);
}

/**
 * The hours of a day are of whoever's turn it is on that day, also those after midnight; on the day on which a turn
 * begins, those before `handoverAt` are still of the one before.
 */
function turns({ people, every, unit, firstDay, handoverAt, hours }: Rotation): Lines {
  const first = dayOfDate(firstDay);
  const length = every * (unit === "week" ? 7 : 1);
  const handover = timeOfDay(handoverAt);
  const { from, to } = hours ? hoursOfDay(hours.from, hours.to) : { from: 0, to: DAY };
  const whose = (turn: number): readonly string[] => {
    const member = turn < 0 ? undefined : people[turn % people.length];
    return member === undefined ? [] : [member];
  };
  return (day) => {
    const turn = Math.floor((day - first) / length);
    if ((day - first) % length !== 0) return [{ from, to, people: whose(turn) }];
    return [
      { from, to: Math.min(to, handover), people: whose(turn - 1) },
      { from: Math.max(from, handover), to, people: whose(turn) },
    ].filter((part) => part.from < part.to);
  };
}

/** The ISO weekday of a day number: 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
