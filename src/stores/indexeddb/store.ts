import { ChatSpacesError, StoreError } from "../../kernel/errors.js";
import { type Duration, toMilliseconds } from "../../kernel/time.js";
import { isName, throwIfAborted } from "../commit.js";
import type { SpaceStore } from "../contract.js";
import { encodeErasure } from "../erasure.js";
import { follow } from "../follow.js";
import { createSharedBell } from "./bell.js";
import { connect } from "./connection.js";
import { asStoreError } from "./faults.js";
import { page, read, streams } from "./reading.js";
import { append, batchOf, erase } from "./writing.js";

/** The longest that timers can wait, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** What opens databases: the `indexedDB` of a page or worker, or a stand-in for tests. */
export type IndexedDbFactory = {
  /** Gives an `IDBOpenDBRequest`. */
  open(name: string, version?: number): unknown;
};

/** Which database, and how it is used. */
export type IndexedDbOptions = {
  /** The name of a database of the store's own; it is made where there is none. Default `chat-spaces`. */
  readonly name?: string | undefined;
  /** What opens the database. Default: the global `indexedDB`. Its classes must be the global ones. */
  readonly indexedDB?: IndexedDbFactory | undefined;
  /**
   * What an acknowledged commit survives: the end of the page and of the browser (`relaxed`, the default), or also
   * the loss of power (`strict`, which waits for the disk at every commit).
   */
  readonly durability?: "relaxed" | "strict" | undefined;
  /**
   * How often a feed that waits looks for commits nobody has told it of. Default `1s`. Commits of other tabs are
   * told of at once where the browser has `BroadcastChannel`, as those of today do.
   */
  readonly pollEvery?: Duration | undefined;
};

/**
 * A store in IndexedDB, for pages and workers: for dashboards that go on without a network, and for previews.
 *
 * ```ts
 * const spaces = createSpaces({ store: indexedDbStore({ name: "dashboard" }) });
 * ```
 *
 * All tabs and workers of one origin may use one database at once. The database is opened at the first call, so that
 * making a store never fails: its calls reject with `STORE_DRIVER_MISSING` where there is no IndexedDB,
 * `STORE_CANNOT_OPEN` where the browser forbids it, `STORE_NEWER_VERSION`, `STORE_BUSY` while another tab holds an
 * older version, `STORE_FULL`, `STORE_UNREACHABLE` or `STORE_FAULT`. Where another tab deletes the database or upgrades
 * it, this store lets go and its calls reject with `STORE_CLOSED` or `STORE_NEWER_VERSION`: reload the page.
 *
 * Browsers may throw away what a page keeps; `navigator.storage.persist()` asks them not to. What was erased is
 * overwritten in the database; when its files lose the bytes is up to the browser.
 *
 * @throws InvalidInputError `INVALID_INPUT` where `pollEvery` is not a duration.
 */
export function indexedDbStore({
  name = "chat-spaces",
  indexedDB: factory,
  durability = "relaxed",
  pollEvery = "1s",
}: IndexedDbOptions = {}): SpaceStore {
  const interval = Math.min(toMilliseconds(pollEvery), LONGEST_TIMER);
  const bell = createSharedBell(name);
  const connection = connect({
    name,
    factory: factory as IDBFactory | undefined,
    durability,
    onLost: bell.wake,
  });
  let closed = false;
  const ensureOpen = (): void => {
    if (closed) throw new StoreError("STORE_CLOSED", "The store has been closed.");
  };
  const within: typeof connection.within = async (mode, act) => {
    try {
      return await connection.within(mode, act);
    } catch (error) {
      throw error instanceof ChatSpacesError ? error : asStoreError(error, name);
    }
  };

  return {
    capabilities: { durable: true, shared: true, feed: true, erase: true },

    async read(stream, options = {}) {
      ensureOpen();
      throwIfAborted(options.signal);
      if (!isName(stream)) return { head: 0, events: [] };
      const wanted = { ...options, ids: options.ids && [...options.ids] };
      return within("readonly", (transaction) => read(transaction, stream, wanted));
    },

    async append(stream, commit) {
      ensureOpen();
      const batch = batchOf(stream, commit);
      const result = await within("readwrite", (transaction) => append(transaction, stream, batch));
      if (result.ok && !result.replayed) bell.ring();
      return result;
    },

    async *feed(options) {
      ensureOpen();
      let rung = 0;
      yield* follow(
        {
          async page(after) {
            rung = bell.rung();
            try {
              return await within("readonly", (transaction) => page(transaction, after));
            } catch (error) {
              if (closed) return [];
              throw error;
            }
          },
          wait: (signal) => bell.wait(rung, interval, signal),
          isClosed: () => closed,
        },
        options,
      );
    },

    async streams(options = {}) {
      ensureOpen();
      const wanted = { ...options };
      return within("readonly", (transaction) => streams(transaction, wanted));
    },

    async erase(stream, request) {
      ensureOpen();
      const left = encodeErasure(request);
      if (!isName(stream)) return { erased: 0 };
      return within("readwrite", (transaction) => erase(transaction, stream, left));
    },

    async close() {
      closed = true;
      connection.end(new StoreError("STORE_CLOSED", "The store has been closed."));
      bell.close();
    },
  };
}
