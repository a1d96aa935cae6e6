import { onDuty, type Rotation, shiftsOf, type Weekday } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at, DAILY, line, plan, spaceOf } from "./rotas.js";

const DAY = 86_400_000;
const iso = (instant: number): string => new Date(instant).toISOString().replace(":00.000Z", "Z");

/** The shifts of one grid line around a date. */
function shiftsOn(timeZone: string, around: string, weekday: Weekday, from: string, to: string): string[] {
  const space = spaceOf(["leo"], [plan({ timeZone, grid: [line([weekday], from, to, "leo")] })]);
  const noon = at(`${around}T12:00:00Z`);
  return shiftsOf(space, "ops", { start: noon - 3 * DAY, end: noon + 3 * DAY }).map(
    ({ start, end }) => `${iso(start)} ${iso(end)}`,
  );
}

describe("hours on the days on which clocks change, worked out by hand", () => {
  // At 02:00 +01:00, 01:00Z, clocks go on to 03:00 +02:00.
  test.each<[string, Weekday, string, string, string[]]>([
    ["a day of 23 hours", 7, "00:00", "24:00", ["2026-03-28T23:00Z 2026-03-29T22:00Z"]],
    ["up to a time that is skipped", 7, "00:00", "02:30", ["2026-03-28T23:00Z 2026-03-29T01:00Z"]],
    ["from a time that is skipped", 7, "02:30", "06:00", ["2026-03-29T01:00Z 2026-03-29T04:00Z"]],
    ["wholly skipped", 7, "02:15", "02:45", []],
    ["from the jump", 7, "03:00", "06:00", ["2026-03-29T01:00Z 2026-03-29T04:00Z"]],
    ["a night of seven hours", 6, "22:00", "06:00", ["2026-03-28T21:00Z 2026-03-29T04:00Z"]],
  ])("Berlin in spring: %s", (_, weekday, from, to, expected) => {
    expect(shiftsOn("Europe/Berlin", "2026-03-29", weekday, from, to)).toEqual(expected);
  });

  // At 03:00 +02:00, 01:00Z, clocks go back to 02:00 +01:00.
  test.each<[string, Weekday, string, string, string[]]>([
    ["a day of 25 hours", 7, "00:00", "24:00", ["2026-10-24T22:00Z 2026-10-25T23:00Z"]],
    ["up to a time that comes twice", 7, "00:00", "02:30", ["2026-10-24T22:00Z 2026-10-25T00:30Z"]],
    ["from a time that comes twice", 7, "02:30", "06:00", ["2026-10-25T00:30Z 2026-10-25T05:00Z"]],
    ["between times that come twice", 7, "02:15", "02:45", ["2026-10-25T00:15Z 2026-10-25T00:45Z"]],
    ["the hour that comes twice", 7, "02:00", "03:00", ["2026-10-25T00:00Z 2026-10-25T02:00Z"]],
    ["after the second pass", 7, "03:00", "06:00", ["2026-10-25T02:00Z 2026-10-25T05:00Z"]],
    ["a night of nine hours", 6, "22:00", "06:00", ["2026-10-24T20:00Z 2026-10-25T05:00Z"]],
  ])("Berlin in autumn: %s", (_, weekday, from, to, expected) => {
    expect(shiftsOn("Europe/Berlin", "2026-10-25", weekday, from, to)).toEqual(expected);
  });

  // At 02:00 -05:00, 07:00Z, clocks go on to 03:00 -04:00.
  test.each<[string, Weekday, string, string, string[]]>([
    ["a day of 23 hours", 7, "00:00", "24:00", ["2026-03-08T05:00Z 2026-03-09T04:00Z"]],
    ["up to a time that is skipped", 7, "01:30", "02:30", ["2026-03-08T06:30Z 2026-03-08T07:00Z"]],
    ["from a time that is skipped", 7, "02:30", "04:00", ["2026-03-08T07:00Z 2026-03-08T08:00Z"]],
    ["a night of seven hours", 6, "22:00", "06:00", ["2026-03-08T03:00Z 2026-03-08T10:00Z"]],
  ])("New York in spring: %s", (_, weekday, from, to, expected) => {
    expect(shiftsOn("America/New_York", "2026-03-08", weekday, from, to)).toEqual(expected);
  });

  // At 02:00 -04:00, 06:00Z, clocks go back to 01:00 -05:00.
  test.each<[string, Weekday, string, string, string[]]>([
    ["a day of 25 hours", 7, "00:00", "24:00", ["2026-11-01T04:00Z 2026-11-02T05:00Z"]],
    ["up to a time that comes twice", 7, "00:00", "01:30", ["2026-11-01T04:00Z 2026-11-01T05:30Z"]],
    ["from a time that comes twice", 7, "01:30", "04:00", ["2026-11-01T05:30Z 2026-11-01T09:00Z"]],
    ["the hour that comes twice", 7, "01:00", "02:00", ["2026-11-01T05:00Z 2026-11-01T07:00Z"]],
    ["a night of nine hours", 6, "22:00", "06:00", ["2026-11-01T02:00Z 2026-11-01T11:00Z"]],
  ])("New York in autumn: %s", (_, weekday, from, to, expected) => {
    expect(shiftsOn("America/New_York", "2026-11-01", weekday, from, to)).toEqual(expected);
  });

  test.each<[string, string, string, Weekday, string, string, string[]]>([
    // 02:00 +11:00 becomes 01:30 +10:30.
    [
      "half an hour back",
      "Australia/Lord_Howe",
      "2026-04-05",
      7,
      "00:00",
      "24:00",
      ["2026-04-04T13:00Z 2026-04-05T13:30Z"],
    ],
    [
      "the half hour twice",
      "Australia/Lord_Howe",
      "2026-04-05",
      7,
      "01:30",
      "02:00",
      ["2026-04-04T14:30Z 2026-04-04T15:30Z"],
    ],
    // 02:00 +10:30 becomes 02:30 +11:00.
    ["the half hour skipped", "Australia/Lord_Howe", "2026-10-04", 7, "02:00", "02:30", []],
    [
      "from within it",
      "Australia/Lord_Howe",
      "2026-10-04",
      7,
      "02:15",
      "03:00",
      ["2026-10-03T15:30Z 2026-10-03T16:00Z"],
    ],
    [
      "three quarters",
      "Asia/Kathmandu",
      "2026-05-03",
      7,
      "09:00",
      "17:00",
      ["2026-05-03T03:15Z 2026-05-03T11:15Z"],
    ],
    // Samoa had no 30 December 2011, a Friday: at 10:00Z, Thursday's midnight -10:00 was Saturday's +14:00.
    ["a day that was skipped", "Pacific/Apia", "2011-12-30", 5, "00:00", "24:00", []],
    [
      "from a day that was skipped",
      "Pacific/Apia",
      "2011-12-30",
      5,
      "22:00",
      "06:00",
      ["2011-12-30T10:00Z 2011-12-30T16:00Z"],
    ],
    [
      "into a day that was skipped",
      "Pacific/Apia",
      "2011-12-30",
      4,
      "22:00",
      "06:00",
      ["2011-12-30T08:00Z 2011-12-30T10:00Z"],
    ],
    // 00:01 -02:30 on Sunday became 23:01 -03:30 on Saturday: Saturday was over before.
    [
      "back over midnight",
      "America/St_Johns",
      "2006-10-29",
      6,
      "00:00",
      "24:00",
      ["2006-10-28T02:30Z 2006-10-29T02:30Z"],
    ],
    [
      "back over midnight, the day after",
      "America/St_Johns",
      "2006-10-29",
      7,
      "00:00",
      "24:00",
      ["2006-10-29T02:30Z 2006-10-30T03:30Z"],
    ],
    // 24:00 became 01:00.
    [
      "midnight skipped",
      "America/Sao_Paulo",
      "2018-11-04",
      7,
      "00:00",
      "02:00",
      ["2018-11-04T03:00Z 2018-11-04T04:00Z"],
    ],
  ])("elsewhere: %s (%s)", (_, timeZone, around, weekday, from, to, expected) => {
    expect(shiftsOn(timeZone, around, weekday, from, to)).toEqual(expected);
  });
});

describe("a weekly grid", () => {
  test("hours that end at or before they begin go on into the next day", () => {
    expect(shiftsOn("UTC", "2026-05-03", 6, "22:00", "06:00")).toEqual([
      "2026-05-02T22:00Z 2026-05-03T06:00Z",
    ]);
    expect(shiftsOn("UTC", "2026-05-03", 6, "22:00", "00:00")).toEqual([
      "2026-05-02T22:00Z 2026-05-03T00:00Z",
    ]);
    expect(shiftsOn("UTC", "2026-05-03", 6, "22:00", "24:00")).toEqual([
      "2026-05-02T22:00Z 2026-05-03T00:00Z",
    ]);
  });

  test("hours that end when they begin are a day by the clock", () => {
    expect(shiftsOn("UTC", "2026-05-03", 6, "09:00", "09:00")).toEqual([
      "2026-05-02T09:00Z 2026-05-03T09:00Z",
    ]);
    expect(shiftsOn("Europe/Berlin", "2026-03-29", 6, "09:00", "09:00")).toEqual([
      "2026-03-28T08:00Z 2026-03-29T07:00Z",
    ]);
  });

  test("several lines and several people cover at once, and nobody twice", () => {
    const grid = [line([6], "10:00", "14:00", "leo", "mia"), line([6], "12:00", "18:00", "mia", "sam")];
    const space = spaceOf(["leo", "mia", "sam"], [plan({ timeZone: "UTC", grid })]);
    expect(onDuty(space, "ops", at("2026-05-02T11:00Z"))).toEqual(["leo", "mia"]);
    expect(onDuty(space, "ops", at("2026-05-02T13:00Z"))).toEqual(["leo", "mia", "sam"]);
    expect(onDuty(space, "ops", at("2026-05-02T14:00Z"))).toEqual(["mia", "sam"]);
    expect(onDuty(space, "ops", at("2026-05-02T18:00Z"))).toEqual([]);
    const window = { start: at("2026-05-02T00:00Z"), end: at("2026-05-03T00:00Z") };
    expect(shiftsOf(space, "ops", window)).toEqual([
      { rota: "rota-0", member: "leo", start: at("2026-05-02T10:00Z"), end: at("2026-05-02T14:00Z") },
      { rota: "rota-0", member: "mia", start: at("2026-05-02T10:00Z"), end: at("2026-05-02T18:00Z") },
      { rota: "rota-0", member: "sam", start: at("2026-05-02T12:00Z"), end: at("2026-05-02T18:00Z") },
    ]);
  });
});

describe("a rotation", () => {
  const rotation: Rotation = {
    people: ["leo", "mia", "sam"],
    every: 1,
    unit: "week",
    firstDay: "2026-05-04",
    handoverAt: "09:00",
    hours: null,
  };
  const who = (fields: Partial<Rotation>, instant: string, timeZone = "UTC") =>
    onDuty(
      spaceOf(["leo", "mia", "sam"], [plan({ timeZone, rotation: { ...rotation, ...fields } })]),
      "ops",
      at(instant),
    ).join();

  test.each([
    ["2026-05-04T08:59Z", ""],
    ["2026-05-04T09:00Z", "leo"],
    ["2026-05-11T08:59Z", "leo"],
    ["2026-05-11T09:00Z", "mia"],
    ["2026-05-18T09:00Z", "sam"],
    ["2026-05-25T09:00Z", "leo"],
    ["2026-05-03T12:00Z", ""],
    ["1990-01-01T12:00Z", ""],
    // 2,609 weeks later: 2,609 = 3 * 869 + 2.
    ["2076-05-04T09:00Z", "sam"],
    ["2076-05-04T08:59Z", "mia"],
  ])("passes each week at the same time of day: at %s it is on %j", (instant, expected) => {
    expect(who({}, instant)).toBe(expected);
  });

  test("passes every so many days or weeks", () => {
    expect(who({ every: 2 }, "2026-05-18T08:59Z")).toBe("leo");
    expect(who({ every: 2 }, "2026-05-18T09:00Z")).toBe("mia");
    expect(who({ every: 3, unit: "day" }, "2026-05-07T08:59Z")).toBe("leo");
    expect(who({ every: 3, unit: "day" }, "2026-05-07T09:00Z")).toBe("mia");
  });

  test("passes by local time, whatever the clocks have done since", () => {
    expect(who({}, "2026-11-02T07:59Z", "Europe/Berlin")).toBe("mia");
    expect(who({}, "2026-11-02T08:00Z", "Europe/Berlin")).toBe("sam");
    expect(who({}, "2026-05-11T06:59Z", "Europe/Berlin")).toBe("leo");
    expect(who({}, "2026-05-11T07:00Z", "Europe/Berlin")).toBe("mia");
  });

  test("covers some hours of each day only", () => {
    const hours = { from: "10:00", to: "18:00" };
    expect(who({ hours }, "2026-05-04T09:59Z")).toBe("");
    expect(who({ hours }, "2026-05-04T10:00Z")).toBe("leo");
    expect(who({ hours }, "2026-05-10T17:59Z")).toBe("leo");
    expect(who({ hours }, "2026-05-10T18:00Z")).toBe("");
    expect(who({ hours }, "2026-05-11T10:00Z")).toBe("mia");
  });

  test("passes within the hours of a day where that is when they relieve each other", () => {
    const hours = { from: "08:00", to: "18:00" };
    expect(who({ hours }, "2026-05-04T08:30Z")).toBe("");
    expect(who({ hours }, "2026-05-11T08:30Z")).toBe("leo");
    expect(who({ hours }, "2026-05-11T09:00Z")).toBe("mia");
  });

  test("hours that go on into the next day are of whoever had the day on which they began", () => {
    const hours = { from: "22:00", to: "06:00" };
    for (const handoverAt of ["00:00", "03:00", "09:00", "22:00"]) {
      expect(who({ hours, handoverAt }, "2026-05-04T03:00Z"), handoverAt).toBe("");
      expect(who({ hours, handoverAt }, "2026-05-04T22:00Z"), handoverAt).toBe("leo");
      expect(who({ hours, handoverAt }, "2026-05-11T05:59Z"), handoverAt).toBe("leo");
      expect(who({ hours, handoverAt }, "2026-05-11T22:00Z"), handoverAt).toBe("mia");
    }
    expect(who({ hours, handoverAt: "23:00" }, "2026-05-11T22:30Z")).toBe("leo");
    expect(who({ hours, handoverAt: "23:00" }, "2026-05-11T23:00Z")).toBe("mia");
  });

  test("gives a person more than one turn of a round", () => {
    const people = ["leo", "mia", "leo", "sam"];
    expect(who({ people }, "2026-05-18T12:00Z")).toBe("leo");
    expect(who({ people }, "2026-05-25T12:00Z")).toBe("sam");
  });

  test("goes with a grid", () => {
    const space = spaceOf(
      ["leo", "mia", "sam", "zoe"],
      [plan({ timeZone: "UTC", rotation, grid: [line([1], "12:00", "13:00", "zoe")] })],
    );
    expect(onDuty(space, "ops", at("2026-05-04T12:30Z"))).toEqual(["leo", "zoe"]);
    expect(onDuty(space, "ops", at("2026-05-04T13:00Z"))).toEqual(["leo"]);
  });
});

describe("who is asked about", () => {
  test("other duties have rotas of their own, and a duty may have several", () => {
    const space = spaceOf(
      ["leo", "mia", "sam"],
      [
        plan({ grid: [line(DAILY, "00:00", "24:00", "leo")] }),
        plan({ duty: "legal", grid: [line(DAILY, "00:00", "24:00", "mia")] }),
        plan({ grid: [line(DAILY, "00:00", "24:00", "sam")] }),
      ],
    );
    expect(onDuty(space, "ops", 0)).toEqual(["leo", "sam"]);
    expect(onDuty(space, "legal", 0)).toEqual(["mia"]);
    expect(onDuty(space, "creative", 0)).toEqual([]);
  });

  test("whoever has left is not on duty, and nobody is in their place", () => {
    const space = spaceOf(["mia"], [plan({ grid: [line(DAILY, "00:00", "24:00", "leo")] })]);
    expect(onDuty(space, "ops", 0)).toEqual([]);
    expect(shiftsOf(space, "ops", { start: 0, end: DAY })).toEqual([]);
  });

  test("ids may be any text", () => {
    const people = ["__proto__", "constructor", "toString"];
    const space = spaceOf(people, [
      plan({ duty: "__proto__", grid: [line(DAILY, "00:00", "24:00", ...people, "hasOwnProperty")] }),
    ]);
    expect(onDuty(space, "__proto__", 0)).toEqual(people);
    expect(onDuty(space, "constructor", 0)).toEqual([]);
  });

  test("a zone that this runtime does not know covers nobody, and nothing is thrown", () => {
    const space = spaceOf(
      ["leo"],
      [plan({ timeZone: "Mars/Olympus", grid: [line(DAILY, "00:00", "24:00", "leo")] })],
    );
    expect(onDuty(space, "ops", 0)).toEqual([]);
    expect(shiftsOf(space, "ops", { start: 0, end: DAY })).toEqual([]);
  });

  test("whatever is asked, nothing is thrown", () => {
    const space = spaceOf(
      ["leo"],
      [
        plan({ grid: [line(DAILY, "00:00", "24:00", "leo")] }),
        plan({
          rotation: {
            people: ["leo"],
            every: 1,
            unit: "day",
            firstDay: "2026-05-04",
            handoverAt: "00:00",
            hours: null,
          },
        }),
      ],
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.double(), fc.maxSafeInteger(), fc.constantFrom(8.64e15, -8.64e15)),
        (instant) => {
          expect(onDuty(space, "ops", instant).length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
