import "fake-indexeddb/auto";
import { type FeedCommit, StoreError } from "chat-spaces";
import { storeCases } from "chat-spaces/conformance";
import { fuzzStore } from "chat-spaces/conformance/fuzz";
import { type IndexedDbOptions, indexedDbStore } from "chat-spaces/indexeddb";
import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { codeOf, event, idsOf } from "../cases.js";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../fuzz/runs.js";

let factory: IDBFactory;

beforeEach(() => {
  factory = new IDBFactory();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const open = (options: IndexedDbOptions = {}) => indexedDbStore({ indexedDB: factory, ...options });

const commit = (id: string, expected: number, data?: unknown) => ({
  id,
  expected,
  events: [event(`${id}-1`, data), event(`${id}-2`)],
});

/** What a request comes to, asked without a store. */
function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function all(feed: AsyncIterable<FeedCommit> | undefined): Promise<FeedCommit[]> {
  const commits: FeedCommit[] = [];
  for await (const one of feed ?? []) commits.push(one);
  return commits;
}

describe("a store in IndexedDB", () => {
  const everything = { durable: true, shared: true, feed: true, erase: true, streams: true, close: true };
  const openTwo = () => {
    const own = new IDBFactory();
    const openOne = () => indexedDbStore({ indexedDB: own });
    return { a: openOne(), b: openOne(), reopen: openOne };
  };
  for (const { group, name, run } of storeCases(openTwo, everything)) {
    test(`${group}: ${name}`, { timeout: 30_000 }, run);
  }

  test("does what the store in memory does, whatever is asked", { timeout: FUZZ_TIMEOUT }, () =>
    fuzzStore(openTwo, { runs: Math.ceil(FUZZ_RUNS / 5) }),
  );

  test("promises all there is to promise", () => {
    expect(open().capabilities).toEqual({ durable: true, shared: true, feed: true, erase: true });
  });

  test("keeps what was written for who opens the database next", async () => {
    const first = open();
    await first.append("notes", commit("c1", 0, "📎"));
    await first.close?.();

    const second = open();
    expect(await second.read("notes")).toEqual({
      head: 2,
      events: [
        { ...event("c1-1", "📎"), revision: 1 },
        { ...event("c1-2"), revision: 2 },
      ],
    });
    expect(await second.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 2, replayed: true });
    expect(await second.append("notes", commit("c2", 2))).toEqual({ ok: true, head: 4 });
    expect((await all(second.feed?.({ follow: false }))).map(({ cursor }) => cursor)).toEqual(["1", "2"]);
    await second.close?.();
  });

  test("databases with different names share nothing", async () => {
    const [one, other] = [open({ name: "one" }), open({ name: "other" })];
    await one.append("notes", commit("c1", 0));
    expect(await other.read("notes")).toEqual({ head: 0, events: [] });
    expect((await factory.databases()).map(({ name }) => name).sort()).toEqual(["one", "other"]);
    for (const store of [one, other]) await store.close?.();
  });

  test("is called chat-spaces, in the browser's own IndexedDB, where nothing is said", async () => {
    vi.stubGlobal("indexedDB", factory);
    const store = indexedDbStore();
    await store.append("notes", commit("c1", 0));
    expect(await factory.databases()).toEqual([{ name: "chat-spaces", version: 1 }]);
    await store.close?.();
  });

  test("keeps one record for each event and one for each commit, as documented", async () => {
    const store = open();
    await store.append("notes", commit("c1", 0, { text: "hi" }));
    await store.append("other", { ...commit("c1", 0), events: [event("e9")] });
    await store.close?.();

    const database = await answerOf(factory.open("chat-spaces"));
    const transaction = database.transaction(["events", "commits"]);
    const record = (stream: string, revision: number, id: string, data?: unknown) => ({
      stream,
      revision,
      id,
      event: JSON.stringify(event(id, data)),
    });
    expect(await answerOf(transaction.objectStore("events").getAll())).toEqual([
      record("notes", 1, "c1-1", { text: "hi" }),
      record("notes", 2, "c1-2"),
      record("other", 1, "e9"),
    ]);
    expect(await answerOf(transaction.objectStore("commits").getAllKeys())).toEqual([1, 2]);
    expect(await answerOf(transaction.objectStore("commits").getAll())).toEqual([
      { stream: "notes", id: "c1", first: 1, last: 2 },
      { stream: "other", id: "c1", first: 1, last: 1 },
    ]);
    database.close();
  });

  test.each([
    [undefined, "relaxed"],
    ["strict", "strict"],
  ] as const)("with durability %s, its transactions are %s", async (durability, expected) => {
    const add = vi.spyOn(IDBObjectStore.prototype, "add");
    const store = open({ durability });
    await store.append("notes", commit("c1", 0));
    const used = add.mock.contexts.map((context) => (context as IDBObjectStore).transaction.durability);
    expect(new Set(used)).toEqual(new Set([expected]));
    await store.close?.();
  });

  test("passes over ids that are no text", async () => {
    const store = open();
    await store.append("notes", commit("c1", 0));
    const ids = [null, undefined, 7, {}, "c1-2"] as string[];
    expect(idsOf(await store.read("notes", { ids }))).toEqual(["c1-2"]);
    await store.close?.();
  });

  test("reads what was asked for, whatever becomes of the options", async () => {
    const store = open();
    await store.append("notes", commit("c1", 0));
    const options = { ids: ["c1-1"], limit: 1 };
    const read = store.read("notes", options);
    const page = { limit: 1, prefix: "n" };
    const listed = store.streams?.(page);
    Object.assign(options, { limit: 0 });
    options.ids.pop();
    Object.assign(page, { prefix: "o" });
    expect(idsOf(await read)).toEqual(["c1-1"]);
    expect(await listed).toEqual({ names: ["notes"] });
    await store.close?.();
  });

  test("takes no interval that is none", async () => {
    expect(await codeOf(() => open({ pollEvery: "soon" as "1s" }))).toBe("INVALID_INPUT");
  });

  test("a commit that loses leaves no place behind among the commits", async () => {
    const store = open();
    await store.append("notes", commit("c1", 0));
    expect(await store.append("notes", commit("late", 0))).toMatchObject({ ok: false });
    await store.append("notes", commit("c2", 2));
    expect((await all(store.feed?.({ follow: false }))).map(({ cursor }) => cursor)).toEqual(["1", "2"]);
    await store.close?.();
  });
});

describe("the room of the browser", () => {
  /** Lets the transaction that adds the second event come to its end as browsers do when there is no room. */
  function fillUp(how: "at once" | "while it waits" | "as it ends") {
    type Abortable = IDBTransaction & { _abort(name: string): void };
    const add = IDBObjectStore.prototype.add;
    return vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(function (
      this: IDBObjectStore,
      value,
      key,
    ) {
      const transaction = this.transaction as Abortable;
      if (value.id !== "c2-2" && value.id !== "c2") return add.call(this, value, key);
      if (value.id === "c2-2" && how === "at once") {
        throw new DOMException("There is no room.", "QuotaExceededError");
      }
      const request = add.call(this, value, key);
      if (value.id === "c2-2" && how === "while it waits") transaction._abort("QuotaExceededError");
      if (value.id === "c2" && how === "as it ends") {
        request.addEventListener("success", () => transaction._abort("QuotaExceededError"));
      }
      return request;
    });
  }

  test.each(["at once", "while it waits", "as it ends"] as const)(
    "that is used up %s keeps nothing of the commit, and what was there stays",
    async (how) => {
      const store = open();
      await store.append("notes", commit("c1", 0));
      const filled = fillUp(how);
      const fault = await store.append("notes", commit("c2", 2)).catch((error) => error);
      expect(fault).toMatchObject({ code: "STORE_FULL", details: { name: "chat-spaces" } });
      expect(fault.cause.name).toBe("QuotaExceededError");
      expect(idsOf(await store.read("notes"))).toEqual(["c1-1", "c1-2"]);
      expect(await all(store.feed?.({ follow: false }))).toHaveLength(1);

      filled.mockRestore();
      expect(await store.append("notes", commit("c2", 2))).toEqual({ ok: true, head: 4 });
      await store.close?.();
    },
  );

  test("a fault that nobody has seen before is told as it is, and nothing is kept", async () => {
    const store = open();
    await store.append("notes", commit("c1", 0));
    for (const cause of [new DOMException("Internal error.", "UnknownError"), "no idea"]) {
      const failing = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
        throw cause;
      });
      const fault = await store.append("notes", commit("c2", 2)).catch((error) => error);
      expect(fault).toBeInstanceOf(StoreError);
      expect(fault).toMatchObject({ code: "STORE_FAULT", transient: false, cause });
      failing.mockRestore();
    }
    expect(idsOf(await store.read("notes"))).toEqual(["c1-1", "c1-2"]);
    await store.close?.();
  });
});
