import { coverage, InvalidInputError, nextHandover, type RotaPlan, shiftsOf } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { at, DAILY, line, plan, spaceOf } from "./rotas.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PEOPLE = ["leo", "mia", "sam"];

/** The coverage of `ops` by some plans, in UTC unless they say otherwise, on Saturday and Sunday, 2 and 3 May 2026. */
const saturday = at("2026-05-02T00:00Z");
const weekend = { start: saturday, end: saturday + 2 * DAY };
const covered = (...plans: readonly Partial<RotaPlan>[]) =>
  coverage(
    spaceOf(
      PEOPLE,
      plans.map((fields) => plan({ timeZone: "UTC", ...fields })),
    ),
    "ops",
    weekend,
  );

describe("coverage", () => {
  test("tells shifts, gaps, overlaps and hours per person", () => {
    const { shifts, ...report } = covered({
      grid: [line([6, 7], "08:00", "20:00", "leo"), line([6], "18:00", "24:00", "mia")],
    });
    expect(shifts).toEqual([
      { rota: "rota-0", member: "leo", start: saturday + 8 * HOUR, end: saturday + 20 * HOUR },
      { rota: "rota-0", member: "mia", start: saturday + 18 * HOUR, end: saturday + 24 * HOUR },
      { rota: "rota-0", member: "leo", start: saturday + 32 * HOUR, end: saturday + 44 * HOUR },
    ]);
    expect(report).toEqual({
      gaps: [
        { start: saturday, end: saturday + 8 * HOUR },
        { start: saturday + 24 * HOUR, end: saturday + 32 * HOUR },
        { start: saturday + 44 * HOUR, end: saturday + 48 * HOUR },
      ],
      overlaps: [{ start: saturday + 18 * HOUR, end: saturday + 20 * HOUR, people: ["leo", "mia"] }],
      people: [
        { member: "leo", ms: 24 * HOUR, shifts: 2, nightMs: 0, nights: 0 },
        { member: "mia", ms: 6 * HOUR, shifts: 1, nightMs: 2 * HOUR, nights: 1 },
      ],
      covered: { num: 28 * HOUR, den: 48 * HOUR },
    });
  });

  test("of a duty without a rota is a gap", () => {
    expect(covered()).toEqual({
      shifts: [],
      gaps: [weekend],
      overlaps: [],
      people: [],
      covered: { num: 0, den: 2 * DAY },
    });
  });

  test("makes one shift of hours without a break, cut off at the edges of the window", () => {
    const { shifts } = covered({
      grid: [
        line([5], "20:00", "08:00", "leo"),
        line([6], "08:00", "12:00", "leo"),
        line([7], "12:00", "06:00", "leo"),
      ],
    });
    expect(shifts.map(({ start, end }) => [start, end])).toEqual([
      [weekend.start, saturday + 12 * HOUR],
      [saturday + 36 * HOUR, weekend.end],
    ]);
  });

  test("counts somebody once who is on by two rotas, and each rota's shifts", () => {
    const { people, overlaps, shifts } = covered(
      { grid: [line([6], "08:00", "12:00", "leo")] },
      { grid: [line([6], "10:00", "14:00", "leo")] },
    );
    expect(overlaps).toEqual([]);
    expect(shifts).toHaveLength(2);
    expect(people).toEqual([{ member: "leo", ms: 6 * HOUR, shifts: 2, nightMs: 0, nights: 0 }]);
  });

  test("names anew who overlaps whenever they change", () => {
    const { overlaps } = covered({
      grid: [
        line([6], "08:00", "12:00", "leo"),
        line([6], "09:00", "12:00", "mia"),
        line([6], "10:00", "11:00", "sam"),
      ],
    });
    expect(overlaps.map(({ people }) => people.join())).toEqual(["leo,mia", "leo,mia,sam", "leo,mia"]);
  });

  test("lists who has most first, and by id where they have as much", () => {
    const { people } = covered({
      grid: [line([6], "08:00", "09:00", "sam", "mia"), line([7], "08:00", "10:00", "leo")],
    });
    expect(people.map(({ member }) => member)).toEqual(["leo", "mia", "sam"]);
  });
});

describe("nights", () => {
  test("are from 22:00 to 06:00 on the clocks of the rota, by the date on which they begin", () => {
    const { people } = covered({ timeZone: "Europe/Berlin", grid: [line([5, 6], "21:00", "07:00", "leo")] });
    // From the window's start, 02:00 in Berlin, to 06:00, and the night on Sunday.
    expect(people).toEqual([{ member: "leo", ms: 15 * HOUR, shifts: 2, nightMs: 12 * HOUR, nights: 2 }]);
  });

  test("are as long as clocks make them", () => {
    const space = spaceOf(PEOPLE, [plan({ grid: [line(DAILY, "22:00", "06:00", "leo")] })]);
    const night = (date: string) => {
      const start = at(`${date}T12:00Z`);
      return coverage(space, "ops", { start, end: start + DAY }).people[0]?.nightMs;
    };
    expect(night("2026-03-27")).toBe(8 * HOUR);
    expect(night("2026-03-28")).toBe(7 * HOUR);
    expect(night("2026-10-24")).toBe(9 * HOUR);
  });

  test("are what a team says they are", () => {
    const space = spaceOf(PEOPLE, [plan({ timeZone: "UTC", grid: [line([6], "00:00", "24:00", "leo")] })]);
    const nights = (from: string, to: string) => {
      const [time] = coverage(space, "ops", weekend, { night: { from, to } }).people;
      return [time?.nightMs, time?.nights];
    };
    expect(nights("23:00", "05:00")).toEqual([6 * HOUR, 2]);
    expect(nights("00:00", "06:00")).toEqual([6 * HOUR, 1]);
    expect(nights("12:00", "12:00")).toEqual([24 * HOUR, 2]);
    for (const wrong of ["25:00", "6:00", "", "24:01"]) {
      expect(() => nights(wrong, "06:00")).toThrow(InvalidInputError);
      expect(() => nights("22:00", wrong)).toThrow(InvalidInputError);
    }
  });

  test("of one date in two zones are one night, and the same hours count once", () => {
    const grid = [line([6], "00:00", "24:00", "leo")];
    const { people } = covered({ grid }, { timeZone: "Europe/Berlin", grid });
    // By UTC: 00:00 to 06:00 and 22:00 to 24:00. By Berlin, from the window's start: to 04:00 and 20:00 to 22:00.
    expect(people).toMatchObject([{ ms: 24 * HOUR, nightMs: 10 * HOUR, nights: 2 }]);
  });
});

describe("a window", () => {
  const space = spaceOf(PEOPLE, [plan({ grid: [line(DAILY, "09:00", "17:00", "leo")] })]);

  test.each([
    ["no instant", { start: Number.NaN, end: 1 }],
    ["no end", { start: 0, end: Number.POSITIVE_INFINITY }],
    ["a part of a millisecond", { start: 0.5, end: 1 }],
    ["no length", { start: 1, end: 1 }],
    ["an end before its start", { start: 1, end: 0 }],
    ["more than five years", { start: 0, end: 5 * 366 * DAY + 1 }],
  ])("with %s is none", (_, window) => {
    expect(() => coverage(space, "ops", window)).toThrow(InvalidInputError);
    expect(() => shiftsOf(space, "ops", window)).toThrow(InvalidInputError);
  });

  test("of five years is laid out", () => {
    const start = at("2026-01-01T00:00Z");
    const { people } = coverage(space, "ops", { start, end: start + 5 * 366 * DAY });
    expect(people).toMatchObject([{ member: "leo", ms: 1_830 * 8 * HOUR, shifts: 1_830 }]);
  });
});

describe("the next handover", () => {
  const space = spaceOf(PEOPLE, [
    plan({
      timeZone: "UTC",
      grid: [
        line([6], "08:00", "12:00", "leo"),
        line([6], "12:00", "18:00", "mia"),
        line([6], "12:00", "13:00", "leo"),
      ],
    }),
  ]);

  test("says when, from whom and to whom", () => {
    expect(nextHandover(space, "ops", saturday)).toEqual({ at: saturday + 8 * HOUR, from: [], to: ["leo"] });
    expect(nextHandover(space, "ops", saturday + 8 * HOUR)).toEqual({
      at: saturday + 12 * HOUR,
      from: ["leo"],
      to: ["leo", "mia"],
    });
    expect(nextHandover(space, "ops", saturday + 13 * HOUR)).toEqual({
      at: saturday + 18 * HOUR,
      from: ["mia"],
      to: [],
    });
    expect(nextHandover(space, "ops", saturday + 18 * HOUR)).toEqual({
      at: saturday + 7 * DAY + 8 * HOUR,
      from: [],
      to: ["leo"],
    });
  });

  test("may be a year away, and is nobody's where it is further, or never", () => {
    const yearly = (every: number) =>
      spaceOf(PEOPLE, [
        plan({
          timeZone: "UTC",
          rotation: {
            people: PEOPLE,
            every,
            unit: "day",
            firstDay: "2026-05-02",
            handoverAt: "00:00",
            hours: null,
          },
        }),
      ]);
    expect(nextHandover(yearly(365), "ops", saturday)).toMatchObject({ from: ["leo"], to: ["mia"] });
    expect(nextHandover(yearly(366), "ops", saturday)).toBeNull();
    expect(nextHandover(yearly(366), "ops", saturday + 1)).toMatchObject({ at: saturday + 366 * DAY });
    const always = spaceOf(PEOPLE, [plan({ grid: [line(DAILY, "00:00", "24:00", "leo")] })]);
    expect(nextHandover(always, "ops", saturday)).toBeNull();
    expect(nextHandover(always, "legal", saturday)).toBeNull();
  });
});
