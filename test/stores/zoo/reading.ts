import type { ReadOptions, SpaceStore } from "chat-spaces";
import type { Breed, WholeStore, Zoo } from "./breed.js";

/** Changes the options on their way in. */
const asking =
  (change: (options: ReadOptions) => ReadOptions): Breed =>
  (store) => ({ read: (stream, options) => store.read(stream, change(options ?? {})) });

/** Changes the answer on its way out. */
const answering =
  (
    change: (
      answer: Awaited<ReturnType<SpaceStore["read"]>>,
      options: ReadOptions,
    ) => Awaited<ReturnType<SpaceStore["read"]>>,
  ): Breed =>
  (store) => ({ read: async (stream, options) => change(await store.read(stream, options), options ?? {}) });

/** Reads without some of the options, and then does what they say in a way of its own. */
const reading =
  (act: (store: WholeStore, stream: string, options: ReadOptions) => ReturnType<SpaceStore["read"]>): Breed =>
  (store) => ({ read: (stream, options = {}) => act(store, stream, options) });

/** Broken in which events are read, and in what order. */
export const PAGING: Zoo = {
  "gives the event of `after` as well": asking((options) =>
    options.after === undefined ? options : { ...options, after: options.after - 1 },
  ),
  "gives the event of `before` as well": asking((options) =>
    options.before === undefined ? options : { ...options, before: options.before + 1 },
  ),
  "takes `after` for exclusive twice": asking((options) =>
    options.after ? { ...options, after: options.after + 1 } : options,
  ),
  "applies `limit` before everything else": reading(async (store, stream, { limit, ...options }) => {
    const { events: first } = await store.read(stream, { limit, backwards: options.backwards });
    const within = new Set(first.map(({ revision }) => revision));
    const { head, events } = await store.read(stream, options);
    return { head, events: events.filter(({ revision }) => within.has(revision)) };
  }),
  "applies `limit` before `ids`": reading(async (store, stream, { ids, ...options }) => {
    const { head, events } = await store.read(stream, options);
    return { head, events: events.filter(({ id }) => !ids || ids.includes(id)) };
  }),
  "ignores `backwards`": asking(({ backwards: _, ...options }) => options),
  "reads backwards from the wrong end": reading(async (store, stream, { backwards, ...options }) => {
    const { head, events } = await store.read(stream, options);
    return { head, events: backwards ? [...events].reverse() : events };
  }),
  "says the head of what it read": answering(({ head, events }) => ({
    head: events.length > 0 ? Math.max(...events.map(({ revision }) => revision)) : 0 * head,
    events,
  })),
  "takes a limit of 0 for no limit": asking((options) => ({ ...options, limit: options.limit || undefined })),
  "takes a limit below 0 from the end": reading(async (store, stream, { limit, ...options }) => {
    const { head, events } = await store.read(stream, options);
    return { head, events: events.slice(0, limit) };
  }),
  "ignores `after` where there are `ids`": asking(({ after, ...options }) =>
    options.ids ? options : { ...options, after },
  ),
  "stumbles over an option that is undefined": asking((options) =>
    "after" in options && options.after === undefined ? { ...options, after: Number.NaN } : options,
  ),
  "takes infinity for 0": asking((options) =>
    options.before === Infinity ? { ...options, before: 0 } : options,
  ),
  "gives an event as often as its id is named": reading(async (store, stream, options) => {
    const { head, events } = await store.read(stream, options);
    const twice = (options.ids ?? []).filter((id, at, ids) => ids.indexOf(id) !== at);
    return { head, events: [...events, ...events.filter(({ id }) => twice.includes(id))] };
  }),
  "gives events in the order of `ids`": answering(({ head, events }, { ids }) => ({
    head,
    events: ids ? [...events].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)) : events,
  })),
  "takes 999 ids at most": asking((options) =>
    options.ids ? { ...options, ids: options.ids.slice(0, 999) } : options,
  ),
  "takes no ids for any": asking((options) =>
    options.ids?.length === 0 ? { ...options, ids: undefined } : options,
  ),
  "fails for an id that it does not have": reading(async (store, stream, options) => {
    const { head, events } = await store.read(stream, options);
    if (head > 0 && options.ids && options.ids.length > 0 && events.length === 0)
      throw new Error("No such event.");
    return { head, events };
  }),
  "gives one event for each id": answering(({ head, events }, { ids }) => ({
    head,
    events: ids ? events.filter(({ id }, at) => events.findIndex((one) => one.id === id) === at) : events,
  })),
  "gives a hundred events at most": answering(({ head, events }) => ({ head, events: events.slice(0, 100) })),
};

/** Broken in giving up. */
export const ABORTING: Zoo = {
  "does not look at the signal": asking(({ signal: _, ...options }) => options),
  "rejects with an error of its own when it is aborted": (store) => ({
    async read(stream, options) {
      if (options?.signal?.aborted) throw new Error("Aborted.");
      return store.read(stream, options);
    },
  }),
  "looks for a reason instead of whether it was aborted": (store) => ({
    read: (stream, options) =>
      store.read(
        stream,
        options?.signal?.aborted && options.signal.reason === undefined
          ? { ...options, signal: undefined }
          : options,
      ),
  }),
  "takes any signal for one that was aborted": (store) => ({
    async read(stream, options) {
      if (options?.signal) throw options.signal.reason ?? new Error("Aborted.");
      return store.read(stream, options);
    },
  }),
  "stays aborted": (store) => {
    let reason: unknown;
    return {
      async read(stream, options) {
        if (reason) throw reason;
        options?.signal?.addEventListener("abort", () => {
          reason = options.signal?.reason;
        });
        return store.read(stream, options);
      },
    };
  },
};

/** Broken in what is refused. */
export const REFUSING: Zoo = {
  "takes a commit without events": (store) => ({
    append: async (stream, commit) =>
      commit.events?.length === 0 ? { ok: true, head: commit.expected } : store.append(stream, commit),
  }),
  "answers with a conflict to what expects no revision": (store) => ({
    append: async (stream, commit) =>
      Number.isSafeInteger(commit.expected) && commit.expected >= 0
        ? store.append(stream, commit)
        : { ok: false, reason: "conflict", head: (await store.read(stream)).head },
  }),
  "takes a missing `expected` for any": (store) => ({
    append: async (stream, commit) =>
      store.append(stream, { ...commit, expected: commit.expected ?? (await store.read(stream)).head }),
  }),
  "makes up an id for a commit that has none": (store) => ({
    append: (stream, commit) => store.append(stream, { ...commit, id: commit.id || "made up" }),
  }),
  "makes up an id for an event that has none": (store) => ({
    append: (stream, commit) =>
      store.append(
        stream,
        Array.isArray(commit.events)
          ? {
              ...commit,
              events: commit.events.map((event) => event && { ...event, id: event.id || "made up" }),
            }
          : commit,
      ),
  }),
  "fails without a code": (store) => ({
    append: (stream, commit) =>
      store.append(stream, commit).catch((error) => {
        throw new TypeError(error.message);
      }),
  }),
  "leaves out what is no JSON": (store) => ({
    append(stream, commit) {
      try {
        JSON.stringify(commit);
        return store.append(stream, commit);
      } catch {
        return store.append(stream, {
          ...commit,
          events: commit.events.map((event) => ({ ...event, data: null })),
        });
      }
    },
  }),
  "refuses a commit that has one bad event only after it kept the others": (store) => ({
    async append(stream, commit) {
      try {
        return await store.append(stream, commit);
      } catch (error) {
        if (commit.events?.length > 1 && commit.expected === 2)
          await store.append(stream, { ...commit, id: "others", events: commit.events.slice(0, 1) });
        throw error;
      }
    },
  }),
};
