import { type Duration, toMilliseconds } from "../../kernel/time.js";
import { type Connection, connect } from "./connection.js";
import { findDriver, type SqliteDatabase, type SqliteDriver } from "./driver.js";
import { asStoreError } from "./faults.js";
import { setUp } from "./schema.js";

/** Where the database is, or the database itself. */
export type SqliteOptions = (
  | {
      /** The file; it is made where there is none. `:memory:` is a database that nobody else sees. */
      readonly path: string;
      /** The driver's class, where the one that is found first is not the one you want. */
      readonly driver?: SqliteDriver | undefined;
      /** How long to wait while another process writes. Default `5s`. */
      readonly busyTimeout?: Duration | undefined;
      /**
       * What an acknowledged commit survives: the end of the process (`normal`, the default), or also the loss of
       * power (`full`, which waits for the disk at every commit).
       */
      readonly synchronous?: "normal" | "full" | undefined;
    }
  | {
      /** A database that is open already. Its settings are left alone and it is never closed. */
      readonly database: SqliteDatabase;
    }
) & {
  /** How often a feed that waits looks for what others have appended. Default `100ms`. */
  readonly pollEvery?: Duration | undefined;
};

/** A database that a store works on. */
export type OpenDatabase = {
  readonly connection: Connection;
  /** The file, where the store opened it. */
  readonly path: string | undefined;
  /** Whether the store opened it, and so has to close it. */
  readonly own: boolean;
  /** Whether there is a file, so that it outlives the process and others can open it as well. */
  readonly inFile: boolean;
};

/** Settings of a database that belongs to the store alone, but for those that are options. */
const SETTINGS = [
  // 16 MB instead of 2: ids fall on pages all over their index, and all of those are written again and again.
  "PRAGMA cache_size = -16000",
  // And copied from the WAL to the file only after 16 MB instead of 4.
  "PRAGMA wal_autocheckpoint = 4000",
  // No page keeps a copy of what has been moved away from it, which nothing could erase later.
  "PRAGMA secure_delete = ON",
];

/**
 * Opens the database that the options name, or takes the one that they hold, and makes sure of the tables.
 *
 * @throws StoreError where it cannot be opened or is not what it has to be, InvalidInputError for a duration that is
 *   none; or what the driver throws.
 */
export function open(options: SqliteOptions): OpenDatabase {
  // Who hands in a database means it, whatever else the options say: it must not be closed by mistake.
  const database = "database" in options ? options.database : undefined;
  if (database) {
    const connection = connect(database);
    setUp(connection);
    return { connection, path: undefined, own: false, inFile: isInFile(connection) };
  }
  const {
    path,
    driver,
    busyTimeout = "5s",
    synchronous = "normal",
  } = options as { readonly path: string } & Exclude<SqliteOptions, { readonly database: SqliteDatabase }>;
  const timeout = toMilliseconds(busyTimeout);
  const connection = connect(new (driver ?? findDriver())(path));
  try {
    connection.exec(`PRAGMA busy_timeout = ${timeout}`);
    // First of all, so that a file that is refused is left as it is.
    setUp(connection);
    preferWal(connection);
    connection.exec(`PRAGMA synchronous = ${synchronous === "full" ? "FULL" : "NORMAL"}`);
    for (const setting of SETTINGS) connection.exec(setting);
    return { connection, path, own: true, inFile: isInFile(connection) };
  } catch (error) {
    connection.close();
    throw error;
  }
}

function preferWal(connection: Connection): void {
  try {
    // Where it is not possible, as in WebAssembly, SQLite keeps the mode it has.
    connection.exec("PRAGMA journal_mode = WAL");
  } catch (error) {
    // SQLite does not wait here. Whoever holds the file is about to switch it, or the next to open it will.
    if (asStoreError(error, undefined).code !== "STORE_BUSY") throw error;
  }
}

/** A database in memory, or in a temporary file, has no file's name. */
function isInFile(connection: Connection): boolean {
  const databases = connection.prepare("PRAGMA database_list").all();
  return Boolean(databases.find(({ name }) => name === "main")?.["file"]);
}
