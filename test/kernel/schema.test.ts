import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { isWellFormed } from "../../src/kernel/json.js";
import { id, lazily, must, parse, sentence, text } from "../../src/kernel/schema.js";

const invite = z.strictObject({
  role: z.enum(["host", "guest"]),
  maxUses: z.int().check(z.minimum(1), z.maximum(100)),
  names: z.array(z.string()).check(z.maxLength(2)),
  note: z.optional(z.object({ text: z.string() })),
});
const valid = { role: "guest", maxUses: 5, names: ["Ana"] };
const issuesOf = (value: unknown) => {
  const parsed = parse<unknown>(invite, value);
  return parsed.ok ? [] : parsed.issues;
};

describe("checking a value", () => {
  test("gives it back where it fits", () => {
    expect(parse<unknown>(invite, valid)).toEqual({ ok: true, value: valid });
  });

  test.each([
    [{ ...valid, role: "king" }, "role", 'must be one of "host", "guest"'],
    [{ ...valid, maxUses: 0 }, "maxUses", "must have a value of at least 1"],
    [{ ...valid, maxUses: 101 }, "maxUses", "must have a value of at most 100"],
    [{ ...valid, maxUses: 1.5 }, "maxUses", "must be a whole number"],
    [{ ...valid, maxUses: undefined }, "maxUses", "is missing (a number)"],
    [{ ...valid, names: ["a", "b", "c"] }, "names", "must have a length of at most 2"],
    [{ ...valid, names: ["a", 5] }, "names.1", "must be a string"],
    [{ ...valid, names: {} }, "names", "must be an array"],
    [{ ...valid, note: { text: null } }, "note.text", "must be a string"],
    [{ ...valid, nmae: "Ana" }, "", 'has unknown "nmae"'],
    [null, "", "must be an object"],
    [undefined, "", "is missing (an object)"],
  ])("of %j says where and what: %s %s", (value, path, expected) => {
    expect(issuesOf(value)).toEqual([{ path, expected }]);
  });

  test("names everything that is wrong, and says it as one sentence", () => {
    const issues = issuesOf({ ...valid, role: "king", maxUses: "5", nmae: "Ana" });
    expect(issues.map(({ path }) => path).sort()).toEqual(["", "maxUses", "role"]);
    expect(sentence(issues)).toMatch(
      /^role: must be one of "host", "guest"; maxUses: must be a number; has /,
    );
  });

  test("speaks in the words of a check that has some", () => {
    const even = z.number().check(must((value: number) => value % 2 === 0, "must be even"));
    const silent = z.number().check(z.refine((value) => value % 2 === 0));
    const matching = z.string().check(z.regex(/^x/));
    expect(parse(even, 3)).toEqual({ ok: false, issues: [{ path: "", expected: "must be even" }] });
    expect(parse(silent, 3)).toEqual({ ok: false, issues: [{ path: "", expected: "is not valid" }] });
    expect(parse(matching, "y")).toEqual({ ok: false, issues: [{ path: "", expected: "is not valid" }] });
  });

  test("stays short, however long what was handed in is", () => {
    const issues = [
      ...issuesOf({ ...valid, ["k".repeat(1_000_000)]: 1 }),
      ...issuesOf({
        ...valid,
        ...Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i])),
      }),
      ...issuesOf({ ...valid, names: Array.from({ length: 10_000 }, () => 5) }),
    ];
    expect(issues.length).toBeLessThanOrEqual(30);
    expect(sentence(issues).length).toBeLessThan(5_000);
  });
});

describe("an id of the host's", () => {
  const isId = (value: unknown) => parse(id(), value).ok;

  test.each(["a", "x".repeat(256), "__proto__", "constructor", "../etc", "a b", "😀", "شنوندگان", "0"])(
    "may be %j",
    (value) => {
      expect(isId(value)).toBe(true);
    },
  );

  test.each(["", "x".repeat(257), "x".repeat(1_000_000), "a\u0000", "a\n", "a\u0085", "\ud83d", 5, null, {}])(
    "is not %j",
    (value) => {
      expect(isId(value)).toBe(false);
    },
  );

  test("is taken as it is: not trimmed, not folded, not normalised", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), (value) => {
        const parsed = parse(id(), value);
        if (parsed.ok) expect(parsed.value).toBe(value);
      }),
    );
    expect(parse(id(), " Zoe\u0308 ")).toEqual({ ok: true, value: " Zoe\u0308 " });
  });
});

test("text of people has a limit in characters: an emoji is one, whatever it takes to store", () => {
  const note = text(4);
  expect(parse(note, "").ok).toBe(true);
  expect(parse(note, "a\nb\u202e").ok).toBe(true);
  expect(parse(note, "😀😀😀😀").ok).toBe(true);
  expect(parse(note, "😀😀😀😀!").ok).toBe(false);
  expect(parse(note, "x".repeat(1_000_000))).toEqual({
    ok: false,
    issues: [{ path: "", expected: "must have a length of at most 4" }],
  });
  expect(parse(note, "\ude00").ok).toBe(false);
});

test("text is well-formed where it can be sent as UTF-8", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("\ud83d", "\ude00", "a", "é", "😀")), (units) => {
      const written = units.join("");
      const sent = new TextDecoder().decode(new TextEncoder().encode(written));
      expect(isWellFormed(written)).toBe(sent === written);
    }),
  );
});

test("a schema is built once, when it is first asked for", () => {
  let built = 0;
  const schema = lazily(() => ({ number: ++built }));
  expect(built).toBe(0);
  expect(schema()).toBe(schema());
  expect(built).toBe(1);
});
