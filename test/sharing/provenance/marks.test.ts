import { curate, type Slice } from "chat-spaces";
import { markSlice, traceLeak } from "chat-spaces/provenance";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { message, REQUEST } from "../messages.js";

const BODIES = [
  "Don't post before noon - the brand's team wants to see it first... and it's their call, really, so let us wait",
  "We'll keep the price as it is for now, and nobody says a word about the second colour until they've signed it",
  "She said it's fine - so let's go on as planned, and if it isn't we'll hear about it soon enough from them anyway",
];
const slice = curate(
  BODIES.map((body, index) => message(`m${index + 1}`, "ana", body)),
  REQUEST,
);
const readers = Array.from({ length: 12 }, (_, index) => `reader-${index}`);
const copyOf = (reader: string): Slice => markSlice(slice, { seed: "sed_1", share: "shr_1", reader });
const copies = readers.map((who) => ({ who, slice: copyOf(who) }));
const textOf = ({ messages }: Slice) => messages.map(({ body }) => body).join("\n");
const withoutCodes = (text: string) => text.replace(/[\u2061-\u2064]/g, "");

describe("a marked copy", () => {
  test("reads the same as every other, and is the same each time it is made", () => {
    const plain = (text: string) =>
      withoutCodes(text)
        .replace(/\u2019/g, "'")
        .replace(/\u2026/g, "...")
        .replace(/\u2013/g, "-")
        .replace(/\u00a0/g, " ");
    for (const reader of readers) {
      expect(plain(textOf(copyOf(reader)))).toBe(textOf(slice));
      expect(copyOf(reader)).toEqual(copyOf(reader));
    }
    expect(new Set(readers.map((reader) => textOf(copyOf(reader)))).size).toBe(readers.length);
    expect(new Set(readers.map((reader) => withoutCodes(textOf(copyOf(reader))))).size).toBe(readers.length);
  });

  test("of an empty or a short text is marked too, where there is a text", () => {
    const short = curate([message("m1", "ana", ""), message("m2", "ana", "ok")], REQUEST);
    const [empty, one] = markSlice(short, { seed: "s", share: "r", reader: "leo" }).messages;
    expect(empty?.body).toBe("");
    expect(one?.body).toMatch(/^ok[\u2061-\u2064]{16}$/);
  });
});

describe("tracing a leak", () => {
  test("knows whose copy it was by the code in any message of it", () => {
    for (const { who, slice: copy } of copies) {
      for (const { body } of copy.messages) {
        expect(traceLeak(`Look: ${body} !!`, copies)[0]).toMatchObject({ who, by: "code" });
      }
    }
  });

  test("knows it by the typesetting where the code was taken out, also where lines were broken anew", () => {
    for (const { who, slice: copy } of copies) {
      const pasted = withoutCodes(textOf(copy)).replace(/,\s/g, ",\n  ");
      const [first, second] = traceLeak(pasted, copies);
      expect(first).toMatchObject({ who, by: "wording" });
      expect(first?.matched).toBe(first?.compared);
      expect(second?.matched).toBeLessThan(first?.matched ?? 0);
    }
  });

  test("says nothing of a text that no copy has, and of copies that are not marked", () => {
    expect(traceLeak("It is raining in the mountains", copies)).toEqual([]);
    expect(traceLeak("", copies)).toEqual([]);
    expect(traceLeak(textOf(slice), [{ who: "ana", slice }])).toEqual([]);
  });

  test("takes any text, and names nobody twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (noise) => {
        const names = traceLeak(noise + BODIES[0], copies).map(({ who }) => who);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});
