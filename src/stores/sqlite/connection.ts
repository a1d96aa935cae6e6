import type { SqliteDatabase } from "./driver.js";

/** What the store asks of an open database, whichever driver it comes from. */
export type Connection = {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  /** Whether whoever opened the database has closed it, as far as the driver tells. */
  isClosed(): boolean;
  /**
   * Whether a statement that has failed is over. With libsql, one that met a lock stays in progress, and nothing is
   * committed until it is run again.
   */
  readonly failsCleanly: boolean;
  /** Lets go of the statements and leaves the database open. */
  release(): void;
  /** Lets go of the statements and of the database. */
  close(): void;
};

/** A prepared statement with positional parameters. */
export type Statement = {
  /** Runs it and says how many rows it has changed. */
  run(...values: readonly SqlValue[]): number;
  all(...values: readonly SqlValue[]): readonly Row[];
};

/** What can be bound to a parameter. */
export type SqlValue = string | number | null;

/** A row by the names of its columns. */
export type Row = { readonly [column: string]: unknown };

type RawStatement = {
  run(...values: readonly unknown[]): { readonly changes: number | bigint };
  all(...values: readonly unknown[]): readonly Row[];
  finalize?(): void;
};

/** Whether a database is open, under the names that drivers have for it. */
type State = {
  readonly open?: unknown;
  readonly isOpen?: unknown;
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
  const state = database as State;

  return {
    exec: (sql) => void database.exec(sql),
    prepare(sql) {
      let statement: RawStatement | undefined = prepare(sql);
      const use = <T>(act: (statement: RawStatement) => T): T => {
        statement ??= prepare(sql);
        try {
          return act(statement);
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
        run: (...values) => Number(use((it) => (asArray ? it.run(values) : it.run(...values))).changes),
        all: (...values) => use((it) => (asArray ? it.all(values) : it.all(...values))),
      };
    },
    // `open` is a function in node:sqlite.
    isClosed: () => state.open === false || state.isOpen === false,
    // Only libsql has it.
    failsCleanly: !("syncUntil" in database),
    release,
    close() {
      try {
        // With libsql the WAL would stay behind, and whoever then copies the file alone would miss what is in it.
        database.exec("PRAGMA busy_timeout = 0");
        database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      } catch {
        // Others are at work on the file, or it is broken: closing is not the time to say so.
      }
      release();
      database.close();
    },
  };
}
