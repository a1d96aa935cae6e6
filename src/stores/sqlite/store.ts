import { ChatSpacesError, StoreError } from "../../kernel/errors.js";
import { type Duration, toMilliseconds } from "../../kernel/time.js";
import { encodeCommit, isName, throwIfAborted } from "../commit.js";
import type { AppendResult, Commit, ReadOptions, SpaceStore, StoredEvent } from "../contract.js";
import {
  type Connection,
  connect,
  findDriver,
  type SqliteDatabase,
  type SqliteDriver,
  type Statement,
} from "./driver.js";
import { asStoreError } from "./faults.js";
import { setUp } from "./schema.js";

/** Where the database is, or the database itself. */
export type SqliteOptions =
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
    };

/** SQLite's largest integer that is exact as a number. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/**
 * A store in a SQLite file, through better-sqlite3, libsql, node-sqlite3-wasm or Node's own `node:sqlite`:
 * whichever is handed in, or else the first of these that is installed.
 *
 * ```ts
 * const spaces = createSpaces({ store: sqliteStore({ path: "spaces.db" }) });
 * ```
 *
 * Several processes may use one file. With the native drivers it is kept in WAL mode, so that readers and the
 * writer do not wait for each other; node-sqlite3-wasm cannot open a file in that mode, so that those who share a
 * file use the same kind of driver. A process that is killed while node-sqlite3-wasm writes leaves a folder
 * `<path>.lock` behind; remove it, or every store on the file is busy. The tables are made when the store is opened.
 *
 * @throws StoreError at once: `STORE_DRIVER_MISSING`, `STORE_NOT_A_DATABASE`, `STORE_NEWER_VERSION`,
 *   `STORE_CANNOT_OPEN`, `STORE_READ_ONLY`, `STORE_BUSY` or `STORE_FAULT`.
 */
export function sqliteStore(options: SqliteOptions): SpaceStore {
  const path = "path" in options ? options.path : undefined;
  const guarded = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw error instanceof ChatSpacesError ? error : asStoreError(error, path);
    }
  };
  const connection = guarded(() => open(options));
  const statements = guarded(() => prepare(connection));
  const inFile = guarded(() => isInFile(connection));
  let closed = false;
  const ensureOpen = (): void => {
    if (closed) throw new StoreError("STORE_CLOSED", "The store has been closed.");
  };

  return {
    capabilities: { durable: inFile, shared: inFile, feed: false, erase: false },
    async read(stream, readOptions = {}) {
      ensureOpen();
      throwIfAborted(readOptions.signal);
      if (!isName(stream)) return { head: 0, events: [] };
      return guarded(() => read(statements, stream, readOptions));
    },
    async append(stream, commit) {
      ensureOpen();
      const encoded = encodeCommit(stream, commit);
      return guarded(() => append(statements, stream, commit, encoded));
    },
    async close() {
      if (closed) return;
      closed = true;
      guarded(() => ("path" in options ? connection.close() : connection.release()));
    },
  };
}

function open(options: SqliteOptions): Connection {
  if ("database" in options) {
    const connection = connect(options.database);
    setUp(connection);
    return connection;
  }
  const { path, driver = findDriver(), busyTimeout = "5s", synchronous = "normal" } = options;
  const timeout = toMilliseconds(busyTimeout);
  const connection = connect(new driver(path));
  try {
    connection.exec(`PRAGMA busy_timeout = ${timeout}`);
    // First of all, so that a file that is refused is left as it is.
    setUp(connection);
    preferWal(connection);
    connection.exec(`PRAGMA synchronous = ${synchronous === "full" ? "FULL" : "NORMAL"}`);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function preferWal(connection: Connection): void {
  try {
    // Read through a statement: some drivers refuse to `exec` what gives rows. Where WAL is not possible, as in
    // WebAssembly, SQLite answers with the mode it keeps.
    connection.prepare("PRAGMA journal_mode = WAL").all();
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

function prepare(connection: Connection) {
  const select = (index: string, condition: string, direction: "ASC" | "DESC") =>
    connection.prepare(
      `SELECT revision, event FROM chat_spaces_event${index} ` +
        `WHERE stream = ? AND revision > ? AND revision < ?${condition} ORDER BY revision ${direction} LIMIT ?`,
    );
  // Without being told, SQLite walks through the whole stream and looks each event up in the ids.
  const byId = [
    " INDEXED BY chat_spaces_event_by_id",
    " AND id IN (SELECT value FROM json_each(?))",
  ] as const;
  return {
    beginReading: connection.prepare("BEGIN"),
    beginWriting: connection.prepare("BEGIN IMMEDIATE"),
    commit: connection.prepare("COMMIT"),
    rollback: connection.prepare("ROLLBACK"),
    head: connection.prepare(
      "SELECT revision FROM chat_spaces_event WHERE stream = ? ORDER BY revision DESC LIMIT 1",
    ),
    committed: connection.prepare(
      "SELECT revision FROM chat_spaces_event WHERE stream = ? AND commit_id = ?",
    ),
    insert: connection.prepare(
      "INSERT INTO chat_spaces_event (stream, revision, id, commit_id, event) VALUES (?, ?, ?, ?, ?)",
    ),
    forwards: select("", "", "ASC"),
    backwards: select("", "", "DESC"),
    idsForwards: select(...byId, "ASC"),
    idsBackwards: select(...byId, "DESC"),
  };
}

type Statements = ReturnType<typeof prepare>;

function read(statements: Statements, stream: string, options: ReadOptions) {
  const { after = 0, before = NO_LIMIT, limit = NO_LIMIT, backwards = false, ids } = options;
  const range = [stream, clamp(after), clamp(before)] as const;
  // One transaction, so that the head and the events are of the same moment.
  return within(statements, statements.beginReading, () => {
    const rows = ids
      ? (backwards ? statements.idsBackwards : statements.idsForwards).all(
          ...range,
          JSON.stringify(ids),
          clamp(limit),
        )
      : (backwards ? statements.backwards : statements.forwards).all(...range, clamp(limit));
    const events = rows.map(
      ({ revision, event }): StoredEvent => ({ ...JSON.parse(event as string), revision: Number(revision) }),
    );
    return { head: headOf(statements, stream), events };
  });
}

function append(
  statements: Statements,
  stream: string,
  { id, expected, events }: Commit,
  encoded: readonly string[],
): AppendResult {
  // An immediate transaction holds the write lock from here on: no other process can come between look and act.
  return within(statements, statements.beginWriting, () => {
    const [replayed] = statements.committed.all(stream, id);
    if (replayed) return { ok: true, head: Number(replayed["revision"]), replayed: true };
    const head = headOf(statements, stream);
    if (head !== expected) return { ok: false, reason: "conflict", head };
    encoded.forEach((json, index) => {
      const last = index === encoded.length - 1;
      statements.insert.run(stream, head + index + 1, events[index]?.id ?? "", last ? id : null, json);
    });
    return { ok: true, head: head + encoded.length };
  });
}

/** Runs a transaction. Nothing in it waits, so no other work of this process comes between. */
function within<T>(statements: Statements, begin: Statement, act: () => T): T {
  begin.run();
  try {
    const result = act();
    statements.commit.run();
    return result;
  } catch (error) {
    try {
      statements.rollback.run();
    } catch {
      // SQLite has rolled back by itself already, as it does when the disk is full.
    }
    throw error;
  }
}

function headOf(statements: Statements, stream: string): number {
  return Number(statements.head.all(stream)[0]?.["revision"] ?? 0);
}

function clamp(value: number): number {
  return Math.min(Math.max(Math.trunc(value), 0), NO_LIMIT);
}
