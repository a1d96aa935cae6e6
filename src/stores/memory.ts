import { StoreError } from "../kernel/errors.js";
import { encodeCommit, throwIfAborted } from "./commit.js";
import type { FeedCommit, NewEvent, SpaceStore, StoredEvent } from "./contract.js";
import { encodeErasure, eraseEvent } from "./erasure.js";
import { follow } from "./follow.js";

/**
 * Memory that several stores are opened on, as several processes use one database.
 *
 * What was written stays until nobody holds the backing any more, whichever of its stores have been closed: so a
 * test can also see what becomes of a program that is started again.
 */
export type MemoryBacking = {
  /** A store on this memory. Closing it closes nothing but this one. */
  open(): SpaceStore;
};

/** A stream. Nothing in it is ever copied as a whole, so that appending costs the same however long it is. */
type Log = {
  /** The events as JSON, by revision - 1. */
  readonly events: string[];
  readonly revisionsOf: Map<string, number[]>;
  /** The head after each commit, by its id. */
  readonly commits: Map<string, number>;
};

/** Where the events of a commit are: they stay in their stream, so that what is erased there is gone here. */
type Entry = { readonly stream: string; readonly log: Log; readonly first: number; readonly last: number };

type State = {
  readonly logs: Map<string, Log>;
  /** Every commit in the order in which they came. A cursor is a place in it, counted from 1. */
  readonly entries: Entry[];
  /** The names of all streams, in order up to those that have come since somebody asked. */
  readonly names: string[];
  namesInOrder: boolean;
  /** Feeds that have nothing left to give. */
  readonly waiting: Set<() => void>;
};

/** How many names a page has where nothing is said. */
const NAMES_PAGE = 1000;

/**
 * A store in memory, for tests, demos and previews: as strict as one on a server, and gone with the process.
 *
 * ```ts
 * const spaces = createSpaces({ store: memoryStore() });
 * ```
 *
 * Reading and appending take time for the events that are read or appended, not for those that are there already.
 * An erased payload is overwritten: nothing of it stays.
 */
export function memoryStore(): SpaceStore {
  return createMemoryBacking().open();
}

/**
 * Memory for several stores, for tests of what happens when many use the same data or when a program is started
 * again.
 *
 * ```ts
 * const backing = createMemoryBacking();
 * const [one, other] = [backing.open(), backing.open()];
 * ```
 */
export function createMemoryBacking(): MemoryBacking {
  const state: State = {
    logs: new Map(),
    entries: [],
    names: [],
    namesInOrder: true,
    waiting: new Set(),
  };
  return { open: () => open(state) };
}

function open(state: State): SpaceStore {
  const { logs, entries, waiting } = state;
  let closed = false;
  const ensureOpen = (): void => {
    if (closed) throw new StoreError("STORE_CLOSED", "The store has been closed.");
  };

  return {
    capabilities: { durable: false, shared: false, feed: true, erase: true },

    async read(
      stream,
      { after = 0, before = Infinity, limit = Infinity, backwards = false, ids, signal } = {},
    ) {
      ensureOpen();
      throwIfAborted(signal);
      const log = logs.get(stream);
      const head = log?.events.length ?? 0;
      if (!log) return { head, events: [] };
      const first = Math.floor(Math.max(after, 0)) + 1;
      const last = Math.min(Math.ceil(before) - 1, head);
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
      return { head, events: revisions.map((revision) => eventAt(log, revision)) };
    },

    async append(stream, commit) {
      ensureOpen();
      const encoded = encodeCommit(stream, commit);
      const known = logs.get(stream);
      const replayed = known?.commits.get(commit.id);
      if (replayed !== undefined) return { ok: true, head: replayed, replayed: true };
      const head = known?.events.length ?? 0;
      if (head !== commit.expected) return { ok: false, reason: "conflict", head };
      const log = known ?? addLog(state, stream);
      encoded.forEach((json, index) => {
        const revision = log.events.push(json);
        const id = commit.events[index]?.id ?? "";
        const revisions = log.revisionsOf.get(id);
        if (revisions) revisions.push(revision);
        else log.revisionsOf.set(id, [revision]);
      });
      log.commits.set(commit.id, log.events.length);
      entries.push({ stream, log, first: head + 1, last: log.events.length });
      wakeAll(state);
      return { ok: true, head: log.events.length };
    },

    feed(options) {
      // A feed of a store that is closed is a call that comes too late; one that is closed later just ends.
      const cameTooLate = closed;
      let given = 0;
      return follow(
        {
          // One by one, so that what is erased while a reader is busy is not given to it any more.
          async page(after) {
            ensureOpen();
            given = placeOf(after, entries.length);
            const next = entries[given];
            return next ? [feedCommit(next, given + 1)] : [];
          },
          wait: (signal) =>
            new Promise((resolve) => {
              const wake = (): void => {
                waiting.delete(wake);
                signal?.removeEventListener("abort", wake);
                resolve();
              };
              waiting.add(wake);
              signal?.addEventListener("abort", wake);
              // Any of these may have happened since there was nothing to give.
              if (closed || signal?.aborted || entries.length > given) wake();
            }),
          isClosed: () => closed && !cameTooLate,
        },
        options,
      );
    },

    async streams({ prefix = "", after = "", limit = NAMES_PAGE } = {}) {
      ensureOpen();
      const names = namesInOrder(state);
      // Names that start alike stand together, and nothing that starts so comes before the prefix itself.
      const from =
        prefix > after
          ? firstPlace(names, (name) => name >= prefix)
          : firstPlace(names, (name) => name > after);
      const page: string[] = [];
      for (let at = from; names[at]?.startsWith(prefix); at++) {
        if (page.length >= Math.max(limit, 1)) return { names: page, next: page.at(-1) ?? "" };
        page.push(names[at] ?? "");
      }
      return { names: page };
    },

    async erase(stream, request) {
      ensureOpen();
      const left = encodeErasure(request);
      const log = logs.get(stream);
      if (!log) return { erased: 0 };
      const revisions = left ? [...left.keys()] : Array.from(log.events, (_, index) => index + 1);
      // Whatever could fail comes before the first change.
      const changes = revisions.flatMap((revision) => {
        const json = log.events[revision - 1];
        const erased = json === undefined ? undefined : eraseEvent(json, left?.get(revision));
        return erased === undefined ? [] : [[revision, erased] as const];
      });
      for (const [revision, erased] of changes) log.events[revision - 1] = erased;
      return { erased: changes.length };
    },

    async close() {
      closed = true;
      wakeAll(state);
    },
  };
}

function addLog(state: State, stream: string): Log {
  const log: Log = { events: [], revisionsOf: new Map(), commits: new Map() };
  state.logs.set(stream, log);
  state.names.push(stream);
  state.namesInOrder = false;
  return log;
}

function eventAt(log: Log, revision: number): StoredEvent {
  return Object.assign(JSON.parse(log.events[revision - 1] ?? "{}") as NewEvent, { revision });
}

function feedCommit({ stream, log, first, last }: Entry, place: number): FeedCommit {
  const events = Array.from({ length: last - first + 1 }, (_, index) => eventAt(log, first + index));
  return { cursor: String(place), stream, events };
}

function placeOf(cursor: string | undefined, last: number): number {
  if (cursor === undefined) return 0;
  const place = Number(cursor);
  if (Number.isSafeInteger(place) && place >= 1 && place <= last && String(place) === cursor) return place;
  throw new StoreError("STORE_INVALID_CURSOR", "The cursor is none that this store has given.", { cursor });
}

/** Wakes the feeds that wait. Those that find nothing new go on waiting. */
function wakeAll({ waiting }: State): void {
  for (const wake of waiting) wake();
}

function namesInOrder(state: State): readonly string[] {
  if (!state.namesInOrder) state.names.sort();
  state.namesInOrder = true;
  return state.names;
}

/** The first place from which on the condition holds, in a list where it holds from some place on. */
function firstPlace(names: readonly string[], holds: (name: string) => boolean): number {
  let [from, to] = [0, names.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(names[middle] ?? "")) to = middle;
    else from = middle + 1;
  }
  return from;
}
