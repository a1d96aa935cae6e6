import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FeedCommit, type SpaceStore, type StoreCode, StoreError } from "chat-spaces";
import { type SqliteDatabase, sqliteStore } from "chat-spaces/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { codeOf, event, idsOf } from "../cases.js";
import { ask, commit, eachDriver, libsql, makeFolder, oneEvent, wasm, withDatabase } from "./drivers.js";

let { folder, path, remove } = { folder: "", path: "", remove: () => {} };

beforeEach(() => {
  ({ folder, path, remove } = makeFolder());
});

afterEach(() => {
  chmodSync(folder, 0o700);
  remove();
});

/** Both ways of appending: one event takes one statement, several take a transaction. */
const WAYS = [
  ["two events", commit],
  ["one event", oneEvent],
] as const;

async function commitsOf(store: SpaceStore): Promise<FeedCommit[]> {
  const commits: FeedCommit[] = [];
  for await (const one of store.feed?.({ follow: false }) ?? []) commits.push(one);
  return commits;
}

/** A disk of one's own of a few megabytes, as far as this process may have one. */
function mountDisk(megabytes: number): { readonly disk: string; readonly unmount: () => void } | undefined {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", disk], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  // Lazy: libsql keeps files open until their statements are collected.
  return { disk, unmount: () => execFileSync("umount", ["--lazy", disk]) };
}

eachDriver(
  (name) => `a store in SQLite that is in trouble, through ${name}`,
  (driver, { native }) => {
    test.each(WAYS)(
      "waits for a writer, as long as it was told to, and then says so: %s",
      async (_, make) => {
        const store = sqliteStore({ path, driver, busyTimeout: 1 });
        await store.append("notes", make("c1", 0));
        const { head } = await store.read("notes");
        const next = make("c2", head);
        // The codes are asked for while the other writes: a store does its work before it gives its promise.
        const busy = withDatabase(driver, path, (writer) => {
          writer.exec("BEGIN IMMEDIATE");
          const answers = [
            codeOf(() => store.append("notes", next)),
            codeOf(() => store.erase?.("notes", { all: true })),
          ];
          writer.exec("ROLLBACK");
          return Promise.all(answers);
        });
        expect(await busy).toEqual(["STORE_BUSY", "STORE_BUSY"]);
        // What met the lock is over, and keeps nothing else from being committed, so that others see it.
        const elsewhere = make === commit ? oneEvent : commit;
        const size = elsewhere("c1", 0).events.length;
        expect(await store.append("elsewhere", elsewhere("c1", 0))).toEqual({ ok: true, head: size });
        expect(await store.append("notes", next)).toEqual({ ok: true, head: 2 * head });
        const other = sqliteStore({ path, driver });
        expect((await other.read("elsewhere")).head).toBe(size);
        expect((await other.read("notes")).head).toBe(2 * head);
        for (const one of [store, other]) await one.close?.();
      },
    );

    test.each(WAYS)(
      "a lock that it met is not in the way of the application's own writing: %s",
      async (_, make) => {
        const database = new driver(path);
        database.exec("PRAGMA busy_timeout = 0");
        database.exec("CREATE TABLE orders (id TEXT)");
        const store = sqliteStore({ database });
        await store.append("notes", make("c1", 0));
        const { head } = await store.read("notes");
        const busy = withDatabase(driver, path, (writer) => {
          writer.exec("BEGIN IMMEDIATE");
          const answer = codeOf(() => store.append("notes", make("c2", head)));
          writer.exec("ROLLBACK");
          return answer;
        });
        expect(await busy).toBe("STORE_BUSY");
        database.exec("INSERT INTO orders VALUES ('o1')");
        const orders = withDatabase(driver, path, (other) => ask(other, "SELECT id FROM orders"));
        expect(orders).toEqual([{ id: "o1" }]);
        expect(await store.append("notes", make("c2", head))).toEqual({ ok: true, head: 2 * head });
        database.close();
      },
    );

    test.each(WAYS)(
      "keeps nothing of a commit that SQLite has no room for, and goes on: %s",
      async (_, make) => {
        const database = new driver(path);
        const store = sqliteStore({ database });
        await store.append("notes", make("c1", 0));
        const before = await store.read("notes");
        const pages = Number(ask(database, "PRAGMA page_count")[0]?.["page_count"]);
        ask(database, `PRAGMA max_page_count = ${pages + 2}`);
        const big = make("c2", before.head, "x".repeat(100_000));
        expect(await codeOf(() => store.append("notes", big))).toBe("STORE_FULL");
        expect(await store.read("notes")).toEqual(before);
        expect(await commitsOf(store)).toHaveLength(1);

        ask(database, "PRAGMA max_page_count = 1000000");
        expect(await store.append("notes", big)).toEqual({ ok: true, head: 2 * before.head });
        expect(ask(database, "PRAGMA integrity_check")).toEqual([{ integrity_check: "ok" }]);
        database.close();
      },
    );

    test.for(WAYS)(
      "keeps nothing of a commit that the disk has no room for, and goes on: %s",
      async ([, make], { skip }) => {
        const mounted = mountDisk(2);
        if (!mounted) return skip("this process may not mount a disk");
        const { disk, unmount } = mounted;
        try {
          const file = join(disk, "spaces.db");
          const store = sqliteStore({ path: file, driver });
          await store.append("notes", make("c1", 0));
          const { bavail, bsize } = statfsSync(disk);
          const ballast = join(disk, "ballast");
          writeFileSync(ballast, Buffer.alloc(bavail * bsize - 20_000));

          let head = (await store.read("notes")).head;
          const acknowledged = [head];
          let code: string | undefined;
          for (let number = 0; !code && number < 100; number++) {
            const next = make(`fills-${number}`, head, "x".repeat(5_000));
            code = await codeOf(() => store.append("notes", next));
            if (code) break;
            head += next.events.length;
            acknowledged.push(head);
          }
          // WebAssembly's files only say that writing failed.
          expect(code).toBe(native ? "STORE_FULL" : "STORE_FAULT");
          expect((await store.read("notes")).head).toBe(head);

          rmSync(ballast);
          expect(await store.append("notes", make("goes-on", head))).toMatchObject({ ok: true });
          await store.close?.();
          const again = sqliteStore({ path: file, driver });
          const ends = (await commitsOf(again)).map(({ events }) => events.at(-1)?.revision);
          expect(ends.slice(0, -1)).toEqual(acknowledged);
          await again.close?.();
        } finally {
          unmount();
        }
      },
    );

    test.each(WAYS)("reads where it may not write, and says why it does not: %s", async (_, make) => {
      const database = new driver(path);
      const store = sqliteStore({ database });
      await store.append("notes", make("c1", 0));
      const before = await store.read("notes");
      database.exec("PRAGMA query_only = 1");
      expect(await codeOf(() => store.append("notes", make("c2", before.head)))).toBe("STORE_READ_ONLY");
      expect(await codeOf(() => store.erase?.("notes", { all: true }))).toBe("STORE_READ_ONLY");
      expect(await store.read("notes")).toEqual(before);
      database.exec("PRAGMA query_only = 0");
      expect(await store.append("notes", make("c2", before.head))).toMatchObject({ ok: true });
      database.close();
    });

    test.skipIf(process.getuid?.() === 0)(
      "a file that may only be read is not written (root may write all)",
      async () => {
        await sqliteStore({ path, driver }).close?.();
        chmodSync(path, 0o400);
        chmodSync(folder, 0o500);
        const code = await codeOf(() => sqliteStore({ path, driver }).append("notes", commit("c1", 0)));
        // node-sqlite3-wasm does not even open what it cannot write.
        expect(code).toBe(driver === wasm ? "STORE_CANNOT_OPEN" : "STORE_READ_ONLY");
      },
    );

    test("says so when the one who handed the database in has closed it", async () => {
      const database = new driver(path);
      const store = sqliteStore({ database });
      await store.append("notes", commit("c1", 0));
      database.close();
      for (const act of [
        () => store.read("notes"),
        () => store.append("notes", oneEvent("c2", 2)),
        () => store.append("notes", commit("c2", 2)),
        () => store.streams?.(),
        () => store.erase?.("notes", { all: true }),
        () => store.feed?.()[Symbol.asyncIterator]().next(),
      ]) {
        expect(await codeOf(act)).toBe("STORE_CLOSED");
      }
      await store.close?.();

      const again = sqliteStore({ path, driver });
      expect(idsOf(await again.read("notes"))).toEqual(["c1-1", "c1-2"]);
      await again.close?.();
    });

    test("a file with garbage in it is a fault that names its cause", async () => {
      // Through the driver without a WAL, so that everything is in this one file.
      const store = sqliteStore({ path, driver: wasm });
      const events = Array.from({ length: 400 }, (_, index) => event(`e${index}`, "x".repeat(500)));
      await store.append("notes", { id: "c1", expected: 0, events });
      await store.close?.();
      writeFileSync(path, readFileSync(path).fill(0xa5, 40_000));

      const broken = sqliteStore({ path, driver });
      const fault = await broken.read("notes").catch((error) => error);
      expect(fault).toMatchObject({ code: "STORE_FAULT", details: { path } });
      expect(fault.cause.message).toContain("malformed");
      await broken.close?.();
    });
  },
);

describe("nobody comes between looking at the stream and appending to it", () => {
  test("where that takes several statements", async () => {
    const rival = sqliteStore({ path, driver: libsql, busyTimeout: 0 });
    const answers: Promise<unknown>[] = [];
    class Interrupted extends libsql {
      override prepare(sql: string) {
        const statement = super.prepare(sql) as { all(...values: readonly unknown[]): unknown };
        if (!/SELECT key|SELECT revision FROM/.test(sql) || sql.includes("INSERT")) return statement;
        const all = (...values: readonly unknown[]) => {
          const rows = statement.all(...values);
          answers.push(codeOf(() => rival.append("notes", commit("rival", 2))));
          return rows;
        };
        return { all };
      }
    }
    await rival.append("notes", commit("c0", 0));
    const store = sqliteStore({ path, driver: Interrupted });
    expect(await store.append("notes", commit("c1", 2))).toEqual({ ok: true, head: 4 });
    // Once looking for the stream, once for the commit.
    expect(await Promise.all(answers)).toEqual(["STORE_BUSY", "STORE_BUSY"]);
    expect(await rival.append("notes", commit("rival", 2))).toMatchObject({ ok: false, head: 4 });
    for (const each of [store, rival]) await each.close?.();
  });

  test("and where it takes one, which another process has overtaken", async () => {
    const [store, rival] = [sqliteStore({ path, driver: libsql }), sqliteStore({ path, driver: libsql })];
    await store.append("notes", oneEvent("c0", 0));
    await rival.append("notes", oneEvent("rival", 1));
    expect(await store.append("notes", oneEvent("c1", 1))).toEqual({
      ok: false,
      reason: "conflict",
      head: 2,
    });
    expect(await store.append("notes", oneEvent("rival", 2))).toEqual({ ok: true, head: 2, replayed: true });
    expect(await store.append("notes", oneEvent("c1", 2))).toEqual({ ok: true, head: 3 });
    for (const each of [store, rival]) await each.close?.();
  });
});

describe("a driver's fault", () => {
  /** A database that fails to write the second event of a commit, in the driver's words. */
  function failing(text: unknown, rolledBack = false): SqliteDatabase {
    const database = new libsql(path);
    return {
      exec: (sql) => database.exec(sql),
      close: () => database.close(),
      prepare(sql) {
        const statement = database.prepare(sql) as { run(...values: readonly unknown[]): void };
        if (!sql.startsWith("INSERT INTO chat_spaces_event")) return statement;
        return {
          run() {
            if (rolledBack) database.exec("ROLLBACK");
            throw text;
          },
        };
      },
    };
  }

  test.each<[string, StoreCode]>([
    ["database is locked", "STORE_BUSY"],
    ["database table is locked: chat_spaces_event", "STORE_BUSY"],
    ["This database connection is busy executing a query", "STORE_BUSY"],
    ["database or disk is full", "STORE_FULL"],
    ["attempt to write a readonly database", "STORE_READ_ONLY"],
    ["unable to open database file", "STORE_CANNOT_OPEN"],
    ["file is not a database", "STORE_NOT_A_DATABASE"],
    ["The database connection is not open", "STORE_CLOSED"],
    ["database is not open", "STORE_CLOSED"],
    ["statement has been finalized", "STORE_CLOSED"],
    ["Database already closed", "STORE_CLOSED"],
    ["database disk image is malformed", "STORE_FAULT"],
    ["disk I/O error", "STORE_FAULT"],
    ["something nobody has seen before", "STORE_FAULT"],
  ])('"%s" is %s', async (text, code) => {
    const cause = new Error(text);
    const database = failing(cause);
    const store = sqliteStore({ database });
    const fault = await store.append("notes", commit("c1", 0)).catch((error) => error);
    expect(fault).toBeInstanceOf(StoreError);
    expect(fault).toMatchObject({ code, cause, details: {} });
    // Rolled back: nothing is kept, and the next transaction can begin.
    expect(await store.read("notes")).toEqual({ head: 0, events: [] });
    expect(await store.streams?.()).toEqual({ names: [] });
    expect(await codeOf(() => store.append("notes", commit("c1", 0)))).toBe(code);
    database.close();
  });

  test("is told as it is where nothing is known about it", async () => {
    for (const thrown of [new Error("no idea"), "no idea"]) {
      const database = failing(thrown);
      const fault = await sqliteStore({ database })
        .append("notes", commit("c1", 0))
        .catch((error) => error);
      expect(fault).toMatchObject({ message: "The database failed: no idea", cause: thrown });
      database.close();
    }
  });

  test("is told also where SQLite has rolled back by itself", async () => {
    const database = failing(new Error("database or disk is full"), true);
    const store = sqliteStore({ database });
    expect(await codeOf(() => store.append("notes", commit("c1", 0)))).toBe("STORE_FULL");
    expect(await store.read("notes")).toEqual({ head: 0, events: [] });
    database.close();
  });

  test("better-sqlite3's own word for a missing folder is understood", async () => {
    class Strict extends libsql {
      constructor() {
        super(":memory:");
        throw new TypeError("Cannot open database because the directory does not exist");
      }
    }
    expect(await codeOf(() => sqliteStore({ path, driver: Strict }))).toBe("STORE_CANNOT_OPEN");
  });

  test("a connection that may only read reads, and says why it does not write", async () => {
    type ReadOnly = new (file: string, options: { readOnly: boolean }) => SqliteDatabase;
    const fresh = new wasm(path);
    fresh.exec("CREATE TABLE orders (id TEXT)");
    const readOnly = () => new (wasm as unknown as ReadOnly)(path, { readOnly: true });
    const without = readOnly();
    expect(await codeOf(() => sqliteStore({ database: without }))).toBe("STORE_READ_ONLY");
    without.close();

    await sqliteStore({ database: fresh }).append("notes", commit("c1", 0));
    fresh.close();
    const database = readOnly();
    const store = sqliteStore({ database });
    expect(idsOf(await store.read("notes"))).toEqual(["c1-1", "c1-2"]);
    for (const next of [commit("c2", 2), oneEvent("c2", 2)]) {
      expect(await codeOf(() => store.append("notes", next))).toBe("STORE_READ_ONLY");
    }
    database.close();
  });
});
