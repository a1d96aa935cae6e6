/**
 * The proof of the conformance kit: stores that are broken on purpose, each in one way. Every one is caught, by the
 * case that is about what is broken; and there is no case that catches nobody.
 */
import { ConformanceError, type OpenStores, storeCases } from "chat-spaces/conformance";
import { describe, expect, test } from "vitest";
import { ANIMALS } from "./animals.js";
import { DECLARED, openBreed } from "./breed.js";
import { CAUGHT } from "./caught.js";

const openHonest: OpenStores = () => openBreed(() => ({}));

/** What becomes of a case. */
async function failureOf(run: () => Promise<void>): Promise<unknown> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("a store that does what it promises", () => {
  for (const c of storeCases(openHonest, DECLARED)) test(`is not caught: ${c.name}`, c.run);
});

describe("a store that", () => {
  test.each(Object.entries(ANIMALS))("%s is caught", async (what, open) => {
    const cases = new Map(storeCases(open, DECLARED).map((c) => [c.name, c]));
    const expected = CAUGHT[what] ?? [];
    expect(expected, "somebody has to catch it").not.toEqual([]);
    // All at once: those who wait for a feed that never comes wait together.
    const failures = await Promise.all(
      expected.map(async (name) => {
        const c = cases.get(name);
        return [name, c ? await failureOf(c.run) : "There is no such case."] as const;
      }),
    );
    for (const [name, failure] of failures) expect(failure, name).toBeInstanceOf(ConformanceError);
  });
});

describe("the table of who catches whom", () => {
  test("has every broken store, and no other", () => {
    expect(Object.keys(CAUGHT).toSorted()).toEqual(Object.keys(ANIMALS).toSorted());
  });

  test("has every case of the kit, so that none is there that catches nobody", () => {
    const catching = new Set(Object.values(CAUGHT).flat());
    const names = storeCases(openHonest, DECLARED).map(({ name }) => name);
    expect(names.filter((name) => !catching.has(name))).toEqual([]);
  });
});
