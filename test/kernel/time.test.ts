import { InvalidInputError, toInstant, toMilliseconds } from "chat-spaces";
import { describe, expect, test } from "vitest";

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
