import { entry } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { setEntry } from "../../src/kernel/record.js";

/** Ids that mean something to JavaScript, and any other. */
const anyId = fc.oneof(
  fc.constantFrom("__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "0", ""),
  fc.string({ unit: "binary" }),
);

const INHERITED = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"];

describe("what is kept by id", () => {
  test.each(INHERITED)("nothing is there under %s before it was put there", (id) => {
    expect(entry({}, id)).toBeUndefined();
  });

  test.each(INHERITED)("%s is an id like any other", (id) => {
    const record: Record<string, string> = {};
    setEntry(record, id, "leo");
    expect(entry(record, id)).toBe("leo");
    expect(Object.keys(record)).toEqual([id]);
  });

  test("an entry under __proto__ changes no prototype: not the record's, nor anybody else's", () => {
    const record: Record<string, unknown> = {};
    setEntry(record, "__proto__", { roles: ["host"] });
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    expect("roles" in record).toBe(false);
    expect("roles" in {}).toBe(false);
  });

  test("the last value put under an id is the one that is found, also after JSON and a copy", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyId, fc.integer())), anyId, (puts, asked) => {
        const record: Record<string, number> = {};
        for (const [id, value] of puts) setEntry(record, id, value);
        const expected = new Map(puts).get(asked);
        expect(entry(record, asked)).toBe(expected);
        expect(entry({ ...record }, asked)).toBe(expected);
        expect(entry(JSON.parse(JSON.stringify(record)), asked)).toBe(expected);
        expect(new Set(Object.keys(record))).toEqual(new Set(puts.map(([id]) => id)));
      }),
    );
  });

  test("an entry that was put there can be changed and taken away again", () => {
    const record: Record<string, number> = {};
    setEntry(record, "__proto__", 1);
    setEntry(record, "__proto__", 2);
    expect(entry(record, "__proto__")).toBe(2);
    Reflect.deleteProperty(record, "__proto__");
    expect(entry(record, "__proto__")).toBeUndefined();
  });
});
