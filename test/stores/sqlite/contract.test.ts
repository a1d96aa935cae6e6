import type { SpaceStore } from "chat-spaces";
import { storeCases } from "chat-spaces/conformance";
import { fuzzStore } from "chat-spaces/conformance/fuzz";
import { sqliteStore } from "chat-spaces/sqlite";
import { describe, expect, test } from "vitest";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../fuzz/runs.js";
import { ask, commit, eachDriver, makeFolder } from "./drivers.js";

const DECLARED = {
  durable: true,
  shared: true,
  feed: true,
  erase: true,
  streams: true,
  search: true,
  close: true,
};
const TIMEOUT = 30_000;

eachDriver(
  (name) => `a store in SQLite, through ${name}, keeps to the contract`,
  (Driver, { name }) => {
    /** The driver without waiting for the disk: this is not about the loss of power. */
    class driver extends Driver {
      constructor(path: string) {
        super(path);
        this.exec("PRAGMA synchronous = OFF");
      }
      override exec(sql: string) {
        return super.exec(sql.replace("synchronous = NORMAL", "synchronous = OFF"));
      }
    }

    /** Two connections on one file. */
    const openFile = () => {
      const { path, remove } = makeFolder();
      const stores: SpaceStore[] = [];
      const open = () => {
        const store = sqliteStore({ path, driver, pollEvery: 5 });
        stores.push(store);
        return store;
      };
      const dispose = async () => {
        for (const store of stores) await store.close?.();
        remove();
      };
      return { a: open(), b: open(), reopen: open, dispose };
    };

    /** The same, opened and closed by the one who hands them in. */
    const openHandedIn = () => {
      const { path, remove } = makeFolder();
      const databases = [new driver(path), new driver(path), new driver(path)] as const;
      const [a, b, again] = databases;
      const open = (database: typeof a) => sqliteStore({ database, pollEvery: 5 });
      return {
        a: open(a),
        b: open(b),
        reopen: () => open(again),
        isClientOpen: () => databases.every((one) => ask(one, "SELECT 1 AS one")[0]?.["one"] === 1),
        dispose() {
          for (const database of databases) database.close();
          remove();
        },
      };
    };

    /** Two stores on one connection, in memory. */
    const openMemory = () => {
      const database = new driver(":memory:");
      const open = () => sqliteStore({ database, pollEvery: 5 });
      return { a: open(), b: open(), isClientOpen: () => ask(database, "SELECT 1").length === 1 };
    };

    describe("in a file", () => {
      for (const { group, name, run } of storeCases(openFile, DECLARED)) {
        test(`${group}: ${name}`, { timeout: TIMEOUT }, run);
      }
    });

    // What does not depend on who opened the database has been shown.
    const groups = [
      "shape",
      "atomic batch",
      "one winner",
      "repeated commit",
      "reopen",
      "feed",
      "erase",
      "closing",
    ];

    describe("on databases that are handed in", () => {
      for (const { group, name, run } of storeCases(openHandedIn, { ...DECLARED, client: true })) {
        if (groups.includes(group)) test(`${group}: ${name}`, { timeout: TIMEOUT }, run);
      }
    });

    describe("on one connection, in memory", () => {
      const declared = { ...DECLARED, durable: false, shared: false, client: true };
      for (const { group, name, run } of storeCases(openMemory, declared)) {
        if (groups.includes(group)) test(`${group}: ${name}`, { timeout: TIMEOUT }, run);
      }
    });

    test("does what the store in memory does, whatever is asked", { timeout: FUZZ_TIMEOUT }, () =>
      // WebAssembly takes its time, and its own lock files.
      fuzzStore(openFile, { runs: Math.ceil(FUZZ_RUNS / (name === "node-sqlite3-wasm" ? 20 : 5)) }),
    );

    test("is alone in memory, keeps nothing, and says so", async () => {
      const [one, other] = [
        sqliteStore({ path: ":memory:", driver }),
        sqliteStore({ path: ":memory:", driver }),
      ];
      expect(one.capabilities).toEqual({ durable: false, shared: false, feed: true, erase: true });
      await one.append("notes", commit("c1", 0));
      expect((await one.read("notes")).head).toBe(2);
      expect((await other.read("notes")).head).toBe(0);
      for (const store of [one, other]) await store.close?.();
    });
  },
);
