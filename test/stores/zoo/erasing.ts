import { changingOut, mapFeed, noteOf, renaming, type WholeStore, type Zoo } from "./breed.js";

type Request = Parameters<WholeStore["erase"]>[1];

const revisionsOf = (request: Request, head: number): readonly number[] =>
  "revisions" in request ? request.revisions : Array.from({ length: head }, (_, index) => index + 1);

/** Which events were erased, by `revision stream`. */
const erasedIn = (place: Parameters<typeof noteOf>[0]) => noteOf(place, "erased", () => new Set<string>());

/** Carries a request out, and notes which events it was about. */
const noting =
  (store: WholeStore, erased: Set<string>): WholeStore["erase"] =>
  async (stream, request) => {
    const { head } = await store.read(stream);
    const answer = await store.erase(stream, request);
    for (const revision of revisionsOf(request, head)) erased.add(`${revision} ${stream}`);
    return answer;
  };

/** Takes a copy of the request first, so that a breed that looks around before it erases is broken in one way only. */
function eagerly(zoo: Zoo): Zoo {
  const copied = (request: Request): Request => {
    try {
      return structuredClone(request);
    } catch {
      return request;
    }
  };
  return Object.fromEntries(
    Object.entries(zoo).map(([what, breed]) => [
      what,
      (store, place) => {
        const { erase, ...broken } = breed(store, place);
        return erase ? { ...broken, erase: (stream, request) => erase(stream, copied(request)) } : broken;
      },
    ]),
  );
}

/** Broken in what is left of what was erased. */
export const ERASING: Zoo = eagerly({
  "erase: does nothing, and says that it did": (store) => ({
    erase: async (stream, request) => ({
      erased: revisionsOf(request, (await store.read(stream)).head).length,
    }),
  }),

  "erase: takes the events away": (store, place) => {
    const erased = erasedIn(place);
    return {
      erase: noting(store, erased),
      async read(stream, options) {
        const { head, events } = await store.read(stream, options);
        return { head, events: events.filter(({ revision }) => !erased.has(`${revision} ${stream}`)) };
      },
    };
  },

  "erase: moves later revisions down": (store, place) => {
    const erased = erasedIn(place);
    return {
      erase: noting(store, erased),
      async read(stream, options) {
        const { head, events } = await store.read(stream, options);
        const below = (revision: number) =>
          Array.from({ length: revision }, (_, at) => at + 1).filter((at) => erased.has(`${at} ${stream}`))
            .length;
        return {
          head,
          events: events.map((one) => ({ ...one, revision: one.revision - below(one.revision - 1) })),
        };
      },
    };
  },

  "erase: takes the head back": (store, place) => {
    const erased = erasedIn(place);
    return {
      erase: noting(store, erased),
      async read(stream, options) {
        const { head, events } = await store.read(stream, options);
        return { head: erased.has(`${head} ${stream}`) ? 0 : head, events };
      },
    };
  },

  "erase: appends a note of it": (store) => ({
    async erase(stream, request) {
      const answer = await store.erase(stream, request);
      const { head } = await store.read(stream);
      const note = { id: `note ${head}`, type: "events.erased", at: 0, by: "store", data: null };
      if (answer.erased > 0) await store.append(stream, { id: note.id, expected: head, events: [note] });
      return answer;
    },
  }),

  "erase: keeps the reason": (store, place) => {
    const reasons = noteOf(place, "reasons", () => new Map<string, string>());
    return {
      async erase(stream, request) {
        for (const { id, reason } of (await store.read(stream)).events)
          if (reason !== undefined) reasons.set(id, reason);
        return store.erase(stream, request);
      },
      ...changingOut((event) => {
        const reason = reasons.get(event.id);
        return reason === undefined ? event : { ...event, reason };
      })(store, place),
    };
  },

  "erase: takes the author as well": (store, place) => {
    const erased = erasedIn(place);
    return {
      erase: noting(store, erased),
      async read(stream, options) {
        const { head, events } = await store.read(stream, options);
        return {
          head,
          events: events.map((one) => (erased.has(`${one.revision} ${stream}`) ? { ...one, by: "" } : one)),
        };
      },
    };
  },

  "erase: forgets the commit ids": (store, place) => {
    const heads = noteOf(place, "heads", () => new Set<string>());
    return {
      async erase(stream, request) {
        heads.add(stream);
        return store.erase(stream, request);
      },
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        return result.ok && result.replayed && heads.has(stream)
          ? { ok: false, reason: "conflict", head: (await store.read(stream)).head }
          : result;
      },
    };
  },

  "erase: brings back what is sent again": (store, place) => {
    const again = noteOf(place, "again", () => new Map<string, unknown>());
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (result.ok && result.replayed)
          for (const { id, data } of commit.events) again.set(`${stream} ${id}`, data);
        return result;
      },
      async read(stream, options) {
        const { head, events } = await store.read(stream, options);
        return {
          head,
          events: events.map((one) =>
            again.has(`${stream} ${one.id}`)
              ? { ...one, data: again.get(`${stream} ${one.id}`) ?? null }
              : one,
          ),
        };
      },
    };
  },

  "erase: is about one handle only": (store) => {
    const erased = new Set<string>();
    return {
      async erase(stream, request) {
        const { head } = await store.read(stream);
        for (const revision of revisionsOf(request, head)) erased.add(`${revision} ${stream}`);
        return { erased: erased.size };
      },
      async read(stream, options) {
        const { head, events } = await store.read(stream, options);
        return {
          head,
          events: events.map(({ reason, ...one }) =>
            erased.has(`${one.revision} ${stream}`)
              ? { ...one, data: null }
              : { ...one, ...(reason === undefined ? {} : { reason }) },
          ),
        };
      },
    };
  },

  "erase: leaves an index that can be read by id": (store, place) => {
    const index = noteOf(place, "index", () => new Map<string, unknown>());
    return {
      async erase(stream, request) {
        for (const event of (await store.read(stream)).events) index.set(`${stream} ${event.id}`, event);
        return store.erase(stream, request);
      },
      async read(stream, options) {
        const { head, events } = await store.read(stream, options);
        return {
          head,
          events: options?.ids
            ? events.map((one) => (index.get(`${stream} ${one.id}`) ?? one) as typeof one)
            : events,
        };
      },
    };
  },

  "erase: the feed still gives what was erased": (store, place) => {
    const kept = noteOf(place, "kept", () => new Map<string, unknown>());
    return {
      async erase(stream, request) {
        for (const event of (await store.read(stream)).events) kept.set(`${stream} ${event.id}`, event);
        return store.erase(stream, request);
      },
      feed: (options) =>
        mapFeed(store.feed(options), (commit) => ({
          ...commit,
          events: commit.events.map(
            (event) => (kept.get(`${commit.stream} ${event.id}`) ?? event) as typeof event,
          ),
        })),
    };
  },

  "erase: the feed leaves out what was erased": (store, place) => {
    const erased = erasedIn(place);
    return {
      erase: noting(store, erased),
      feed: (options) =>
        mapFeed(store.feed(options), (commit) =>
          commit.events.some(({ revision }) => erased.has(`${revision} ${commit.stream}`))
            ? undefined
            : commit,
        ),
    };
  },

  "erase: is given by the feed as a commit": (store, place) => {
    const erasures = noteOf(place, "erasures", () => ({ of: 0 }));
    return {
      async erase(stream, request) {
        erasures.of++;
        return store.erase(stream, request);
      },
      async *feed(options) {
        for await (const commit of store.feed(options)) {
          if (erasures.of > 0 && options?.follow !== false) yield { ...commit, events: [] };
          yield commit;
        }
      },
    };
  },

  "erase: counts what was asked for": (store) => ({
    async erase(stream, request) {
      await store.erase(stream, request);
      return { erased: revisionsOf(request, (await store.read(stream)).head).length };
    },
  }),

  "erase: says nothing about how many": (store) => ({
    erase: async (stream, request) => {
      await store.erase(stream, request);
      return {} as { erased: number };
    },
  }),

  "erase: does half of it before it refuses": (store) => ({
    async erase(stream, request) {
      if (
        "revisions" in request &&
        Array.isArray(request.data) &&
        request.data.length === request.revisions?.length
      ) {
        let erased = 0;
        for (const [index, revision] of request.revisions.entries())
          erased += (await store.erase(stream, { revisions: [revision], data: [request.data[index]] }))
            .erased;
        return { erased };
      }
      return store.erase(stream, request);
    },
  }),

  "erase: leaves nothing, whatever is to stay": (store) => ({
    erase: (stream, request) =>
      store.erase(
        stream,
        "revisions" in request && request.data?.length === request.revisions?.length
          ? { revisions: request.revisions }
          : request,
      ),
  }),

  "erase: leaves what is to stay in the order of the revisions": (store) => ({
    erase: (stream, request) =>
      store.erase(
        stream,
        "revisions" in request && Array.isArray(request.revisions)
          ? { ...request, revisions: request.revisions.toSorted((a, b) => a - b) }
          : request,
      ),
  }),

  "erase: takes no revisions for all": (store) => ({
    erase: (stream, request) =>
      store.erase(
        stream,
        "revisions" in request && request.revisions?.length === 0 ? { all: true } : request,
      ),
  }),

  "erase: takes any request without revisions for all": (store) => ({
    erase: (stream, request) => store.erase(stream, "revisions" in request ? request : { all: true }),
  }),

  "erase: fails without a code": (store) => ({
    erase: (stream, request) =>
      store.erase(stream, request).catch((error) => {
        throw new TypeError(error.message);
      }),
  }),

  "erase: fails for a revision that the stream does not have": (store) => ({
    async erase(stream, request) {
      const { head } = await store.read(stream);
      if (head > 0 && revisionsOf(request, head).some((revision) => revision > head))
        throw new Error("No such revision.");
      return store.erase(stream, request);
    },
  }),

  "erase: takes revisions in 32 bits": (store) => ({
    erase: (stream, request) =>
      store.erase(
        stream,
        "revisions" in request && Array.isArray(request.revisions)
          ? {
              ...request,
              revisions: request.revisions.map((one) => (one > 2 ** 31 && one < 2 ** 33 ? one | 0 : one)),
            }
          : request,
      ),
  }),

  "erase: fails for a stream that it does not have": (store) => ({
    async erase(stream, request) {
      if ((await store.read(stream)).head === 0) throw new Error("No such stream.");
      return store.erase(stream, request);
    },
  }),

  "erase: brings a stream into being": (store, place) => {
    const made = noteOf(place, "made", () => new Set<string>());
    return {
      async erase(stream, request) {
        if ((await store.read(stream)).head === 0) made.add(stream);
        return store.erase(stream, request);
      },
      async streams(options) {
        const page = await store.streams(options);
        return options?.after === undefined && page.next === undefined
          ? { names: [...page.names, ...made] }
          : page;
      },
    };
  },

  "erase: takes the name of a stream away": (store, place) => {
    const gone = noteOf(place, "gone", () => new Set<string>());
    return {
      async erase(stream, request) {
        gone.add(stream);
        return store.erase(stream, request);
      },
      async streams(options) {
        const page = await store.streams(options);
        return { ...page, names: page.names.filter((name) => !gone.has(name)) };
      },
    };
  },

  "erase: is about all streams that start alike": (store) => ({
    async erase(stream, request) {
      const { names } = await store.streams({ prefix: stream });
      const answer = await store.erase(stream, request);
      for (const name of names) await store.erase(name, request);
      return answer;
    },
  }),

  "erase: folds the case of names": (store, place) => {
    const { erase } = renaming((name) => name.toLowerCase())(store, place);
    return erase ? { erase } : {};
  },

  "erase: takes a hundred revisions at most": (store) => ({
    erase: (stream, request) =>
      store.erase(
        stream,
        "revisions" in request && request.revisions?.length > 100
          ? {
              revisions: request.revisions.slice(0, 100),
              ...(request.data ? { data: request.data.slice(0, 100) } : {}),
            }
          : request,
      ),
  }),

  "erase: counts an event as often as it is named": (store) => ({
    async erase(stream, request) {
      const { erased } = await store.erase(stream, request);
      const named = "revisions" in request ? request.revisions : [];
      return { erased: erased + named.filter((one, at) => named.indexOf(one) !== at).length };
    },
  }),

  "erase: locks the stream, so that nothing can be appended": (store, place) => {
    const locks = noteOf(place, "locks", () => new Set<string>());
    return {
      async erase(stream, request) {
        locks.add(stream);
        const answer = await store.erase(stream, request);
        for (let turn = 0; turn < 5; turn++) await Promise.resolve();
        locks.delete(stream);
        return answer;
      },
      append: async (stream, commit) =>
        locks.has(stream)
          ? { ok: false, reason: "conflict", head: (await store.read(stream)).head }
          : store.append(stream, commit),
    };
  },
});

/** Broken in whose request it is. */
export const ERASING_LATE: Zoo = {
  "erase: makes its copy of what is to stay late": (store) => ({
    async erase(stream, request) {
      await store.read(stream);
      return store.erase(stream, request);
    },
  }),
};
