import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { localOf, wallClockReader } from "../../src/kernel/wall-clock.js";
import { dateOfDay, dayOfDate, isTimeZone, zoneOf } from "../../src/kernel/zone.js";
import { corpus } from "../helpers/corpus.js";

const utc = (text: string) => Date.parse(text);
const HOUR = 3_600_000;

describe("a local day is the set of instants with that local date", () => {
  test("it has 23 hours when the clocks go forward and 25 when they go back", () => {
    const berlin = zoneOf("Europe/Berlin");
    const length = (date: string) =>
      berlin.startOfDay(dayOfDate(date) + 1) - berlin.startOfDay(dayOfDate(date));
    expect(length("2024-03-31")).toBe(23 * HOUR);
    expect(length("2024-10-27")).toBe(25 * HOUR);
    expect(length("2024-06-01")).toBe(24 * HOUR);
  });

  test("it begins at one where midnight is skipped", () => {
    // Havana puts its clocks forward at midnight.
    const havana = zoneOf("America/Havana");
    const start = havana.startOfDay(dayOfDate("2024-03-10"));
    expect(new Date(start).toISOString()).toBe("2024-03-10T05:00:00.000Z");
    expect(dateOfDay(havana.dayOf(start - 1))).toBe("2024-03-09");
  });

  test("a day that Samoa skipped begins where the next one does", () => {
    const apia = zoneOf("Pacific/Apia");
    expect(apia.startOfDay(dayOfDate("2011-12-30"))).toBe(apia.startOfDay(dayOfDate("2011-12-31")));
  });

  test.each(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Havana"])(
    "in %s every instant lies between the start of its day and the start of the next",
    (name) => {
      const zone = zoneOf(name);
      fc.assert(
        fc.property(fc.integer({ min: utc("2010-01-01T00:00Z"), max: utc("2030-01-01T00:00Z") }), (at) => {
          const day = zone.dayOf(at);
          expect(zone.startOfDay(day)).toBeLessThanOrEqual(at);
          expect(zone.startOfDay(day + 1)).toBeGreaterThan(at);
        }),
      );
    },
  );

  test.skipIf(!corpus)("agrees with the zone database on the days around published clock changes", () => {
    const { days } = JSON.parse(readFileSync(`${corpus}/reference/time/dst_cases.json`, "utf8"));
    for (const { zone: name, date, first_instant_utc, seconds_in_local_day } of days) {
      const zone = zoneOf(name);
      const start = zone.startOfDay(dayOfDate(date));
      expect(new Date(start).toISOString(), `${name} ${date}`).toBe(
        new Date(first_instant_utc).toISOString(),
      );
      expect(zone.startOfDay(dayOfDate(date) + 1) - start, `${name} ${date}`).toBe(
        seconds_in_local_day * 1_000,
      );
    }
  });
});

describe("wall-clock times", () => {
  test("resolve to the instants at which local clocks show them", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"),
        fc.integer({ min: utc("2010-01-01T00:00Z"), max: utc("2030-01-01T00:00Z") }),
        (name, local) => {
          const zone = zoneOf(name);
          const { at, later, kind } = zone.resolve(local);
          if (kind === "skipped") return;
          for (const instant of [at, later]) expect(instant + zone.offsetAt(instant)).toBe(local);
          expect(later > at).toBe(kind === "repeated");
        },
      ),
    );
  });

  test("in a repeated hour, a reading before the last one is of the second pass", () => {
    const read = wallClockReader(zoneOf("Europe/Berlin"));
    const first = read(utc("2021-10-31T02:30Z"));
    const second = read(utc("2021-10-31T02:10Z"));
    expect(first).toEqual({ at: utc("2021-10-31T00:30Z"), kind: "repeated" });
    expect(second).toEqual({ at: utc("2021-10-31T01:10Z"), kind: "repeated" });
  });

  test("in a skipped hour, a reading moves to after the gap", () => {
    const read = wallClockReader(zoneOf("Europe/Berlin"));
    expect(read(utc("2021-03-28T02:30Z"))).toEqual({ at: utc("2021-03-28T01:30Z"), kind: "skipped" });
  });
});

test.each(["Europe/Atlantis", "", "constructor", "__proto__", "valueOf"])("%s is no time zone", (name) => {
  expect(isTimeZone(name)).toBe(false);
  expect(() => zoneOf(name)).toThrow(/is not a time zone/);
});

describe("local hours and weekdays", () => {
  const ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"];

  test("are those that the runtime shows, also around clock changes and before 1970", () => {
    const format = (timeZone: string) =>
      new Intl.DateTimeFormat("en-US", { timeZone, weekday: "short", hour: "2-digit", hourCycle: "h23" });
    const formats = new Map(ZONES.map((name) => [name, format(name)]));
    const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const at = fc.oneof(
      fc.integer({ min: utc("1950-01-01T00:00Z"), max: utc("2035-01-01T00:00Z") }),
      fc.integer({ min: utc("2024-03-30T12:00Z"), max: utc("2024-04-01T12:00Z") }),
      fc.integer({ min: utc("2024-10-26T12:00Z"), max: utc("2024-10-28T12:00Z") }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), at, (name, instant) => {
        const parts = formats.get(name)?.formatToParts(instant) ?? [];
        const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
        expect(zoneOf(name).clockOf(instant)).toEqual({
          hour: Number(part("hour")),
          weekday: weekdays.indexOf(part("weekday")) + 1,
        });
      }),
      { numRuns: 500 },
    );
  });

  test("the hour that is repeated comes twice, the hour that is skipped never", () => {
    const berlin = zoneOf("Europe/Berlin");
    const hours = (date: string) => {
      const day = dayOfDate(date);
      const shown: number[] = [];
      for (let at = berlin.startOfDay(day); at < berlin.startOfDay(day + 1); at += HOUR) {
        shown.push(berlin.clockOf(at).hour);
      }
      return shown;
    };
    expect(hours("2024-10-27").slice(0, 5)).toEqual([0, 1, 2, 2, 3]);
    expect(hours("2024-03-31").slice(0, 4)).toEqual([0, 1, 3, 4]);
  });
});

describe("calendar dates", () => {
  test("are numbered one by one from 1970-01-01, and before it", () => {
    expect(dayOfDate("1970-01-01")).toBe(0);
    expect(dateOfDay(-1)).toBe("1969-12-31");
    expect(dayOfDate("2024-03-01") - dayOfDate("2024-02-28")).toBe(2);
    fc.assert(
      fc.property(fc.integer({ min: dayOfDate("0001-01-01"), max: dayOfDate("9999-12-31") }), (day) => {
        expect(dayOfDate(dateOfDay(day))).toBe(day);
      }),
    );
  });

  test("an instant falls on another date east and west of here", () => {
    const at = utc("2026-05-01T11:00Z");
    const dateIn = (name: string) => dateOfDay(zoneOf(name).dayOf(at));
    expect(dateIn("Pacific/Kiritimati")).toBe("2026-05-02");
    expect(dateIn("UTC")).toBe("2026-05-01");
    expect(dateIn("Pacific/Pago_Pago")).toBe("2026-05-01");
    expect(dateOfDay(zoneOf("Pacific/Pago_Pago").dayOf(at - HOUR))).toBe("2026-04-30");
  });
});

describe("a wall clock without a zone", () => {
  test("is read as if it were UTC", () => {
    expect(localOf("2024-06-14T21:07:00")).toBe(utc("2024-06-14T21:07:00Z"));
  });

  test("read in order, times never go back within a repeated hour", () => {
    const start = utc("2021-10-31T02:00Z");
    const minutes = fc.array(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(minutes, (first) => {
        // One pass through the hour, and a second one that begins before the first has ended.
        const ordered = [...first].sort((a, b) => a - b);
        const read = wallClockReader(zoneOf("Europe/Berlin"));
        const ats = [...ordered, ...ordered].map((minute) => read(start + minute * 60_000).at);
        expect(ats).toEqual([...ats].sort((a, b) => a - b));
        // Without a step back there is nothing that tells the passes apart.
        if (new Set(ordered).size > 1) expect(ats.at(-1)).toBe((ats[ordered.length - 1] ?? 0) + HOUR);
      }),
    );
  });
});

test("a megabyte is no time zone, and the answer is short", () => {
  expect(() => zoneOf("x".repeat(1_000_000))).toThrow(
    expect.objectContaining({ message: expect.stringMatching(/^"x{80}" is not a time zone\. .{1,80}$/) }),
  );
  expect(() => zoneOf(5n as never)).toThrow("5 is not a time zone.");
});
