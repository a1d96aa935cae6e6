import type { FeedCommit } from "../../../src/stores/contract.js";
import { all, type Breed, dawdle, mapFeed, noteOf, type WholeStore, type Zoo } from "./breed.js";

/** A feed that is told something else than it was asked. */
const feed =
  (
    act: (
      store: WholeStore,
      options: NonNullable<Parameters<WholeStore["feed"]>[0]>,
      place: Parameters<Breed>[1],
    ) => AsyncIterable<FeedCommit>,
  ): Breed =>
  (store, place) => ({ feed: (options = {}) => act(store, options, place) });

/** A commit that a feed makes up. */
const madeUp = (cursor: string): FeedCommit => ({ cursor, stream: "made up", events: [] });

/** Broken in what a feed gives, and in what order. */
export const FEEDING: Zoo = {
  "feed: gives the commits stream by stream": feed(async function* (store, options) {
    const commits = await all(store, options);
    yield* commits.toSorted((a, b) => (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0));
    if (options.follow !== false)
      yield* store.feed({ ...options, after: commits.at(-1)?.cursor ?? options.after });
  }),

  "feed: gives the newest first": feed(async function* (store, options) {
    if (options.follow === false) yield* (await all(store, options)).toReversed();
    else yield* store.feed(options);
  }),

  "feed: gives every handle an order of its own": (store, { who }) => ({
    async *feed(options) {
      if (options?.follow === false && who === "b") {
        const commits = await all(store, options);
        const [one, two, ...others] = commits;
        if (one && two && one.stream !== two.stream) yield* [two, one, ...others];
        else yield* commits;
      } else yield* store.feed(options);
    },
  }),

  "feed: has a gap where a place is given out before its commit can be seen": (store, place) => {
    // As with a sequence of a database: who is slow to commit appears behind who has been given already.
    const late = noteOf(place, "late", () => new Map<string, number>());
    return {
      async append(stream, commit) {
        const key = JSON.stringify([stream, commit.expected + commit.events?.length]);
        if (commit.events?.length >= 40 && commit.events.length < 1000) late.set(key, 12);
        return store.append(stream, commit);
      },
      async *feed(options) {
        for await (const commit of store.feed(options)) {
          const key = JSON.stringify([commit.stream, commit.events.at(-1)?.revision]);
          const hidden = late.get(key) ?? 0;
          late.set(key, hidden - 4);
          if (hidden <= 0) yield commit;
        }
      },
    };
  },

  "feed: skips one commit when it goes on": feed(async function* (store, { after, ...options }) {
    const [first] = after === undefined ? [] : await all(store, { after });
    yield* store.feed({ ...options, after: first?.cursor ?? after });
  }),

  "feed: repeats the commit of the cursor when it goes on": feed(async function* (
    store,
    { after, ...options },
  ) {
    const commits = await all(store);
    const at = commits.findIndex(({ cursor }) => cursor === after);
    yield* store.feed(at < 0 ? { ...options, after } : { ...options, after: commits[at - 1]?.cursor });
  }),

  "feed: starts from the first when it goes on": feed(async function* (store, { after, ...options }) {
    if (after !== undefined) await all(store, { after });
    yield* store.feed(options);
  }),

  "feed: splits commits into events": (store) => ({
    feed: (options) =>
      mapFeed(store.feed(options), (commit) =>
        commit.events.map((event) => ({ ...commit, events: [event] })),
      ),
  }),

  "feed: gives a hundred events of a commit at most": (store) => ({
    feed: (options) =>
      mapFeed(store.feed(options), (commit) => ({ ...commit, events: commit.events.slice(0, 100) })),
  }),

  "feed: joins commits of a stream that follow each other": feed(async function* (store, options) {
    if (options.follow !== false) yield* store.feed(options);
    else {
      const commits = await all(store, options);
      for (let at = 0; at < commits.length; at++) {
        let commit = commits[at] as FeedCommit;
        for (let next = commits[at + 1]; next?.stream === commit.stream; next = commits[++at + 1])
          commit = { ...next, events: [...commit.events, ...next.events] };
        yield commit;
      }
    }
  }),

  "feed: gives only what came through its own handle": (store) => {
    const mine = new Set<string>();
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (result.ok) mine.add(JSON.stringify([stream, result.head]));
        return result;
      },
      feed: (options) =>
        mapFeed(store.feed(options), (commit) =>
          mine.has(JSON.stringify([commit.stream, commit.events.at(-1)?.revision])) ? commit : undefined,
        ),
    };
  },

  "feed: skips the hundredth commit": (store) => ({
    feed: (options) =>
      mapFeed(store.feed(options), (commit) => (commit.cursor === "100" ? undefined : commit)),
  }),

  "feed: gives events without their payloads": (store) => ({
    feed: (options) =>
      mapFeed(store.feed(options), (commit) => ({
        ...commit,
        events: commit.events.map((event) => ({ ...event, data: null })),
      })),
  }),

  "feed: gives one cursor to many commits": (store) => ({
    feed: (options) =>
      mapFeed(store.feed(options), (commit) => ({
        ...commit,
        cursor: String(Math.ceil(Number(commit.cursor) / 2) * 2),
      })),
  }),

  "feed: gives cursors that are numbers": (store) => ({
    feed: (options) =>
      mapFeed(store.feed(options), (commit) => ({
        ...commit,
        cursor: Number(commit.cursor) as unknown as string,
      })),
  }),

  "feed: writes names as parts of an address": (store) => ({
    feed: (options) =>
      mapFeed(store.feed(options), (commit) => ({ ...commit, stream: encodeURI(commit.stream) })),
  }),

  "feed: gives what lost as well": (store, place) => {
    const lost = noteOf(place, "lost", () => [] as string[]);
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (!result.ok) lost.push(commit.id);
        return result;
      },
      async *feed(options) {
        if (options?.follow === false && lost.length > 0) yield madeUp("lost");
        yield* store.feed(options);
      },
    };
  },

  "feed: gives a commit again when it was repeated": (store, place) => {
    const again = noteOf(place, "again", () => [] as string[]);
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (result.ok && result.replayed) again.push(`${stream} ${result.head}`);
        return result;
      },
      feed: (options) =>
        mapFeed(store.feed(options), (commit) =>
          again.includes(`${commit.stream} ${commit.events.at(-1)?.revision}`) ? [commit, commit] : commit,
        ),
    };
  },

  "feed: begins with an empty commit": feed(async function* (store, options) {
    if (options.after === undefined) yield madeUp("0");
    yield* store.feed(options);
  }),
};

/** Broken in how a feed waits, wakes, ends and gives up. */
export const WAITING: Zoo = {
  "feed: never wakes": feed(async function* (store, options) {
    yield* store.feed({ ...options, follow: false });
    if (options.follow !== false) await new Promise(() => {});
  }),

  "feed: ends where it is to wait": feed((store, options) => store.feed({ ...options, follow: false })),

  "feed: wakes once": feed(async function* (store, options) {
    let woken = 0;
    const before = (await all(store, options)).length;
    for await (const commit of store.feed(options)) {
      yield commit;
      if (options.follow !== false && ++woken === before + 1) await new Promise(() => {});
    }
  }),

  "feed: wakes for its own handle only": (store) => {
    let appended = 0;
    const waiting = new Set<() => void>();
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        appended++;
        for (const wake of waiting) wake();
        return result;
      },
      async *feed(options) {
        let after = options?.after;
        for (;;) {
          const seen = appended;
          for await (const commit of store.feed({ ...options, after, follow: false })) {
            yield commit;
            after = commit.cursor;
          }
          if (options?.follow === false) return;
          if (seen === appended) {
            await new Promise<void>((wake) => {
              waiting.add(wake);
              options?.signal?.addEventListener("abort", wake);
            });
          }
        }
      },
    };
  },

  "feed: wakes for other handles only": (store, { who }) => {
    const mine = new Set<string>();
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (result.ok && who === "a") mine.add(JSON.stringify([stream, result.head]));
        return result;
      },
      async *feed(options) {
        for await (const commit of store.feed(options)) {
          const isMine = mine.has(JSON.stringify([commit.stream, commit.events.at(-1)?.revision]));
          if (options?.follow === false || !isMine || commit.stream !== "new") yield commit;
        }
      },
    };
  },

  "feed: wakes one of those who wait": (store, place) => {
    const first = noteOf(place, "readers", () => ({ of: 0 }));
    return {
      async *feed(options) {
        const mine = options?.follow === false ? 1 : ++first.of;
        for await (const commit of store.feed(options)) {
          if (mine <= 1) yield commit;
        }
      },
    };
  },

  "feed: who comes late is given only what is new": feed(async function* (store, options) {
    const last =
      options.follow === false || options.after !== undefined ? undefined : (await all(store)).at(-1);
    yield* store.feed(last ? { ...options, after: last.cursor } : options);
  }),

  "feed: keeps no more than ten commits for who is slow": feed(async function* (store, options) {
    for await (const commit of store.feed(options)) {
      const last = options.follow === false ? undefined : (await all(store)).at(-1);
      if (!last || Number(last.cursor) - Number(commit.cursor) < 12) yield commit;
    }
  }),

  "feed: does not end where it is not to follow": feed((store, options) =>
    store.feed({ ...options, follow: true }),
  ),

  "feed: does not look at the signal": feed((store, { signal: _, ...options }) => store.feed(options)),

  "feed: looks at the signal only when it starts": feed(async function* (store, { signal, ...options }) {
    if (signal?.aborted) throw signal.reason;
    yield* store.feed(options);
  }),

  "feed: looks at the signal only when it waits": feed(async function* (store, options) {
    const commits = await all(store, { ...options, signal: undefined });
    yield* commits;
    if (options.follow !== false)
      yield* store.feed({ ...options, after: commits.at(-1)?.cursor ?? options.after });
  }),

  "feed: ends instead of rejecting when it is aborted": feed(async function* (store, options) {
    try {
      yield* store.feed(options);
    } catch (error) {
      if (!options.signal?.aborted) throw error;
    }
  }),

  "feed: rejects with an error of its own when it is aborted": feed(async function* (store, options) {
    try {
      yield* store.feed(options);
    } catch (error) {
      throw options.signal?.aborted ? new Error("Aborted.") : error;
    }
  }),

  "feed: never takes its listeners back": feed((store, options) => {
    if (options.signal) {
      const { signal } = options;
      signal.addEventListener("abort", () => {});
    }
    return store.feed(options);
  }),

  "feed: leaves a listener for each commit": feed(async function* (store, options) {
    for await (const commit of store.feed(options)) {
      if (options.after === undefined && commit.stream === "notes")
        options.signal?.addEventListener("abort", () => {});
      yield commit;
    }
  }),

  "feed: takes a cursor that is none for the first": feed(async function* (store, options) {
    try {
      if (options.after !== undefined) await all(store, { after: options.after });
    } catch {
      yield* store.feed({ ...options, after: undefined });
      return;
    }
    yield* store.feed(options);
  }),

  "feed: takes a cursor for what a number begins with": feed((store, options) =>
    store.feed(
      options.after !== undefined && Number.parseInt(options.after, 10) > 0
        ? { ...options, after: String(Number.parseInt(options.after, 10)) }
        : options,
    ),
  ),

  "feed: waits for a cursor that it has not come to": feed(async function* (store, options) {
    const last = (await all(store)).length;
    if (Number(options.after) > last) {
      if (options.follow !== false) await new Promise(() => {});
      return;
    }
    yield* store.feed(options);
  }),

  "feed: holds whoever leaves": feed((store, options) => {
    const iterator = store.feed(options)[Symbol.asyncIterator]();
    return {
      [Symbol.asyncIterator]: () => ({ next: () => iterator.next(), return: () => new Promise(() => {}) }),
    };
  }),

  "feed: gives everybody the same place": (store) => {
    let place: string | undefined;
    return {
      async *feed(options) {
        if (options?.after !== undefined) await all(store, { after: options.after });
        if (options?.follow === false) {
          yield* store.feed(options);
          return;
        }
        for await (const commit of store.feed({ ...options, after: place })) {
          place = commit.cursor;
          await dawdle(1);
          yield commit;
        }
      },
    };
  },
};
