import type { Commit, FeedCommit, NewEvent, ReadOptions, SpaceStore, StoredEvent } from "chat-spaces";

/**
 * A defect, planted into a store that is right otherwise. Called once for each set of data, and then for each handle on
 * it.
 */
export type Defect = () => (right: SpaceStore) => Partial<SpaceStore>;

type Feed = NonNullable<SpaceStore["feed"]>;
type Streams = NonNullable<SpaceStore["streams"]>;
type Erase = NonNullable<SpaceStore["erase"]>;

/** What every store here can do. */
const whole = (store: SpaceStore) => store as SpaceStore & { feed: Feed; streams: Streams; erase: Erase };

/** Makes defects of one function that all handles have alike. */
const inEach = (defect: (right: ReturnType<typeof whole>) => Partial<SpaceStore>): Defect => {
  return () => (right) => defect(whole(right));
};

const headOf = async (store: SpaceStore, stream: string) => (await store.read(stream, { limit: 0 })).head;

/** What the options ask for, of all events of a stream. */
function chosen(
  all: readonly StoredEvent[],
  { after = 0, before = Infinity, limit = Infinity, backwards = false, ids }: ReadOptions = {},
): readonly StoredEvent[] {
  const found = all.filter(
    ({ id, revision }) => after < revision && revision < before && (!ids || ids.includes(id)),
  );
  return (backwards ? found.toReversed() : found).slice(0, Math.max(0, limit));
}

/** Another name under which a stream is kept. */
const underName = (rename: (name: string) => string): Defect =>
  inEach(({ read, append }) => ({
    read: (stream, options) => read(rename(stream), options),
    append: (stream, commit) => append(stream && rename(stream), commit),
  }));

const withOptions = (change: (options: ReadOptions) => ReadOptions): Defect =>
  inEach(({ read }) => ({ read: (stream, options = {}) => read(stream, change(options)) }));

const withCommit = (change: (commit: Commit, stream: string) => Commit): Defect =>
  inEach(({ append }) => ({ append: (stream, commit) => append(stream, change(commit, stream)) }));

/** Defects by what is wrong, each of another kind. */
export const DEFECTS: { readonly [what: string]: Defect } = {
  "a stale commit lands, now and then": inEach((right) => ({
    async append(stream, commit) {
      const result = await right.append(stream, commit);
      if (result.ok || commit.expected > result.head || result.head % 3 !== 0) return result;
      return right.append(stream, { ...commit, expected: result.head });
    },
  })),

  "first it looks and then it acts": inEach((right) => ({
    async append(stream, commit) {
      if ((await headOf(right, stream)) !== commit.expected) return right.append(stream, commit);
      for (let expected = commit.expected; ; ) {
        const result = await right.append(stream, { ...commit, expected });
        if (result.ok) return result;
        expected = result.head;
      }
    },
  })),

  "a batch lands event by event": inEach((right) => ({
    async append(stream, commit) {
      if (!Array.isArray(commit.events)) return right.append(stream, commit);
      let result = await right.append(stream, { ...commit, events: commit.events.slice(0, 1) });
      for (const event of commit.events.slice(1)) {
        if (!result.ok || result.replayed) return result;
        const { head } = result;
        const one = { id: `${commit.id}, ${head}`, expected: head, events: [event] };
        result = await right.append(stream, one);
      }
      return result;
    },
  })),

  "a repeated commit hears where the stream is today": inEach((right) => ({
    async append(stream, commit) {
      const result = await right.append(stream, commit);
      return result.ok && result.replayed ? { ...result, head: await headOf(right, stream) } : result;
    },
  })),

  "a repeated commit is recognised only where it expects what it expected": withCommit((commit) => ({
    ...commit,
    id: commit.id && `${commit.id} at ${commit.expected}`,
  })),

  "a commit is taken for one of another stream": () => {
    const heads = new Map<string, number>();
    return (right) => ({
      async append(stream, commit) {
        const head = heads.get(commit.id);
        if (head !== undefined && (await headOf(right, stream)) === 0)
          return { ok: true, head, replayed: true };
        const result = await right.append(stream, commit);
        if (result.ok) heads.set(commit.id, result.head);
        return result;
      },
    });
  },

  "after is where it starts": withOptions((o) => (o.after ? { ...o, after: o.after - 1 } : o)),
  "a page has one too many, where it starts in the middle": withOptions((o) =>
    o.after && o.limit && o.limit > 0 ? { ...o, limit: o.limit + 1 } : o,
  ),

  "before is forgotten on the way back": withOptions(({ before, ...o }) =>
    o.backwards ? o : { ...o, before },
  ),

  "the limit comes before the ids": inEach(({ read }) => ({
    async read(stream, { ids, ...options } = {}) {
      const { head, events } = await read(stream, options);
      return { head, events: events.filter(({ id }) => !ids || ids.includes(id)) };
    },
  })),

  "of two events with one id the second hides the first": inEach((right) => ({
    async read(stream, options = {}) {
      if (!options.ids) return right.read(stream, options);
      const { head, events } = await right.read(stream);
      const lastOnes = events.filter(({ id }, i) => events.findLastIndex((e) => e.id === id) === i);
      return { head, events: chosen(lastOnes, options) };
    },
  })),

  "a read sees half of what happens meanwhile": inEach(({ read }) => ({
    async read(stream, options) {
      const { events } = await read(stream, options);
      const { head } = await read(stream, { limit: 0 });
      return { head, events };
    },
  })),

  "what is read is shared with everybody who reads": () => {
    const cache = new Map<string, StoredEvent[]>();
    return (right) => ({
      async read(stream, options) {
        const known = cache.get(stream) ?? [];
        const { head, events } = await right.read(stream, { after: known.length });
        cache.set(stream, [...known, ...events]);
        return { head, events: chosen([...known, ...events], options) };
      },
    });
  },

  "what is appended is shared with who appended it": () => {
    const given = new Map<string, NewEvent>();
    return (right) => ({
      async append(stream, commit) {
        const result = await right.append(stream, commit);
        if (result.ok && !result.replayed) {
          commit.events.forEach((event, index) => {
            given.set(`${result.head - commit.events.length + 1 + index} ${stream}`, event);
          });
        }
        return result;
      },
      async read(stream, options) {
        const { head, events } = await right.read(stream, options);
        return { head, events: events.map((e) => ({ ...e, ...given.get(`${e.revision} ${stream}`) })) };
      },
    });
  },

  "a handle does not see what the other one has appended to a stream that it knows": () => (right) => {
    const known = new Map<string, Awaited<ReturnType<SpaceStore["read"]>>>();
    return {
      async append(stream, commit) {
        known.delete(stream);
        return right.append(stream, commit);
      },
      async read(stream, options) {
        const { head, events } = known.get(stream) ?? (await right.read(stream));
        known.set(stream, { head, events });
        return { head, events: structuredClone(chosen(events, options)) };
      },
    };
  },

  "names are folded to lower case": underName((name) => name.toLowerCase()),
  "names are cut off": underName((name) => name.slice(0, 255)),
  "a stream has what is in streams below it": inEach((right) => ({
    async read(stream, options) {
      const own = await right.read(stream, options);
      const { names } = await right.streams({ prefix: `${stream}/` });
      const below = await Promise.all(names.map((name) => right.read(name, options)));
      return { head: own.head, events: [...own.events, ...below.flatMap(({ events }) => events)] };
    },
  })),

  "an invalid commit is swallowed": inEach((right) => ({
    append: (stream, commit) =>
      right.append(stream, commit).catch(async (error) => {
        if (error.code !== "STORE_INVALID_COMMIT") throw error;
        return { ok: true, head: await headOf(right, stream) };
      }),
  })),

  "what is erased is gone altogether": inEach(({ read }) => ({
    async read(stream, options) {
      const { head, events } = await read(stream, options);
      return { head, events: events.filter(({ data, reason }) => data !== null || reason !== undefined) };
    },
  })),

  "erasing counts what was erased before": inEach(({ read, erase }) => ({
    async erase(stream, request) {
      const { erased } = await erase(stream, request);
      if ("all" in request) return { erased: (await read(stream)).events.length };
      return { erased };
    },
  })),

  "erasing leaves the reason": () => {
    const reasons = new Map<string, string>();
    return (right) => ({
      async append(stream, commit) {
        const result = await right.append(stream, commit);
        if (!result.ok || result.replayed) return result;
        commit.events.forEach(({ reason }, index) => {
          const revision = result.head - commit.events.length + 1 + index;
          if (reason !== undefined) reasons.set(`${revision} ${stream}`, reason);
        });
        return result;
      },
      async read(stream, options) {
        const { head, events } = await right.read(stream, options);
        return {
          head,
          events: events.map((event) => {
            const reason = reasons.get(`${event.revision} ${stream}`);
            return reason === undefined ? event : { ...event, reason };
          }),
        };
      },
    });
  },

  "an erased commit is forgotten, and lands once more": () => {
    const erased = new Set<string>();
    return (right) => ({
      async erase(stream, request) {
        if ("all" in request) erased.add(stream);
        return right.erase?.(stream, request) ?? { erased: 0 };
      },
      async append(stream, commit) {
        const result = await right.append(stream, commit);
        if (!result.ok || !result.replayed || !erased.has(stream)) return result;
        const expected = await headOf(right, stream);
        return right.append(stream, { ...commit, id: `${commit.id} again at ${expected}`, expected });
      },
    });
  },

  "the feed gives once more the commit after which it goes on": inEach(({ feed }) => ({
    async *feed(options = {}) {
      const { after, ...rest } = options;
      for await (const commit of feed(rest)) {
        if (after === undefined || Number(commit.cursor) >= Number(after)) yield commit;
      }
    },
  })),

  "the feed goes by the names of the streams": inEach(({ feed }) => ({
    async *feed(options = {}) {
      const all: FeedCommit[] = [];
      for await (const commit of feed({ follow: false })) all.push(commit);
      const inOrder = all.toSorted((a, b) => (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0));
      const from = inOrder.findIndex(({ cursor }) => cursor === options.after) + 1;
      yield* inOrder.slice(from);
    },
  })),

  "the feed gives what was erased": () => {
    const given = new Map<string, FeedCommit>();
    return (right) => ({
      async *feed(options) {
        for await (const commit of right.feed?.(options) ?? []) {
          const first = given.get(commit.cursor) ?? structuredClone(commit);
          given.set(commit.cursor, first);
          yield structuredClone(first);
        }
      },
    });
  },

  "the list takes a prefix for a pattern": inEach(({ streams }) => ({
    async streams({ prefix = "", ...options } = {}) {
      const like = new RegExp(`^${prefix.replaceAll("%", ".*").replaceAll("_", ".")}`, "s");
      const { names } = await streams({ ...options, limit: undefined });
      return { names: names.filter((name) => like.test(name)).slice(0, options.limit) };
    },
  })),

  "the list counts its pages by the number of names": inEach(({ streams }) => ({
    async streams({ after = "0", limit = 1000, prefix } = {}) {
      const { names } = await streams({ prefix });
      const from = Number(after);
      const page = names.slice(from, from + limit);
      return from + limit < names.length ? { names: page, next: String(from + limit) } : { names: page };
    },
  })),

  "what was appended last is gone when the data is opened again": () => {
    let handles = 0;
    return ({ read }) => {
      handles += 1;
      if (handles <= 2) return {};
      return {
        async read(stream, options) {
          const { head } = await read(stream, { limit: 0 });
          const { events } = await read(stream, { before: head });
          return { head: Math.max(0, head - 1), events: chosen(events, options) };
        },
      };
    };
  },
  "the list turns round every other time": () => {
    let turn = 0;
    return (right) => ({
      async streams(options) {
        const page = (await right.streams?.(options)) ?? { names: [] };
        turn += 1;
        return turn % 2 === 0 ? { names: page.names.toReversed() } : page;
      },
    });
  },
};
