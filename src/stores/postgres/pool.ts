import { asStoreError, isPassing } from "./faults.js";

/** What a statement gives back. Other things that a driver adds are not looked at. */
export type PostgresResult = {
  readonly rows: readonly unknown[];
  /** How many rows were written. */
  readonly rowCount: number | null;
};

/** A pool of connections: that of `pg`, or anything else with its `query`. Statements may run on any of them. */
export type PostgresPool = {
  /** Runs one statement with the values of `$1`, `$2`, ..., in a transaction of its own. Lists are arrays. */
  query(text: string, values: unknown[]): Promise<PostgresResult>;
};

/** A pool that can prepare statements, as that of `pg` can. */
export type PreparingPostgresPool = {
  /** Runs a statement that each connection prepares once, under its name. */
  query(statement: { name: string; text: string; values: unknown[] }): Promise<PostgresResult>;
};

/** A statement of ours. */
export type Statement = { readonly name: string; readonly text: string };

/** A row, by the names of its columns. Whole numbers come as text, as numbers or as bigints: it is the driver's choice. */
export type Row = { readonly [column: string]: unknown };

/** Runs a statement and gives its rows, or how many it wrote. What it rejects with is a `StoreError`. */
export type Run = (
  statement: Statement,
  values: unknown[],
) => Promise<{ readonly rows: readonly Row[]; readonly written: number }>;

/** How often a statement is repeated that the database has rolled back for the sake of another. */
const ATTEMPTS = 10;

/** The pool, and whether its statements are prepared. */
export type PostgresPoolOptions =
  | {
      /** The pool. It is never closed. */
      readonly pool: PostgresPool;
      readonly prepare?: false | undefined;
    }
  | {
      readonly pool: PostgresPool & PreparingPostgresPool;
      /**
       * Whether each connection prepares each statement once, which makes appending faster by a third. Only where a
       * connection of the pool stays the same one to the server: not behind a pooler that gives every transaction
       * another. Default `false`.
       */
      readonly prepare: boolean;
    };

export function runnerOf(options: PostgresPoolOptions): Run {
  const query = ({ name, text }: Statement, values: unknown[]): Promise<PostgresResult> =>
    options.prepare ? options.pool.query({ name, text, values }) : options.pool.query(text, values);

  return async (statement, values) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const { rows, rowCount } = await query(statement, values);
        if (!Array.isArray(rows)) throw new TypeError("The pool gave no rows.");
        return { rows: rows as readonly Row[], written: rowCount ?? 0 };
      } catch (error) {
        // Rolled back as a whole: under stricter isolation than is needed here, or for want of order among locks.
        if (!isPassing(error) || attempt === ATTEMPTS) throw asStoreError(error);
      }
    }
  };
}
