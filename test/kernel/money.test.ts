import { readFileSync } from "node:fs";
import { allocate } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
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
