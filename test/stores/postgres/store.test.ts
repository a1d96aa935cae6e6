import { createSpaces, type SpaceStore } from "chat-spaces";
import { type PostgresPool, postgresStore } from "chat-spaces/postgres";
import { productDrop } from "chat-spaces/templates";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { onPostgres } from "./database.js";
import { codeOf, event, idsOf } from "./events.js";

await onPostgres("a store in PostgreSQL", (database) => {
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

  test("says what it promises", () => {
    expect(store.capabilities).toEqual({ durable: true, shared: true, feed: true, erase: true });
  });

  test("holds spaces", async () => {
    const spaces = createSpaces({ store });
    const template = productDrop({ product: "Spring kit", opensAt: "2026-05-01T16:00:00Z" });
    await spaces.create({ id: "spring-drop", by: "ana", template });
    const elsewhere = createSpaces({ store: postgresStore({ pool, table }) });
    const drop = await elsewhere.open("spring-drop");
    expect(drop.space.members["ana"]?.roles).toEqual(["host"]);
  });

  describe("closing", () => {
    test("ends its use, not the pool's, and may be repeated", async () => {
      await store.append("notes", { id: "c1", expected: 0, events: [event("e1")] });
      await store.close?.();
      await store.close?.();
      const calls = [
        () => store.read("notes"),
        () => store.append("notes", { id: "c2", expected: 1, events: [event("e2")] }),
        () => store.streams?.(),
        () => store.erase?.("notes", { all: true }),
        () => store.feed?.()[Symbol.asyncIterator]().next(),
      ];
      for (const call of calls) expect(await codeOf(call)).toBe("STORE_CLOSED");
      expect(idsOf(await postgresStore({ pool, table }).read("notes"))).toEqual(["e1"]);
    });
  });

  describe("names and ids of any length", () => {
    /** Text that a database cannot compress. */
    const noise = (length: number) => {
      let seed = 1;
      return Array.from({ length }, () => {
        seed = (seed * 48271) % 2147483647;
        return String.fromCodePoint(0x4e00 + (seed % 20000));
      }).join("");
    };

    test("ids are told apart by all of their text", async () => {
      const long = noise(20_000);
      const ids = [`${long}a`, `${long}b`, long.slice(0, 128), long.slice(0, 129)];
      for (const [head, id] of ids.entries()) {
        const commit = { id, expected: head, events: [event(id)] };
        expect(await store.append("notes", commit)).toEqual({ ok: true, head: head + 1 });
      }
      for (const [head, id] of ids.entries()) {
        expect(idsOf(await store.read("notes", { ids: [id] }))).toEqual([id]);
        const again = { id, expected: 99, events: [event("other")] };
        expect(await store.append("notes", again)).toEqual({ ok: true, head: head + 1, replayed: true });
      }
    });

    test("what a long id is stored as is no other id", async () => {
      await store.append("notes", { id: noise(200), expected: 0, events: [event(noise(200))] });
      const { rows } = await pool.query(`SELECT id, commit_id FROM ${table} WHERE stream = 'notes'`);
      const [{ id, commit_id: commitId }] = rows as [{ id: string; commit_id: string }];
      expect(id).toHaveLength(129);
      expect(await store.read("notes", { ids: [id] })).toEqual({ head: 1, events: [] });
      const commit = { id: commitId, expected: 1, events: [event("e2")] };
      expect(await store.append("notes", commit)).toEqual({ ok: true, head: 2 });
    });

    test("a stream's name that no index can hold is refused, and nothing is kept", async () => {
      const commit = { id: "c1", expected: 0, events: [event("e1")] };
      expect(await store.append(noise(700), commit)).toEqual({ ok: true, head: 1 });
      expect(await codeOf(() => store.append(noise(1000), commit))).toBe("STORE_INVALID_COMMIT");
      expect(await store.read(noise(1000))).toEqual({ head: 0, events: [] });
      expect((await store.streams?.())?.names).toEqual([noise(700)]);
    });
  });

  describe("listing streams", () => {
    const names = [
      ...["a", "a%", "a/", "a/b", "A", "B", "ab", "aB", "b", "ä", "a\u0308", "_", "%", "\\", "0", "Z", "z"],
      ...["\uffff", "\ue000", "👋", "👋🏽", "👌", "a👋", "\u{10ffff}", "__proto__", " ", "\n"],
    ];
    const inOrder = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

    let full: SpaceStore;

    beforeAll(async () => {
      full = postgresStore({ pool, table: await database.table() });
      for (const name of names) {
        const events = [event("e1"), event("e2")];
        await full.append(name, { id: "c1", expected: 0, events });
        await full.append(name, { id: "c2", expected: 2, events });
      }
    });

    const pages = async (options: { prefix?: string; limit?: number }) => {
      const found: string[][] = [];
      for (let after: string | undefined; ; ) {
        const page = await full.streams?.({ ...options, after });
        found.push([...(page?.names ?? [])]);
        after = page?.next;
        if (after === undefined) return found;
        expect(after).toBe(found.at(-1)?.at(-1));
      }
    };

    test("gives each name once, in the order of their bytes, whatever the database's own order", async () => {
      expect(await pages({})).toEqual([inOrder]);
      for (const limit of [1, 2, 5, names.length - 1, names.length, names.length + 1]) {
        const found = await pages({ limit });
        expect(found.flat()).toEqual(inOrder);
        expect(found.slice(0, -1).every((page) => page.length === limit)).toBe(true);
        expect(found.at(-1)).not.toEqual([]);
      }
    });

    test.each(["a", "a%", "a/", "_", "%", "A", "👋", "\ud83d", "a\ud83d", "\\", "\u{10ffff}", "", "none"])(
      "gives the names that start with %j",
      async (prefix) => {
        const expected = inOrder.filter((name) => name.startsWith(prefix));
        expect((await pages({ prefix })).flat()).toEqual(expected);
        expect((await pages({ prefix, limit: 1 })).flat()).toEqual(expected);
      },
    );

    test.each(["a\0", "\0", "\udc00", "\ud83da", "\ud83d\ud83d"])(
      "no name starts with %j",
      async (prefix) => {
        expect(await full.streams?.({ prefix })).toEqual({ names: [] });
      },
    );

    test("goes on after a text that is no name", async () => {
      for (const after of ["a\0b", "a\ud83d"]) {
        const expected = inOrder.slice(inOrder.indexOf("a") + 1);
        expect((await full.streams?.({ after }))?.names).toEqual(expected);
      }
    });
  });

  describe("erasing", () => {
    const secret = async () => {
      const { rows } = await pool.query(`SELECT count(*) FROM ${table} WHERE event LIKE '%secret%'`);
      return Number(rows[0].count);
    };

    test("leaves nothing in the table", async () => {
      const events = [
        { ...event("e1", "secret"), reason: "secret" },
        event("e2", { secret: 1 }),
        event("e3"),
      ];
      await store.append("notes", { id: "c1", expected: 0, events });
      expect(await store.erase?.("notes", { revisions: [1, 9], data: [["kept"], 0] })).toEqual({ erased: 1 });
      expect(await secret()).toBe(1);
      expect(await store.erase?.("notes", { all: true })).toEqual({ erased: 2 });
      expect(await store.erase?.("notes", { all: true })).toEqual({ erased: 0 });
      expect(await secret()).toBe(0);
    });

    test("reaches all events of a long stream", async () => {
      const events = Array.from({ length: 10_001 }, (_, n) => event(`e${n}`, "secret"));
      await store.append("notes", { id: "c1", expected: 0, events });
      expect(await store.erase?.("notes", { all: true })).toEqual({ erased: 10_001 });
      expect(await secret()).toBe(0);
    });

    test("of two who erase the same at once, each event is counted for one", async () => {
      const events = Array.from({ length: 50 }, (_, n) => event(`e${n}`, "secret"));
      await store.append("notes", { id: "c1", expected: 0, events });
      const client = await pool.connect();
      try {
        // Both have looked, and found all of it, before one of them can erase anything.
        await client.query("BEGIN");
        await client.query(`SELECT 1 FROM ${table} WHERE stream = 'notes' FOR UPDATE`);
        const backwards = events.map((_, n) => 50 - n);
        const erasing = [
          store.erase?.("notes", { all: true }),
          store.erase?.("notes", { revisions: backwards }),
        ];
        for (let waiting = 0; waiting < 2; ) {
          const { rows } = await pool.query(
            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE $1",
            [`UPDATE%${table.split(".")[1]}%`],
          );
          waiting = rows.length;
        }
        await client.query("ROLLBACK");
        const results = await Promise.all(erasing);
        expect(results.reduce((sum, result) => sum + (result?.erased ?? 0), 0)).toBe(50);
      } finally {
        client.release();
      }
    });
  });

  describe("a caller who gives up", () => {
    test("need not wait for a lock", async () => {
      await store.read("notes");
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        await client.query(`LOCK TABLE ${table}`);
        const leaving = new AbortController();
        const reading = store.read("notes", { signal: leaving.signal });
        const reason = new Error("The reader has left.");
        leaving.abort(reason);
        await expect(reading).rejects.toBe(reason);
      } finally {
        await client.query("ROLLBACK");
        client.release();
      }
    });

    test("makes no query at all when that is known before", async () => {
      let queries = 0;
      const counting: PostgresPool = {
        query(text, values) {
          queries += 1;
          return pool.query(text, values);
        },
      };
      const counted = postgresStore({ pool: counting, table });
      const signal = AbortSignal.abort(new Error("gone"));
      await expect(counted.read("notes", { signal })).rejects.toThrow("gone");
      await expect(counted.feed?.({ signal })[Symbol.asyncIterator]().next()).rejects.toThrow("gone");
      expect(queries).toBe(0);
    });
  });

  describe("what is handed in may be written over at once", () => {
    test("a commit, and the ids to be read", async () => {
      const events = [event("e1"), event("e2")];
      const commit = { id: "c1", expected: 0, events };
      const appending = store.append("notes", commit);
      Object.assign(commit, { id: "c2", expected: 7 });
      events.pop();
      Object.assign(events[0] ?? {}, { id: "e9" });
      expect(await appending).toEqual({ ok: true, head: 2 });
      const ids = ["e2"];
      const reading = store.read("notes", { ids });
      ids[0] = "e1";
      expect(idsOf(await reading)).toEqual(["e2"]);
      expect(await store.append("notes", { id: "c1", expected: 2, events: [event("e3")] })).toMatchObject({
        replayed: true,
      });
    });
  });

  test("takes bounds that are no whole numbers as they are meant", async () => {
    const events = Array.from({ length: 5 }, (_, n) => event(`e${n + 1}`));
    await store.append("notes", { id: "c1", expected: 0, events });
    expect(idsOf(await store.read("notes", { after: 1.5, before: 3.5 }))).toEqual(["e2", "e3"]);
    expect(idsOf(await store.read("notes", { limit: 2.9 }))).toEqual(["e1", "e2"]);
    expect(idsOf(await store.read("notes", { limit: Number.NaN }))).toEqual([]);
  });

  test("of 32 who expect the same revision through 8 pools one wins, and all others hear of it", async () => {
    const stores = Array.from({ length: 8 }, () => postgresStore({ pool: database.pool({ max: 4 }), table }));
    for (let round = 0; round < 5; round++) {
      const results = await Promise.all(
        Array.from({ length: 32 }, (_, n) => {
          const commit = { id: `${round}-${n}`, expected: round, events: [event("e")] };
          return stores[n % 8]?.append("notes", commit);
        }),
      );
      expect(results.filter((result) => result?.ok)).toEqual([{ ok: true, head: round + 1 }]);
      for (const result of results) expect(result?.head).toBe(round + 1);
    }
  });

  test("of 16 who repeat the same commit at once, one appends it and all hear so", async () => {
    const commit = { id: "c1", expected: 0, events: [event("e1"), event("e2")] };
    const results = await Promise.all(Array.from({ length: 16 }, () => store.append("notes", commit)));
    expect(results.filter((result) => result.ok && result.replayed)).toHaveLength(15);
    expect(results.every((result) => result.ok && result.head === 2)).toBe(true);
    expect((await store.read("notes")).head).toBe(2);
  });
});
