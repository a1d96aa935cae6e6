import type { RotaOverride, RotaPlan } from "chat-spaces";

// A second reading of rotas, minute by minute, that shares nothing with the library: it looks at a clock.

const MINUTE = 60_000;
const DAY = 24 * 60;

/** A stretch of minutes, and for each the furthest that clocks have come so far, as minutes since a local 1970. */
export type Clock = { readonly start: number; readonly furthest: readonly number[] };

/** Watches the clock of a zone for some days; starts three days earlier, to know how far it had come. */
export function watchClock(timeZone: string, start: number, days: number): Clock {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const furthest: number[] = [];
  let furthestYet = -Infinity;
  for (let minute = -3 * DAY; minute < days * DAY; minute++) {
    const [month, day, year, hour, past] = format.format(start + minute * MINUTE).match(/\d+/g) ?? [];
    const shown = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(past)) / MINUTE;
    furthestYet = Math.max(furthestYet, shown);
    if (minute >= 0) furthest.push(furthestYet);
  }
  return { start, furthest };
}

/** Who is on duty in a minute that the clock was watched in. */
export function naivelyOnDuty(
  plan: RotaPlan,
  overrides: readonly RotaOverride[],
  { start, furthest }: Clock,
  minute: number,
): readonly string[] {
  const shown = furthest[minute] ?? Number.NaN;
  const places = plannedAt(plan, shown).map((member) => [member, member] as [string | null, string | null]);
  for (const override of overrides) {
    const instant = start + minute * MINUTE;
    if (instant < override.start || instant >= override.end) continue;
    if (override.replaces === null) places.splice(0, places.length, [null, override.member]);
    else {
      const current = places.filter(([, member]) => member === override.replaces);
      const theirs =
        current.length > 0 ? current : places.filter(([planned]) => planned === override.replaces);
      for (const place of theirs) place[1] = override.member;
    }
  }
  return [...new Set(places.flatMap(([, member]) => (member === null ? [] : [member])))].sort();
}

function plannedAt({ grid, rotation }: RotaPlan, shown: number): readonly string[] {
  const people = new Set<string>();
  const today = Math.floor(shown / DAY);
  for (const day of [today - 1, today]) {
    const within = (from: string, to: string) => {
      const begins = day * DAY + minutes(from);
      const ends = day * DAY + minutes(to) + (minutes(to) <= minutes(from) ? DAY : 0);
      return begins <= shown && shown < ends;
    };
    for (const line of grid) {
      const weekday = new Date(day * DAY * MINUTE).getUTCDay() || 7;
      if (!line.weekdays.some((one) => one === weekday) || !within(line.from, line.to)) continue;
      for (const member of line.people) people.add(member);
    }
    if (rotation && within(rotation.hours?.from ?? "00:00", rotation.hours?.to ?? "24:00")) {
      const firstDay = Date.parse(rotation.firstDay) / MINUTE / DAY;
      // Turns are counted one by one.
      let turn = -1;
      let beginsToday = false;
      for (
        let begins = firstDay;
        begins <= day;
        begins += rotation.every * (rotation.unit === "week" ? 7 : 1)
      ) {
        turn++;
        beginsToday = begins === day;
      }
      if (beginsToday && shown < day * DAY + minutes(rotation.handoverAt)) turn--;
      const member = turn < 0 ? undefined : rotation.people[turn % rotation.people.length];
      if (member !== undefined) people.add(member);
    }
  }
  return [...people];
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
