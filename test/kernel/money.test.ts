import { readFileSync } from "node:fs";
import { allocate, InvalidInputError } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isMoney, toMinor } from "../../src/kernel/money.js";
import { corpus } from "../helpers/corpus.js";

const shares = fc.array(fc.record({ key: fc.string(), weight: fc.bigInt({ min: 0n, max: 10n ** 12n }) }), {
  minLength: 1,
  maxLength: 12,
});

describe("allocate splits money by largest remainder", () => {
  test("a third of a euro each: the odd cent goes to the first", () => {
    const thirds = ["a", "b", "c"].map((key) => ({ key, weight: 1n }));
    expect(allocate(100n, thirds)).toEqual([34n, 33n, 33n]);
    expect(allocate(-100n, thirds)).toEqual([-34n, -33n, -33n]);
  });

  test("nothing can be split over no weight", () => {
    expect(allocate(100n, [{ key: "a", weight: 0n }])).toEqual([0n]);
  });

  test("the parts always sum to the whole, and a refund mirrors its sale", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), shares, (total, split) => {
        const parts = allocate(total, split);
        const weight = split.reduce((all, share) => all + share.weight, 0n);
        expect(parts.reduce((all, part) => all + part, 0n)).toBe(weight === 0n ? 0n : total);
        expect(allocate(-total, split)).toEqual(parts.map((part) => -part));
      }),
    );
  });

  test("no part is a unit or more away from its exact quota", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), shares, (total, split) => {
        const weight = split.reduce((all, share) => all + share.weight, 0n);
        fc.pre(weight > 0n);
        allocate(total, split).forEach((part, index) => {
          const difference = part * weight - total * (split[index]?.weight ?? 0n);
          expect(difference < weight && difference > -weight).toBe(true);
        });
      }),
    );
  });

  test("the odd cent goes to the larger remainder, then the larger weight, then the first key", () => {
    const split = (total: bigint, ...weights: [key: string, weight: bigint][]) =>
      allocate(
        total,
        weights.map(([key, weight]) => ({ key, weight })),
      );
    // Quotas 0.4 and 1.6: the remainder decides, not the weight.
    expect(split(2n, ["a", 1n], ["b", 4n])).toEqual([0n, 2n]);
    expect(split(1n, ["a", 2n], ["b", 3n])).toEqual([0n, 1n]);
    // Quotas 0.5 and 1.5 have the same remainder: the weight decides.
    expect(split(2n, ["a", 1n], ["b", 3n])).toEqual([0n, 2n]);
    // Then the key, whatever the order of the list.
    expect(split(1n, ["b", 1n], ["a", 1n])).toEqual([0n, 1n]);
    expect(split(1n, ["aa", 1n], ["a", 1n])).toEqual([0n, 1n]);
    // Under one key, the first of the list.
    expect(split(1n, ["a", 1n], ["a", 1n])).toEqual([1n, 0n]);
  });

  test("keys have the order of their UTF-8 bytes, in which an emoji comes after every letter", () => {
    // In UTF-16, which JavaScript compares by, the emoji would come first.
    const [emoji, letter] = ["😀", "\uff21"];
    expect(emoji < letter).toBe(true);
    const shares = [emoji, letter].map((key) => ({ key, weight: 1n }));
    expect(allocate(1n, shares)).toEqual([0n, 1n]);
  });

  test("the order of the list decides nothing where the keys differ", () => {
    const key = fc.string({ unit: fc.constantFrom("a", "b", "\uff21", "😀"), maxLength: 3 });
    const weight = fc.bigInt({ min: 0n, max: 9n });
    const keyed = fc.uniqueArray(fc.record({ key, weight }), {
      selector: (share) => share.key,
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.bigInt({ min: -100n, max: 100n }), keyed, (total, split) => {
        const parts = allocate(total, split);
        expect(allocate(total, [...split].reverse()).reverse()).toEqual(parts);
      }),
    );
  });

  test.skipIf(!corpus)("agrees with exact rational arithmetic on published cases", () => {
    const { cases } = JSON.parse(
      readFileSync(`${corpus}/reference/attribution/largest_remainder_cases.json`, "utf8"),
    );
    expect(cases.length).toBeGreaterThan(0);
    for (const { name, total_minor, weights, keys, expected_minor } of cases) {
      const fractions = weights.map((text: string) => text.split("/").map(BigInt));
      const common = fractions.reduce((all: bigint, [, bottom = 1n]: bigint[]) => all * bottom, 1n);
      const split = fractions.map(([top = 0n, bottom = 1n]: bigint[], index: number) => ({
        key: keys[index],
        weight: (top * common) / bottom,
      }));
      expect(allocate(BigInt(total_minor), split).map(String), name).toEqual(expected_minor);
    }
  });
});

describe("an amount of money", () => {
  test.each([
    { minor: 4900, currency: "EUR" },
    { minor: 0, currency: "JPY" },
    { minor: -4900, currency: "USD" },
    { minor: Number.MAX_SAFE_INTEGER, currency: "KWD" },
  ])("%j is one", (value) => {
    expect(isMoney(value)).toBe(true);
  });

  test.each<[unknown, string]>([
    [{ minor: 49.5, currency: "EUR" }, "half a cent"],
    [{ minor: 2 ** 53, currency: "EUR" }, "more than a number holds exactly"],
    [{ minor: Number.NaN, currency: "EUR" }, "no number"],
    [{ minor: "4900", currency: "EUR" }, "text"],
    [{ minor: 4900n, currency: "EUR" }, "no JSON"],
    [{ minor: 4900, currency: "eur" }, "no code of ISO 4217"],
    [{ minor: 4900, currency: "EURO" }, "no code either"],
    [{ minor: 4900, currency: "EUR\n" }, "a code and more"],
    [{ minor: 4900 }, "nobody's currency"],
    [4900, "a bare number"],
    [null, "nothing"],
  ])("%o is none: %s", (value) => {
    expect(isMoney(value)).toBe(false);
  });
});

describe("a sum of money", () => {
  test("is exact up to 2^53, in both directions", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (minor) => {
        expect(toMinor(BigInt(minor))).toBe(minor);
      }),
    );
  });

  test("beyond that is an error, never a rounded cent", () => {
    for (const sum of [2n ** 53n, -(2n ** 53n), 2n ** 53n + 1n, 10n ** 400n]) {
      expect(() => toMinor(sum)).toThrow(InvalidInputError);
    }
  });
});
