import type { FeedCommit, SpaceStore } from "chat-spaces";
import { type SqliteDatabase, sqliteStore } from "chat-spaces/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { codeOf } from "../cases.js";
import { commit, eachDriver, libsql, makeFolder, oneEvent } from "./drivers.js";

let { path, remove } = { path: "", remove: () => {} };

beforeEach(() => {
  ({ path, remove } = makeFolder());
});

afterEach(() => remove());

/** The next commit of a feed, as `stream: ids`. */
async function next(feed: AsyncIterator<FeedCommit>): Promise<string | undefined> {
  const { value, done } = await feed.next();
  return done ? undefined : `${value.stream}: ${value.events.map(({ id }: { id: string }) => id).join(" ")}`;
}

function follow(store: SpaceStore, options: object = {}): AsyncIterator<FeedCommit> {
  const feed = store.feed?.(options);
  if (!feed) throw new Error("There is no feed.");
  return feed[Symbol.asyncIterator]();
}

async function cursorsOf(store: SpaceStore): Promise<string[]> {
  const cursors: string[] = [];
  for await (const { cursor } of store.feed?.({ follow: false }) ?? []) cursors.push(cursor);
  return cursors;
}

/** So long that a test that waits for it fails. */
const NEVER = "1h";

eachDriver(
  (name) => `the feed of a store in SQLite, through ${name}`,
  (driver) => {
    test.each([
      ["while it looks", () => undefined],
      ["while it waits", () => new Promise((resolve) => setImmediate(resolve))],
    ])("gives what this store appends %s at once, without looking again by itself", async (_, until) => {
      const store = sqliteStore({ path, driver, pollEvery: NEVER });
      const feed = follow(store);
      for (const one of [oneEvent("c1", 0), commit("c2", 1)]) {
        const waiting = next(feed);
        await until();
        await store.append("notes", one);
        expect(await waiting).toBe(`notes: ${one.events.map(({ id }) => id).join(" ")}`);
      }
      await store.close?.();
    });

    test("gives what another connection appends", async () => {
      const [store, other] = [sqliteStore({ path, driver, pollEvery: 1 }), sqliteStore({ path, driver })];
      const feed = follow(store);
      for (const head of [0, 2]) {
        const waiting = next(feed);
        await other.append("notes", commit(`c${head}`, head));
        expect(await waiting).toBe(`notes: c${head}-1 c${head}-2`);
      }
      for (const one of [store, other]) await one.close?.();
    });

    test("gives what another store appends on the same connection", async () => {
      const database = new driver(":memory:");
      const [store, other] = [sqliteStore({ database, pollEvery: 1 }), sqliteStore({ database })];
      const waiting = next(follow(store));
      await other.append("notes", commit("c1", 0));
      expect(await waiting).toBe("notes: c1-1 c1-2");
      database.close();
    });

    test("ends for who waits when the store is closed", async () => {
      const store = sqliteStore({ path, driver, pollEvery: NEVER });
      const waiting = next(follow(store));
      await store.close?.();
      expect(await waiting).toBeUndefined();
      expect(await codeOf(() => next(follow(store)))).toBe("STORE_CLOSED");
    });

    test("gives a commit of ten thousand events whole", async () => {
      const store = sqliteStore({ path, driver });
      const ids = Array.from({ length: 10_000 }, (_, index) => `e${index}`);
      const events = ids.map((id) => ({ ...oneEvent("", 0).events[0], id })) as never;
      await store.append("many", { id: "c1", expected: 0, events });
      await store.append("notes", commit("c2", 0));
      const feed = follow(store, { follow: false });
      expect(await next(feed)).toBe(`many: ${ids.join(" ")}`);
      expect(await next(feed)).toBe("notes: c2-1 c2-2");
      expect(await next(feed)).toBeUndefined();
      await store.close?.();
    });

    test("goes on after a cursor, and knows which are none", async () => {
      const store = sqliteStore({ path, driver });
      await store.append("notes", commit("c1", 0));
      await store.append("other", oneEvent("c2", 0));
      await store.append("notes", commit("c3", 2));
      const cursors = await cursorsOf(store);
      expect(cursors).toEqual(["2", "3", "5"]);
      expect(await next(follow(store, { after: "2" }))).toBe("other: c2-1");

      // In the middle of a commit, ahead of the last one, and what a number can look like besides.
      const strange = [
        "1",
        "4",
        "6",
        "0",
        "-2",
        "",
        "02",
        "2.0",
        " 2",
        "2 ",
        "2e0",
        "0x2",
        "9".repeat(16),
        "x",
      ];
      for (const after of [...strange, "9".repeat(400), 2 as unknown as string]) {
        expect(await codeOf(() => next(follow(store, { after }))), String(after)).toBe(
          "STORE_INVALID_CURSOR",
        );
      }
      await store.close?.();
    });

    test("is not moved by who cleans up the file", async () => {
      const store = sqliteStore({ path, driver });
      for (const name of ["one", "two", "three"]) await store.append(name, commit("c1", 0));
      const before = await cursorsOf(store);
      await store.close?.();
      const database = new driver(path);
      database.exec("VACUUM");
      const again = sqliteStore({ database });
      expect(await cursorsOf(again)).toEqual(before);
      database.close();
    });
  },
);

describe("a feed of a store in SQLite", () => {
  test("gives nothing any more that was erased while its reader was busy", async () => {
    const store = sqliteStore({ path, driver: libsql });
    for (const head of [0, 2, 4]) await store.append("notes", commit(`c${head}`, head, "my address"));
    const feed = follow(store, { follow: false });
    expect((await feed.next()).value.events[0].data).toBe("my address");
    const other = sqliteStore({ path, driver: libsql });
    await other.erase?.("notes", { all: true });
    expect((await feed.next()).value.events[0].data).toBe(null);
    for (const one of [store, other]) await one.close?.();
  });

  test("lets the rest of the program have a turn while it catches up", async () => {
    const store = sqliteStore({ path: ":memory:", driver: libsql });
    for (let head = 0; head < 200; head++) await store.append("notes", oneEvent(`c${head}`, head));
    let turns = 0;
    const count = () => {
      turns += 1;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    let seen = 0;
    for await (const _ of store.feed?.({ follow: false }) ?? []) seen += 1;
    clearImmediate(timer);
    expect(seen).toBe(200);
    expect(turns).toBeGreaterThan(0);
    await store.close?.();
  });

  test("holds nothing when it is left, and nothing of a signal when it goes on", async () => {
    const store = sqliteStore({ path, driver: libsql, pollEvery: NEVER });
    const listeners = new Set<() => void>();
    const signal = {
      aborted: false,
      addEventListener: (_: "abort", listener: () => void) => void listeners.add(listener),
      removeEventListener: (_: "abort", listener: () => void) => void listeners.delete(listener),
    };
    const feed = follow(store, { signal });
    for (const head of [0, 2]) {
      const waiting = next(feed);
      await new Promise((resolve) => setImmediate(resolve));
      expect(listeners.size).toBe(1);
      await store.append("notes", commit(`c${head}`, head));
      await waiting;
      expect(listeners.size).toBe(0);
    }
    await store.close?.();
  });

  test("rejects with what it is aborted with while it waits", async () => {
    const store = sqliteStore({ path, driver: libsql, pollEvery: NEVER });
    const leaving = new AbortController();
    const waiting = next(follow(store, { signal: leaving.signal }));
    const reason = new Error("The reader has left.");
    leaving.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await store.close?.();
  });

  test("says so when the one who handed the database in closes it", async () => {
    const database: SqliteDatabase = new libsql(path);
    const store = sqliteStore({ database, pollEvery: 1 });
    const waiting = codeOf(() => next(follow(store)));
    database.close();
    expect(await waiting).toBe("STORE_CLOSED");
  });
});
