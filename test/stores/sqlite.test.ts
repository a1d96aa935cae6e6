import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type StoreCode, StoreError } from "chat-spaces";
import { type SqliteDatabase, type SqliteDriver, type SqliteOptions, sqliteStore } from "chat-spaces/sqlite";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { codeOf, event, idsOf, storeContract } from "./cases.js";

const require = createRequire(import.meta.url);

/** A driver, or `undefined` where it is not installed or not part of this Node. */
function driver(module: string, name?: string): SqliteDriver | undefined {
  try {
    return name ? require(module)[name] : require(module);
  } catch {
    return undefined;
  }
}

const libsql = driver("libsql") as SqliteDriver;
const wasm = driver("node-sqlite3-wasm", "Database") as SqliteDriver;

const DRIVERS: readonly { name: string; driver: SqliteDriver | undefined; wal: boolean }[] = [
  { name: "libsql", driver: libsql, wal: true },
  { name: "node-sqlite3-wasm", driver: wasm, wal: false },
  { name: "node:sqlite", driver: driver("node:sqlite", "DatabaseSync"), wal: true },
  { name: "better-sqlite3", driver: driver("better-sqlite3"), wal: true },
];

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chat-spaces-sqlite-"));
  path = join(folder, "spaces.db");
});

afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const commit = (id: string, expected: number, data?: unknown) => ({
  id,
  expected,
  events: [event(`${id}-1`, data), event(`${id}-2`)],
});

/** What a database says, asked without a store. */
function ask(database: SqliteDatabase, sql: string): Record<string, unknown>[] {
  const statement = database.prepare(sql) as { all(): Record<string, unknown>[]; finalize?(): void };
  try {
    return statement.all();
  } finally {
    statement.finalize?.();
  }
}

/** Does something with a database of one's own, and closes it. */
function withDatabase<T>(Driver: SqliteDriver, file: string, act: (database: SqliteDatabase) => T): T {
  const database = new Driver(file);
  try {
    return act(database);
  } finally {
    database.close();
  }
}

/** The fault that opening a store ends in. */
function faultOf(options: SqliteOptions): StoreError {
  try {
    sqliteStore(options);
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error("It opened.");
}

for (const { name, driver: Driver, wal } of DRIVERS) {
  describe.skipIf(!Driver)(`a store in a SQLite file, through ${name}`, () => {
    const driver = Driver as SqliteDriver;
    const open = (more: object = {}) => sqliteStore({ path, driver, ...more });

    storeContract(open);

    test("promises to outlive the process and to be shared", async () => {
      const store = open();
      expect(store.capabilities).toEqual({ durable: true, shared: true, feed: false, erase: false });
      await store.close?.();
    });

    test("keeps what was written for who opens the file next", async () => {
      const first = open();
      await first.append("notes", commit("c1", 0, "📎"));
      await first.close?.();

      const second = open();
      expect(await second.read("notes")).toEqual({
        head: 2,
        events: [
          { ...event("c1-1", "📎"), revision: 1 },
          { ...event("c1-2"), revision: 2 },
        ],
      });
      expect(await second.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 2, replayed: true });
      expect(await second.append("notes", commit("c2", 2))).toEqual({ ok: true, head: 4 });
      await second.close?.();
    });

    test("two stores on one file see each other, and of those who race exactly one wins", async () => {
      const stores = [open(), open()];
      for (let head = 0; head < 10; head += 2) {
        const results = await Promise.all(
          Array.from({ length: 16 }, (_, i) => stores[i % 2]?.append("notes", commit(`c${head}-${i}`, head))),
        );
        expect(results.filter((result) => result?.ok)).toEqual([{ ok: true, head: head + 2 }]);
        const [one, other] = await Promise.all(stores.map((store) => store.read("notes")));
        expect(one?.head).toBe(head + 2);
        expect(other).toEqual(one);
      }
      for (const store of stores) await store.close?.();
    });

    test("a commit is the same commit through either of two stores", async () => {
      const [one, other] = [open(), open()];
      await one.append("notes", commit("c1", 0));
      expect(await other.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 2, replayed: true });
      for (const store of [one, other]) await store.close?.();
    });

    test("waits for a writer, as long as it was told to, and then says so", async () => {
      const store = open({ busyTimeout: 1 });
      // The code is asked for while the other writes: a store does its work before it gives its promise.
      const busy = withDatabase(driver, path, (writer) => {
        writer.exec("BEGIN IMMEDIATE");
        const answer = codeOf(() => store.append("notes", commit("c1", 0)));
        writer.exec("ROLLBACK");
        return answer;
      });
      expect(await busy).toBe("STORE_BUSY");
      expect(await store.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 2 });
      await store.close?.();
    });

    test(`keeps the file in ${wal ? "WAL mode" : "the mode it can"}`, async () => {
      const store = open();
      await store.append("notes", commit("c1", 0));
      const mode = withDatabase(driver, path, (database) => ask(database, "PRAGMA journal_mode"));
      expect(mode).toEqual([{ journal_mode: wal ? "wal" : "delete" }]);
      await store.close?.();
    });

    test("in memory it keeps nothing, is nobody else's, and says so", async () => {
      const [one, other] = [open({ path: ":memory:" }), open({ path: ":memory:" })];
      expect(one.capabilities).toEqual({ durable: false, shared: false, feed: false, erase: false });
      await one.append("notes", commit("c1", 0));
      expect((await one.read("notes")).head).toBe(2);
      expect((await other.read("notes")).head).toBe(0);
      for (const store of [one, other]) await store.close?.();
      expect(readdirSync(folder)).toEqual([]);
    });

    describe("on a database that is handed in", () => {
      test("lives beside the application's own tables, and leaves closing to who opened it", async () => {
        const database = new driver(path);
        database.exec("CREATE TABLE orders (id TEXT); INSERT INTO orders VALUES ('o1')");
        const before = ask(database, "PRAGMA journal_mode");
        const store = sqliteStore({ database });
        expect(store.capabilities).toMatchObject({ durable: true, shared: true });
        await store.append("notes", commit("c1", 0));
        await store.close?.();
        expect(await codeOf(() => store.read("notes"))).toBe("STORE_CLOSED");

        expect(ask(database, "SELECT id FROM orders")).toEqual([{ id: "o1" }]);
        expect(ask(database, "PRAGMA journal_mode")).toEqual(before);
        const again = sqliteStore({ database });
        expect(idsOf(await again.read("notes"))).toEqual(["c1-1", "c1-2"]);
        database.close();
      });

      test("in memory says that it keeps nothing", () => {
        withDatabase(driver, ":memory:", (database) => {
          expect(sqliteStore({ database }).capabilities).toMatchObject({ durable: false, shared: false });
        });
      });

      test("a transaction of the application's is left to the application", async () => {
        const database = new driver(path);
        const store = sqliteStore({ database });
        database.exec("CREATE TABLE orders (id TEXT)");
        database.exec("BEGIN; INSERT INTO orders VALUES ('o1')");
        expect(await codeOf(() => store.append("notes", commit("c1", 0)))).toBe("STORE_FAULT");
        database.exec("COMMIT");
        expect(ask(database, "SELECT id FROM orders")).toEqual([{ id: "o1" }]);
        expect(await store.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 2 });
        database.close();
      });

      test("tables that are in the way are left as they are, and no transaction stays open", () => {
        withDatabase(driver, path, (database) => {
          database.exec("CREATE TABLE chat_spaces_event (mine TEXT)");
          expect(faultOf({ database }).code).toBe("STORE_FAULT");
          database.exec("BEGIN; ROLLBACK");
          expect(ask(database, "SELECT name FROM sqlite_master")).toEqual([{ name: "chat_spaces_event" }]);
        });
      });
    });

    describe("refuses to open", () => {
      test("what is not a database, and leaves it as it is", () => {
        const text = "Minutes of the meeting.\n".repeat(500);
        writeFileSync(path, text);
        const fault = faultOf({ path, driver });
        expect(fault).toMatchObject({ code: "STORE_NOT_A_DATABASE", details: { path } });
        expect(fault.cause).toBeInstanceOf(Error);
        expect(readFileSync(path, "utf8")).toBe(text);
        expect(readdirSync(folder)).toEqual(["spaces.db"]);
      });

      test("tables of a newer version, and leaves them as they are", () => {
        withDatabase(driver, path, (database) => {
          database.exec("CREATE TABLE chat_spaces_meta (key TEXT PRIMARY KEY, value TEXT)");
          database.exec("INSERT INTO chat_spaces_meta VALUES ('version', '2')");
        });
        const before = readFileSync(path);
        expect(faultOf({ path, driver })).toMatchObject({
          code: "STORE_NEWER_VERSION",
          details: { version: 2, known: 1 },
        });
        expect(readFileSync(path).equals(before)).toBe(true);
        expect(readdirSync(folder)).toEqual(["spaces.db"]);
      });

      test("tables of a newer version in a database that is handed in, which stays open", () => {
        withDatabase(driver, ":memory:", (database) => {
          sqliteStore({ database });
          database.exec("UPDATE chat_spaces_meta SET value = '1000'");
          expect(faultOf({ database })).toMatchObject({
            code: "STORE_NEWER_VERSION",
            message: expect.stringContaining("Update chat-spaces"),
          });
          expect(ask(database, "SELECT value FROM chat_spaces_meta")).toEqual([{ value: "1000" }]);
        });
      });

      test("a file in a folder that does not exist", () => {
        const nowhere = join(folder, "nowhere", "spaces.db");
        expect(faultOf({ path: nowhere, driver })).toMatchObject({
          code: "STORE_CANNOT_OPEN",
          details: { path: nowhere },
        });
        expect(existsSync(join(folder, "nowhere"))).toBe(false);
      });

      test("a path that is a folder", () => {
        mkdirSync(path);
        expect(faultOf({ path, driver }).code).toBe("STORE_CANNOT_OPEN");
      });

      test("with a time to wait that is no time, before there is a file", async () => {
        const busyTimeout = "soon" as "5s";
        expect(await codeOf(() => sqliteStore({ path, driver, busyTimeout }))).toBe("INVALID_INPUT");
        expect(readdirSync(folder)).toEqual([]);
      });
    });

    test.skipIf(process.getuid?.() === 0)(
      "a file that may only be read is not written (root may write all)",
      async () => {
        await open().close?.();
        chmodSync(path, 0o400);
        chmodSync(folder, 0o500);
        const code = await codeOf(() => open().append("notes", commit("c1", 0)));
        // node-sqlite3-wasm does not even open what it cannot write.
        expect(code).toBe(driver === wasm ? "STORE_CANNOT_OPEN" : "STORE_READ_ONLY");
      },
    );

    test("a file with garbage in it is a fault that names its cause", async () => {
      // Through the driver without a WAL, so that everything is in this one file.
      const store = sqliteStore({ path, driver: wasm });
      for (let head = 0; head < 400; head += 2) {
        await store.append("notes", commit(`c${head}`, head, "x".repeat(500)));
      }
      await store.close?.();
      writeFileSync(path, readFileSync(path).fill(0xa5, 16_384));

      const broken = open();
      const fault = await broken.read("notes").catch((error) => error);
      expect(fault).toMatchObject({ code: "STORE_FAULT", details: { path } });
      expect(fault.cause.message).toContain("malformed");
      await broken.close?.();
    });

    test("a full disk keeps nothing of the commit, and what was there stays", async () => {
      const database = new driver(path);
      const store = sqliteStore({ database });
      await store.append("notes", commit("c1", 0));
      const pages = Number(ask(database, "PRAGMA page_count")[0]?.["page_count"]);
      ask(database, `PRAGMA max_page_count = ${pages + 2}`);
      const big = { id: "c2", expected: 2, events: [event("small"), event("big", "x".repeat(100_000))] };
      expect(await codeOf(() => store.append("notes", big))).toBe("STORE_FULL");
      expect(idsOf(await store.read("notes"))).toEqual(["c1-1", "c1-2"]);

      ask(database, "PRAGMA max_page_count = 1000000");
      expect(await store.append("notes", big)).toEqual({ ok: true, head: 4 });
      database.close();
    });
  });
}

describe("what a store asks of its driver", () => {
  /** A driver that remembers the databases it has opened. */
  function remembering() {
    const opened: SqliteDatabase[] = [];
    class Remembering extends libsql {
      constructor(file: string) {
        super(file);
        opened.push(this);
      }
    }
    return { driver: Remembering, opened };
  }

  test.each([
    ["5 seconds and the end of the process, where nothing is said", {}, 5000, 1],
    ["as long as it is told", { busyTimeout: "2m" }, 120_000, 1],
    ["not at all", { busyTimeout: 0 }, 0, 1],
    ["and outlives the loss of power", { synchronous: "full" }, 5000, 2],
  ] as const)("waits %s", async (_, options, timeout, synchronous) => {
    const { driver, opened } = remembering();
    const store = sqliteStore({ path, driver, ...options });
    const [database] = opened as [SqliteDatabase];
    expect(ask(database, "PRAGMA busy_timeout")).toEqual([{ timeout }]);
    expect(ask(database, "PRAGMA synchronous")).toEqual([{ synchronous }]);
    await store.close?.();
  });

  test("closes what it opened, also where it then refuses", () => {
    const closed: string[] = [];
    class Closing extends libsql {
      readonly #file: string;
      constructor(file: string) {
        super(file);
        this.#file = file;
      }
      override close() {
        closed.push(this.#file);
        return super.close();
      }
    }
    writeFileSync(path, "Not a database, and long enough to be sure. ".repeat(50));
    expect(faultOf({ path, driver: Closing }).code).toBe("STORE_NOT_A_DATABASE");
    expect(closed).toEqual([path]);
  });

  test("nobody comes between looking at the stream and appending to it", async () => {
    const rival = sqliteStore({ path, driver: libsql, busyTimeout: 0 });
    const answers: Promise<unknown>[] = [];
    class Interrupted extends libsql {
      override prepare(sql: string) {
        const statement = super.prepare(sql) as { all(...values: readonly unknown[]): unknown };
        if (!sql.startsWith("SELECT revision")) return statement;
        const all = (...values: readonly unknown[]) => {
          const rows = statement.all(...values);
          answers.push(codeOf(() => rival.append("notes", commit("rival", 0))));
          return rows;
        };
        return { all };
      }
    }
    const store = sqliteStore({ path, driver: Interrupted });
    expect(await store.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 2 });
    expect(await Promise.all(answers)).toEqual(["STORE_BUSY", "STORE_BUSY"]);
    expect(await rival.append("notes", commit("rival", 0))).toEqual({
      ok: false,
      reason: "conflict",
      head: 2,
    });
    for (const each of [store, rival]) await each.close?.();
  });

  test("opens while another holds the file, and leaves switching to WAL to the next", async () => {
    await sqliteStore({ path, driver: wasm }).close?.();
    const store = withDatabase(libsql, path, (writer) => {
      writer.exec("BEGIN IMMEDIATE");
      return sqliteStore({ path, driver: libsql, busyTimeout: 1 });
    });
    expect(await store.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 2 });
    await store.close?.();
  });

  test("lets go of its statements in a database that is handed in", async () => {
    const prepared: { isFinalized: boolean }[] = [];
    class Counting extends wasm {
      override prepare(sql: string) {
        const statement = super.prepare(sql);
        prepared.push(statement as { isFinalized: boolean });
        return statement;
      }
    }
    const database = new Counting(path);
    const store = sqliteStore({ database });
    await store.append("notes", commit("c1", 0));
    await store.close?.();
    expect(prepared.length).toBeGreaterThan(0);
    expect(prepared.filter(({ isFinalized }) => !isFinalized)).toEqual([]);
    database.close();
  });

  test("node-sqlite3-wasm cannot open a file in WAL mode, and does not harm it", async () => {
    const native = sqliteStore({ path, driver: libsql });
    await native.append("notes", commit("c1", 0));
    await native.close?.();
    expect(faultOf({ path, driver: wasm }).code).toBe("STORE_CANNOT_OPEN");

    const again = sqliteStore({ path, driver: libsql });
    expect(idsOf(await again.read("notes"))).toEqual(["c1-1", "c1-2"]);
    await again.close?.();
  });

  test("what node-sqlite3-wasm wrote, a native driver reads", async () => {
    const first = sqliteStore({ path, driver: wasm });
    await first.append("notes", commit("c1", 0, "📎"));
    await first.close?.();
    const second = sqliteStore({ path, driver: libsql });
    expect((await second.read("notes", { limit: 1 })).events).toEqual([
      { ...event("c1-1", "📎"), revision: 1 },
    ]);
    await second.close?.();
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
        if (!sql.startsWith("INSERT")) return statement;
        return {
          run(...values: readonly unknown[]) {
            if (values[1] === 1) return statement.run(...values);
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
    ["database or disk is full", "STORE_FULL"],
    ["attempt to write a readonly database", "STORE_READ_ONLY"],
    ["unable to open database file", "STORE_CANNOT_OPEN"],
    ["file is not a database", "STORE_NOT_A_DATABASE"],
    ["The database connection is not open", "STORE_CLOSED"],
    ["database is not open", "STORE_CLOSED"],
    ["statement has been finalized", "STORE_CLOSED"],
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

  test("better-sqlite3's own word for a missing folder is understood", () => {
    class Strict extends libsql {
      constructor() {
        super(":memory:");
        throw new TypeError("Cannot open database because the directory does not exist");
      }
    }
    expect(faultOf({ path, driver: Strict }).code).toBe("STORE_CANNOT_OPEN");
  });

  test("a connection that may only read reads, and says why it does not write", async () => {
    type ReadOnly = new (file: string, options: { readOnly: boolean }) => SqliteDatabase;
    const fresh = new wasm(path);
    fresh.exec("CREATE TABLE orders (id TEXT)");
    const readOnly = () => new (wasm as unknown as ReadOnly)(path, { readOnly: true });
    const without = readOnly();
    expect(faultOf({ database: without }).code).toBe("STORE_READ_ONLY");
    without.close();

    await sqliteStore({ database: fresh }).append("notes", commit("c1", 0));
    fresh.close();
    const database = readOnly();
    const store = sqliteStore({ database });
    expect(idsOf(await store.read("notes"))).toEqual(["c1-1", "c1-2"]);
    expect(await codeOf(() => store.append("notes", commit("c2", 2)))).toBe("STORE_READ_ONLY");
    database.close();
  });
});

describe("where no driver is handed in", () => {
  /** A program in an empty folder: nothing is installed there but what is written to its `node_modules`. */
  const PROGRAM = `
    import { sqliteStore } from "./sqlite.mjs";
    try {
      const store = sqliteStore({ path: ":memory:" });
      await store.append("notes", { id: "c1", expected: 0, events: [{ id: "e1" }] });
      console.log(JSON.stringify(await store.read("notes")));
    } catch ({ code, message, details }) {
      console.log(JSON.stringify({ code, message, details }));
    }
  `;

  async function runAlone() {
    const entryPoints = [fileURLToPath(import.meta.resolve("chat-spaces/sqlite"))];
    const outfile = join(folder, "sqlite.mjs");
    await build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", logLevel: "error" });
    const program = join(folder, "program.mjs");
    writeFileSync(program, PROGRAM);
    // The driver that newer Nodes have built in can be switched off.
    const builtIn = process.allowedNodeEnvironmentFlags.has("--experimental-sqlite");
    const flags = builtIn ? ["--no-experimental-sqlite"] : [];
    return JSON.parse(execFileSync(process.execPath, [...flags, program], { cwd: folder, encoding: "utf8" }));
  }

  /** Installs a package that consists of one line. */
  function install(name: string, code: string) {
    mkdirSync(join(folder, "node_modules", name), { recursive: true });
    writeFileSync(join(folder, "node_modules", name, "index.js"), code);
  }

  test("one that is installed is found", async () => {
    const store = sqliteStore({ path });
    expect(await store.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 2 });
    await store.close?.();
  });

  test("and none is installed, the error says which to install", async () => {
    expect(await runAlone()).toEqual({
      code: "STORE_DRIVER_MISSING",
      message: expect.stringMatching(/npm install libsql.*better-sqlite3.*node-sqlite3-wasm.*Node 22\.13/),
      details: {
        tried: [
          expect.stringMatching(/^better-sqlite3: /),
          expect.stringMatching(/^libsql: /),
          expect.stringMatching(/^node:sqlite: /),
          expect.stringMatching(/^node-sqlite3-wasm: /),
        ],
      },
    });
  });

  test("one that is installed and does not run here is passed over", async () => {
    install("better-sqlite3", "throw new Error('was built for another Node\\nand more')");
    install("libsql", "module.exports = class { constructor() { throw 'no such machine'; } }");
    expect((await runAlone()).details.tried.slice(0, 2)).toEqual([
      "better-sqlite3: was built for another Node",
      "libsql: no such machine",
    ]);
    install(
      "node-sqlite3-wasm",
      `module.exports = require(${JSON.stringify(require.resolve("node-sqlite3-wasm"))})`,
    );
    expect(await runAlone()).toEqual({ head: 1, events: [{ id: "e1", revision: 1 }] });
  });
});
