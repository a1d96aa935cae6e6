import { type EraseRequest, memoryStore, type SpaceStore, StoreError } from "chat-spaces";
import { type SnapshotCache, withSnapshots } from "chat-spaces/decorators";
import { describe, expect, test, vi } from "vitest";
import { codeOf, event } from "../cases.js";

const state = { members: { ana: { roles: ["host"] } }, list: [1, null] };

function open(cache: SnapshotCache, inner: SpaceStore = memoryStore()) {
  const store = withSnapshots(inner, { cache });
  const { snapshots } = store;
  if (!snapshots) throw new Error("There are no snapshots.");
  return { store, ...snapshots };
}

const KEY = "chat-spaces-snapshot-notes";

/** What some clients of caches do with every text they get back. */
function readIfJson(text: string | null, reviver?: (key: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(text ?? "null", reviver);
  } catch {
    return text;
  }
}

describe("snapshots", () => {
  test.each<[string, () => SnapshotCache]>([
    ["a Map", () => new Map()],
    [
      "a cache that takes its time, and says `null` where it has nothing",
      () => {
        const map = new Map<string, string>();
        return {
          get: async (key) => map.get(key) ?? null,
          set: async (key, text) => {
            map.set(key, text);
            return true;
          },
          delete: async (key) => map.delete(key),
        };
      },
    ],
    [
      "a cache that reads what looks like JSON",
      () => {
        const map = new Map<string, string>();
        return {
          get: async (key) => readIfJson(map.get(key) ?? null),
          set: async (key, text) => void map.set(key, text),
          delete: (key) => map.delete(key),
        };
      },
    ],
    [
      "a cache that is an object of a class",
      () =>
        new (class {
          #map = new Map<string, string>();
          get(key: string) {
            return this.#map.get(key);
          }
          set(key: string, text: string) {
            this.#map.set(key, text);
          }
          delete(key: string) {
            this.#map.delete(key);
          }
        })(),
    ],
  ])("are kept in %s", async (_, cache) => {
    const { store, load, save } = open(cache());
    expect(await load("notes", "1")).toBeUndefined();
    await save("notes", "1", { revision: 3, state });
    expect(await load("notes", "1")).toEqual({ revision: 3, state });
    await save("notes", "1", { revision: 9, state: null });
    expect(await load("notes", "1")).toEqual({ revision: 9, state: null });
    await store.erase?.("notes", { all: true });
    expect(await load("notes", "1")).toBeUndefined();
  });

  test("are one for each stream, of the version that was saved last", async () => {
    const cache = new Map<string, string>();
    const { load, save } = open(cache);
    await save("notes", "1", { revision: 3, state: "old" });
    await save("other", "1", { revision: 4, state: "other" });
    await save("notes", "2", { revision: 5, state: "new" });
    expect(await load("notes", "1")).toBeUndefined();
    expect(await load("notes", "2")).toEqual({ revision: 5, state: "new" });
    expect(await load("other", "1")).toEqual({ revision: 4, state: "other" });
    expect([...cache.keys()]).toEqual([KEY, "chat-spaces-snapshot-other"]);
  });

  test("of streams with similar names are different, under keys that are no paths", async () => {
    const names = [
      "a",
      "A",
      "a/b",
      "a:b",
      "a%2Fb",
      "..",
      "../a",
      ".",
      "a b",
      "__proto__",
      "ä",
      "👋",
      "a?b",
      "\n",
    ];
    const cache = new Map<string, string>();
    const { load, save } = open(cache);
    for (const [revision, name] of names.entries()) await save(name, "1", { revision, state: name });
    for (const [revision, name] of names.entries()) {
      expect(await load(name, "1")).toEqual({ revision, state: name });
    }
    for (const key of cache.keys()) expect(key).toMatch(/^[\w%-]+$/);
  });

  test("go in and out as copies", async () => {
    const { load, save } = open(new Map());
    const mine = { list: ["one"] };
    const saving = save("notes", "1", { revision: 1, state: mine });
    mine.list.push("two");
    await saving;
    const first = (await load("notes", "1")) as { state: typeof mine };
    first.state.list.push("three");
    expect(await load("notes", "1")).toEqual({ revision: 1, state: { list: ["one"] } });
  });

  test("keep ids that objects are born with, also where the cache drops such keys", async () => {
    const map = new Map<string, string>();
    const dropping = (key: string, value: unknown) => (key === "__proto__" ? undefined : value);
    const careful = {
      get: (key: string) => readIfJson(map.get(key) ?? null, dropping),
      set: (key: string, text: string) => map.set(key, text),
      delete: (key: string) => map.delete(key),
    };
    const members = JSON.parse('{"__proto__":{"roles":["host"]},"constructor":1}');
    for (const cache of [new Map(), careful]) {
      const { load, save } = open(cache);
      await save("notes", "1", { revision: 1, state: members });
      expect(JSON.stringify((await load("notes", "1"))?.state)).toBe(JSON.stringify(members));
    }
  });

  test.each<[string, unknown]>([
    ["cut off in the header", '{"stream":"notes","version":"1","revi'],
    ["cut off after the header", '{"stream":"notes","version":"1","revision":3}'],
    ["cut off in the state", '{"stream":"notes","version":"1","revision":3}\n{"members":{"le'],
    ["no JSON", "hello"],
    ["no JSON in two lines", "hello\nleo"],
    ["empty", ""],
    ["null", "null\n{}"],
    ["a number", 7],
    ["a list", "[]\n{}"],
    ["parsed", { stream: "notes", version: "1", revision: 3, state: {} }],
    ["of another stream", '{"stream":"other","version":"1","revision":3}\n{}'],
    ["of another version", '{"stream":"notes","version":"01","revision":3}\n{}'],
    ["without a revision", '{"stream":"notes","version":"1"}\n{}'],
    ["with half a revision", '{"stream":"notes","version":"1","revision":1.5}\n{}'],
    ["before the first revision", '{"stream":"notes","version":"1","revision":-1}\n{}'],
  ])("that are %s count as none", async (_, entry) => {
    const cache = new Map<string, unknown>([[KEY, entry]]);
    const { load } = open(cache);
    expect(await load("notes", "1")).toBeUndefined();
    cache.set(KEY, '{"stream":"notes","version":"1","revision":3}\n{}');
    expect(await load("notes", "1")).toEqual({ revision: 3, state: {} });
  });

  test("are not made of what is none", async () => {
    const cache = new Map<string, string>();
    const { load, save } = open(cache);
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    for (const bad of [circle, 1n, undefined, () => 1]) {
      expect(await codeOf(() => save("notes", "1", { revision: 1, state: bad }))).toBe("INVALID_INPUT");
    }
    for (const revision of [-1, 0.5, Number.NaN, Infinity, "1" as unknown as number]) {
      expect(await codeOf(() => save("notes", "1", { revision, state: {} }))).toBe("INVALID_INPUT");
    }
    for (const stream of ["", "a\0", "\ud800"]) {
      await save(stream, "1", { revision: 1, state: {} });
      expect(await load(stream, "1")).toBeUndefined();
      expect(await open(cache).store.erase?.(stream, { all: true })).toEqual({ erased: 0 });
    }
    expect(cache.size).toBe(0);
  });

  test("take the place of those that the store has itself", async () => {
    const load = vi.fn();
    const own = open(new Map(), { ...memoryStore(), snapshots: { load, save: async () => {} } });
    await own.save("notes", "1", { revision: 1, state: {} });
    expect(await own.load("notes", "1")).toEqual({ revision: 1, state: {} });
    expect(load).not.toHaveBeenCalled();
  });
});

describe("erasing", () => {
  test("drops the snapshot of the stream before and after, and of no other", async () => {
    const cache = new Map<string, string>();
    const inner = memoryStore();
    const found: unknown[] = [];
    const { store, load, save } = open(cache, {
      ...inner,
      async erase(stream, request) {
        found.push(await load("notes", "1"));
        // Somebody who knows nothing of it yet saves what they have folded.
        await save("notes", "1", { revision: 1, state: "personal" });
        return (await inner.erase?.(stream, request)) ?? { erased: 0 };
      },
    });
    await store.append("notes", { id: "c1", expected: 0, events: [event("e1", "personal")] });
    await save("notes", "1", { revision: 1, state: "personal" });
    await save("other", "1", { revision: 1, state: {} });
    expect(await store.erase?.("notes", { all: true })).toEqual({ erased: 1 });
    expect(found).toEqual([undefined]);
    expect([...cache.keys()]).toEqual(["chat-spaces-snapshot-other"]);
  });

  test("erases what was asked for, whatever becomes of the request meanwhile", async () => {
    const { store } = open(new Map());
    const events = [event("e1", "one"), event("e2", "two")];
    await store.append("notes", { id: "c1", expected: 0, events });
    const request = { revisions: [2], data: ["less"] };
    const erasing = store.erase?.("notes", request);
    request.revisions[0] = 1;
    await erasing;
    expect((await store.read("notes")).events.map(({ data }) => data)).toEqual(["one", "less"]);
    expect(await codeOf(() => store.erase?.("notes", {} as EraseRequest))).toBe("STORE_INVALID_ERASURE");
  });
});

describe("a cache that fails", () => {
  const cause = new Error("The cache is down.");
  const fail = () => {
    throw cause;
  };
  const broken: Record<string, SnapshotCache> = {
    "at once": { get: fail, set: fail, delete: fail },
    later: { get: async () => fail(), set: async () => fail(), delete: async () => fail() },
  };

  test.each(Object.entries(broken))("%s is told, and nothing is erased", async (_, cache) => {
    const { store, load, save } = open(cache);
    await store.append("notes", { id: "c1", expected: 0, events: [event("e1", "personal")] });
    for (const call of [
      () => load("notes", "1"),
      () => save("notes", "1", { revision: 1, state: {} }),
      () => store.erase?.("notes", { all: true }),
    ]) {
      const fault = await Promise.resolve(call()).catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(StoreError);
      expect(fault).toMatchObject({ code: "STORE_FAULT", transient: false, cause });
    }
    expect((await store.read("notes")).events[0]?.data).toBe("personal");
  });

  test.each(Object.entries(broken))("%s is done without, where somebody is told", async (_, cache) => {
    const onFault = vi.fn();
    const store = withSnapshots(memoryStore(), { cache, onFault });
    await store.append("notes", { id: "c1", expected: 0, events: [event("e1", "personal")] });
    expect(await store.snapshots?.load("notes", "1")).toBeUndefined();
    await store.snapshots?.save("notes", "1", { revision: 1, state: {} });
    expect(await store.erase?.("notes", { all: true })).toEqual({ erased: 1 });
    expect(onFault.mock.calls.map(([error]) => [error.code, error.cause])).toEqual(
      Array.from({ length: 4 }, () => ["STORE_FAULT", cause]),
    );
  });
});

test("after closing there are no snapshots, and the cache is left as it is", async () => {
  const cache = new Map<string, string>();
  const { store, load, save } = open(cache);
  await save("notes", "1", { revision: 1, state: {} });
  await store.close?.();
  await store.close?.();
  expect(await codeOf(() => load("notes", "1"))).toBe("STORE_CLOSED");
  expect(await codeOf(() => save("notes", "1", { revision: 2, state: {} }))).toBe("STORE_CLOSED");
  expect(await codeOf(() => store.erase?.("notes", { all: true }))).toBe("STORE_CLOSED");
  expect(await open(cache).load("notes", "1")).toEqual({ revision: 1, state: {} });
});
