import { InvalidInputError, StoreError } from "../../kernel/errors.js";
import { quote } from "../../kernel/text.js";
import { isName } from "../commit.js";
import type { SpaceStore, StateSnapshot } from "../contract.js";
import { createClosing } from "./closing.js";
import { copyRequest, encodeState } from "./copies.js";
import { decorate, same } from "./decorate.js";

/** Keeps texts by key, at once or by promise: a `Map`, a Keyv, whatever has these three. */
export type SnapshotCache = {
  /** Gives the text that was set last, or a promise of it. */
  get(key: string): unknown;
  /** Keeps a text in the place of an earlier one. */
  set(key: string, text: string): unknown;
  /** Forgets a text. */
  delete(key: string): unknown;
};

/** Where snapshots are kept. */
export type SnapshotsOptions = {
  /** What keeps them. It is never closed. */
  readonly cache: SnapshotCache;
  /**
   * Told when the cache fails; the call goes on as if there were none. Without it the call is rejected with the same
   * error: a `StoreError` with `STORE_FAULT` whose `cause` is the cache's own.
   */
  readonly onFault?: ((error: StoreError) => void) | undefined;
};

/**
 * What is kept under a key: this as JSON in the first line, the state as JSON in the second. Two lines are no JSON, which
 * some caches would read themselves, leaving out keys such as `__proto__`, which may be somebody's id.
 */
type Header = { readonly stream: string; readonly version: string; readonly revision: number };

/**
 * A store with snapshots of what its streams fold to, so that opening a long stream need not fold all of it again.
 *
 * ```ts
 * const store = withSnapshots(sqliteStore({ path: "spaces.db" }), { cache: new Map() });
 * ```
 *
 * There is one entry for each stream: a later snapshot takes the place of an earlier one, also where another
 * version of the reducer made it. An entry that is damaged, or is of another stream or version, counts as none.
 * Snapshots that the store has itself are not used any more.
 *
 * `erase` drops the stream's snapshot before and after, because it may hold what is to go. Whoever has folded the
 * stream before that and still holds the state may save it again. The events remain the record: throw the cache away
 * at any time, and whenever you put a backup of the store in place.
 */
export function withSnapshots(store: SpaceStore, { cache, onFault }: SnapshotsOptions): SpaceStore {
  const closing = createClosing();

  const use = async (act: () => unknown): Promise<unknown> => {
    try {
      return await act();
    } catch (cause) {
      const error = new StoreError("STORE_FAULT", "The cache of snapshots has failed.", {}, { cause });
      if (!onFault) throw error;
      onFault(error);
      return undefined;
    }
  };
  const drop = async (stream: string): Promise<void> => {
    if (isName(stream)) await use(() => cache.delete(keyOf(stream)));
  };

  const decorated = decorate(store, {
    capabilities: same,
    read: same,
    append: same,
    feed: same,
    streams: same,

    erase: (erase) => async (stream, request) => {
      closing.ensureOpen();
      const copy = copyRequest(request);
      await drop(stream);
      const answer = await erase(stream, copy);
      await drop(stream);
      return answer;
    },

    snapshots: same,
    search: same,

    close: (close) => async () => {
      closing.close();
      await close();
    },
  });

  return {
    ...decorated,
    snapshots: {
      async load(stream, version) {
        closing.ensureOpen();
        if (!isName(stream)) return undefined;
        return readEntry(await use(() => cache.get(keyOf(stream))), stream, version);
      },

      async save(stream, version, { revision, state }) {
        closing.ensureOpen();
        if (!isRevision(revision)) {
          throw new InvalidInputError("INVALID_INPUT", `${quote(revision)} is not a revision.`);
        }
        const header: Header = { stream, version, revision };
        const text = `${JSON.stringify(header)}\n${encodeState(state)}`;
        if (isName(stream)) await use(() => cache.set(keyOf(stream), text));
      },
    },
  };
}

/** No dot, slash or colon in it: to some caches these are paths. */
function keyOf(stream: string): string {
  return `chat-spaces-snapshot-${encodeURIComponent(stream).replaceAll(".", "%2E")}`;
}

/** The snapshot of an entry, if it is one of this stream and version. */
function readEntry(entry: unknown, stream: string, version: string): StateSnapshot | undefined {
  if (typeof entry !== "string") return undefined;
  const end = entry.indexOf("\n");
  try {
    const header = JSON.parse(entry.slice(0, end)) as Header;
    if (header.stream !== stream || header.version !== version || !isRevision(header.revision))
      return undefined;
    return { revision: header.revision, state: JSON.parse(entry.slice(end + 1)) };
  } catch {
    // Not an entry of ours, or half of one.
    return undefined;
  }
}

function isRevision(revision: unknown): revision is number {
  return Number.isSafeInteger(revision) && Number(revision) >= 0;
}
