import fc from "fast-check";
import { diff3Merge } from "node-diff3";
import { describe, expect, test } from "vitest";
import { withEdits } from "../../../src/duties/drafts/edits.js";
import { rebase } from "../../../src/duties/drafts/rebase.js";

const words = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? [];
/** A text of words that are all different, so that nothing can be taken for something else. */
const distinct = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${index} `);

/** Changes of a text: from which word on, how many go, how many come. */
const changes = fc.array(fc.record({ at: fc.nat(19), less: fc.nat(2), more: fc.nat(2) }), { maxLength: 4 });
type Change = { readonly at: number; readonly less: number; readonly more: number };

function changed(text: readonly string[], letter: string, made: readonly Change[]): string[] {
  const result = [...text];
  for (const [index, { at, less, more }] of made.entries())
    result.splice(at % (result.length + 1), less, ...distinct(`${letter}${index}_`, more));
  return result;
}

describe("a suggestion on an earlier revision", () => {
  test.each([
    ["", "", "", ""],
    ["one two", "one two", "one 2", "one 2"],
    ["one two", "1 two", "one two", "1 two"],
    ["Opens at noon.", "It opens at noon.", "Opens at one.", "It opens at one."],
    ["a b c d e", "a c d e", "a b c d E", "a c d E"],
    ["a b c", "x a b c", "a b c y", "x a b c y"],
    ["a  b\nc\n", "a  b\nC\n", "A  b\nc\n", "A  b\nC\n"],
    ["a b c", "a B c", "a B c", "a B c"],
    ["a b c", "a c", "a c", "a c"],
    ["__proto__ b constructor", "x b constructor", "__proto__ b toString", "x b toString"],
    ["🚀 b 🎉", "🚀 b 🎉🎉", "🛸 b 🎉", "🛸 b 🎉🎉"],
  ])("%j, now %j, suggested %j: %j", (earlier, current, suggested, expected) => {
    expect(rebase(earlier, current, suggested)).toBe(expected);
  });

  test.each([
    ["the same word", "a b c", "a x c", "a y c"],
    ["words beside each other", "a b c d", "a x c d", "a b y d"],
    ["what has gone", "a b c", "a c", "a x c"],
    ["words at the same place", "a b", "a x b", "a y b"],
    ["everything", "a b", "", "a c"],
  ])("of %s is not merged", (_, earlier, current, suggested) => {
    expect(rebase(earlier, current, suggested)).toBeNull();
  });

  test("neither loses nor makes up a word", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), changes, changes, (count, mine, theirs) => {
        const earlier = distinct("w", count);
        const [current, suggested] = [changed(earlier, "m", mine), changed(earlier, "t", theirs)];
        const merged = rebase(earlier.join(""), current.join(""), suggested.join(""));
        if (merged === null) return;
        const [here, there] = [new Set(current), new Set(suggested)];
        const expected = [...new Set([...earlier, ...current, ...suggested])].filter((word) =>
          // What both have stays, what one of them has taken out goes, and what one has put in comes in.
          earlier.includes(word) ? here.has(word) && there.has(word) : true,
        );
        expect(words(merged).sort()).toEqual(expected.sort());
        // And all words stay in the order in which they were in either.
        for (const text of [current, suggested]) {
          const kept = text.filter((word) => words(merged).includes(word));
          expect(words(merged).filter((word) => kept.includes(word))).toEqual(kept);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("comes out as node-diff3 merges the whole texts, or not where it does not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), changes, changes, (count, mine, theirs) => {
        const earlier = distinct("w", count);
        const [current, suggested] = [changed(earlier, "m", mine), changed(earlier, "t", theirs)];
        const regions = diff3Merge(current, earlier, suggested);
        const whole = regions.some(({ conflict }) => conflict)
          ? null
          : regions.flatMap(({ ok = [] }) => ok).join("");
        expect(rebase(earlier.join(""), current.join(""), suggested.join(""))).toBe(whole);
      }),
      { numRuns: 200 },
    );
  });

  test("gives the same text in whatever order suggestions apart from each other are taken up", () => {
    const apart = fc.uniqueArray(fc.nat(9), { minLength: 2, maxLength: 5 }).chain((places) =>
      fc.record({
        places: fc.constant([...places].sort((a, b) => a - b)),
        order: fc.shuffledSubarray(
          places.map((_, index) => index),
          {
            minLength: places.length,
            maxLength: places.length,
          },
        ),
        cut: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(apart, ({ places, order, cut }) => {
        const text = distinct("w", 20).join("");
        // Every second word, so that one that stays is between any two that change.
        const edits = places.map((place) => {
          const start = text.indexOf(`w${place * 2} `);
          const end = text.indexOf(`w${place * 2 + 1} `);
          return { start, end, text: cut ? "" : `new${place} ` };
        });
        const taken = order.reduce<string | null>((current, index) => {
          const edit = edits[index];
          return current === null || !edit ? null : rebase(text, current, withEdits(text, [edit]));
        }, text);
        expect(taken).toBe(withEdits(text, edits));
      }),
      { numRuns: 200 },
    );
  });
});

test("edits change what they name, whatever is around them", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string(), { maxLength: 8 }),
      fc.array(fc.string(), { maxLength: 8 }),
      (parts, puts) => {
        let start = 0;
        const edits = parts.map((part, index) => {
          const edit = { start, end: start + part.length, text: puts[index] ?? "" };
          start = edit.end + 1;
          return edit;
        });
        const expected = parts.map((_, index) => puts[index] ?? "").join("|");
        expect(withEdits(parts.join("|"), edits)).toBe(expected);
      },
    ),
    { numRuns: 200 },
  );
});
