import { type NewEvent, type SpaceStore, type StoredEvent, StoreError } from "chat-spaces";

type Stream = {
  /** The events as JSON, by revision - 1: what is kept as text is nobody else's object. */
  readonly events: string[];
  /** The head after each commit, by its id. */
  readonly commits: Map<string, number>;
};

/**
 * The shortest store there is: two functions on a `Map`. Swap the map for what you have, and keep the two promises it
 * makes: nothing comes between looking at the head and appending, and a commit lands whole or not at all.
 */
export function mapStore(streams = new Map<string, Stream>()): SpaceStore {
  return {
    capabilities: { durable: false, shared: false, feed: false, erase: false },

    async read(name, { after = 0, before = Infinity, limit = Infinity, backwards, ids, signal } = {}) {
      if (signal?.aborted) throw signal.reason ?? new Error("Aborted.");
      const all = streams.get(name)?.events ?? [];
      const events = all
        .map((json, index): StoredEvent => ({ ...JSON.parse(json), revision: index + 1 }))
        .filter(({ revision, id }) => after < revision && revision < before && (!ids || ids.includes(id)));
      if (backwards) events.reverse();
      return { head: all.length, events: events.slice(0, Math.max(limit, 0)) };
    },

    async append(name, { id, expected, events }) {
      if (![name, id].every(isName) || !Number.isSafeInteger(expected) || expected < 0) throw invalid();
      if (!Array.isArray(events) || events.length === 0) throw invalid();
      const encoded = events.map(encode);
      const stream: Stream = streams.get(name) ?? { events: [], commits: new Map() };
      const replayed = stream.commits.get(id);
      if (replayed !== undefined) return { ok: true, head: replayed, replayed: true };
      const head = stream.events.length;
      if (head !== expected) return { ok: false, reason: "conflict", head };
      streams.set(name, stream);
      for (const json of encoded) stream.events.push(json);
      stream.commits.set(id, stream.events.length);
      return { ok: true, head: stream.events.length };
    },
  };
}

function encode(event: NewEvent): string {
  if (!isName(event?.id)) throw invalid();
  let json: string | undefined;
  try {
    json = JSON.stringify(event);
  } catch (cause) {
    throw invalid(cause);
  }
  // `JSON.stringify` writes half a surrogate pair as an escape; a text that it is in has no UTF-8.
  if (json === undefined || /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(json)) throw invalid();
  return json;
}

function isName(name: unknown): boolean {
  return typeof name === "string" && name !== "" && !/\0|\p{Surrogate}/u.test(name);
}

function invalid(cause?: unknown): StoreError {
  return new StoreError("STORE_INVALID_COMMIT", "The commit cannot be stored.", {}, { cause });
}
