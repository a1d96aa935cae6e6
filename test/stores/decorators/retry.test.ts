import {
  type CancelSignal,
  type FeedCommit,
  type FeedOptions,
  memoryStore,
  type SpaceStore,
  StoreError,
} from "chat-spaces";
import { type RetryOptions, withRetry } from "chat-spaces/decorators";
import { describe, expect, test, vi } from "vitest";
import { codeOf, event, idsOf } from "../cases.js";
import { countingSignal, drain, passing, type Trouble, troubled } from "./helpers.js";

const commit = (id: string, expected = 0) => ({ id, expected, events: [event(`${id}-1`), event(`${id}-2`)] });

/** A store with troubles around which it is tried again, without waiting. */
function open(trouble: Partial<Trouble> = {}, options: RetryOptions = {}, inner: SpaceStore = memoryStore()) {
  const troubles: Trouble = { before: [], after: [], ...trouble };
  const waits: number[] = [];
  const wait = async (milliseconds: number) => void waits.push(milliseconds);
  const store = withRetry(troubled(inner, troubles), { wait, ...options });
  return { store, inner, waits, troubles };
}

const times = (count: number) => Array.from({ length: count }, passing);

describe("a call that failed for a reason that passes", () => {
  test.each<[string, (store: SpaceStore) => Promise<unknown> | undefined, unknown]>([
    ["read", (store) => store.read("notes", { limit: 0 }), { head: 2, events: [] }],
    ["append", (store) => store.append("other", commit("c1")), { ok: true, head: 2 }],
    ["streams", (store) => store.streams?.(), { names: ["notes"] }],
    ["erase", (store) => store.erase?.("notes", { revisions: [2], data: ["less"] }), { erased: 1 }],
    ["snapshots.load", (store) => store.snapshots?.load("notes", "1"), { revision: 1, state: {} }],
  ])("is made again: %s", async (_, call, answer) => {
    const inner = memoryStore();
    await inner.append("notes", commit("c1"));
    const snapshots = { load: async () => ({ revision: 1, state: {} }), save: async () => {} };
    const { store, waits, troubles } = open({}, {}, { ...inner, snapshots });
    troubles.before.push(...times(4));
    expect(await call(store)).toEqual(answer);
    expect(waits).toEqual([50, 100, 200, 400]);

    const faults = times(5);
    troubles.before.push(...faults);
    await expect(call(store)).rejects.toBe(faults[4]);
    expect(troubles.before).toEqual([]);
    expect(waits).toHaveLength(8);
  });

  test("is made as often as is said, and waits as long", async () => {
    const once = open({ before: times(1) }, { attempts: 1 });
    expect(await codeOf(() => once.store.read("notes"))).toBe("STORE_UNREACHABLE");
    expect(once.waits).toEqual([]);

    const forever = open({ before: times(40) }, { attempts: Infinity, delay: "1s" });
    expect(await forever.store.read("notes")).toEqual({ head: 0, events: [] });
    expect(forever.waits.slice(0, 6)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000]);
    expect(new Set(forever.waits.slice(5))).toEqual(new Set([30_000]));

    const patient = open({ before: times(3) }, { delay: "1h" });
    await patient.store.read("notes");
    expect(patient.waits).toEqual([3_600_000, 3_600_000, 3_600_000]);

    const atOnce = open({ before: times(2000) }, { attempts: Infinity, delay: 0 });
    await atOnce.store.read("notes");
    expect(new Set(atOnce.waits)).toEqual(new Set([0]));

    const tooPatient = open({ before: times(1) }, { delay: "9w" });
    await tooPatient.store.read("notes");
    expect(tooPatient.waits).toEqual([2 ** 31 - 1]);
  });

  test("is made again after what says by itself that it passes, and after nothing else", async () => {
    const faults = [
      new StoreError("STORE_FAULT", "Deadlock.", {}, { transient: true }),
      new StoreError("STORE_BUSY", "Busy."),
    ];
    const { store, waits, troubles } = open({ before: [...faults] });
    await store.read("notes");
    expect(waits).toHaveLength(2);
    for (const fault of [
      new StoreError("STORE_FULL", "Full."),
      new StoreError("STORE_BUSY", "Busy, and it will stay so.", {}, { transient: false }),
      Object.assign(new Error("Not one of ours."), { transient: true }),
      "a text",
      undefined,
    ]) {
      troubles.before.push(fault);
      await expect(store.read("notes")).rejects.toBe(fault);
    }
    expect(waits).toHaveLength(2);
  });

  test("cannot be tried less than once, or after no time", async () => {
    for (const attempts of [0, -1, 1.5, Number.NaN, "3" as unknown as number, -Infinity]) {
      expect(await codeOf(() => withRetry(memoryStore(), { attempts }))).toBe("INVALID_INPUT");
    }
    for (const delay of [-1, "soon" as "1s", Number.NaN]) {
      expect(await codeOf(() => withRetry(memoryStore(), { delay }))).toBe("INVALID_INPUT");
    }
  });

  test("is not made again by a store that has no trouble, nor for a conflict", async () => {
    const { store, inner, waits } = open();
    await store.append("notes", commit("c1"));
    expect(await store.append("notes", commit("late"))).toEqual({ ok: false, reason: "conflict", head: 2 });
    expect(await codeOf(() => store.append("notes", { ...commit("c2", 2), events: [] }))).toBe(
      "STORE_INVALID_COMMIT",
    );
    expect(waits).toEqual([]);
    expect((await inner.read("notes")).head).toBe(2);
  });

  test("saves no snapshot again", async () => {
    const fault = passing();
    const save = vi.fn().mockRejectedValue(fault);
    const inner = { ...memoryStore(), snapshots: { load: async () => undefined, save } };
    const { store } = open({}, {}, inner);
    await expect(store.snapshots?.save("notes", "1", { revision: 1, state: {} })).rejects.toBe(fault);
    expect(save).toHaveBeenCalledTimes(1);
  });
});

describe("an answer that was lost", () => {
  test("to an append is heard at the next attempt, and nothing is there twice", async () => {
    const { store, inner } = open({ after: times(3) });
    expect(await store.append("notes", commit("c1"))).toEqual({ ok: true, head: 2, replayed: true });
    expect(idsOf(await inner.read("notes"))).toEqual(["c1-1", "c1-2"]);
  });

  test("to an erasure is none that counts", async () => {
    const { store, inner, troubles } = open();
    await inner.append("notes", { id: "c1", expected: 0, events: [event("e1", "personal")] });
    troubles.after.push(passing());
    expect(await store.erase?.("notes", { all: true })).toEqual({ erased: 0 });
    expect((await inner.read("notes")).events[0]?.data).toBeNull();
  });
});

test("what is changed while it waits is not what was handed in", async () => {
  const given = { id: "c1", expected: 0, events: [event("e1", { list: ["one"] }), event("e2", "personal")] };
  const request = { revisions: [2], data: ["less"] };
  const scribble = async () => {
    given.id = "c9";
    given.events[0] = event("e9", "other");
    given.events.pop();
    request.revisions[0] = 1;
    request.data[0] = "more";
  };
  const { store, inner, troubles } = open({ before: times(1) }, { wait: scribble });
  expect(await store.append("notes", given)).toEqual({ ok: true, head: 2 });
  request.revisions[0] = 2;
  request.data[0] = "less";
  troubles.before.push(passing());
  await store.erase?.("notes", request);
  troubles.before.push(passing());
  await store.erase?.("nowhere", { all: true });
  expect((await inner.read("notes")).events.map(({ id, data }) => [id, data])).toEqual([
    ["e1", { list: ["one"] }],
    ["e2", "less"],
  ]);
});

describe("waiting for another attempt", () => {
  test("ends when the reader leaves", async () => {
    const store = withRetry(troubled(memoryStore(), { before: times(9), after: [] }), { delay: "1h" });
    const controller = new AbortController();
    const reading = store.read("notes", { signal: controller.signal });
    const reason = new Error("The reader has left.");
    setTimeout(() => controller.abort(reason));
    await expect(reading).rejects.toBe(reason);
  });

  test("ends when the reader leaves, also where what waits does not look", async () => {
    const controller = new AbortController();
    const reason = new Error("The reader has left.");
    const wait = async () => controller.abort(reason);
    const { store, troubles } = open({ before: times(3) }, { wait });
    await expect(store.read("notes", { signal: controller.signal })).rejects.toBe(reason);
    expect(troubles.before).toHaveLength(2);
  });

  test("leaves nobody listening", async () => {
    const { signal, listeners } = countingSignal();
    const heard: number[] = [];
    const wait = async (_: number, either: CancelSignal) => {
      const listener = () => {};
      either.addEventListener("abort", listener);
      heard.push(listeners.size);
      either.removeEventListener("abort", listener);
    };
    await open({ before: times(2) }, { wait }).store.read("notes", { signal });
    expect(heard).toEqual([1, 1]);
    expect(listeners.size).toBe(0);
  });

  test("ends when the store is closed", async () => {
    const inner = troubled(memoryStore(), { before: times(9), after: [] });
    const store = withRetry(inner, { delay: "1h" });
    const [reading, appending] = [store.read("notes"), store.append("notes", commit("c1"))];
    setTimeout(() => store.close?.());
    expect(await codeOf(() => reading)).toBe("STORE_CLOSED");
    expect(await codeOf(() => appending)).toBe("STORE_CLOSED");
    expect(await codeOf(() => inner.read("notes"))).toBe("STORE_UNREACHABLE");
  });
});

describe("a feed", () => {
  const of = (cursor: string): FeedCommit => ({ cursor, stream: "notes", events: [] });

  /** A store with a feed for each time that it is asked for one. */
  function scripted(...feeds: (readonly (FeedCommit | StoreError)[])[]) {
    const asked: FeedOptions[] = [];
    const inner: SpaceStore = {
      ...memoryStore(),
      async *feed(options: FeedOptions = {}) {
        asked.push({ after: options.after, follow: options.follow });
        for (const turn of feeds.shift() ?? []) {
          if (turn instanceof StoreError) throw turn;
          yield turn;
        }
      },
    };
    return { ...open({}, { attempts: 3 }, inner), asked };
  }

  test("goes on after the last commit that it gave", async () => {
    const inner = memoryStore();
    for (let head = 0; head < 12; head += 2) await inner.append("notes", commit(`c${head}`, head));
    let given = 0;
    const broken: SpaceStore = {
      ...inner,
      async *feed(options) {
        for await (const one of inner.feed?.(options) ?? []) {
          if (given++ % 2 === 1) throw passing();
          yield one;
        }
      },
    };
    const { store, waits } = open({}, { attempts: 2 }, broken);
    expect((await drain(store)).map(({ cursor }) => cursor)).toEqual(["1", "2", "3", "4", "5", "6"]);
    // Each commit that came through started the count anew.
    expect(waits).toEqual([50, 50, 50, 50, 50]);
  });

  test("catches up after a fault before it waits again, so that faults days apart do not add up", async () => {
    const fault = passing();
    const { store, asked, waits } = scripted(
      ...[[of("1"), fault], [], [fault], [], [fault], [], [fault], [of("2")], [fault], [fault], [fault]],
    );
    const feed = store.feed?.()[Symbol.asyncIterator]();
    expect((await feed?.next())?.value).toEqual(of("1"));
    expect((await feed?.next())?.value).toEqual(of("2"));
    await expect(feed?.next()).rejects.toBe(fault);
    expect(asked).toEqual([
      { after: undefined, follow: true },
      { after: "1", follow: false },
      { after: "1", follow: true },
      { after: "1", follow: false },
      { after: "1", follow: true },
      { after: "1", follow: false },
      { after: "1", follow: true },
      { after: "1", follow: false },
      { after: "2", follow: true },
      { after: "2", follow: false },
      { after: "2", follow: false },
    ]);
    expect(waits).toEqual([50, 50, 50, 50, 50, 100]);
  });

  test("that is not to wait ends where it has caught up", async () => {
    const { store, asked } = scripted([of("1"), passing()], [of("2")]);
    expect((await drain(store, "0")).map(({ cursor }) => cursor)).toEqual(["1", "2"]);
    expect(asked).toEqual([
      { after: "0", follow: false },
      { after: "1", follow: false },
    ]);
  });

  test("passes on what does not pass by itself", async () => {
    const { store } = open();
    expect(await codeOf(() => drain(store, "no cursor"))).toBe("STORE_INVALID_CURSOR");
  });

  test("rejects with what it was aborted with, also while it waits for another attempt", async () => {
    const controller = new AbortController();
    const reason = new Error("The reader has left.");
    const inner: SpaceStore = {
      ...memoryStore(),
      // biome-ignore lint/correctness/useYield: it fails before
      async *feed() {
        throw passing();
      },
    };
    const feed = withRetry(inner, { delay: "1h" })
      .feed?.({ signal: controller.signal })
      [Symbol.asyncIterator]();
    setTimeout(() => controller.abort(reason));
    await expect(feed?.next()).rejects.toBe(reason);
  });

  test("ends when the store is closed, wherever it is", async () => {
    const end = { done: true, value: undefined };
    const inner: SpaceStore = {
      ...memoryStore(),
      // biome-ignore lint/correctness/useYield: it fails before
      async *feed() {
        throw passing();
      },
    };
    const mending = withRetry(inner, { delay: "1h" });
    const next = mending.feed?.()[Symbol.asyncIterator]().next();
    setTimeout(() => mending.close?.());
    expect(await next).toEqual(end);

    // Closed while it caught up: what is asked next is a feed of a store that is closed.
    const closed = new StoreError("STORE_CLOSED", "The store has been closed.");
    const { store } = scripted([of("1"), passing()], [of("2")], [closed]);
    const feed = store.feed?.()[Symbol.asyncIterator]();
    await feed?.next();
    await feed?.next();
    await store.close?.();
    expect(await feed?.next()).toEqual(end);
    expect(await codeOf(() => drain(store))).toBe("STORE_CLOSED");
  });
});
