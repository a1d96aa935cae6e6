import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { SqliteDatabase, SqliteDriver } from "chat-spaces/sqlite";
import { describe } from "vitest";
import { event } from "../cases.js";

/** A driver as the tests know it. */
export type TestDriver = {
  readonly name: string;
  /** The class, `undefined` where it is not installed or not part of this Node. */
  readonly installed: SqliteDriver | undefined;
  /** What another process has to `require` to have it, and the name of the class in there, if it has one. */
  readonly from: readonly [module: string, name?: string];
  /** Native code: it can keep files in WAL mode, and shares them durably with other processes. */
  readonly native: boolean;
};

/**
 * Where drivers are looked for. better-sqlite3 has to be compiled on many machines, so that it is no dependency of
 * the checkout: it is taken from the benches, if it is installed there, or from the folder that
 * CHAT_SPACES_BETTER_SQLITE3 names, whose `node_modules` has it.
 */
const PLACES = [
  import.meta.url,
  new URL("../../bench/package.json", import.meta.url).href,
  ...(process.env["CHAT_SPACES_BETTER_SQLITE3"]
    ? [resolve(process.env["CHAT_SPACES_BETTER_SQLITE3"], "package.json")]
    : []),
];

/** A driver as it is found at the first of the places, or as something that is not here. */
function find(name: string, native: boolean, module: string, className?: string): TestDriver {
  for (const place of PLACES) {
    try {
      const require = createRequire(place);
      const installed: SqliteDriver = className ? require(module)[className] : require(module);
      // A native driver may be installed and built for another Node.
      new installed(":memory:").close();
      const file = require.resolve(module);
      return { name, installed, native, from: className ? [file, className] : [file] };
    } catch {
      // Perhaps at the next place.
    }
  }
  return { name, installed: undefined, native, from: [module] };
}

export const DRIVERS: readonly TestDriver[] = [
  find("better-sqlite3", true, "better-sqlite3"),
  find("libsql", true, "libsql"),
  find("node:sqlite", true, "node:sqlite", "DatabaseSync"),
  find("node-sqlite3-wasm", false, "node-sqlite3-wasm", "Database"),
];

/** The two drivers that are always there: the tests install them. */
export const libsql = DRIVERS[1]?.installed as SqliteDriver;
export const wasm = DRIVERS[3]?.installed as SqliteDriver;

/** Stands for a driver that is not here, in tests that are skipped. */
class Missing implements SqliteDatabase {
  exec() {}
  prepare() {}
  close() {}
}

/** Tests for every driver. Those of a driver that is missing are skipped, and say so. */
export function eachDriver(
  title: (name: string) => string,
  suite: (driver: SqliteDriver, about: TestDriver) => void,
): void {
  for (const about of DRIVERS) {
    const { name, installed } = about;
    const missing = installed ? "" : " (not here)";
    describe.skipIf(!installed)(`${title(name)}${missing}`, () => suite(installed ?? Missing, about));
  }
}

/** A folder of one's own, and a database file in it that is not there yet. */
export function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), "chat-spaces-sqlite-"));
  return {
    folder,
    path: join(folder, "spaces.db"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A commit of two events. */
export const commit = (id: string, expected: number, data?: unknown) => ({
  id,
  expected,
  events: [event(`${id}-1`, data), event(`${id}-2`)],
});

/** A commit of one event: it takes the short way, which is one statement. */
export const oneEvent = (id: string, expected: number, data?: unknown) => ({
  id,
  expected,
  events: [event(`${id}-1`, data)],
});

/** What a database says, asked without a store. */
export function ask(database: SqliteDatabase, sql: string): Record<string, unknown>[] {
  const statement = database.prepare(sql) as { all(): Record<string, unknown>[]; finalize?(): void };
  try {
    return statement.all().map((row) => ({ ...row }));
  } finally {
    statement.finalize?.();
  }
}

/** Does something with a database of one's own, and closes it. */
export function withDatabase<T>(driver: SqliteDriver, path: string, act: (database: SqliteDatabase) => T): T {
  const database = new driver(path);
  try {
    return act(database);
  } finally {
    database.close();
  }
}
