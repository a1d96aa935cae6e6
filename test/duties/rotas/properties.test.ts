import {
  coverage,
  type GridLine,
  type Hours,
  nextHandover,
  onDuty,
  type RotaOverride,
  type RotaPlan,
  type Rotation,
  type Space,
  shiftsOf,
  type Weekday,
} from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Clock, naivelyOnDuty, watchClock } from "./naive.js";
import { at, DAILY, line, plan, spaceOf } from "./rotas.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DAYS = 5;

/** Days around which clocks do something: both hemispheres, both ways, half an hour, over midnight, a whole day. */
const PLACES = [
  ["Europe/Berlin", "2026-03-29"],
  ["Europe/Berlin", "2026-10-25"],
  ["America/New_York", "2026-03-08"],
  ["America/New_York", "2026-11-01"],
  ["Australia/Sydney", "2026-04-05"],
  ["Australia/Lord_Howe", "2026-10-04"],
  ["America/Santiago", "2026-09-06"],
  ["America/St_Johns", "2006-10-29"],
  ["Pacific/Apia", "2011-12-30"],
  ["Asia/Kathmandu", "2026-05-03"],
] as const;
const SCENES = PLACES.map(([timeZone, date]) => {
  const start = at(`${date}T00:00Z`) - 2 * DAY;
  return { timeZone, start, end: start + DAYS * DAY };
});
type Scene = (typeof SCENES)[number];
const clocks = new Map<Scene, Clock>();
const clockOf = (scene: Scene): Clock => {
  const clock = clocks.get(scene) ?? watchClock(scene.timeZone, scene.start, DAYS);
  clocks.set(scene, clock);
  return clock;
};

const PEOPLE = ["leo", "mia", "sam", "zoe", "__proto__"];
const scene = fc.constantFrom(...SCENES);
const person = fc.constantFrom(...PEOPLE);
const two = (value: number): string => `${value}`.padStart(2, "0");
const clockTime = fc
  // Most changes are at night, so look there.
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 23 })),
    fc.constantFrom(0, 15, 30, 59),
  )
  .map(([hour, minute]) => `${two(hour)}:${two(minute)}`);
const end = fc.oneof(clockTime, fc.constant("24:00"));
const weekdays = fc.uniqueArray(fc.constantFrom<Weekday>(...DAILY), { minLength: 1 });
const gridLine: fc.Arbitrary<GridLine> = fc.record({
  weekdays,
  from: clockTime,
  to: end,
  people: fc.array(person, { minLength: 1, maxLength: 2 }),
});
const rotationFrom = (start: number): fc.Arbitrary<Rotation> =>
  fc.record({
    people: fc.array(person, { minLength: 1, maxLength: 4 }),
    every: fc.integer({ min: 1, max: 3 }),
    unit: fc.constantFrom("day", "week"),
    firstDay: fc
      .integer({ min: -400, max: 3 })
      .map((days) => new Date(start + days * DAY).toISOString().slice(0, 10)),
    handoverAt: clockTime,
    hours: fc.option(fc.record({ from: clockTime, to: end })),
  });
const planOf = ({ timeZone, start }: Scene): fc.Arbitrary<RotaPlan> =>
  fc.record({
    duty: fc.constant("ops"),
    timeZone: fc.constant(timeZone),
    grid: fc.array(gridLine, { maxLength: 3 }),
    rotation: fc.option(rotationFrom(start)),
  });
const overridesOf = ({ start }: Scene): fc.Arbitrary<readonly RotaOverride[]> =>
  fc.array(
    fc
      .record({
        from: fc.integer({ min: -60, max: DAYS * 24 * 60 }),
        length: fc.integer({ min: 1, max: 36 * 60 }),
        replaces: fc.option(person),
        member: fc.option(person, { freq: 4 }),
      })
      .map(({ from, length, replaces, member }) => ({
        id: "ovr_1",
        start: start + from * 60_000,
        end: start + (from + length) * 60_000,
        replaces,
        member,
      })),
    { maxLength: 5 },
  );
const planned = scene.chain((where) =>
  fc.record({ where: fc.constant(where), plan: planOf(where), overrides: overridesOf(where) }),
);

/** The window of a scene, cut at some instants. */
function cutAt({ start, end: last }: Hours, cuts: readonly number[]): readonly Hours[] {
  const turns = [...new Set([start, ...cuts.map((cut) => start + cut), last])].sort((a, b) => a - b);
  return turns.slice(1).map((until, index) => ({ start: turns[index] ?? start, end: until }));
}

/** Hours of which those that adjoin and are of the same are one. */
function joined<T extends Hours>(all: readonly T[]): readonly T[] {
  const latest = new Map<string, T>();
  const result: T[] = [];
  for (const { ...hours } of all) {
    const key = JSON.stringify({ ...hours, start: 0, end: 0 });
    const before = latest.get(key);
    if (before?.end === hours.start) Object.assign(before, { end: hours.end });
    else {
      result.push(hours);
      latest.set(key, hours);
    }
  }
  return result;
}

const inOrder = (a: Hours, b: Hours): number =>
  a.start - b.start || a.end - b.end || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

describe("who is on duty", () => {
  test("is who has the minute by looking at the clock, whatever the plan and the zone", () => {
    fc.assert(
      fc.property(
        planned,
        fc.array(fc.nat(DAYS * 24 * 60 - 1), { minLength: 20, maxLength: 20 }),
        ({ where, plan: one, overrides }, minutes) => {
          const space = spaceOf(PEOPLE, [one], overrides);
          const clock = clockOf(where);
          for (const minute of minutes) {
            const instant = clock.start + minute * 60_000;
            expect(onDuty(space, "ops", instant), new Date(instant).toISOString()).toEqual(
              naivelyOnDuty(one, overrides, clock, minute),
            );
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test("is also who has a shift then", () => {
    fc.assert(
      fc.property(planned, fc.array(fc.nat(DAYS * DAY - 1), { maxLength: 10 }), (given, instants) => {
        const space = spaceOf(PEOPLE, [given.plan], given.overrides);
        const shifts = shiftsOf(space, "ops", given.where);
        for (const instant of [...instants, 0].map((passed) => given.where.start + passed)) {
          const then = shifts.filter((shift) => shift.start <= instant && instant < shift.end);
          expect(then.map(({ member }) => member).sort()).toEqual(onDuty(space, "ops", instant));
        }
      }),
      { numRuns: 200 },
    );
  });

  test("next changes when the next handover says, and not before", () => {
    fc.assert(
      fc.property(planned, ({ where, plan: one, overrides }) => {
        const space = spaceOf(PEOPLE, [one], overrides);
        const from = onDuty(space, "ops", where.start);
        const next = nextHandover(space, "ops", where.start);
        if (!next) {
          for (let passed = 0; passed < 30 * DAY; passed += 7 * HOUR)
            expect(onDuty(space, "ops", where.start + passed)).toEqual(from);
          return;
        }
        expect(next.from).toEqual(from);
        expect(next.to).toEqual(onDuty(space, "ops", next.at));
        expect(next.to).not.toEqual(next.from);
        expect(onDuty(space, "ops", next.at - 1)).toEqual(from);
        for (let part = 0; part < 10; part++) {
          const before = where.start + Math.floor(((next.at - where.start) * part) / 10);
          expect(onDuty(space, "ops", before)).toEqual(from);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("coverage", () => {
  const cuts = fc.oneof(
    fc.constant([1, 2, 3, 4].map((days) => days * DAY)),
    fc.array(fc.nat(DAYS * DAY), { maxLength: 6 }),
  );

  test("by parts is coverage at once", () => {
    fc.assert(
      fc.property(planned, planned, cuts, (given, other, where) => {
        const space = spaceOf(PEOPLE, [given.plan, other.plan], given.overrides);
        const whole = coverage(space, "ops", given.where);
        const parts = cutAt(given.where, where).map((window) => coverage(space, "ops", window));
        expect(joined(parts.flatMap(({ shifts }) => shifts)).toSorted(inOrder)).toEqual(
          whole.shifts.toSorted(inOrder),
        );
        expect(joined(parts.flatMap(({ gaps }) => gaps))).toEqual(whole.gaps);
        expect(joined(parts.flatMap(({ overlaps }) => overlaps))).toEqual(whole.overlaps);
        const sum = (of: (part: typeof whole) => number): number =>
          parts.reduce((total, part) => total + of(part), 0);
        expect(sum(({ covered }) => covered.num)).toBe(whole.covered.num);
        expect(sum(({ covered }) => covered.den)).toBe(whole.covered.den);
        for (const { member, ms, nightMs } of whole.people) {
          const timeOf = (part: typeof whole) => part.people.find((time) => time.member === member);
          expect(sum((part) => timeOf(part)?.ms ?? 0)).toBe(ms);
          expect(sum((part) => timeOf(part)?.nightMs ?? 0)).toBe(nightMs);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("is gaps and cover, which fill the window, and the hours of all are the cover and what overlaps", () => {
    fc.assert(
      fc.property(planned, planned, ({ where, plan: one, overrides }, { plan: other }) => {
        const space = spaceOf(PEOPLE, [one, other], overrides);
        const { gaps, overlaps, people, covered } = coverage(space, "ops", where);
        const length = (hours: Hours): number => hours.end - hours.start;
        const total = (hours: readonly Hours[]): number => hours.reduce((sum, some) => sum + length(some), 0);
        expect(total(gaps) + covered.num).toBe(covered.den);
        expect(covered.den).toBe(length(where));
        const twice = overlaps.reduce((sum, some) => sum + length(some) * (some.people.length - 1), 0);
        expect(people.reduce((sum, { ms }) => sum + ms, 0)).toBe(covered.num + twice);
        for (const { ms, nightMs, nights, shifts } of people) {
          expect(nightMs).toBeLessThanOrEqual(ms);
          expect(nights > 0).toBe(nightMs > 0);
          expect(shifts).toBeGreaterThan(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("by hours that adjoin all around the clock has no gap and no overlap, on days of any length", () => {
    const edges = fc.uniqueArray(clockTime, { minLength: 1, maxLength: 5 }).map((times) => times.sort());
    fc.assert(
      fc.property(scene, edges, (where, times) => {
        const crew = PEOPLE.slice(0, times.length);
        const lines = times.map((from, index) =>
          line(DAILY, from, times[index + 1] ?? times[0] ?? from, crew[index] ?? "leo"),
        );
        const space = spaceOf(PEOPLE, [plan({ timeZone: where.timeZone, grid: lines })]);
        const { gaps, overlaps, covered } = coverage(space, "ops", where);
        expect({ gaps, overlaps }).toEqual({ gaps: [], overlaps: [] });
        expect(covered.num).toBe(covered.den);
      }),
      { numRuns: 200 },
    );
  });

  test("by a rotation has no gap and no overlap from its first day on", () => {
    fc.assert(
      fc.property(
        scene.chain((where) => fc.tuple(fc.constant(where), rotationFrom(where.start))),
        ([where, rotation]) => {
          const always = { ...rotation, hours: null };
          const space = spaceOf(PEOPLE, [plan({ timeZone: where.timeZone, rotation: always })]);
          const { gaps, overlaps } = coverage(space, "ops", where);
          expect(overlaps).toEqual([]);
          // Where it begins within the window, nobody is on before.
          expect(gaps.length).toBeLessThanOrEqual(1);
          for (const gap of gaps) expect(gap.start).toBe(where.start);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("overrides", () => {
  test("change nothing outside of their own hours", () => {
    fc.assert(
      fc.property(planned, fc.array(fc.nat(DAYS * DAY), { maxLength: 10 }), (given, instants) => {
        const { where, plan: one, overrides } = given;
        const before: Space = spaceOf(PEOPLE, [one]);
        const after: Space = spaceOf(PEOPLE, [one], overrides);
        for (const instant of instants.map((passed) => where.start + passed)) {
          if (overrides.some((override) => override.start <= instant && instant < override.end)) continue;
          expect(onDuty(after, "ops", instant)).toEqual(onDuty(before, "ops", instant));
        }
      }),
      { numRuns: 200 },
    );
  });
});
