import { StoreError } from "../kernel/errors.js";
import { encodeCommit, throwIfAborted } from "./commit.js";
import type { SpaceStore, StoredEvent } from "./contract.js";

type Log = {
  /** The events as JSON, by revision - 1. */
  readonly events: string[];
  readonly revisionsOf: Map<string, number[]>;
  /** The head after each commit, by its id. */
  readonly commits: Map<string, number>;
};

/**
 * A store in memory, for tests, demos and previews: as strict as one on a server, and gone with the process.
 *
 * ```ts
 * const spaces = createSpaces({ store: memoryStore() });
 * ```
 */
export function memoryStore(): SpaceStore {
  const logs = new Map<string, Log>();
  let closed = false;
  const ensureOpen = (): void => {
    if (closed) throw new StoreError("STORE_CLOSED", "The store has been closed.");
  };

  return {
    capabilities: { durable: false, shared: false, feed: false, erase: false },

    async read(
      stream,
      { after = 0, before = Infinity, limit = Infinity, backwards = false, ids, signal } = {},
    ) {
      ensureOpen();
      throwIfAborted(signal);
      const log = logs.get(stream);
      const head = log?.events.length ?? 0;
      if (!log) return { head, events: [] };
      const first = Math.max(after, 0) + 1;
      const last = Math.min(before - 1, head);
      let revisions: number[];
      if (ids) {
        revisions = [...new Set(ids)]
          .flatMap((id) => log.revisionsOf.get(id) ?? [])
          .filter((revision) => first <= revision && revision <= last)
          .sort((a, b) => (backwards ? b - a : a - b))
          .slice(0, Math.max(limit, 0));
      } else {
        const count = Math.max(0, Math.min(last - first + 1, limit));
        revisions = Array.from({ length: count }, (_, i) => (backwards ? last - i : first + i));
      }
      return { head, events: revisions.map((revision) => decode(log.events[revision - 1], revision)) };
    },

    async append(stream, commit) {
      ensureOpen();
      const encoded = encodeCommit(stream, commit);
      const log: Log = logs.get(stream) ?? { events: [], revisionsOf: new Map(), commits: new Map() };
      const replayed = log.commits.get(commit.id);
      if (replayed !== undefined) return { ok: true, head: replayed, replayed: true };
      if (log.events.length !== commit.expected)
        return { ok: false, reason: "conflict", head: log.events.length };
      logs.set(stream, log);
      encoded.forEach((json, index) => {
        const revision = log.events.push(json);
        const id = commit.events[index]?.id ?? "";
        const revisions = log.revisionsOf.get(id);
        if (revisions) revisions.push(revision);
        else log.revisionsOf.set(id, [revision]);
      });
      log.commits.set(commit.id, log.events.length);
      return { ok: true, head: log.events.length };
    },

    async close() {
      closed = true;
    },
  };
}

function decode(json: string | undefined, revision: number): StoredEvent {
  return { ...(JSON.parse(json ?? "null") as StoredEvent), revision };
}
