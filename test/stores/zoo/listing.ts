import { noteOf, type WholeStore, type Zoo } from "./breed.js";

const everything = async (store: WholeStore) => (await store.streams({ limit: 1e6 })).names;

/** Broken in the names of streams that are listed. */
export const LISTING: Zoo = {
  "streams: loses a name between two pages": (store) => ({
    async streams(options) {
      const page = await store.streams(options);
      if (page.next === undefined) return page;
      const { names } = await store.streams({ ...options, after: page.next, limit: 1 });
      return { ...page, ...(names[0] === undefined ? {} : { next: names[0] }) };
    },
  }),

  "streams: repeats the first name of a page": (store) => ({
    async streams(options) {
      const page = await store.streams(options);
      return options?.after === undefined
        ? page
        : { ...page, names: [options.after, ...page.names].slice(0, options.limit) };
    },
  }),

  "streams: ignores `limit`": (store) => ({
    streams: ({ limit: _, ...options } = {}) => store.streams(options),
  }),

  "streams: ignores `prefix`": (store) => ({
    streams: ({ prefix: _, ...options } = {}) => store.streams(options),
  }),

  "streams: ignores `prefix` behind the first page": (store) => ({
    streams: ({ prefix, ...options } = {}) =>
      store.streams(options.after === undefined ? { ...options, prefix } : options),
  }),

  "streams: takes `prefix` for a pattern": (store) => ({
    async streams({ prefix = "", after, limit = 1000 } = {}) {
      const pattern = prefix
        .replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
        .replaceAll("%", ".*")
        .replaceAll("_", ".");
      const names = (await everything(store)).filter((name) => new RegExp(`^${pattern}`, "su").test(name));
      const from = after === undefined ? 0 : names.indexOf(after) + 1;
      const page = names.slice(from, from + limit);
      return from + limit < names.length ? { names: page, next: page.at(-1) ?? "" } : { names: page };
    },
  }),

  "streams: always says that there is more": (store) => ({
    async streams(options) {
      const page = await store.streams(options);
      const last = page.names.at(-1);
      return last === undefined ? page : { ...page, next: last };
    },
  }),

  "streams: never says that there is more": (store) => ({
    streams: async (options) => ({ names: (await store.streams(options)).names }),
  }),

  "streams: lists what was tried": (store, place) => {
    const tried = noteOf(place, "tried", () => new Set<string>());
    return {
      append(stream, commit) {
        tried.add(stream);
        return store.append(stream, commit);
      },
      async streams(options) {
        const page = await store.streams(options);
        const more = [...tried].filter(
          (name) => !page.names.includes(name) && name.startsWith(options?.prefix ?? ""),
        );
        return options?.after === undefined && page.next === undefined
          ? { names: [...page.names, ...more] }
          : page;
      },
    };
  },

  "streams: lists what came through its own handle": (store) => {
    const mine = new Set<string>();
    return {
      append(stream, commit) {
        mine.add(stream);
        return store.append(stream, commit);
      },
      async streams(options) {
        const page = await store.streams(options);
        return { ...page, names: page.names.filter((name) => mine.has(name)) };
      },
    };
  },

  "streams: lists a stream once for each commit": (store, place) => {
    const commits = noteOf(place, "commits", () => [] as string[]);
    return {
      async append(stream, commit) {
        const result = await store.append(stream, commit);
        if (result.ok) commits.push(stream);
        return result;
      },
      async streams(options) {
        const { names, ...page } = await store.streams(options);
        return { ...page, names: names.flatMap((name) => commits.filter((one) => one === name)) };
      },
    };
  },

  "streams: writes names in lower case": (store) => ({
    async streams(options) {
      const { names, ...page } = await store.streams(options);
      return { ...page, names: names.map((name) => name.toLowerCase()) };
    },
  }),

  "streams: counts places instead of going on after a name": (store, place) => {
    const offsets = noteOf(place, "offsets", () => new Map<string, number>());
    return {
      async streams({ prefix = "", after, limit = 1000 } = {}) {
        const names = (await everything(store)).filter((name) => name.startsWith(prefix));
        const from = after === undefined ? 0 : (offsets.get(after) ?? names.length);
        const page = names.slice(from, from + limit);
        if (from + limit >= names.length) return { names: page };
        const next = page.at(-1) ?? "";
        offsets.set(next, from + limit);
        return { names: page, next };
      },
    };
  },

  "streams: fails where there are none": (store) => ({
    async streams(options) {
      if ((await everything(store)).length === 0) throw new Error("There are no streams.");
      return store.streams(options);
    },
  }),
};
