import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equalInConstantTime, sha256Hex } from "../../src/kernel/secret.js";
import { cleanName, quote, stripInvisible } from "../../src/kernel/text.js";

describe("cleanName", () => {
  test("a name with a right-to-left override cannot pretend to be another", () => {
    expect(cleanName("\u202eana\u202c")).toBe("ana");
    expect(cleanName("a\u200bn\u2066a\u2069")).toBe("ana");
  });

  test("spaces of all kinds become one, and the ends are trimmed", () => {
    expect(cleanName("  Mara\u00a0\u202f Lind\n")).toBe("Mara Lind");
  });

  test("what spelling and emoji need stays", () => {
    expect(cleanName("👩‍🚀 می‌خواهم é")).toBe("👩‍🚀 می‌خواهم é");
  });

  test("composed and decomposed spellings become one", () => {
    expect(cleanName("Zoe\u0308")).toBe(cleanName("Zoë"));
  });

  test("nothing visible is nothing", () => {
    expect(cleanName("\u200e\u200f \u0000")).toBe("");
  });
});

test("stripInvisible keeps line breaks", () => {
  expect(stripInvisible("a\u200b\nb\u00ad")).toBe("a\nb");
});

describe("secrets", () => {
  test("SHA-256 of a published vector (FIPS 180-4)", () => {
    expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  test("SHA-256 agrees with the machine's own, on any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(sha256Hex(text)).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
      }),
    );
    const long = "é😀".repeat(200_000);
    expect(sha256Hex(long)).toBe(createHash("sha256").update(long, "utf8").digest("hex"));
  });

  test("texts are equal in constant time where they are equal", () => {
    // Few letters, so that many pairs share a beginning or an end, or repeat.
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\u0000", "\u0100"), maxLength: 6 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(equalInConstantTime(a, b)).toBe(a === b);
        expect(equalInConstantTime(a, a)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ["", "", true],
    ["abc", "abc", true],
    ["abc", "abd", false],
    ["abc", "abcd", false],
    ["abcd", "abc", false],
    ["", "a", false],
    ["aa", "aaaa", false],
  ])("%j and %j are equal: %s", (a, b, equal) => {
    expect(equalInConstantTime(a, b)).toBe(equal);
  });
});

describe("a name as it is shown", () => {
  /** What is invisible, what spaces there are, letters that can be composed, and letters of other scripts. */
  const pieces = fc.constantFrom(
    ...["\u200b", "\u200e", "\u202e", "\u2066", "\u2069", "\ufeff", "\u00ad", "\u0000", "\u0085"],
    ...[" ", "\t", "\n", "\u00a0", "\u2003", "\u3000"],
    ...["e", "\u0301", "o", "\u0308", "é", "\u212b", "ﬁ", "ا", "ب", "김", "👩", "\u200d", "🚀"],
  );
  const anyName = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(""));

  test("stays as it is when it is cleaned again", () => {
    fc.assert(
      fc.property(fc.oneof(anyName, fc.string({ unit: "binary" })), (name) => {
        expect(cleanName(cleanName(name))).toBe(cleanName(name));
      }),
      { numRuns: 1_000 },
    );
  });

  test("has nothing invisible, no control characters, single spaces, and is composed", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const shown = cleanName(name);
        expect(shown).not.toMatch(/[\u00ad\u200b\u200e\u202e\u2066\u2069\ufeff]|\p{Cc}/u);
        expect(shown).not.toMatch(/^\s|\s$|\s\s|[^\S ]/u);
        expect(shown).toBe(shown.normalize("NFC"));
      }),
      { numRuns: 1_000 },
    );
  });

  test("is the same wherever something invisible was put into it", () => {
    const visible = fc.array(fc.constantFrom("Z", "o", "e", "\u0308", "\u0301", " "), { maxLength: 8 });
    const invisible = fc.constantFrom("\u200b", "\u200f", "\u2060", "\ufeff", "\u0007");
    fc.assert(
      fc.property(visible, invisible, (parts, hidden) => {
        expect(cleanName(parts.join(hidden))).toBe(cleanName(parts.join("")));
      }),
    );
  });

  test("that is a megabyte long takes no more time than it has characters", () => {
    expect(cleanName("\u202e \u200b".repeat(300_000))).toBe("");
    expect(cleanName("a \u200b".repeat(300_000))).toHaveLength(599_999);
  });
});

describe("a value quoted in a message", () => {
  test.each([
    ["ana", '"ana"'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    [5, "5"],
    [Number.NaN, "NaN"],
    [null, "null"],
    [undefined, "undefined"],
    [true, "true"],
    [{ toString: () => "trusted" }, "an object"],
    [["a"], "a list"],
    [new Date(0), "1970-01-01T00:00:00.000Z"],
    [new Date(Number.NaN), "an invalid date"],
  ])("%j is %s", (value, shown) => {
    expect(quote(value)).toBe(shown);
  });

  test("is short, and half an emoji at its end is escaped", () => {
    expect(quote("x".repeat(1_000_000))).toBe(`"${"x".repeat(80)}"`);
    expect(quote(`${"x".repeat(79)}😀`)).toBe(`"${"x".repeat(79)}\\ud83d"`);
  });

  test("whatever it is, nothing is thrown", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (value) => {
        expect(typeof quote(value)).toBe("string");
      }),
    );
  });
});
