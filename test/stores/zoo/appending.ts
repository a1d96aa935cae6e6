import type { AppendResult, StoredEvent } from "chat-spaces";
import { changingIn, changingOut, dawdle, noteOf, withEvents, type Zoo } from "./breed.js";

/** Broken in what `append` acknowledges, counts and keeps together. */
export const APPENDING: Zoo = {
  "ignores `expected`": (store) => ({
    async append(stream, commit) {
      for (;;) {
        const { head } = await store.read(stream);
        const result = await store.append(stream, { ...commit, expected: head });
        if (result.ok) return result;
      }
    },
  }),

  "takes an `expected` that is too high": (store) => ({
    async append(stream, commit) {
      const { head } = await store.read(stream);
      return store.append(stream, commit.expected > head ? { ...commit, expected: head } : commit);
    },
  }),

  "lets two win: it looks, waits, and then appends where the stream is by then": (store) => ({
    async append(stream, commit) {
      const { head } = await store.read(stream);
      const first = await store.append(stream, commit);
      if (first.ok || head !== commit.expected) return first;
      return store.append(stream, { ...commit, expected: first.head });
    },
  }),

  "throws a conflict instead of answering with it": (store) => ({
    async append(stream, commit) {
      const result = await store.append(stream, commit);
      if (!result.ok) throw new Error("The stream has moved on.");
      return result;
    },
  }),

  "answers a conflict without the stream's head": (store) => ({
    async append(stream, commit) {
      const result = await store.append(stream, commit);
      return result.ok ? result : { ...result, head: commit.expected };
    },
  }),

  "locks all streams for one": (store, place) => ({
    async append(stream, commit) {
      const lock = noteOf(place, "lock", () => ({ held: false }));
      if (lock.held) return { ok: false, reason: "conflict", head: (await store.read(stream)).head };
      lock.held = true;
      await dawdle();
      const result = await store.append(stream, commit);
      lock.held = false;
      return result;
    },
  }),

  "acknowledges one commit in fifty without keeping it": (store, place) => {
    const count = noteOf(place, "count", () => ({ of: 0 }));
    return {
      async append(stream, commit) {
        if (++count.of % 50 === 0) return { ok: true, head: commit.expected + commit.events.length };
        return store.append(stream, commit);
      },
    };
  },

  "swallows faults: what fails is acknowledged": (store) => ({
    append: (stream, commit) =>
      store
        .append(stream, commit)
        .catch((): AppendResult => ({ ok: true, head: commit.expected + (commit.events?.length ?? 0) })),
  }),

  "answers with the first revision of a commit instead of the last": (store) => ({
    async append(stream, commit) {
      const result = await store.append(stream, commit);
      return result.ok ? { ...result, head: result.head - commit.events.length + 1 } : result;
    },
  }),

  "counts revisions from 0": changingOut((event) => ({ ...event, revision: event.revision - 1 })),

  "counts revisions over all streams": (store, place) => {
    const counted = noteOf(place, "revisions", () => new Map<string, number>());
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (result.ok && !result.replayed)
          for (let at = commit.expected + 1; at <= result.head; at++)
            counted.set(`${at} ${stream}`, counted.size + 1);
        return result;
      },
      async read(stream, options) {
        const { head, events } = await store.read(stream, options);
        const global = (revision: number) => counted.get(`${revision} ${stream}`) ?? 0;
        return {
          head: global(head),
          events: events.map((one) => ({ ...one, revision: global(one.revision) })),
        };
      },
    };
  },

  "believes an event that says its own revision": (store, place) => {
    const claims = noteOf(place, "claims", () => new Map<string, unknown>());
    const { read } = changingOut((event) => ({ ...event, ...(claims.get(event.id) as object) }))(
      store,
      place,
    );
    return {
      ...(read ? { read } : {}),
      async append(stream, commit) {
        for (const event of commit.events)
          if (Reflect.has(event ?? {}, "revision"))
            claims.set(event.id, { revision: Reflect.get(event, "revision") });
        return store.append(stream, commit);
      },
    };
  },

  "throws away reasons": changingIn(({ reason: _, ...event }) => event),

  "gives every event a reason": changingOut((event) => ({ reason: "", ...event })),

  "keeps one event for each id": (store) => ({
    append: async (stream, commit) => {
      const byId = new Map(commit.events.map((event) => [event?.id, event]));
      const result = await store.append(stream, withEvents(commit, [...byId.values()]));
      return result.ok && !result.replayed ? { ...result, head: commit.expected + byId.size } : result;
    },
  }),

  "reads from a cache that other handles do not clear": (store) => {
    const cache = new Map<string, Awaited<ReturnType<typeof store.read>>>();
    return {
      async read(stream, options) {
        const key = JSON.stringify([stream, options]);
        const known = cache.get(key);
        if (known) return structuredClone(known);
        const answer = await store.read(stream, options);
        cache.set(key, answer);
        return structuredClone(answer);
      },
      async append(stream, commit) {
        cache.clear();
        return store.append(stream, commit);
      },
      async erase(stream, request) {
        cache.clear();
        return store.erase(stream, request);
      },
    };
  },

  "appends a commit event by event, visible to all": (store) => ({
    async append(stream, commit) {
      const { events } = commit;
      if (!Array.isArray(events) || events.length < 2 || commit.expected !== (await store.read(stream)).head)
        return store.append(stream, commit);
      for (const [index, event] of events.slice(0, -1).entries()) {
        const part = { id: `${commit.id} ${index}`, expected: commit.expected + index, events: [event] };
        const result = await store.append(stream, part);
        if (!result.ok) return result;
        await dawdle(3);
      }
      const last = { ...commit, expected: commit.expected + events.length - 1, events: events.slice(-1) };
      return store.append(stream, last);
    },
  }),

  "keeps what came before the event that failed": (store) => ({
    async append(stream, commit) {
      try {
        return await store.append(stream, commit);
      } catch (error) {
        for (let count = commit.events?.length - 1; count > 0; count--) {
          const part = { ...commit, id: `part of ${commit.id}`, events: commit.events.slice(0, count) };
          const kept = await store.append(stream, part).catch(() => undefined);
          if (kept) break;
        }
        throw error;
      }
    },
  }),

  "indexes the ids of what then loses": (store, place) => {
    const phantoms = noteOf(place, "phantoms", () => new Map<string, StoredEvent>());
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (!result.ok) for (const event of commit.events) phantoms.set(event.id, { ...event, revision: 0 });
        return result;
      },
      async read(stream, options) {
        const { head, events } = await store.read(stream, options);
        const found = (options?.ids ?? []).flatMap((id) => phantoms.get(id) ?? []);
        return { head, events: [...events, ...found] };
      },
    };
  },

  "takes no more than a thousand events of a commit": (store) => ({
    append: (stream, commit) =>
      store.append(
        stream,
        commit.events?.length > 1000 ? withEvents(commit, commit.events.slice(0, 1000)) : commit,
      ),
  }),

  "burns the commit id of a commit that was refused": (store, place) => {
    const burnt = noteOf(place, "burnt", () => new Set<string>());
    return {
      async append(stream, commit) {
        if (burnt.has(commit.id) && commit.events?.length)
          return { ok: true, head: commit.expected, replayed: true };
        try {
          return await store.append(stream, commit);
        } catch (error) {
          burnt.add(commit.id);
          throw error;
        }
      },
    };
  },

  "reads the head some time after the events": (store) => ({
    async read(stream, options) {
      const { events } = await store.read(stream, options);
      await dawdle(3);
      return { head: (await store.read(stream, options)).head, events };
    },
  }),

  "knows no stream before it was written to, and says so by throwing": (store) => ({
    async read(stream, options) {
      const answer = await store.read(stream, options);
      if (answer.head === 0) throw new Error(`There is no stream ${stream}.`);
      return answer;
    },
  }),

  "throws at once instead of rejecting": (store) => ({
    append(stream, commit) {
      if (commit.events?.length === 0) throw new Error("There is nothing to append.");
      return store.append(stream, commit);
    },
  }),

  "answers without a promise where it knows the answer": (store, place) => {
    const written = noteOf(place, "written", () => new Set<string>());
    return {
      append(stream, commit) {
        written.add(stream);
        return store.append(stream, commit);
      },
      read: (stream, options) =>
        written.has(stream) || options ? store.read(stream, options) : ({ head: 0, events: [] } as never),
    };
  },
};

/** Broken in what becomes of a commit that is sent again. */
export const REPEATING: Zoo = {
  "appends a commit again when it comes again": (store, place) => {
    const count = noteOf(place, "count", () => ({ of: 0 }));
    return {
      append: (stream, commit) =>
        store.append(stream, commit.id === "" ? commit : { ...commit, id: `${commit.id} ${count.of++}` }),
    };
  },

  "appends a commit again where the stream is by now": (store, place) => {
    const count = noteOf(place, "count", () => ({ of: 0 }));
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (!result.ok || !result.replayed) return result;
        const { head } = await store.read(stream);
        return store.append(stream, { ...commit, id: `${commit.id} ${count.of++}`, expected: head });
      },
    };
  },

  "answers a repeated commit with today's head": (store) => ({
    async append(stream, commit) {
      const result = await store.append(stream, commit);
      return result.ok && result.replayed ? { ...result, head: (await store.read(stream)).head } : result;
    },
  }),

  "does not say that a commit was repeated": (store) => ({
    async append(stream, commit) {
      const { ok, head, ...result } = await store.append(stream, commit);
      return ok ? { ok, head } : { ok, head, ...(result as { reason: "conflict" }) };
    },
  }),

  "looks at `expected` before it looks whether a commit is repeated": (store) => ({
    async append(stream, commit) {
      const result = await store.append(stream, commit);
      const { head } = await store.read(stream);
      return result.ok && result.replayed && head !== commit.expected && result.head !== commit.expected + 1
        ? { ok: false, reason: "conflict", head }
        : result;
    },
  }),

  "takes a repeated commit for another one when its events are others": (store, place) => {
    const seen = noteOf(place, "seen", () => new Map<string, string>());
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        const key = JSON.stringify([stream, commit.id]);
        const events = JSON.stringify(commit.events);
        if (!result.ok || !result.replayed) {
          if (result.ok) seen.set(key, events);
          return result;
        }
        return seen.get(key) === events
          ? result
          : { ok: false, reason: "conflict", head: (await store.read(stream)).head };
      },
    };
  },

  "knows a commit id only through the handle it came through": (store, place) => {
    const mine = new Set<string>();
    return {
      async append(stream, commit) {
        const key = JSON.stringify([stream, commit.id]);
        const result = await store.append(stream, commit);
        if (result.ok && result.replayed && !mine.has(key) && place.who !== "again")
          return { ok: false, reason: "conflict", head: (await store.read(stream)).head };
        if (result.ok) mine.add(key);
        return result;
      },
    };
  },

  "knows commit ids over all streams": (store, place) => {
    const heads = noteOf(place, "heads", () => new Map<string, number>());
    return {
      async append(stream, commit) {
        const known = heads.get(commit.id);
        if (known !== undefined && commit.events?.length) return { ok: true, head: known, replayed: true };
        const result = await store.append(stream, commit);
        if (result.ok) heads.set(commit.id, result.head);
        return result;
      },
    };
  },

  "knows commit ids without case, marks and spaces": (store) => ({
    append: (stream, commit) =>
      store.append(stream, {
        ...commit,
        id:
          typeof commit.id === "string"
            ? commit.id
                .normalize("NFD")
                .replace(/[\u0300-\u036f\s]/g, "")
                .toLowerCase() || commit.id
            : commit.id,
      }),
  }),

  "remembers only the last commit of a stream": (store, place) => {
    const last = noteOf(place, "last", () => new Map<string, string>());
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (result.ok && result.replayed && last.get(stream) !== commit.id)
          return { ok: false, reason: "conflict", head: (await store.read(stream)).head };
        if (result.ok) last.set(stream, commit.id);
        return result;
      },
    };
  },

  "remembers a conflict as the outcome of a commit id": (store, place) => {
    const lost = noteOf(place, "lost", () => new Map<string, AppendResult>());
    return {
      async append(stream, commit) {
        const key = JSON.stringify([stream, commit.id]);
        const known = lost.get(key);
        if (known) return known;
        const result = await store.append(stream, commit);
        if (!result.ok) lost.set(key, result);
        return result;
      },
    };
  },

  "answers the second of two that are under way with a conflict": (store, place) => {
    const underWay = noteOf(place, "under way", () => new Set<string>());
    return {
      async append(stream, commit) {
        const key = JSON.stringify([stream, commit.id]);
        if (underWay.has(key)) {
          await dawdle();
          return { ok: false, reason: "conflict", head: (await store.read(stream)).head };
        }
        underWay.add(key);
        const result = await store.append(stream, commit).finally(() => underWay.delete(key));
        return result;
      },
    };
  },

  "says of two that are under way that both were the first": (store, place) => {
    const underWay = noteOf(place, "under way", () => new Map<string, number>());
    return {
      async append(stream, commit) {
        const key = JSON.stringify([stream, commit.id]);
        const busy = underWay.get(key) ?? 0;
        underWay.set(key, busy + 1);
        const result = await store.append(stream, commit);
        await dawdle();
        underWay.set(key, (underWay.get(key) ?? 1) - 1);
        return result.ok && busy > 0 ? { ok: true, head: result.head } : result;
      },
    };
  },
};
