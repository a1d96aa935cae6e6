import { sqliteStore } from "chat-spaces/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hash } from "../../../src/stores/sqlite/hash.js";
import { event, idsOf } from "../cases.js";
import { ask, eachDriver, libsql } from "./drivers.js";

describe("the hash of an id", () => {
  // From the reference of FNV by Fowler, Noll and Vo: https://datatracker.ietf.org/doc/rfc9923/
  test.each([
    ["", 0x811c9dc5],
    ["a", 0xe40c292c],
    ["foobar", 0xbf9cf968],
  ])("is FNV-1a: of %j", (text, expected) => {
    expect(hash(text) >>> 0).toBe(expected);
  });

  test("is an integer that SQLite keeps in four bytes", () => {
    for (const text of ["", "foobar", "📎", "\ud800", "x".repeat(10_000)])
      expect(hash(text)).toBe(hash(text) | 0);
  });
});

eachDriver(
  (name) => `reading from a store in SQLite, through ${name}`,
  (driver) => {
    let store: ReturnType<typeof sqliteStore>;

    beforeEach(() => {
      store = sqliteStore({ path: ":memory:", driver });
    });

    afterEach(async () => {
      await store?.close?.();
    });

    // Found by trying: the first two of their kind.
    const [one, other] = ["msg-1122789", "msg-1339192"];

    test("tells ids apart that have the same hash", async () => {
      expect(hash(one)).toBe(hash(other));
      const events = [event(one, 1), event(other, 2), event(one, 3), event("e4", 4)];
      await store.append("notes", { id: "c1", expected: 0, events });
      const found = async (options: object) =>
        (await store.read("notes", options)).events.map(({ data }) => data);
      expect(await found({ ids: [one] })).toEqual([1, 3]);
      expect(await found({ ids: [other] })).toEqual([2]);
      expect(await found({ ids: [other, one], backwards: true })).toEqual([3, 2, 1]);
      // As many as are wanted, not as many as have the hash.
      expect(await found({ ids: [other], limit: 1 })).toEqual([2]);
      expect(await found({ ids: [one], limit: 2 })).toEqual([1, 3]);
      expect(await found({ ids: [one], limit: 1, backwards: true })).toEqual([3]);
    });

    test("takes bounds that are no integers for what they bound", async () => {
      const events = Array.from({ length: 5 }, (_, index) => event(`e${index + 1}`));
      await store.append("notes", { id: "c1", expected: 0, events });
      expect(idsOf(await store.read("notes", { after: 2.5 }))).toEqual(["e3", "e4", "e5"]);
      expect(idsOf(await store.read("notes", { before: 2.5 }))).toEqual(["e1", "e2"]);
      expect(idsOf(await store.read("notes", { limit: 2.5 }))).toEqual(["e1", "e2"]);
      expect(idsOf(await store.read("notes", { limit: Number.NaN }))).toEqual([]);
      expect(idsOf(await store.read("notes", { limit: Infinity, before: Infinity }))).toHaveLength(5);
    });

    test("lists streams from the prefix on, without looking at those before it", async () => {
      const names = ["a", "a/1", "a/2", "b", "b/1", "a/\u{10000}", "a/\uffff"];
      for (const name of names) await store.append(name, { id: "c1", expected: 0, events: [event("e1")] });
      expect(await store.streams?.({ prefix: "a/", limit: Infinity })).toEqual({
        // In the order of their bytes, in which U+FFFF comes before U+10000.
        names: ["a/1", "a/2", "a/\uffff", "a/\u{10000}"],
      });
      expect(await store.streams?.({ prefix: "a/", after: "a/1", limit: 2 })).toEqual({
        names: ["a/2", "a/\uffff"],
        next: "a/\uffff",
      });
      expect(await store.streams?.({ prefix: "a/\ud800" })).toEqual({ names: ["a/\u{10000}"] });
      for (const prefix of ["a/\udc00", "\ud800a", "a\0"]) {
        expect(await store.streams?.({ prefix })).toEqual({ names: [] });
      }
      expect(await store.streams?.({ limit: 0 })).toEqual({ names: ["a"], next: "a" });
    });
  },
);

test("every statement finds what it looks for in an index", () => {
  const database = new libsql(":memory:");
  const statements: string[] = [];
  const prepare = database.prepare.bind(database);
  database.prepare = (sql: string) => {
    statements.push(sql);
    return prepare(sql);
  };
  sqliteStore({ database });
  const plans = statements
    .filter((sql) => /chat_spaces_(stream|event)\b/.test(sql))
    .map((sql) => {
      const values = Array.from(sql.matchAll(/\?/g), () => 1);
      const statement = prepare(`EXPLAIN QUERY PLAN ${sql}`) as {
        all(...values: number[]): { detail: string }[];
      };
      return [sql, statement.all(...values).map(({ detail }) => detail)] as const;
    });
  expect(plans.length).toBeGreaterThan(10);
  for (const [sql, steps] of plans) {
    // A walk through a table that nothing bounds. `json_each` is no table.
    expect(
      steps.filter((step) => /^SCAN (?!json_each|\d+ CONSTANT)/.test(step)),
      sql,
    ).toEqual([]);
    expect(
      steps.filter((step) => /TEMP B-TREE/.test(step) && !sql.includes("json_each")),
      sql,
    ).toEqual([]);
  }
  expect(ask(database, "SELECT count(*) AS streams FROM chat_spaces_stream")).toEqual([{ streams: 0 }]);
  database.close();
});
