import fc from "fast-check";
import { expect, test } from "vitest";
import { seat } from "../../../src/duties/drafts/matching.js";

type Row = { readonly count: number; readonly fits: readonly string[] };

const PEOPLE = ["leo", "sam", "zoe", "mia", "__proto__"] as const;
const people = fc
  .subarray([...PEOPLE])
  .chain((some) => fc.shuffledSubarray(some, { minLength: some.length }));
const rows: fc.Arbitrary<readonly Row[]> = fc.array(
  fc.record({ count: fc.integer({ min: 1, max: 3 }), fits: fc.subarray([...PEOPLE]) }),
  { maxLength: 4 },
);
const placesOf = (all: readonly Row[]) =>
  all.map(({ count, fits }) => ({ count, takes: (person: string) => fits.includes(person) }));

/** How many can be seated at most: tries everything. */
function most(left: readonly string[], all: readonly Row[]): number {
  const [person, ...others] = left;
  if (person === undefined) return 0;
  const choices = all.map((row, index) => {
    if (row.count === 0 || !row.fits.includes(person)) return 0;
    return 1 + most(others, all.with(index, { ...row, count: row.count - 1 }));
  });
  return Math.max(most(others, all), ...choices);
}

test("as many people sit as there is any way to seat, each once and where they fit", () => {
  fc.assert(
    fc.property(people, rows, (some, all) => {
      const seated = seat(some, placesOf(all));
      expect(seated).toHaveLength(all.length);
      for (const [index, sitting] of seated.entries()) {
        expect(sitting.length).toBeLessThanOrEqual(all[index]?.count ?? 0);
        for (const person of sitting) expect(all[index]?.fits).toContain(person);
      }
      const everybody = seated.flat();
      expect(new Set(everybody).size).toBe(everybody.length);
      for (const person of everybody) expect(some).toContain(person);
      expect(everybody.length).toBe(most(some, all));
    }),
    { numRuns: 200 },
  );
});

test("whoever sits already keeps a seat when another comes", () => {
  fc.assert(
    fc.property(people, rows, (some, all) => {
      const [last, ...before] = [...some].reverse();
      if (last === undefined) return;
      const [without, withThem] = [before.reverse(), some].map((ones) => seat(ones, placesOf(all)).flat());
      expect(withThem).toEqual(expect.arrayContaining(without ?? []));
    }),
    { numRuns: 200 },
  );
});

test("the same person twice sits once", () => {
  expect(seat(["leo", "leo"], placesOf([{ count: 2, fits: ["leo"] }]))).toEqual([["leo"]]);
});

test("many people and places take no time to speak of", () => {
  const many = Array.from({ length: 2_000 }, (_, index) => `p${index}`);
  const all = Array.from({ length: 40 }, () => ({ count: 100, fits: many }));
  expect(seat(many, placesOf(all)).flat()).toHaveLength(2_000);
});
