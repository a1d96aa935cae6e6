import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { StoreError } from "chat-spaces";
import { type SqliteDatabase, type SqliteOptions, sqliteStore } from "chat-spaces/sqlite";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { codeOf, event, idsOf } from "../cases.js";
import { ask, commit, eachDriver, libsql, makeFolder, oneEvent, wasm, withDatabase } from "./drivers.js";

let { folder, path, remove } = { folder: "", path: "", remove: () => {} };

beforeEach(() => {
  ({ folder, path, remove } = makeFolder());
});

afterEach(() => remove());

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

eachDriver(
  (name) => `opening a store in SQLite, through ${name}`,
  (driver, { native }) => {
    const open = (more: object = {}) => sqliteStore({ path, driver, ...more });

    test("promises what it can keep", async () => {
      const store = open();
      expect(store.capabilities).toEqual({ durable: true, shared: true, feed: true, erase: true });
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

    test(`keeps the file in ${native ? "WAL mode" : "the mode it can"}`, async () => {
      const store = open();
      await store.append("notes", commit("c1", 0));
      const mode = withDatabase(driver, path, (database) => ask(database, "PRAGMA journal_mode"));
      expect(mode).toEqual([{ journal_mode: native ? "wal" : "delete" }]);
      await store.close?.();
    });

    test("leaves everything in the one file when it is closed, so that it can be copied", async () => {
      const store = open();
      await store.append("notes", commit("c1", 0));
      await store.close?.();
      const besides = readdirSync(folder).filter((file) => file.endsWith("-wal"));
      expect(besides.map((file) => statSync(join(folder, file)).size).filter((size) => size > 0)).toEqual([]);
    });

    test("closes also while another is at work on the file", async () => {
      const [store, other] = [open(), open()];
      await store.append("notes", commit("c1", 0));
      await other.read("notes");
      const closing = withDatabase(driver, path, (writer) => {
        writer.exec("BEGIN IMMEDIATE");
        const done = store.close?.();
        writer.exec("ROLLBACK");
        return done;
      });
      await closing;
      expect(await other.append("notes", commit("c2", 2))).toEqual({ ok: true, head: 4 });
      await other.close?.();
    });

    test("a path and a database: it works on the database, and does not close it", async () => {
      const database = new driver(join(folder, "mine.db"));
      const store = sqliteStore({ path, driver, database });
      await store.append("notes", commit("c1", 0));
      await store.close?.();
      expect(ask(database, "SELECT count(*) AS events FROM chat_spaces_event")).toEqual([{ events: 2 }]);
      expect(existsSync(path)).toBe(false);
      database.close();
    });

    describe("on a database that is handed in", () => {
      test("lives beside the application's own tables, and leaves closing to who opened it", async () => {
        const database = new driver(path);
        database.exec("CREATE TABLE orders (id TEXT); INSERT INTO orders VALUES ('o1')");
        const settings = () =>
          ["journal_mode", "synchronous", "secure_delete", "cache_size", "busy_timeout"].map((name) =>
            ask(database, `PRAGMA ${name}`),
          );
        const before = settings();
        const store = sqliteStore({ database });
        expect(store.capabilities).toMatchObject({ durable: true, shared: true });
        await store.append("notes", commit("c1", 0));
        await store.erase?.("notes", { revisions: [1] });
        await store.close?.();
        expect(await codeOf(() => store.read("notes"))).toBe("STORE_CLOSED");

        expect(ask(database, "SELECT id FROM orders")).toEqual([{ id: "o1" }]);
        expect(settings()).toEqual(before);
        const again = sqliteStore({ database });
        expect(idsOf(await again.read("notes"))).toEqual(["c1-1", "c1-2"]);
        database.close();
      });

      test("in memory says that it keeps nothing", () => {
        withDatabase(driver, ":memory:", (database) => {
          expect(sqliteStore({ database }).capabilities).toMatchObject({ durable: false, shared: false });
        });
      });

      test.each([
        ["two events", commit("c2", 2)],
        // In one statement it would be part of the application's transaction, and undone with it.
        ["one event", oneEvent("c2", 2)],
      ])("a transaction of the application's stays the application's: %s", async (_, next) => {
        const database = new driver(path);
        const store = sqliteStore({ database });
        await store.append("notes", commit("c1", 0));
        database.exec("CREATE TABLE orders (id TEXT)");
        database.exec("BEGIN; INSERT INTO orders VALUES ('o1')");
        expect(await codeOf(() => store.append("notes", next))).toBe("STORE_FAULT");
        expect(await codeOf(() => store.erase?.("notes", { all: true }))).toBe("STORE_FAULT");
        expect(idsOf(await store.read("notes"))).toEqual(["c1-1", "c1-2"]);
        database.exec("COMMIT");
        expect(ask(database, "SELECT id FROM orders")).toEqual([{ id: "o1" }]);
        expect(await store.append("notes", next)).toEqual({ ok: true, head: 2 + next.events.length });
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

      test("that is closed already, says so", () => {
        const database = new driver(path);
        database.close();
        expect(faultOf({ database })).toMatchObject({ code: "STORE_CLOSED", details: {} });
      });
    });

    describe("refuses", () => {
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

      test.each([
        ["to wait", { busyTimeout: "soon" }],
        ["between two looks", { pollEvery: "often" }],
      ])("a time %s that is no time, before there is a file", async (_, option) => {
        expect(await codeOf(() => open(option))).toBe("INVALID_INPUT");
        expect(readdirSync(folder)).toEqual([]);
      });
    });
  },
);

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
    expect(ask(database, "PRAGMA secure_delete")).toEqual([{ secure_delete: 1 }]);
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

describe("where no driver is handed in", () => {
  const require = createRequire(import.meta.url);

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
