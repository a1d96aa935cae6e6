import { StoreError } from "../../kernel/errors.js";
import { type Duration, toMilliseconds } from "../../kernel/time.js";
import { createBell } from "../bell.js";
import { isName, throwIfAborted } from "../commit.js";
import type { CancelSignal, SpaceStore } from "../contract.js";
import { encodeErasure } from "../erasure.js";
import { follow } from "../follow.js";
import { append, encode } from "./append.js";
import { erase } from "./erase.js";
import { asStoreError } from "./faults.js";
import { createFeedReader } from "./feed.js";
import { keyOf } from "./key.js";
import { type PostgresPoolOptions, runnerOf } from "./pool.js";
import { read, streams } from "./reading.js";
import { ensureVersion, setUpSearch } from "./schema.js";
import { statementsOf } from "./statements.js";
import { DEFAULT_TABLE, tableOf } from "./table.js";
import { createText } from "./text.js";

/** How to reach the database. */
export type PostgresOptions = {
  /** The table, or `schema.table`. Default `chat_spaces_event`. */
  readonly table?: string | undefined;
  /** How often a feed looks for what other processes have appended. Default `200ms`. */
  readonly pollEvery?: Duration | undefined;
} & PostgresPoolOptions;

/** The longest that can be waited at once. */
const LONGEST_PAUSE = 2 ** 31 - 1;

/**
 * A store in PostgreSQL, through a pool of `pg` or of anything else with its `query`.
 *
 * ```ts
 * const pool = new pg.Pool({ connectionString: "postgres://localhost/chat" });
 * await setUpPostgres(pool);
 * const spaces = createSpaces({ store: postgresStore({ pool }) });
 * ```
 *
 * Any number of processes may use one table. Every operation is one statement, or several that each stand for
 * themselves, so that it does not matter on which connections they run; the first use of a store asks for the version
 * of the table first. What was acknowledged is as durable as the server's `synchronous_commit` makes it. What is
 * erased stays in dead rows until the table is vacuumed, in the write-ahead log, and in backups. The index over words
 * (`search`) has tables of its own, which are made when somebody first searches.
 *
 * @throws InvalidInputError at once, `INVALID_INPUT`, where the table cannot be named so, or `pollEvery` is no
 *   duration. Everything else is rejected when the store is used; see `STORE_UNREACHABLE`, `STORE_NOT_SET_UP` (the
 *   table was not made), `STORE_NEWER_VERSION`, `STORE_READ_ONLY`, `STORE_FULL`, `STORE_BUSY` and `STORE_FAULT`.
 */
export function postgresStore(options: PostgresOptions): SpaceStore {
  const table = tableOf(options.table ?? DEFAULT_TABLE);
  const pollEvery = Math.min(toMilliseconds(options.pollEvery ?? "200ms"), LONGEST_PAUSE);
  const run = runnerOf(options);
  const statements = statementsOf(table);
  const bell = createBell();
  let closed = false;
  const ensureOpen = (): void => {
    if (closed) throw new StoreError("STORE_CLOSED", "The store has been closed.");
  };

  let known: Promise<void> | undefined;
  const ensureKnown = (): Promise<void> => {
    known ??= ensureVersion(run, table).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  const guarded = <T>(act: () => Promise<T>, signal?: CancelSignal | undefined): Promise<T> =>
    unlessAborted(
      ensureKnown()
        .then(act)
        .catch((error: unknown) => {
          throw asStoreError(error);
        }),
      signal,
    );

  const text = createText(run, table, () => setUpSearch(run, { table: table.name }));

  return {
    capabilities: { durable: true, shared: true, feed: true, erase: true },

    async read(stream, readOptions = {}) {
      ensureOpen();
      throwIfAborted(readOptions.signal);
      if (!isName(stream)) return { head: 0, events: [] };
      const wanted = { ...readOptions, ids: readOptions.ids?.filter(isName).map(keyOf) };
      return guarded(() => read(run, statements, stream, wanted), wanted.signal);
    },

    async append(stream, commit) {
      ensureOpen();
      const encoded = encode(stream, commit);
      const result = await guarded(() => append(run, statements, encoded));
      if (result.ok) bell.ring();
      return result;
    },

    feed(feedOptions = {}) {
      // A feed of a store that is closed is a call that comes too late; one that is closed later just ends.
      const cameTooLate = closed;
      const { after, signal } = feedOptions;
      const next = createFeedReader(run, statements, after);
      let rung = 0;
      return follow(
        {
          async page() {
            ensureOpen();
            rung = bell.rung();
            const commit = await guarded(next, signal);
            return commit ? [commit] : [];
          },
          wait: () => bell.wait(rung, pollEvery, signal),
          isClosed: () => closed && !cameTooLate,
        },
        feedOptions,
      );
    },

    async streams(streamsOptions = {}) {
      ensureOpen();
      return guarded(() => streams(run, statements, streamsOptions));
    },

    async erase(stream, request) {
      ensureOpen();
      const left = encodeErasure(request);
      if (!isName(stream)) return { erased: 0 };
      return guarded(() => erase(run, statements, stream, left, () => text.drop(stream)));
    },

    search: {
      async indexed(stream) {
        ensureOpen();
        return guarded(() => text.indexed(stream));
      },
      async put(stream, update) {
        ensureOpen();
        return guarded(() => text.put(stream, update));
      },
      async drop(stream) {
        ensureOpen();
        return guarded(() => text.drop(stream));
      },
      async query(query) {
        ensureOpen();
        return guarded(() => text.query(query));
      },
    },

    async close() {
      closed = true;
      bell.ring();
    },
  };
}

/** What the work gives, or a rejection as soon as the signal is aborted: a caller need not wait for a lock. */
function unlessAborted<T>(work: Promise<T>, signal: CancelSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      try {
        throwIfAborted(signal);
      } catch (reason) {
        reject(reason);
      }
    };
    signal.addEventListener("abort", stop);
    void work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
