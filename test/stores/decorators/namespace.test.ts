import {
  type FeedCommit,
  InvalidInputError,
  memoryStore,
  type SpaceStore,
  type StreamsOptions,
} from "chat-spaces";
import { withNamespace } from "chat-spaces/decorators";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeOf, event, idsOf } from "../cases.js";
import { countingSignal, drain } from "./helpers.js";

const commit = (id: string, expected = 0, data: unknown = null) => ({
  id,
  expected,
  events: [event(`${id}-1`, data)],
});

/** The first commit of a feed that waits, as a promise. */
const next = (store: SpaceStore, options = {}) => store.feed?.(options)[Symbol.asyncIterator]().next();

const namesOf = async (store: SpaceStore, options: StreamsOptions = {}) => {
  const names: string[] = [];
  for (let { after } = options; ; ) {
    const page = await store.streams?.({ ...options, after });
    names.push(...(page?.names ?? []));
    after = page?.next;
    if (after === undefined) return names;
  }
};

describe("a namespace", () => {
  test("is the start of the names in the shared store, as documented", async () => {
    const shared = memoryStore();
    await withNamespace(shared, "acme").append("space/drop", commit("c1"));
    await withNamespace(shared, "Bolt & Co / ä")
      .append("", commit("c1"))
      .catch(() => {});
    await withNamespace(shared, "Bolt & Co / ä").append("space/drop", commit("c1"));
    expect(await namesOf(shared)).toEqual(["@Bolt%20%26%20Co%20%2F%20%C3%A4/space/drop", "@acme/space/drop"]);
  });

  test("shares nothing with any other, nor with the store itself", async () => {
    const text = fc
      .string({ unit: "binary", minLength: 1, maxLength: 4 })
      .filter((name) => !name.includes("\0"));
    const pieces = fc
      .array(fc.constantFrom("a", "/", "@", "%", "%2F", "%40", ".", " "), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join(""));
    const name = fc.oneof(pieces, text);
    await fc.assert(
      fc.asyncProperty(fc.tuple(name, name), fc.tuple(name, name), async ([one, stream], [other, named]) => {
        fc.pre(one !== other);
        const shared = memoryStore();
        const [mine, theirs] = [withNamespace(shared, one), withNamespace(shared, other)];
        await mine.append(stream, commit("mine"));
        for (const view of [theirs, withNamespace(shared, `${one}/${stream}`)]) {
          for (const place of [stream, named, `@${one}/${stream}`]) {
            expect(await view.read(place)).toEqual({ head: 0, events: [] });
          }
          expect(await namesOf(view)).toEqual([]);
          expect(await drain(view)).toEqual([]);
        }
        expect((await mine.read(stream)).head).toBe(1);
        expect(await namesOf(mine)).toEqual([stream]);
      }),
      { numRuns: 60 },
    );
  });

  test("in a namespace is a part of it", async () => {
    const shared = memoryStore();
    const outer = withNamespace(shared, "acme");
    await withNamespace(outer, "berlin").append("notes", commit("c1"));
    expect(await namesOf(shared)).toEqual(["@acme/@berlin/notes"]);
    expect(await namesOf(outer)).toEqual(["@berlin/notes"]);
  });

  test.each([
    ["empty", ""],
    ["cut off", "a\0b"],
    ["half a surrogate pair", "a\ud800"],
    ["no text", 7 as unknown as string],
  ])("cannot be %s", (_, namespace) => {
    expect(() => withNamespace(memoryStore(), namespace)).toThrow(InvalidInputError);
    expect(() => withNamespace(memoryStore(), namespace)).toThrow(/is not a namespace/);
  });

  test("makes no name of what is none", async () => {
    const shared = memoryStore();
    await shared.append("@acme/", commit("c1"));
    const acme = withNamespace(shared, "acme");
    for (const stream of ["", "a\0", "\ud800", "\udc00x"]) {
      expect(await acme.read(stream)).toEqual({ head: 0, events: [] });
      expect(await codeOf(() => acme.append(stream, commit("c1")))).toBe("STORE_INVALID_COMMIT");
      expect(await acme.erase?.(stream, { all: true })).toEqual({ erased: 0 });
    }
    expect(await namesOf(acme)).toEqual([]);
    expect(await drain(acme)).toEqual([]);
    expect(await namesOf(shared)).toEqual(["@acme/"]);
  });
});

describe("the names of streams in a namespace", () => {
  test("are asked of the store by their start", async () => {
    const asked: StreamsOptions[] = [];
    const store = memoryStore();
    const shared: SpaceStore = {
      ...store,
      async streams(options = {}) {
        asked.push(options);
        return (await store.streams?.(options)) ?? { names: [] };
      },
    };
    const acme = withNamespace(shared, "acme");
    for (const name of ["a/1", "a/2", "b/1"]) await acme.append(name, commit("c1"));
    expect(await acme.streams?.({ prefix: "a/", limit: 1 })).toEqual({ names: ["a/1"], next: "a/1" });
    expect(await acme.streams?.({ prefix: "a/", after: "a/1", limit: 1 })).toEqual({ names: ["a/2"] });
    expect(await acme.streams?.()).toEqual({ names: ["a/1", "a/2", "b/1"] });
    expect(asked).toEqual([
      { prefix: "@acme/a/", after: undefined, limit: 1 },
      { prefix: "@acme/a/", after: "@acme/a/1", limit: 1 },
      { prefix: "@acme/", after: undefined, limit: undefined },
    ]);
  });

  test.each([1, 2, 3, 100])("are all there where pages of %d also hold other names", async (size) => {
    const all = ["@acme/", "@acme/b", "@bolt/a", "@bolt/b", "@bolt/c", "@acme/a", "x", "@acme/c", "y", "z"];
    const shared: SpaceStore = {
      ...memoryStore(),
      // A store with an order of its own that looks at so many names, whatever they start with.
      async streams({ after, limit = size } = {}) {
        const from = after === undefined ? 0 : all.indexOf(after) + 1;
        const names = all.slice(from, from + Math.min(size, limit));
        const last = names.at(-1);
        return last !== undefined && last !== "z" ? { names, next: last } : { names };
      },
    };
    const acme = withNamespace(shared, "acme");
    for (const limit of [undefined, 1, 2, 3, 4]) {
      expect(await namesOf(acme, { limit })).toEqual(["b", "a", "c"]);
    }
    expect((await acme.streams?.({ limit: 2 }))?.names).toEqual(["b", "a"]);
    expect(await namesOf(withNamespace(shared, "nobody"))).toEqual([]);
  });
});

test("a page of names is never longer than was asked for, however it is filled", async () => {
  const all = ["x", "@acme/a", "@acme/b", "@acme/c"];
  const shared: SpaceStore = {
    ...memoryStore(),
    async streams({ after, limit = 1 } = {}) {
      const from = after === undefined ? 0 : all.indexOf(after) + 1;
      const names = all.slice(from, from + limit);
      const last = names.at(-1);
      return from + limit < all.length && last !== undefined ? { names, next: last } : { names };
    },
  };
  expect(await withNamespace(shared, "acme").streams?.({ limit: 2 })).toEqual({
    names: ["a", "b"],
    next: "b",
  });
});

describe("the feed of a namespace", () => {
  test("gives what happens in it, and goes on after any commit of the store", async () => {
    const shared = memoryStore();
    const [acme, bolt] = [withNamespace(shared, "acme"), withNamespace(shared, "bolt")];
    await acme.append("notes", commit("a1"));
    await bolt.append("notes", commit("b1"));
    await acme.append("notes", commit("a2", 1));
    const fed = await drain(acme);
    expect(fed.map(({ cursor, stream, events }) => [cursor, stream, idsOf({ events })])).toEqual([
      ["1", "notes", ["a1-1"]],
      ["3", "notes", ["a2-1"]],
    ]);
    expect(await drain(acme, "1")).toEqual(fed.slice(1));
    expect(await drain(acme, "2")).toEqual(fed.slice(1));
    expect(await drain(bolt, "1")).toHaveLength(1);
    expect(await codeOf(() => drain(acme, "4"))).toBe("STORE_INVALID_CURSOR");
  });

  test("that waits hears of its own, and not of others", async () => {
    const shared = memoryStore();
    const [acme, bolt] = [withNamespace(shared, "acme"), withNamespace(shared, "bolt")];
    const waiting = next(acme);
    await bolt.append("notes", commit("b1"));
    await acme.append("notes", commit("a1"));
    expect((await waiting)?.value).toMatchObject({ cursor: "2", stream: "notes" });
  });

  test("listens to a signal only while it waits", async () => {
    const acme = withNamespace(memoryStore(), "acme");
    const { signal, listeners } = countingSignal();
    const feed = acme.feed?.({ signal })[Symbol.asyncIterator]();
    for (let head = 0; head < 5; head++) {
      const one = feed?.next();
      await acme.read("notes");
      expect(listeners.size).toBe(1);
      await acme.append("notes", commit(`c${head}`, head));
      await one;
    }
    expect(listeners.size).toBe(0);
  });
});

describe("closing a namespace", () => {
  test("leaves the store and its other namespaces open", async () => {
    const shared = memoryStore();
    const [acme, again, bolt] = ["acme", "acme", "bolt"].map((name) => withNamespace(shared, name));
    await acme?.append("notes", commit("c1"));
    await acme?.close?.();
    await acme?.close?.();
    expect(await again?.read("notes")).toMatchObject({ head: 1 });
    expect(await bolt?.append("notes", commit("c1"))).toEqual({ ok: true, head: 1 });
    expect((await shared.read("@acme/notes")).head).toBe(1);
  });

  test("is final for every part of it", async () => {
    const shared: SpaceStore = {
      ...memoryStore(),
      snapshots: { load: async () => undefined, save: async () => {} },
    };
    const acme = withNamespace(shared, "acme");
    await acme.close?.();
    const calls = [
      () => acme.read("notes"),
      () => acme.append("notes", commit("c1")),
      () => acme.append("", commit("c1")),
      () => acme.streams?.(),
      () => acme.erase?.("notes", { all: true }),
      () => acme.snapshots?.load("notes", "1"),
      () => acme.snapshots?.save("notes", "1", { revision: 1, state: {} }),
      () => next(acme),
      () => drain(acme),
    ];
    for (const call of calls) expect(await codeOf(call)).toBe("STORE_CLOSED");
    expect(await shared.read("@acme/notes")).toEqual({ head: 0, events: [] });
  });

  test("ends its feeds that wait, and no others", async () => {
    const shared = memoryStore();
    const [acme, bolt] = [withNamespace(shared, "acme"), withNamespace(shared, "bolt")];
    const { signal, listeners } = countingSignal();
    const ends = [next(acme), next(acme, { signal })];
    const goesOn = next(bolt);
    await shared.read("notes");
    await acme.close?.();
    expect(await Promise.all(ends)).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
    expect(listeners.size).toBe(0);
    await bolt.append("notes", commit("c1"));
    expect((await goesOn)?.value).toMatchObject({ stream: "notes" });
  });

  test("ends a feed also where there is more to come", async () => {
    const pages: FeedCommit[] = ["1", "2"].map((cursor) => ({ cursor, stream: "@acme/notes", events: [] }));
    const shared: SpaceStore = {
      ...memoryStore(),
      // One that has them all at hand and looks at no signal.
      async *feed() {
        yield* pages;
      },
    };
    const acme = withNamespace(shared, "acme");
    const feed = acme.feed?.()[Symbol.asyncIterator]();
    expect((await feed?.next())?.value).toMatchObject({ cursor: "1" });
    await acme.close?.();
    expect(await feed?.next()).toEqual({ done: true, value: undefined });
  });

  test("of the shared store closes all of them", async () => {
    const shared = memoryStore();
    const acme = withNamespace(shared, "acme");
    const end = next(acme);
    await acme.read("notes");
    await shared.close?.();
    expect(await end).toEqual({ done: true, value: undefined });
    expect(await codeOf(() => acme.read("notes"))).toBe("STORE_CLOSED");
  });
});

test("the snapshots of a namespace are its own, whatever the stream is called", async () => {
  const kept = new Map<string, unknown>();
  const shared: SpaceStore = {
    ...memoryStore(),
    snapshots: {
      load: async (stream, version) => kept.get(`${stream} ${version}`) as undefined,
      save: async (stream, version, snapshot) => void kept.set(`${stream} ${version}`, snapshot),
    },
  };
  const acme = withNamespace(shared, "acme");
  await acme.snapshots?.save("notes", "1", { revision: 1, state: "mine" });
  await acme.snapshots?.save("", "1", { revision: 2, state: "none" });
  expect([...kept.keys()]).toEqual(["@acme/notes 1", "@acme/ 1"]);
  expect(await acme.snapshots?.load("notes", "1")).toEqual({ revision: 1, state: "mine" });
  expect(await acme.snapshots?.load("", "1")).toEqual({ revision: 2, state: "none" });
  expect(await withNamespace(shared, "bolt").snapshots?.load("", "1")).toBeUndefined();
});
