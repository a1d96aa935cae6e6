import { type Breed, changingIn, changingOut, noteOf, renaming, type Zoo } from "./breed.js";

const collation = new Intl.Collator("en", { sensitivity: "base" });

/** Takes names for the first known one that compares as the same. */
const likeTheFirst =
  (alike: (one: string, other: string) => boolean): Breed =>
  (store, place) => {
    const known = noteOf(place, "known", () => [] as string[]);
    return renaming((name) => {
      const first = known.find((one) => alike(one, name));
      if (first !== undefined) return first;
      known.push(name);
      return name;
    })(store, place);
  };

/** Broken in which names of streams are the same. */
export const NAMING: Zoo = {
  "leaks between streams that start alike": (store) => ({
    async read(stream, options) {
      const { head } = await store.read(stream, options);
      const { names } = await store.streams({ prefix: stream });
      const answers = await Promise.all(names.map((name) => store.read(name, options)));
      return { head, events: answers.flatMap(({ events }) => events) };
    },
  }),
  "folds the case of names": renaming((name) => name.toLowerCase()),
  "normalises names": renaming((name) => name.normalize("NFC")),
  "trims names": renaming((name) => name.trim() || name),
  "ignores what cannot be seen": renaming((name) => name.replace(/[\p{Cf}\p{Mn}]/gu, "") || name),
  "collates names": likeTheFirst(
    (one, other) => one === other || (one.length < 3 && collation.compare(one, other) === 0),
  ),
  "takes names for paths": renaming((name) => new URL(`file:///${name.replaceAll("\\", "/")}`).pathname),
  "decodes names as parts of an address": renaming((name) => {
    try {
      return decodeURIComponent(name);
    } catch {
      return name;
    }
  }),
  "joins names with a separator": renaming((name) => name.replace(/[:/|\-_.#,; \p{Cc}]/gu, ":")),
  "matches names with wildcards": likeTheFirst((one, other) => {
    const pattern = one
      .replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
      .replaceAll("%", ".*")
      .replaceAll("_", ".");
    return new RegExp(`^${pattern}$`, "su").test(other);
  }),
  "matches names as globs": renaming((name) => name.replace(/[*?]/g, "*")),
  "escapes quotes twice": renaming((name) =>
    name.replaceAll("'", "''").replace(/'{4}/g, "''").replaceAll('"', "'"),
  ),
  "strips quotes": renaming((name) => name.replace(/['"`]/g, "") || "'"),
  "keeps names as keys of an object": (store) => ({
    append: async (stream, commit) =>
      stream in {} ? { ok: false, reason: "conflict", head: Number.NaN } : store.append(stream, commit),
  }),
  "takes names that look like numbers for numbers": renaming((name) =>
    name.trim() !== "" && Number.isFinite(Number(name)) ? String(Number(name)) : name,
  ),
  "cuts names at 255 characters": renaming((name) => name.slice(0, 255)),
  "has names of the first plane only": renaming((name) => name.replace(/[\u{10000}-\u{10ffff}]/gu, "\ufffd")),
  "cuts names at U+0000": renaming((name) => name.split("\0")[0] ?? name),
  "writes half surrogate pairs in names as U+FFFD": renaming((name) =>
    name.replace(/\p{Surrogate}/gu, "\ufffd"),
  ),
  "reads names that cannot be names as others": (store) => ({
    read: (stream, options) => store.read(stream.split("\0")[0] ?? stream, options),
  }),
  "takes an empty name for a blank": (store) => ({
    append: (stream, commit) => store.append(stream === "" ? " " : stream, commit),
  }),
  "keeps commits and streams in one table": (store, place) => {
    const heads = noteOf(place, "heads", () => new Map<string, number>());
    return {
      async append(stream, commit) {
        const key = `${stream}:${commit.id}`;
        const known = heads.get(key);
        if (known !== undefined) return { ok: true, head: known, replayed: true };
        const result = await store.append(stream, commit);
        if (result.ok) heads.set(key, result.head);
        return result;
      },
    };
  },
};

/** Broken in which ids are the same. */
export const IDENTIFYING: Zoo = {
  "finds ids whatever their case": (store) => ({
    async read(stream, options) {
      if (!options?.ids) return store.read(stream, options);
      const { ids, ...others } = options;
      const wanted = new Set(ids.map((id) => id.toLowerCase()));
      const { head, events } = await store.read(stream, { ...others, limit: undefined });
      const found = events.filter(({ id }) => wanted.has(id.toLowerCase()));
      return { head, events: found.slice(0, Math.max(0, options.limit ?? Infinity)) };
    },
  }),
  "joins ids with a comma": (store) => ({
    read: (stream, options) =>
      store.read(stream, options?.ids ? { ...options, ids: options.ids.join(",").split(",") } : options),
  }),
  "normalises ids of events": changingIn((event) =>
    typeof event.id === "string" ? { ...event, id: event.id.normalize("NFC") } : event,
  ),
  "cuts ids of events at U+0000": (store) => ({
    read: (stream, options) =>
      store.read(
        stream,
        options?.ids ? { ...options, ids: options.ids.map((id) => id.split("\0")[0] ?? id) } : options,
      ),
  }),
  "trims commit ids": (store) => ({
    append: (stream, commit) =>
      store.append(stream, {
        ...commit,
        id: typeof commit.id === "string" ? commit.id.trim() || commit.id : commit.id,
      }),
  }),
  "gives ids in lower case": changingOut((event) => ({ ...event, id: event.id.toLowerCase() })),
};
