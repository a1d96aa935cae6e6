import { describe, expect, test } from "vitest";
import { equalInConstantTime, sha256Hex } from "../../src/kernel/secret.js";
import { cleanName, stripInvisible } from "../../src/kernel/text.js";

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
