import "fake-indexeddb/auto";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { FeedCommit, FeedOptions, SpaceStore } from "chat-spaces";
import { type IndexedDbOptions, indexedDbStore } from "chat-spaces/indexeddb";
import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { codeOf, event } from "../cases.js";
import { heeded } from "./heeded.js";

/** Longer than any test: what arrives has not been found by looking again. */
const NEVER = "20d";

let factory: IDBFactory;
let stores: SpaceStore[];

beforeEach(() => {
  factory = new IDBFactory();
  stores = [];
});

afterEach(async () => {
  for (const store of stores) await store.close?.();
  vi.unstubAllGlobals();
});

/** One tab's store on the database. The name is the test's own: other tests ring no bell here. */
function open(options: IndexedDbOptions = {}): SpaceStore {
  const name = expect.getState().currentTestName;
  const store = indexedDbStore({ name, indexedDB: factory, pollEvery: NEVER, ...options });
  stores.push(store);
  return store;
}

function feedOf(store: SpaceStore, options?: FeedOptions): AsyncIterator<FeedCommit> {
  const feed = store.feed?.(options);
  if (!feed) throw new Error("The store has no feed.");
  return feed[Symbol.asyncIterator]();
}

/** Adds a commit of so many events, by default one. */
async function add(store: SpaceStore, stream: string, expected: number, count = 1): Promise<void> {
  const ids = Array.from({ length: count }, (_, index) => `${stream}-${expected + index + 1}`);
  const commit = { id: `after ${expected}`, expected, events: ids.map((id) => event(id)) };
  expect(await store.append(stream, commit)).toEqual({ ok: true, head: expected + count });
}

/** Channels that carry nothing by themselves, and count. */
function silentChannels() {
  const channels = new Set<EventTarget>();
  class Silent extends EventTarget {
    constructor() {
      super();
      channels.add(this);
    }
    postMessage() {}
    close() {
      channels.delete(this);
    }
  }
  vi.stubGlobal("BroadcastChannel", Silent);
  const deliver = () => {
    for (const channel of channels) channel.dispatchEvent(new Event("message"));
  };
  return { channels, deliver };
}

describe("a feed that waits", () => {
  test("hears at once of a commit of its own store", async () => {
    const store = open();
    const feed = feedOf(store);
    const next = feed.next();
    await add(store, "notes", 0, 2);
    expect(await next).toEqual({
      done: false,
      value: {
        cursor: "1",
        stream: "notes",
        events: [
          { ...event("notes-1"), revision: 1 },
          { ...event("notes-2"), revision: 2 },
        ],
      },
    });
  });

  test("hears at once of commits of another tab, and misses none, time after time", async () => {
    const [here, there] = [open(), open()];
    const feed = feedOf(here);
    for (let head = 0; head < 100; head++) {
      const next = feed.next();
      await add(there, "notes", head);
      expect((await next).value).toMatchObject({ cursor: String(head + 1) });
    }
  });

  class Forbidden {
    constructor() {
      throw new DOMException("Not in an opaque origin.", "SecurityError");
    }
  }

  test.each([
    ["has no", undefined],
    ["forbids", Forbidden],
  ])("finds commits by looking again where the browser %s BroadcastChannel", async (_, channel) => {
    vi.stubGlobal("BroadcastChannel", channel);
    const [here, there] = [open({ pollEvery: 1 }), open()];
    const feed = feedOf(here);
    for (let head = 0; head < 10; head++) {
      const next = feed.next();
      await add(there, "notes", head);
      expect((await next).value).toMatchObject({ cursor: String(head + 1) });
    }
  });

  test("hears of no commit that was not one", async () => {
    const [here, there] = [open(), open()];
    const post = vi.spyOn(BroadcastChannel.prototype, "postMessage");
    await add(there, "notes", 0);
    expect(await there.append("notes", { id: "after 0", expected: 0, events: [event("e")] })).toMatchObject({
      replayed: true,
    });
    expect(await there.append("notes", { id: "late", expected: 0, events: [event("e")] })).toMatchObject({
      ok: false,
    });
    await here.erase?.("notes", { all: true });
    expect(post).toHaveBeenCalledTimes(1);
  });

  test("misses nothing that it is told of between looking and waiting", async () => {
    const { deliver } = silentChannels();
    const [here, there] = [open(), open()];
    await there.read("notes");
    const look = IDBObjectStore.prototype.getAllKeys;
    vi.spyOn(IDBObjectStore.prototype, "getAllKeys").mockImplementationOnce(function (
      this: IDBObjectStore,
      ...args
    ) {
      // Too late to be seen by this look, and told of before it is over.
      void add(there, "notes", 0);
      this.transaction.addEventListener("complete", deliver);
      return look.apply(this, args);
    });
    expect((await feedOf(here).next()).value).toMatchObject({ cursor: "1" });
  });

  test("ends where the store is closed, and none begins after that", async () => {
    const store = open();
    await add(store, "notes", 0);
    const { signal, listening } = heeded();
    const waiting = feedOf(store, { after: "1", signal }).next();
    await listening;
    const looking = feedOf(store, { after: "1" }).next();
    const later = feedOf(store);
    const unopened = open();
    const opening = feedOf(unopened).next();
    await Promise.all([store.close?.(), unopened.close?.()]);
    for (const end of [waiting, looking, opening])
      expect(await end).toEqual({ done: true, value: undefined });
    expect(await codeOf(() => later.next())).toBe("STORE_CLOSED");
    expect(await codeOf(() => feedOf(store).next())).toBe("STORE_CLOSED");
  });

  test("rejects with what it was aborted with while it waits", async () => {
    const { signal, listening, listeners, abort } = heeded();
    const next = feedOf(open(), { signal }).next();
    await listening;
    const reason = new Error("The reader has left.");
    abort(reason);
    await expect(next).rejects.toBe(reason);
    expect(listeners.size).toBe(0);
  });

  test("leaves nothing behind each time it has waited", async () => {
    const store = open();
    const { signal, listeners } = heeded();
    const feed = feedOf(store, { signal });
    const woken = vi.spyOn(AbortController.prototype, "abort");
    for (let head = 0; head < 20; head++) {
      const next = feed.next();
      await add(store, "notes", head);
      await next;
    }
    expect(woken.mock.calls.length).toBeLessThanOrEqual(20);
    expect(listeners.size).toBe(0);
  });

  test("opens one channel for each store, and none is left when they are closed", async () => {
    const { channels, deliver } = silentChannels();
    const [here, there] = [open(), open()];
    expect(channels.size).toBe(0);
    const next = feedOf(here).next();
    await add(there, "notes", 0);
    await add(there, "notes", 1);
    deliver();
    await next;
    expect(channels.size).toBe(2);

    const put = IDBObjectStore.prototype.add;
    vi.spyOn(IDBObjectStore.prototype, "add").mockImplementationOnce(function (
      this: IDBObjectStore,
      ...args
    ) {
      void there.close?.();
      return put.apply(this, args);
    });
    await add(there, "notes", 2);
    await here.close?.();
    expect(channels.size).toBe(0);
  });

  test("waits as long as timers can, where it is told to wait for longer", async () => {
    const timer = vi.spyOn(globalThis, "setTimeout");
    const store = open({ pollEvery: "9w" });
    const { signal, listening } = heeded();
    const next = feedOf(store, { signal }).next();
    await listening;
    await add(store, "notes", 0);
    await next;
    const waits = timer.mock.calls.map(([, milliseconds]) => milliseconds ?? 0);
    expect(Math.max(...waits)).toBe(2 ** 31 - 1);
  });
});

describe("a feed from the beginning", () => {
  const drain = async (store: SpaceStore, after?: string) => {
    const commits: FeedCommit[] = [];
    for await (const commit of store.feed?.({ after, follow: false }) ?? []) commits.push(commit);
    return commits;
  };

  test("gives many and large commits whole, in order, from anywhere", { timeout: 30_000 }, async () => {
    const store = open();
    const sizes = [...Array.from({ length: 120 }, () => 1), 700, 700, 1_500, 3, ...Array(120).fill(2)];
    let head = 0;
    for (const [index, size] of sizes.entries()) {
      if (index % 10 === 0) await add(store, `other-${index}`, 0);
      await add(store, "notes", head, size);
      head += size;
    }
    const all = await drain(store);
    expect(all.map(({ cursor }) => cursor)).toEqual(all.map((_, index) => String(index + 1)));
    const notes = all.filter(({ stream }) => stream === "notes");
    expect(notes.map(({ events }) => events.length)).toEqual(sizes);
    const revisions = notes.flatMap(({ events }) => events.map(({ revision }) => revision));
    expect(revisions).toEqual(Array.from({ length: head }, (_, index) => index + 1));
    for (const from of [1, 99, 100, 101, 133, 134, 135, 136, 137, all.length - 1, all.length]) {
      expect((await drain(store, String(from))).map(({ cursor }) => cursor)).toEqual(
        all.slice(from).map(({ cursor }) => cursor),
      );
    }
  });

  test("takes no more than a thousand events at once, unless one commit has more", {
    timeout: 30_000,
  }, async () => {
    const store = open();
    const sizes = [400, 400, 400, 1_500, 10, 990, 1];
    let head = 0;
    for (const size of sizes) {
      await add(store, "notes", head, size);
      head += size;
    }
    const looks = vi.spyOn(IDBObjectStore.prototype, "getAllKeys");
    await drain(store);
    // 400 and 400, 400, 1,500, 10 and 990, 1, and the end.
    expect(looks).toHaveBeenCalledTimes(6);
  });

  test.each([
    "",
    "0",
    "3",
    "-1",
    "01",
    "1.0",
    " 1",
    "1 ",
    "1e0",
    "0x1",
    "one",
    "9".repeat(16),
    "9".repeat(400),
  ])("takes no cursor that it has not given: %j", async (after) => {
    const store = open();
    await add(store, "notes", 0);
    await add(store, "notes", 1);
    expect(await codeOf(() => drain(store, after))).toBe("STORE_INVALID_CURSOR");
    expect(await drain(store, "2")).toEqual([]);
  });
});

describe("the names of streams", () => {
  test("are listed by their code units, each once, page by page, within a prefix", async () => {
    const store = open();
    const names = ["a", "a/", "a/1", "a/\u{1f600}", "a/\uffff", "b", "ä", "\u{1f600}", "\u{1f601}", "\uffff"];
    for (const name of [...names].reverse()) {
      await add(store, name, 0, 3);
      await add(store, name, 3);
    }
    const pages = async (prefix?: string, limit?: number) => {
      const found: string[][] = [];
      for (let after: string | undefined; ; ) {
        const page = await store.streams?.({ prefix, after, limit });
        found.push([...(page?.names ?? [])]);
        if (page?.next === undefined) return found;
        after = page.next;
      }
    };
    const sorted = [...names].sort();
    expect(await pages()).toEqual([sorted]);
    for (const limit of [1, 3, 5, 10, 11]) {
      const found = await pages(undefined, limit);
      expect(found.flat()).toEqual(sorted);
      expect(found).toHaveLength(Math.ceil(10 / limit));
    }
    expect((await pages("a/", 2)).flat()).toEqual(["a/", "a/1", "a/\u{1f600}", "a/\uffff"]);
    // Half a surrogate pair is where names may begin, code unit by code unit.
    expect(await pages("\ud83d")).toEqual([["\u{1f600}", "\u{1f601}"]]);
    expect(await pages("c")).toEqual([[]]);
    expect(await store.streams?.({ prefix: "a/", after: "Z" })).toEqual({
      names: ["a/", "a/1", "a/\u{1f600}", "a/\uffff"],
    });
    expect(await store.streams?.({ prefix: "a/", after: "b" })).toEqual({ names: [] });
  });

  test("are given a thousand at a time where nobody says otherwise", { timeout: 30_000 }, async () => {
    const store = open();
    const commits = Array.from({ length: 1_001 }, (_, index) => `s${String(index).padStart(4, "0")}`);
    await Promise.all(commits.map((name) => add(store, name, 0)));
    const first = await store.streams?.();
    expect(first?.names).toEqual(commits.slice(0, 1_000));
    expect(await store.streams?.({ after: first?.next })).toEqual({ names: ["s1000"] });
  });
});

test("a store that nobody closes keeps no process alive", () => {
  const program = `
    import "fake-indexeddb/auto";
    import { indexedDbStore } from "chat-spaces/indexeddb";
    const [here, there] = [indexedDbStore(), indexedDbStore()];
    const feed = here.feed()[Symbol.asyncIterator]();
    const next = feed.next();
    const events = [{ id: "e1", type: "note.written", at: 0, by: "ana", data: null }];
    await there.append("notes", { id: "c1", expected: 0, events });
    console.log((await next).value.cursor);
  `;
  const { stdout, stderr, status, signal } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--conditions=@chat-spaces/source", "--input-type=module", "--eval", program],
    { cwd: fileURLToPath(new URL("../../..", import.meta.url)), encoding: "utf8", timeout: 30_000 },
  );
  expect({ stdout, stderr, status, signal }).toEqual({ stdout: "1\n", stderr: "", status: 0, signal: null });
}, 40_000);
