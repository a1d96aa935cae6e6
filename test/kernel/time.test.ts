import { InvalidInputError, toInstant, toMilliseconds } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { daysInMonth } from "../../src/kernel/time.js";

describe("toInstant", () => {
  test.each([
    ["2026-05-01T16:00:00Z", 1_777_651_200_000],
    ["2026-05-01T18:00:00+02:00", 1_777_651_200_000],
    ["2026-05-01T16:00Z", 1_777_651_200_000],
    [new Date(5), 5],
    [0, 0],
    [-1, -1],
  ])("%s is an instant", (input, instant) => {
    expect(toInstant(input)).toBe(instant);
  });

  test.each([
    ["2026-05-01"],
    ["2026-05-01T16:00:00"],
    ["2026-02-30T00:00:00Z"],
    ["2026-13-01T00:00:00Z"],
    ["2026-05-01T25:00:00Z"],
    ["tomorrow"],
    [""],
    [Number.NaN],
    [1.5],
    [Number.POSITIVE_INFINITY],
    [new Date(Number.NaN)],
  ])("%s is not: it names no instant, or nobody's", (input) => {
    expect(() => toInstant(input)).toThrow(InvalidInputError);
  });
});

describe("toMilliseconds", () => {
  test.each([
    ["7d", 604_800_000],
    ["90m", 5_400_000],
    ["1.5h", 5_400_000],
    ["30s", 30_000],
    ["250ms", 250],
    ["2w", 1_209_600_000],
    [1_000, 1_000],
    [0, 0],
  ] as const)("%s", (duration, milliseconds) => {
    expect(toMilliseconds(duration)).toBe(milliseconds);
  });

  test.each(["7 d", "7", "-7d", "d", "7dd", "1e3s", Number.NaN, -1])("%s is not a duration", (duration) => {
    expect(() => toMilliseconds(duration as never)).toThrow(/is not a duration/);
  });
});

describe("instants", () => {
  const DAY = 86_400_000;
  const anyInstant = fc.integer({
    min: Date.parse("0000-01-01T00:00:00Z"),
    max: Date.parse("9999-12-31T23:59:59Z"),
  });

  test("are the same however they are written", () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: -14 * 60, max: 14 * 60 }), (at, offset) => {
        const local = new Date(at + offset * 60_000).toISOString();
        // Years before 0 and after 9999 are written in another way, which is not taken.
        fc.pre(local.length === 24);
        const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, "0");
        const minutes = String(Math.abs(offset) % 60).padStart(2, "0");
        const text = `${local.slice(0, -1)}${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
        expect(toInstant(text)).toBe(at);
        expect(toInstant(new Date(at))).toBe(at);
        expect(toInstant(at)).toBe(at);
      }),
    );
  });

  test("every calendar date that there is begins at one, and no other does", () => {
    const number = (from: number, to: number) => fc.integer({ min: from, max: to });
    fc.assert(
      fc.property(number(1900, 2100), number(0, 13), number(0, 32), (year, month, day) => {
        const two = (value: number) => String(value).padStart(2, "0");
        const text = `${year}-${two(month)}-${two(day)}T00:00:00Z`;
        const exists = day >= 1 && day <= daysInMonth(year, month);
        if (exists) expect(new Date(toInstant(text)).toISOString().slice(0, 10)).toBe(text.slice(0, 10));
        else expect(() => toInstant(text)).toThrow(InvalidInputError);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [2024, 2, 29],
    [2026, 2, 28],
    [2000, 2, 29],
    [1900, 2, 28],
    [2026, 4, 30],
    [2026, 12, 31],
    [2026, 0, 0],
    [2026, 13, 0],
  ])("%i-%i has %i days", (year, month, days) => {
    expect(daysInMonth(year, month)).toBe(days);
  });

  test("reach as far as those of ECMAScript", () => {
    expect(toInstant(8.64e15)).toBe(100_000_000 * DAY);
    expect(() => toInstant(8.64e15 + 1)).toThrow(InvalidInputError);
  });

  test.each([
    [null, "null"],
    [undefined, "undefined"],
    [{}, "an object"],
    [Object.create(null), "an object"],
    [[0], "a list"],
    [() => 0, "a function"],
    [5n, "5"],
    [Symbol("now"), "Symbol(now)"],
  ])("are none of what is no text, no number and no date: %s", (input, shown) => {
    expect(() => toInstant(input as never)).toThrow(`${shown} is not an instant.`);
    expect(() => toMilliseconds(input as never)).toThrow(`${shown} is not a duration.`);
  });
});

describe("durations", () => {
  test("say the same in any unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), (weeks) => {
        const milliseconds = toMilliseconds(`${weeks}w`);
        expect(toMilliseconds(`${weeks * 7}d`)).toBe(milliseconds);
        expect(toMilliseconds(`${weeks * 7 * 24}h`)).toBe(milliseconds);
        expect(toMilliseconds(`${weeks * 7 * 24 * 60}m`)).toBe(milliseconds);
        expect(toMilliseconds(milliseconds)).toBe(milliseconds);
      }),
    );
  });

  test("are whole milliseconds", () => {
    expect(toMilliseconds("0.0001s")).toBe(0);
    expect(toMilliseconds("0.333333s")).toBe(333);
    expect(toMilliseconds(0.6)).toBe(1);
  });

  test("are no longer than time itself, in whatever unit", () => {
    expect(toMilliseconds("100000000d")).toBe(8.64e15);
    expect(() => toMilliseconds("100000001d")).toThrow(/is not a duration/);
    expect(() => toMilliseconds("999999999w")).toThrow(/is not a duration/);
    expect(() => toMilliseconds(8.64e15 + 1)).toThrow(/is not a duration/);
  });
});
