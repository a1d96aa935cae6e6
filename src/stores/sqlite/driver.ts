import { createRequire } from "node:module";
import { StoreError } from "../../kernel/errors.js";

/** What the store asks of an open database, whichever driver it comes from. */
export type Connection = {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  /** Lets go of the statements and leaves the database open. */
  release(): void;
  /** Lets go of the statements and of the database. */
  close(): void;
};

/** A prepared statement with positional parameters. */
export type Statement = {
  run(...values: readonly SqlValue[]): void;
  all(...values: readonly SqlValue[]): readonly { readonly [column: string]: unknown }[];
};

/** What can be bound to a parameter. */
export type SqlValue = string | number | null;

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

type RawStatement = {
  run(...values: readonly unknown[]): unknown;
  all(...values: readonly unknown[]): unknown[];
  finalize?(): void;
};

/** Makes the drivers alike. */
export function connect(database: SqliteDatabase): Connection {
  const statements = new Set<RawStatement>();
  const prepare = (sql: string): RawStatement => {
    const statement = database.prepare(sql) as RawStatement;
    statements.add(statement);
    return statement;
  };
  const finalize = (statement: RawStatement): void => {
    statements.delete(statement);
    try {
      statement.finalize?.();
    } catch {
      // It repeats the fault of its last run, which has been told already.
    }
  };
  const release = (): void => {
    for (const statement of statements) finalize(statement);
  };
  // Only node-sqlite3-wasm has `get` on the database; it takes parameters as one array.
  const asArray = "get" in database;
  return {
    exec: (sql) => void database.exec(sql),
    prepare(sql) {
      let statement: RawStatement | undefined = prepare(sql);
      const use = (method: "run" | "all", values: readonly SqlValue[]): unknown => {
        statement ??= prepare(sql);
        try {
          return asArray ? statement[method](values) : statement[method](...values);
        } catch (error) {
          // With node-sqlite3-wasm a statement that has failed fails once more when it is run again.
          if (statement.finalize) {
            finalize(statement);
            statement = undefined;
          }
          throw error;
        }
      };
      return {
        run: (...values) => void use("run", values),
        all: (...values) => use("all", values) as readonly { readonly [column: string]: unknown }[],
      };
    },
    release,
    close() {
      release();
      database.close();
    },
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}
