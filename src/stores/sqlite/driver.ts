import { createRequire } from "node:module";
import { StoreError } from "../../kernel/errors.js";

/**
 * An open database of better-sqlite3, libsql, node-sqlite3-wasm or `node:sqlite`: only what they share is asked.
 */
export type SqliteDatabase = {
  /** Runs statements that give no rows. */
  exec(sql: string): unknown;
  /** Gives a statement with `run` and `all`. */
  prepare(sql: string): unknown;
  /** Closes the database. Called only where the store opened it itself. */
  close(): unknown;
};

/** The class that a driver exports: `Database`, or `DatabaseSync` of `node:sqlite`. */
export type SqliteDriver = new (path: string) => SqliteDatabase;

/** The drivers that are looked for, in this order, and what to install to have one. */
const CANDIDATES: readonly { readonly module: string; readonly load: (module: unknown) => unknown }[] = [
  { module: "better-sqlite3", load: (module) => module },
  { module: "libsql", load: (module) => module },
  { module: "node:sqlite", load: (module) => (module as { DatabaseSync: unknown }).DatabaseSync },
  { module: "node-sqlite3-wasm", load: (module) => (module as { Database: unknown }).Database },
];

/**
 * The first SQLite driver that is installed and works on this machine.
 *
 * @throws StoreError `STORE_DRIVER_MISSING` where there is none, naming what was tried.
 */
export function findDriver(): SqliteDriver {
  const require = createRequire(import.meta.url);
  const tried: string[] = [];
  for (const { module, load } of CANDIDATES) {
    try {
      const driver = load(require(module)) as SqliteDriver;
      // A native driver may be installed and still not run here: only opening a database tells.
      new driver(":memory:").close();
      return driver;
    } catch (error) {
      tried.push(`${module}: ${firstLine(error)}`);
    }
  }
  throw new StoreError(
    "STORE_DRIVER_MISSING",
    "No SQLite driver works here. Install one: npm install libsql (or better-sqlite3, or node-sqlite3-wasm). " +
      "Node 22.13 and newer have one built in.",
    { tried },
  );
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
