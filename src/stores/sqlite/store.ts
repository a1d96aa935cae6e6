import { setImmediate as nextTurn } from "node:timers/promises";
import { ChatSpacesError, StoreError } from "../../kernel/errors.js";
import { toMilliseconds } from "../../kernel/time.js";
import { createBell } from "../bell.js";
import { encodeCommit, isName, throwIfAborted } from "../commit.js";
import type { SpaceStore } from "../contract.js";
import { encodeErasure } from "../erasure.js";
import { follow } from "../follow.js";
import { whileOpen } from "../text-closing.js";
import { createAppend } from "./appending.js";
import { createErase } from "./erasing.js";
import { asStoreError } from "./faults.js";
import { createCommits } from "./feed.js";
import { open, type SqliteOptions } from "./open.js";
import { createReader } from "./reading.js";
import { createText } from "./text.js";

/** After how many commits a feed lets the rest of the program have a turn. */
const AT_A_STRETCH = 64;

/** The longest that a timer can wait. */
const LONGEST_PAUSE = 2 ** 31 - 1;

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
 * Whoever waits at a feed hears of this store's own commits at once and of those of others within `pollEvery`. What
 * is erased is written over in the file, and the WAL is emptied as soon as nobody reads from it. A database that is
 * handed in needs `PRAGMA secure_delete = ON` for that from the start.
 *
 * @throws StoreError at once: `STORE_DRIVER_MISSING`, `STORE_NOT_A_DATABASE`, `STORE_NEWER_VERSION`,
 *   `STORE_CANNOT_OPEN`, `STORE_READ_ONLY`, `STORE_BUSY`, `STORE_CLOSED` or `STORE_FAULT`.
 */
export function sqliteStore(options: SqliteOptions): SpaceStore {
  const guarded = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      if (error instanceof ChatSpacesError) throw error;
      throw asStoreError(error, "path" in options ? options.path : undefined);
    }
  };
  const interval = Math.min(toMilliseconds(options.pollEvery ?? "100ms"), LONGEST_PAUSE);
  const { connection, own, inFile } = guarded(() => open(options));
  const text = guarded(() => createText(connection, guarded));
  const [reader, append, erase, commits] = guarded(
    () =>
      [
        createReader(connection),
        createAppend(connection, own),
        createErase(connection, (stream) => text?.forget(stream)),
        createCommits(connection),
      ] as const,
  );
  const bell = createBell();
  let closed = false;
  const ensureOpen = (): void => {
    if (closed) throw new StoreError("STORE_CLOSED", "The store has been closed.");
    // With libsql, statements go on working after that.
    if (connection.isClosed()) throw new StoreError("STORE_CLOSED", "The database has been closed.");
  };

  return {
    capabilities: { durable: inFile, shared: inFile, feed: true, erase: true },

    async read(stream, readOptions = {}) {
      ensureOpen();
      throwIfAborted(readOptions.signal);
      return guarded(() => reader.read(stream, readOptions));
    },

    async append(stream, commit) {
      ensureOpen();
      const encoded = encodeCommit(stream, commit);
      const result = guarded(() => append(stream, commit, encoded));
      if (result.ok && !result.replayed) bell.ring();
      return result;
    },

    feed(feedOptions) {
      // A feed of a store that is closed is a call that comes too late; one that is closed later just ends.
      const cameTooLate = closed;
      let checked = false;
      let given = 0;
      let rung = 0;
      return follow(
        {
          // One at a time, so that what is erased while a reader is busy is not given to it any more.
          async page(after) {
            // Nothing else here waits for anything, so that nobody else would ever have a turn.
            if (given > 0 && given % AT_A_STRETCH === 0) await nextTurn();
            if (closed && !cameTooLate) return [];
            ensureOpen();
            rung = bell.rung();
            const next = guarded(() => {
              if (after !== undefined && !checked) commits.check(after);
              checked = true;
              return commits.next(after);
            });
            if (!next) return [];
            given += 1;
            return [next];
          },
          wait: (signal) => bell.wait(rung, interval, signal),
          isClosed: () => closed && !cameTooLate,
        },
        feedOptions,
      );
    },

    async streams(streamsOptions = {}) {
      ensureOpen();
      return guarded(() => reader.streams(streamsOptions));
    },

    async erase(stream, request) {
      ensureOpen();
      const left = encodeErasure(request);
      if (!isName(stream)) return { erased: 0 };
      return guarded(() => erase(stream, left));
    },

    ...(text && { search: whileOpen(text, ensureOpen) }),

    async close() {
      if (closed) return;
      closed = true;
      bell.ring();
      guarded(() => (own ? connection.close() : connection.release()));
    },
  };
}
