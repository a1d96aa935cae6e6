import type { OpenedStores } from "chat-spaces/conformance";
import { all, type Breed, changingOut, noteOf, type Zoo } from "./breed.js";

/** Broken when the store is closed. */
export const CLOSING: Zoo = {
  "close: closes the client that was handed in": (store, { client }) => ({
    close: async () => {
      client.isOpen = false;
      await store.close();
    },
  }),

  "close: does nothing": () => ({ close: async () => {} }),

  "close: goes on reading": (_, { undying }) => ({ read: undying.read }),
  "close: goes on appending": (_, { undying }) => ({ append: undying.append }),
  "close: goes on listing": (_, { undying }) => ({ streams: undying.streams }),
  "close: goes on erasing": (_, { undying }) => ({ erase: undying.erase }),

  "close: keeps what comes too late, and rejects all the same": (store, { undying }) => ({
    async append(stream, commit) {
      try {
        return await store.append(stream, commit);
      } catch (error) {
        if ((error as { code?: string }).code === "STORE_CLOSED") await undying.append(stream, commit);
        throw error;
      }
    },
  }),

  "close: gives an empty feed when it is too late": (store) => ({
    async *feed(options) {
      try {
        yield* store.feed(options);
      } catch (error) {
        if ((error as { code?: string }).code !== "STORE_CLOSED") throw error;
      }
    },
  }),

  "close: leaves feeds waiting": (store, { undying }) => {
    let closed = false;
    return {
      feed: (options) => (closed ? store : undying).feed(options),
      async close() {
        closed = true;
        await store.close();
      },
    };
  },

  "close: fails the second time": (store) => {
    let closed = false;
    return {
      async close() {
        if (closed) throw new Error("It is closed.");
        closed = true;
        await store.close();
      },
    };
  },

  "close: closes all handles": (store, place) => {
    const handles = noteOf(place, "handles", () => [] as { close(): Promise<void> }[]);
    handles.push(store);
    return {
      close: async () => {
        if (place.who !== "again") for (const handle of handles) await handle.close();
        else await store.close();
      },
    };
  },

  "close: rejects without a code": (store) => {
    const calls = ["read", "append", "streams", "erase"] as const;
    const broken: Record<string, unknown> = {};
    for (const call of calls) {
      broken[call] = async (...parts: readonly unknown[]) => {
        try {
          return await (store[call] as (...all: readonly unknown[]) => Promise<unknown>)(...parts);
        } catch (error) {
          throw (error as { code?: string }).code === "STORE_CLOSED" ? new Error("It is closed.") : error;
        }
      };
    }
    return broken;
  },

  "close: loses what was appended last": (store, place) => {
    const lost = noteOf(place, "lost", () => new Map<string, number>());
    const last = new Map<string, number>();
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (result.ok) last.set(stream, result.head);
        return result;
      },
      async close() {
        for (const [stream, head] of last) lost.set(stream, head);
        last.clear();
        await store.close();
      },
      async read(stream, options) {
        const { head, events } = await store.read(stream, options);
        return lost.get(stream) === head ? { head: head - 1, events: events.slice(0, -1) } : { head, events };
      },
    };
  },
};

/** Broken when the store is opened again. */
export const REOPENING: Zoo = {
  "reopen: has lost the last event": onlyAgain((store) => ({
    async read(stream, options) {
      const { head, events } = await store.read(stream, options);
      return { head: Math.max(head - 1, 0), events: events.filter(({ revision }) => revision < head) };
    },
  })),

  "reopen: has lost everything": onlyAgain(() => ({ read: async () => ({ head: 0, events: [] }) })),

  "reopen: has lost what one handle wrote": (store, place) => {
    const lost = noteOf(place, "lost", () => new Set<string>());
    return {
      async append(stream, commit) {
        if (place.who === "b") lost.add(stream);
        return store.append(stream, commit);
      },
      async read(stream, options) {
        return place.who === "again" && lost.has(stream)
          ? { head: 0, events: [] }
          : store.read(stream, options);
      },
    };
  },

  "reopen: has forgotten the commit ids": onlyAgain((store) => ({
    append: (stream, commit) => store.append(stream, { ...commit, id: `again ${commit.id}` }),
  })),

  "reopen: counts from 0 again": onlyAgain((store) => ({
    append: async (stream, commit) =>
      store.append(stream, { ...commit, expected: (await store.read(stream)).head }),
  })),

  "reopen: has other cursors": onlyAgain((store) => ({
    feed: (options) => store.feed(options?.after === undefined ? options : { ...options, after: "1" }),
  })),

  "reopen: has another order": onlyAgain((store) => ({
    async *feed(options) {
      const commits = await all(store, options);
      yield* options?.follow === false ? commits.toReversed() : commits;
    },
  })),

  "reopen: has lost the names of streams": onlyAgain(() => ({ streams: async () => ({ names: [] }) })),

  "reopen: brings back what was erased": (store, place) => {
    const kept = noteOf(place, "kept", () => new Map<string, unknown>());
    return {
      async erase(stream, request) {
        for (const { id, data } of (await store.read(stream)).events) kept.set(id, data);
        return store.erase(stream, request);
      },
      ...(place.who === "again"
        ? changingOut((event) => ({ ...event, data: kept.get(event.id) ?? event.data }))(store, place)
        : {}),
    };
  },
};

function onlyAgain(breed: Breed): Breed {
  return (store, place) => (place.who === "again" ? breed(store, place) : {});
}

/** Broken in what it says of itself. */
export const DECLARING: Zoo = {
  "declares a feed that it does not have": () => ({ feed: undefined as never }),
  "declares to be erasable and is not": () => ({ erase: undefined as never }),
  "has a feed that it does not declare": () => ({
    capabilities: { durable: true, shared: true, feed: false, erase: true },
  }),
  "has no names of streams": () => ({ streams: undefined as never }),
  "cannot be closed": () => ({ close: undefined as never }),
  "says nothing about itself": () => ({ capabilities: undefined as never }),
};

/** Broken in how it is handed to the kit, so that promises would go unproven. */
export const OPENING: { readonly [what: string]: (opened: OpenedStores) => OpenedStores } = {
  "open: gives one handle twice": (opened) => ({ ...opened, b: opened.a }),
  "open: cannot be opened again, and declares to be durable": ({ reopen: _, ...opened }) => opened,
  "open: does not tell of the client that it declares": ({ isClientOpen: _, ...opened }) => opened,
};
