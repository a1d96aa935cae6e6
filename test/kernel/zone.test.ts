import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wallClockReader } from "../../src/kernel/wall-clock.js";
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
