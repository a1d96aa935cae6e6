import type { FeedCommit, SpaceStore } from "chat-spaces";
import { type PostgresPool, postgresStore } from "chat-spaces/postgres";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Database, onPostgres } from "./database.js";
import { codeOf, commit, event } from "./events.js";

const TIMEOUT = 30_000;

/** What a feed has to give now. */
async function all(store: SpaceStore, after?: string): Promise<FeedCommit[]> {
  const commits: FeedCommit[] = [];
  for await (const given of store.feed?.({ after, follow: false }) ?? []) commits.push(given);
  return commits;
}

const idsOf = (commits: readonly FeedCommit[]) => commits.flatMap(({ events }) => events.map(({ id }) => id));

const iterate = (store: SpaceStore, options: Parameters<NonNullable<SpaceStore["feed"]>>[0] = {}) => {
  const iterator = store.feed?.(options)[Symbol.asyncIterator]();
  if (!iterator) throw new Error("There is no feed.");
  return iterator;
};

await onPostgres("the feed of a store in PostgreSQL", (database: Database) => {
  const pool = database.pool({ max: 10 });
  let table: string;
  let store: SpaceStore;

  beforeEach(async () => {
    table = await database.table();
    store = postgresStore({ pool, table });
  });

  afterEach(async () => {
    await store.close?.();
  });

  const query = async (sql: string, ...values: unknown[]) => (await pool.query(sql, values)).rows;
  /** The positions of the feed, each with the name of its stream, or "" where it was closed. */
  const positions = async () =>
    (await query(`SELECT revision, id FROM ${table} WHERE stream = '' AND revision > 0 ORDER BY 1`)).map(
      ({ revision, id }) => [Number(revision), id],
    );
  const untilSomebodyWaits = async () => {
    for (;;) {
      const waiting = await query(
        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE $1",
        `%${table.split(".")[1]}%`,
      );
      if (waiting.length > 0) return;
    }
  };

  describe("while another transaction holds a place in it", () => {
    let client: pg.Client;
    let held: SpaceStore;

    beforeEach(async () => {
      client = new pg.Client({ connectionString: database.url });
      await client.connect();
      held = postgresStore({ pool: client, table });
      await store.append("first", commit("c1", 0));
      await client.query("BEGIN");
      expect(await held.append("slow", commit("c2", 0))).toEqual({ ok: true, head: 1 });
      await store.append("fast", commit("c3", 0));
    });

    afterEach(async () => {
      await client.end();
    });

    test("gives what stands below that, waits, and gives the commit in its place when it is committed", async () => {
      const feed = iterate(store, { follow: false });
      expect(await feed.next()).toMatchObject({ value: { stream: "first" } });
      const next = feed.next();
      await untilSomebodyWaits();
      await client.query("COMMIT");
      expect(await next).toMatchObject({ value: { stream: "slow" } });
      expect(await feed.next()).toMatchObject({ value: { stream: "fast" } });
      expect(await feed.next()).toMatchObject({ done: true });
      expect(await positions()).toEqual([
        [1, "first"],
        [2, "slow"],
        [3, "fast"],
      ]);
    });

    test("closes the place for ever when it is rolled back", async () => {
      const reading = all(store);
      await untilSomebodyWaits();
      await client.query("ROLLBACK");
      expect(idsOf(await reading)).toEqual(["c1", "c3"]);
      expect(await positions()).toEqual([
        [1, "first"],
        [2, ""],
        [3, "fast"],
      ]);
      // The same commit comes again, and gets a place above.
      expect(await held.append("slow", commit("c2", 0))).toEqual({ ok: true, head: 1 });
      expect(idsOf(await all(store))).toEqual(["c1", "c3", "c2"]);
    });

    test("closes it when the connection is lost", async () => {
      const reading = all(store);
      await untilSomebodyWaits();
      client.on("error", () => {});
      await query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state LIKE 'idle in %'");
      expect(idsOf(await reading)).toEqual(["c1", "c3"]);
    });

    test("stops waiting for it when the reader gives up", async () => {
      const leaving = new AbortController();
      const feed = iterate(store, { signal: leaving.signal });
      await feed.next();
      const next = feed.next();
      await untilSomebodyWaits();
      const reason = new Error("The reader has left.");
      leaving.abort(reason);
      await expect(next).rejects.toBe(reason);
    });

    test.each(["repeatable read", "serializable"])(
      "gives it also where transactions are %s by default",
      async (level) => {
        const strict = database.pool({
          options: `-c default_transaction_isolation=${level.replace(" ", "\\ ")}`,
        });
        const reading = all(postgresStore({ pool: strict, table }));
        await untilSomebodyWaits();
        await client.query("COMMIT");
        expect(idsOf(await reading)).toEqual(["c1", "c2", "c3"]);
      },
    );

    test("gives it once to readers who wait for it together", async () => {
      const readers = Array.from({ length: 4 }, () => all(store));
      await untilSomebodyWaits();
      await client.query("COMMIT");
      for (const reader of readers) expect(idsOf(await reader)).toEqual(["c1", "c2", "c3"]);
    });
  });

  describe("where numbers are left out", () => {
    const sequence = () => `${table}_position`;

    test("a writer whose number has been closed takes a higher one", async () => {
      await store.append("one", commit("c1", 0));
      await query(`SELECT nextval('${sequence()}')`);
      await store.append("two", commit("c2", 0));
      expect(idsOf(await all(store))).toEqual(["c1", "c2"]);
      // Whoever took number 2 comes now.
      await query(`SELECT setval('${sequence()}', 2, false)`);
      expect(await store.append("one", commit("c3", 1))).toEqual({ ok: true, head: 2 });
      expect(await positions()).toEqual([
        [1, "one"],
        [2, ""],
        [3, "two"],
        [4, "one"],
      ]);
      expect(idsOf(await all(store))).toEqual(["c1", "c2", "c3"]);
    });

    test("a number that is lower than that of the commit before is not taken", async () => {
      await query(`SELECT setval('${sequence()}', 10, false)`);
      await store.append("one", commit("c1", 0));
      await query(`SELECT setval('${sequence()}', 5, false)`);
      await store.append("two", commit("c2", 0));
      await store.append("one", commit("c3", 1));
      expect(await positions()).toEqual([
        [5, "two"],
        [10, "one"],
        [11, "one"],
      ]);
      expect(idsOf(await all(store))).toEqual(["c2", "c1", "c3"]);
    });

    test("a sequence that starts again, as after a move, is overtaken, also by many at once", async () => {
      await query(`SELECT setval('${sequence()}', 2000)`);
      for (let n = 0; n < 20; n++) await store.append("old", commit(`old ${n}`, n));
      await all(store);
      await query(`SELECT setval('${sequence()}', 1, false)`);
      const results = await Promise.all(
        Array.from({ length: 16 }, (_, n) => store.append(`new ${n}`, commit(`new ${n}`, 0))),
      );
      expect(results).toEqual(results.map(() => ({ ok: true, head: 1 })));
      const given = idsOf(await all(store));
      expect(given.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, n) => `old ${n}`));
      expect(given.slice(20).sort()).toEqual(Array.from({ length: 16 }, (_, n) => `new ${n}`).sort());
    });

    test("goes on behind more closed numbers than are read at once", async () => {
      await store.append("one", commit("c1", 0));
      await query(`SELECT setval('${sequence()}', 1300, false)`);
      await store.append("two", commit("c2", 0));
      expect(idsOf(await all(store))).toEqual(["c1", "c2"]);
      expect(await positions()).toHaveLength(1300);
      expect(idsOf(await all(store))).toEqual(["c1", "c2"]);
    });

    test("says so where far too many are left out", async () => {
      await store.append("one", commit("c1", 0));
      await query(`SELECT setval('${sequence()}', 2000000)`);
      await store.append("two", commit("c2", 0));
      const feed = iterate(store);
      expect(await feed.next()).toMatchObject({ value: { stream: "one" } });
      expect(await codeOf(() => feed.next())).toBe("STORE_FAULT");
      expect(await positions()).toHaveLength(2);
    });
  });

  describe.each([
    ["where numbers are given out one by one", 1],
    ["where every connection keeps numbers in store, as in YugabyteDB", 20],
  ])("%s", (_, cache) => {
    test(
      "two readers get all that eight pools write, once, in one order and without a gap",
      async () => {
        await query(`ALTER SEQUENCE ${table}_position CACHE ${cache}`);
        const acknowledged = new Set<string>();
        const write = async (writer: number) => {
          const own = postgresStore({ pool: database.pool({ max: 2 }), table });
          for (let n = 0; n < 40; n++) {
            // Every other commit goes to a stream that is written to by all.
            const stream = n % 2 === 0 ? `own ${writer}` : `common ${n % 3}`;
            const id = `${writer}-${n}`;
            for (;;) {
              const { head } = await own.read(stream, { limit: 0 });
              const events = [event(`${id} a`), event(`${id} b`)].slice(n % 2);
              const result = await own.append(stream, { id, expected: head, events });
              if (result.ok) break;
            }
            acknowledged.add(id);
          }
        };
        /** Reads until everything was given that the last of the writers had been told. */
        const readAll = async () => {
          const reader = postgresStore({ pool: database.pool({ max: 2 }), table, pollEvery: 5 });
          const given: FeedCommit[] = [];
          for (let wasDone = false; ; ) {
            const before = given.length;
            const after = given.at(-1)?.cursor;
            for await (const one of reader.feed?.({ after, follow: false }) ?? []) given.push(one);
            if (wasDone && given.length === before) return given;
            wasDone = isDone;
          }
        };
        let isDone = false;
        const writing = Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer))).then(() => {
          isDone = true;
        });
        const [one = [], other] = await Promise.all([readAll(), readAll(), writing]);

        expect(other).toEqual(one);
        expect(await all(store)).toEqual(one);
        const ids = one.map(({ events: [first] }) => first?.id.split(" ")[0]);
        expect(ids).toHaveLength(8 * 40);
        expect(new Set(ids)).toEqual(acknowledged);
        const heads = new Map<string, number>();
        for (const { stream, events } of one) {
          for (const { revision } of events) {
            expect(revision).toBe((heads.get(stream) ?? 0) + 1);
            heads.set(stream, revision);
          }
        }
        for (const [stream, head] of heads) expect((await store.read(stream, { limit: 0 })).head).toBe(head);
      },
      TIMEOUT,
    );
  });

  describe("a cursor", () => {
    test("goes on behind its commit, wherever that is", async () => {
      for (let n = 1; n <= 7; n++) await store.append(`s${n % 3}`, commit(`c${n}`, Math.floor((n - 1) / 3)));
      const commits = await all(store);
      for (const [index, { cursor }] of commits.entries()) {
        expect(await all(store, cursor)).toEqual(commits.slice(index + 1));
      }
    });

    test.each([
      "",
      "0",
      "2",
      "3",
      "4",
      "-1",
      "01",
      " 1",
      "1 ",
      "1.0",
      "1e0",
      "x",
      "9".repeat(16),
      "9".repeat(400),
    ])("%j is refused where no commit has it", async (after) => {
      await store.append("one", commit("c1", 0));
      await query(`SELECT nextval('${table}_position')`);
      await query(`SELECT nextval('${table}_position')`);
      await query(`INSERT INTO ${table} (stream, revision, id, event) VALUES ('', 3, '', '')`);
      expect(await codeOf(() => all(store, after))).toBe("STORE_INVALID_CURSOR");
    });
  });

  describe("a reader", () => {
    test("is woken by what the same store appends", async () => {
      const patient = postgresStore({ pool, table, pollEvery: "4w" });
      const feed = iterate(patient);
      for (const id of ["c1", "c2", "c3"]) {
        const next = feed.next();
        await patient.append(id, commit(id, 0));
        expect(await next).toMatchObject({ value: { stream: id } });
      }
      const next = feed.next();
      await patient.close?.();
      expect(await next).toEqual({ done: true, value: undefined });
    });

    test("finds what other stores append", async () => {
      const feed = iterate(postgresStore({ pool, table, pollEvery: 10 }));
      for (const id of ["c1", "c2"]) {
        const next = feed.next();
        await store.append(id, commit(id, 0));
        expect(await next).toMatchObject({ value: { stream: id } });
      }
    });

    test("is not given what was erased while it was busy", async () => {
      for (let n = 0; n < 10; n++) {
        await store.append("notes", { id: `c${n}`, expected: n, events: [event(`e${n}`, "secret")] });
      }
      const other = postgresStore({ pool, table });
      const feed = iterate(store);
      const first = await feed.next();
      expect(first.value).toMatchObject({ events: [{ id: "e0", data: "secret" }] });
      // Without a pause, so that others are fetched ahead.
      for (let n = 1; n < 6; n++) await feed.next();
      await other.erase?.("notes", { all: true });
      for (let n = 6; n < 10; n++) {
        expect((await feed.next()).value).toMatchObject({ events: [{ id: `e${n}`, data: null }] });
      }
    });

    test("gets commits of every size whole", async () => {
      const sizes = [1, 700, 2, 2500, 400, 400, 400, 1];
      let head = 0;
      for (const [n, size] of sizes.entries()) {
        const events = Array.from({ length: size }, (_, index) => event(`${n}-${index}`));
        await store.append("notes", { id: `c${n}`, expected: head, events });
        head += size;
      }
      const commits = await all(store);
      expect(commits.map(({ events }) => events.length)).toEqual(sizes);
      const revisions = commits.flatMap(({ events }) => events.map(({ revision }) => revision));
      expect(revisions).toEqual(Array.from({ length: head }, (_, index) => index + 1));
    });
  });

  describe("what is fetched ahead", () => {
    /** The store, and how many events it asked for each time. */
    const counted = (): [SpaceStore, number[]] => {
      const asked: number[] = [];
      const counting: PostgresPool = {
        query(text, values) {
          if (text.includes("AS wanted")) asked.push((values[0] as unknown[]).length);
          return pool.query(text, values);
        },
      };
      return [postgresStore({ pool: counting, table }), asked];
    };

    test("is more and more for a reader who takes one commit after the other, and one for a busy reader", async () => {
      for (let n = 0; n < 200; n++) await store.append("notes", commit(`c${n}`, n));
      const [quick, askedQuickly] = counted();
      expect(await all(quick)).toHaveLength(200);
      expect(askedQuickly).toEqual([1, 2, 4, 8, 16, 32, 64, 73]);
      const [busy, asked] = counted();
      for await (const _ of busy.feed?.({ follow: false }) ?? []) await query("SELECT 1");
      expect(asked).toEqual(Array.from({ length: 200 }, () => 1));
    });

    test("is not more than a thousand events, unless one commit has more", async () => {
      const sizes = [1, 400, 400, 400, 400, 400, 400, 1500, 400, 400];
      let head = 0;
      for (const [n, size] of sizes.entries()) {
        const events = Array.from({ length: size }, (_, index) => event(`${n}-${index}`));
        await store.append("notes", { id: `c${n}`, expected: head, events });
        head += size;
      }
      const [quick, asked] = counted();
      expect((await all(quick)).map(({ events }) => events.length)).toEqual(sizes);
      expect(asked).toEqual([1, 800, 800, 800, 1500, 800]);
    });
  });

  describe("where a database shows things late", () => {
    /** A pool that hides some rows of what a statement gives, as long as it is told to. */
    const hiding = (about: string, hides: (row: { [column: string]: unknown }) => boolean): PostgresPool => ({
      async query(text, values) {
        const { rows, rowCount } = await pool.query(text, values);
        return { rows: text.includes(about) ? rows.filter((row) => !hides(row)) : rows, rowCount };
      },
    });

    test("a commit is not given before all of its events are there", async () => {
      let isLate = true;
      const late = postgresStore({
        pool: hiding("AS wanted", ({ place }) => isLate && place === "2"),
        table,
        pollEvery: 1,
      });
      const events = [event("a"), event("b"), event("c")];
      await store.append("notes", { id: "c1", expected: 0, events });
      expect(await all(late)).toEqual([]);
      const next = iterate(late).next();
      isLate = false;
      expect((await next).value).toMatchObject({ events: [{ id: "a" }, { id: "b" }, { id: "c" }] });
    });

    test("a gap that stays one, however often it is closed, is not stepped over", async () => {
      let isLate = true;
      const late = postgresStore({
        pool: hiding("AS first", ({ position }) => isLate && position === "2"),
        table,
      });
      for (const id of ["c1", "c2", "c3"]) await store.append(id, commit(id, 0));
      expect(idsOf(await all(late))).toEqual(["c1"]);
      isLate = false;
      expect(idsOf(await all(late))).toEqual(["c1", "c2", "c3"]);
    });
  });
});
