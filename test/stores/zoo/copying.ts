import type { StoredEvent } from "chat-spaces";
import type { NewEvent } from "../../../src/stores/contract.js";
import { changingData, changingIn, changingOut, dawdle, noteOf, withEvents, type Zoo } from "./breed.js";

/** Broken in whose objects are whose. */
export const SHARING: Zoo = {
  "keeps what goes in by reference": (store, place) => {
    const originals = noteOf(place, "originals", () => new Map<string, NewEvent>());
    const key = (stream: string, revision: number) => `${revision} ${stream}`;
    const asItIsNow = (stream: string) => (event: StoredEvent) => ({
      ...structuredClone(originals.get(key(stream, event.revision)) ?? event),
      revision: event.revision,
    });
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (result.ok && !result.replayed)
          commit.events.forEach((event, index) => {
            if (
              typeof event.data === "object" &&
              !Array.isArray(event.data) &&
              Object.keys(event.data ?? {})[0] === "list"
            )
              originals.set(key(stream, commit.expected + index + 1), event);
          });
        return result;
      },
      async read(stream, options) {
        const { head, events } = await store.read(stream, options);
        return { head, events: events.map(asItIsNow(stream)) };
      },
    };
  },

  "gives the same objects to everybody": (store, place) => {
    const given = noteOf(place, "given", () => new Map<string, StoredEvent>());
    const same = (stream: string) => (event: StoredEvent) => {
      const key = `${event.revision} ${stream}`;
      if (!given.has(key)) given.set(key, event);
      return given.get(key) ?? event;
    };
    return {
      async read(stream, options) {
        const { head, events } = await store.read(stream, options);
        return { head, events: events.map(same(stream)) };
      },
    };
  },

  "gives the same objects to everybody who follows": (store, place) => {
    const given = noteOf(place, "given", () => new Map<string, readonly StoredEvent[]>());
    return {
      async *feed(options) {
        for await (const commit of store.feed(options)) {
          if (!given.has(commit.cursor)) given.set(commit.cursor, commit.events);
          yield { ...commit, events: given.get(commit.cursor) ?? [] };
        }
      },
    };
  },

  "makes its copy late": (store) => ({
    async append(stream, commit) {
      await dawdle();
      return store.append(stream, commit);
    },
  }),

  "works on the very objects it is handed": (store) => ({
    append(stream, commit) {
      commit.events?.forEach?.((event, index) => {
        if (event && event.data !== 1n) Object.assign(event, { revision: commit.expected + index + 1 });
      });
      return store.append(stream, commit);
    },
  }),

  "sorts the ids it is handed in place": (store) => ({
    async read(stream, options) {
      (options?.ids as string[] | undefined)?.sort();
      return store.read(stream, options);
    },
  }),
};

/** Broken in what becomes of payloads and texts. */
export const SPELLING: Zoo = {
  "keeps what JSON does not have: -0, NaN, undefined, dates": (store, place) => {
    const originals = noteOf(place, "originals", () => new Map<string, unknown>());
    const cloned = (data: unknown) => {
      try {
        return structuredClone(data);
      } catch {
        return undefined;
      }
    };
    const original = (event: StoredEvent) => {
      const data = originals.get(event.id);
      return data === undefined || JSON.stringify(data) !== JSON.stringify(event.data)
        ? event
        : { ...event, data };
    };
    return {
      ...changingOut(original)(store, place),
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (result.ok && !result.replayed)
          for (const { id, data } of commit.events) originals.set(id, cloned(data));
        return result;
      },
    };
  },

  "keeps a field that is undefined": changingOut((event) => ({ reason: undefined as never, ...event })),

  "makes of an undefined payload a text": changingIn((event) =>
    event.data === undefined ? { ...event, data: "undefined" } : event,
  ),

  "sets keys one by one, so that __proto__ is lost": changingOut((event) => ({
    ...event,
    data: copied(event.data),
  })),

  "writes half surrogate pairs as U+FFFD": (store) => ({
    append: (stream, commit) =>
      store.append(stream, JSON.parse(JSON.stringify(commit, mended, 0) ?? "null") ?? commit),
  }),

  "looks for half surrogate pairs in values, not in keys": changingIn((event) => ({
    ...event,
    data: typeof event.data === "object" && event.data !== null && "\udfff" in event.data ? null : event.data,
  })),

  "takes text about surrogates for surrogates": (store) => ({
    append(stream, commit) {
      const text = JSON.stringify(commit.events?.[0]?.data ?? null, (_, value) =>
        typeof value === "bigint" ? null : value,
      );
      return text?.includes("\\\\ud83d")
        ? store.append(stream, { ...commit, events: [] })
        : store.append(stream, commit);
    },
  }),

  "cuts texts at 65,535 characters": changingData((value) =>
    typeof value === "string" ? value.slice(0, 65_535) : value,
  ),

  "composes characters": changingData((value) =>
    typeof value === "string" ? value.normalize("NFC") : value,
  ),

  "strips what cannot be printed": changingData((value) =>
    typeof value === "string" ? value.replace(/\p{Cc}/gu, "") : value,
  ),

  "has characters of the first plane only": changingData((value) =>
    typeof value === "string" ? value.replace(/[\u{10000}-\u{10ffff}]/gu, "?") : value,
  ),

  "unescapes what is not escaped": changingData((value) =>
    typeof value === "string" ? value.replace(/\\\\n|\\n/g, "\n") : value,
  ),

  "takes texts that look like numbers for numbers": changingData((value) =>
    typeof value === "string" && value !== "" && Number.isFinite(Number(value)) ? Number(value) : value,
  ),

  "revives texts that look like dates": changingOut((event) => ({
    ...event,
    data: Array.isArray(event.data)
      ? event.data.map((one) => (/^\d{4}-\d\d-\d\dT/.test(String(one)) ? new Date(String(one)) : one))
      : event.data,
  })),

  "keeps numbers in 32 bits": changingData((value) =>
    typeof value === "number" ? Math.fround(value) : value,
  ),

  "takes what is empty for nothing": changingData((value) =>
    value === "" || value === false || (Array.isArray(value) && value.length === 0) ? null : value,
  ),

  "sorts keys": changingOut((event) => ({ ...event, data: sorted(event.data) })),

  "drops keys that a database reserves": changingData((value, key) =>
    key.startsWith("$") || key.includes(".") ? undefined : value,
  ),

  "drops keys that objects are born with": changingData((value, key) =>
    key === "constructor" || key === "toString" ? undefined : value,
  ),

  "forgets what is deeper than 100 levels": changingIn((event) => ({
    ...event,
    data: depthOf(event.data) > 100 ? null : event.data,
  })),

  "takes a thousand items of a list": changingData((value) =>
    Array.isArray(value) ? value.slice(0, 1000) : value,
  ),

  "lets a payload overwrite the event": changingOut((event) =>
    typeof event.data === "object" && event.data !== null && "revision" in event.data
      ? Object.assign({}, event, event.data)
      : event,
  ),

  "keeps instants in whole milliseconds": changingIn((event) => ({ ...event, at: Math.trunc(event.at) })),

  "keeps types in 255 characters": changingIn((event) => ({
    ...event,
    ...(typeof event.by === "string" ? { by: event.by.slice(0, 255) } : {}),
  })),

  "keeps one long text but not two": (store) => ({
    append: (stream, commit) =>
      store.append(
        stream,
        commit.events?.length === 2 && String(commit.events[0]?.data).length > 1e6
          ? withEvents(
              commit,
              commit.events.map((event) => ({ ...event, data: null })),
            )
          : commit,
      ),
  }),
};

function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) copy[key] = copied(part);
  return copy;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, part]) => [key, sorted(part)]),
  );
}

function mended(this: unknown, _: string, value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\ufffd") : value;
}

function depthOf(value: unknown): number {
  let depth = 0;
  for (let at = value; typeof at === "object" && at !== null && depth < 1000; depth++)
    at = Object.values(at)[0];
  return depth;
}
