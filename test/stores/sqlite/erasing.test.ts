import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sqliteStore } from "chat-spaces/sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { event } from "../cases.js";
import { ask, eachDriver, libsql, makeFolder, withDatabase } from "./drivers.js";

let { folder, path, remove } = { folder: "", path: "", remove: () => {} };

beforeEach(() => {
  ({ folder, path, remove } = makeFolder());
});

afterEach(() => remove());

/** Whether a text stands anywhere in the files of the folder, byte by byte. */
function isInFiles(text: string): boolean {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => readFileSync(join(folder, entry.name)).includes(text));
}

/** What makes the text of an event like no other: short enough to stand in one page of the file. */
const mark = (number: number) => `<secret ${number}>`;

/** A text of about so many bytes, all of which tell whose it is. */
const secret = (number: number, length: number) => `${mark(number)} Ä. `.repeat(Math.ceil(length / 16));

eachDriver(
  (name) => `what is erased from a store in SQLite, through ${name}`,
  (driver) => {
    test("is in none of its files any more", async () => {
      const store = sqliteStore({ path, driver });
      // As many as make the tables grow: the first of them stood where there are other things now.
      const count = 60;
      for (let head = 0; head < count; head++) {
        const said = { ...event(`e${head}`, secret(head, head % 7 === 0 ? 9000 : 300)), reason: mark(head) };
        await store.append("notes", { id: `c${head}`, expected: head, events: [said] });
      }
      expect([0, 30, 59].map((number) => isInFiles(mark(number)))).toEqual([true, true, true]);

      expect(await store.erase?.("notes", { revisions: [1, 31] })).toEqual({ erased: 2 });
      expect([0, 30, 59].map((number) => isInFiles(mark(number)))).toEqual([false, false, true]);

      expect(await store.erase?.("notes", { all: true })).toEqual({ erased: count - 2 });
      expect(isInFiles("<secret")).toBe(false);
      await store.close?.();
      expect(isInFiles("<secret")).toBe(false);
    });

    test("leaves the rest of a database that is handed in as it is", async () => {
      const database = new driver(path);
      database.exec("CREATE TABLE orders (id TEXT); INSERT INTO orders VALUES ('o1')");
      const store = sqliteStore({ database });
      await store.append("notes", { id: "c1", expected: 0, events: [event("e1", "a"), event("e2", "b")] });
      expect(await store.erase?.("notes", { revisions: [2], data: ["B"] })).toEqual({ erased: 1 });
      expect((await store.read("notes")).events.map(({ data }) => data)).toEqual(["a", "B"]);
      expect(ask(database, "SELECT id FROM orders")).toEqual([{ id: "o1" }]);
      expect(ask(database, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
      database.close();
    });
  },
);

describe("erasing from a store in SQLite", () => {
  test("leaves no copy behind, of whatever size, however often and in whatever order", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 10, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.infiniteStream(fc.nat()), async (tens, random) => {
        const { folder: own, path: file, remove: clear } = makeFolder();
        folder = own;
        const store = sqliteStore({ path: file, driver: libsql });
        try {
          const events = tens.map((ten, index) => event(`e${index}`, secret(index, 10 * ten)));
          for (const [head, one] of events.entries()) {
            await store.append("notes", { id: `c${head}`, expected: head, events: [one] });
          }
          const left = events.map((_, index) => index);
          const gone: number[] = [];
          while (left.length > 0) {
            const some = Array.from({ length: 4 }, () =>
              left.splice(random.next().value % (left.length || 1), 1),
            );
            const numbers = some.flat();
            await store.erase?.("notes", { revisions: numbers.map((number) => number + 1) });
            gone.push(...numbers);
            expect(gone.filter((number) => isInFiles(mark(number)))).toEqual([]);
            expect(left.filter((number) => !isInFiles(mark(number)))).toEqual([]);
          }
        } finally {
          await store.close?.();
          clear();
        }
      }),
      { numRuns: 12 },
    );
  });

  test("moves nothing: rows keep their size, so that SQLite writes over them where they stand", async () => {
    const database = new libsql(":memory:");
    const store = sqliteStore({ database });
    const events = [100, 20_000, 100].map((length, index) => event(`e${index}`, secret(index, length)));
    await store.append("notes", { id: "c1", expected: 0, events });
    const sizes = () => ask(database, "SELECT length(CAST(event AS BLOB)) AS bytes FROM chat_spaces_event");
    const before = sizes();
    await store.erase?.("notes", { revisions: [1, 2], data: [null, { kept: "Ä" }] });
    expect(sizes()).toEqual(before);
    database.close();
  });

  test("takes more than it had, where more is to stay", async () => {
    const store = sqliteStore({ path, driver: libsql });
    await store.append("notes", {
      id: "c1",
      expected: 0,
      events: [event("e1", "short"), event("e2", "next")],
    });
    const data = { instead: "Ö".repeat(10_000) };
    expect(await store.erase?.("notes", { revisions: [1], data: [data] })).toEqual({ erased: 1 });
    expect((await store.read("notes")).events.map((one) => one.data)).toEqual([data, "next"]);
    await store.close?.();
  });

  test("goes through a long stream part by part", async () => {
    const store = sqliteStore({ path, driver: libsql });
    const events = Array.from({ length: 2_500 }, (_, index) => event(`e${index}`, "said"));
    await store.append("notes", { id: "c1", expected: 0, events });
    expect(await store.erase?.("notes", { all: true })).toEqual({ erased: 2_500 });
    expect(await store.erase?.("notes", { all: true })).toEqual({ erased: 0 });
    expect((await store.read("notes")).events.filter(({ data }) => data !== null)).toEqual([]);
    await store.close?.();
  });

  test("is done also while somebody reads; the WAL is emptied the next time", async () => {
    const store = sqliteStore({ path, driver: libsql, busyTimeout: 1 });
    await store.append("notes", { id: "c1", expected: 0, events: [event("e1", secret(1, 300))] });
    const erasing = withDatabase(libsql, path, (reader) => {
      reader.exec("BEGIN");
      ask(reader, "SELECT count(*) FROM chat_spaces_event");
      const answer = store.erase?.("notes", { all: true });
      reader.exec("COMMIT");
      return answer;
    });
    expect(await erasing).toEqual({ erased: 1 });
    expect((await store.read("notes")).events.map(({ data }) => data)).toEqual([null]);
    expect(isInFiles(mark(1))).toBe(true);
    expect(await store.erase?.("notes", { all: true })).toEqual({ erased: 0 });
    expect(isInFiles(mark(1))).toBe(false);
    await store.close?.();
  });

  test("gives the room back to who asks for it", async () => {
    const store = sqliteStore({ path, driver: libsql });
    const events = Array.from({ length: 200 }, (_, index) => event(`e${index}`, secret(index, 2_000)));
    await store.append("notes", { id: "c1", expected: 0, events });
    await store.erase?.("notes", { all: true });
    const { head } = await store.read("notes");
    await store.close?.();
    const before = readFileSync(path).length;
    withDatabase(libsql, path, (database) => {
      database.exec("UPDATE chat_spaces_event SET event = rtrim(event)");
      database.exec("VACUUM");
      ask(database, "PRAGMA wal_checkpoint(TRUNCATE)");
    });
    expect(readFileSync(path).length).toBeLessThan(before / 2);
    const again = sqliteStore({ path, driver: libsql });
    expect((await again.read("notes")).head).toBe(head);
    await again.close?.();
  });
});
