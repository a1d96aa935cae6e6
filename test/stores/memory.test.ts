import {
  createMemoryBacking,
  type FeedCommit,
  type MemoryBacking,
  memoryStore,
  type ReadOptions,
  type SpaceStore,
} from "chat-spaces";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { codeOf, event, idsOf } from "./cases.js";

const commit = (id: string, expected: number, ...ids: readonly string[]) => ({
  id,
  expected,
  events: ids.map((one) => event(one, `said in ${one}`)),
});

async function all(store: SpaceStore, after?: string): Promise<FeedCommit[]> {
  const commits: FeedCommit[] = [];
  for await (const one of store.feed?.({ follow: false, after }) ?? []) commits.push(one);
  return commits;
}

/** That it keeps to the contract is shown in conformance/vitest.test.ts. */
describe("a store in memory", () => {
  let backing: MemoryBacking;
  let store: Required<SpaceStore>;

  beforeEach(() => {
    backing = createMemoryBacking();
    store = backing.open() as Required<SpaceStore>;
  });

  test("promises nothing that outlives the process", () => {
    expect(memoryStore().capabilities).toEqual({ durable: false, shared: false, feed: true, erase: true });
  });

  test("is alone: two of them share nothing", async () => {
    const [one, two] = [memoryStore(), memoryStore()];
    await one.append("notes", commit("c1", 0, "e1"));
    expect(await two.read("notes")).toEqual({ head: 0, events: [] });
    expect(await all(two)).toEqual([]);
    expect(await two.streams?.()).toEqual({ names: [] });
  });

  test("what was written stays with the backing, whichever of its stores are closed", async () => {
    await store.append("notes", commit("c1", 0, "e1"));
    await store.close();
    const other = backing.open();
    expect(idsOf(await other.read("notes"))).toEqual(["e1"]);
    expect(await other.append("notes", commit("c1", 0, "e1"))).toEqual({ ok: true, head: 1, replayed: true });
    expect(await codeOf(() => store.read("notes"))).toBe("STORE_CLOSED");
  });

  test("takes a batch of 200,000 events whole", async () => {
    const events = Array.from({ length: 200_000 }, (_, i) => event(`e${i}`));
    expect(await store.append("notes", { id: "c1", expected: 0, events })).toEqual({
      ok: true,
      head: 200_000,
    });
    expect((await store.read("notes", { after: 199_999 })).events).toEqual([
      { ...event("e199999"), revision: 200_000 },
    ]);
  });

  describe("reading", () => {
    const ten = Array.from({ length: 10 }, (_, i) => `e${i + 1}`);

    test("keeps any JSON value, and a reason where there is one", { timeout: 30_000 }, async () => {
      let revision = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.jsonValue({ maxDepth: 2 }),
          fc.string({ unit: "binary" }),
          async (data, reason) => {
            const given = { ...event("e1", data), reason };
            const one = { id: `c${revision}`, expected: revision, events: [given] };
            expect(await store.append("notes", one)).toEqual({ ok: true, head: ++revision });
            const { events } = await store.read("notes", { after: revision - 1 });
            expect(events).toEqual([{ ...JSON.parse(JSON.stringify(given)), revision }]);
          },
        ),
        { numRuns: 50 },
      );
    });

    test("gives what the options say, in every combination", async () => {
      await store.append("notes", commit("c1", 0, ...ten));
      const plainly = ({ after = 0, before = Infinity, limit = Infinity, backwards, ids }: ReadOptions) => {
        const found = ten.filter((id, i) => after < i + 1 && i + 1 < before && (!ids || ids.includes(id)));
        return (backwards ? found.reverse() : found).filter((_, i) => i < limit);
      };
      const bound = fc.option(fc.integer({ min: -1, max: 12 }), { nil: undefined });
      const options = fc.record({
        ...{ after: bound, before: bound, limit: bound, backwards: fc.boolean() },
        ids: fc.option(fc.array(fc.constantFrom(...ten, "o2", "e99")), { nil: undefined }),
      });
      await fc.assert(
        fc.asyncProperty(options, async (chosen) => {
          const read = await store.read("notes", chosen);
          expect(idsOf(read)).toEqual(plainly(chosen));
          expect(read.head).toBe(10);
        }),
        { numRuns: 200 },
      );
    });

    test.each<[ReadOptions, readonly string[]]>([
      [{ after: 7.5 }, ["e8", "e9", "e10"]],
      [{ before: 2.5 }, ["e1", "e2"]],
      [{ limit: 1.5 }, ["e1"]],
      [{ after: Number.NEGATIVE_INFINITY, before: 2 }, ["e1"]],
      [{ after: Infinity }, []],
      [{ after: Number.NaN }, []],
    ])("takes bounds that are no revisions as numbers: %j", async (options, ids) => {
      await store.append("notes", commit("c1", 0, ...ten));
      const { head, events } = await store.read("notes", options);
      expect([head, events.map(({ id }) => id)]).toEqual([10, ids]);
      for (const { id, revision } of events) expect(id).toBe(`e${revision}`);
    });
  });

  describe("a feed", () => {
    test("counts commits from 1, whatever their stream", async () => {
      await store.append("x", commit("c1", 0, "x1", "x2"));
      await store.append("y", commit("c1", 0, "y1"));
      const given = await all(store);
      expect(given.map(({ cursor, stream }) => [cursor, stream])).toEqual([
        ["1", "x"],
        ["2", "y"],
      ]);
    });

    test.each(["0", "3", "01", "1e0", "0x1", " 1", "1.0", "-1", "", "Infinity"])(
      "knows no cursor %j after two commits",
      async (after) => {
        await store.append("x", commit("c1", 0, "x1"));
        await store.append("x", commit("c2", 1, "x2"));
        expect(await codeOf(() => all(store, after))).toBe("STORE_INVALID_CURSOR");
      },
    );

    test("gives a reader who is busy what was erased since as erased", async () => {
      await store.append("x", commit("c1", 0, "x1"));
      await store.append("x", commit("c2", 1, "x2"));
      const reading = store.feed({ follow: false })[Symbol.asyncIterator]();
      await reading.next();
      await store.erase("x", { all: true });
      expect(await reading.next()).toMatchObject({ value: { events: [{ id: "x2", data: null }] } });
    });

    test("leaves nothing behind on a signal, however it ends", async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const listeners = new Set<unknown>();
      const counted = {
        get aborted() {
          return signal.aborted;
        },
        get reason() {
          return signal.reason;
        },
        addEventListener(_: "abort", listener: () => void) {
          listeners.add(listener);
          signal.addEventListener("abort", listener);
        },
        removeEventListener(_: "abort", listener: () => void) {
          listeners.delete(listener);
          signal.removeEventListener("abort", listener);
        },
      };
      const start = () => store.feed({ signal: counted })[Symbol.asyncIterator]().next();
      const woken = [start(), start()];
      await store.read("notes");
      expect(listeners.size).toBe(2);
      await store.append("notes", commit("c1", 0, "e1"));
      for (const { value } of await Promise.all(woken)) expect(value).toMatchObject({ cursor: "1" });
      expect(listeners.size).toBe(0);

      const next = () => store.feed({ signal: counted, after: "1" })[Symbol.asyncIterator]().next();
      const other = backing.open();
      const closed = other.feed?.({ signal: counted, after: "1" })[Symbol.asyncIterator]().next();
      const aborted = next();
      await store.read("notes");
      expect(listeners.size).toBe(2);
      await other.close?.();
      expect(await closed).toEqual({ done: true, value: undefined });
      controller.abort(new Error("The reader has left."));
      await expect(aborted).rejects.toThrow("The reader has left.");
      expect(listeners.size).toBe(0);
    });

    test("does not wait where something came, or was given up, just before it would", async () => {
      for (let turns = 0; turns < 8; turns++) {
        const stream = `s${turns}`;
        const last = (await all(store)).at(-1)?.cursor;
        const next = store.feed({ after: last })[Symbol.asyncIterator]().next();
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        void store.append(stream, commit("c1", 0, "e1"));
        expect(await next).toMatchObject({ value: { stream } });

        const controller = new AbortController();
        const cursor = (await all(store)).at(-1)?.cursor;
        const aborted = store
          .feed({ after: cursor, signal: controller.signal })
          [Symbol.asyncIterator]()
          .next();
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        controller.abort(new Error("The reader has left."));
        await expect(aborted).rejects.toThrow("The reader has left.");

        const closing = backing.open();
        const ended = closing.feed?.({ after: cursor })[Symbol.asyncIterator]().next();
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        await closing.close?.();
        // Closed before the feed looked at all it is a call that came too late.
        await ended?.then(
          (end) => expect(end.done).toBe(true),
          (error) => expect(error).toMatchObject({ code: "STORE_CLOSED" }),
        );
      }
    });
  });

  describe("the names of streams", () => {
    test("come in the order of their code units, however they were written", async () => {
      for (const name of ["b", "a", "ä", "B", "aa", "\ud83d\ude00", "\uffff", "a"]) {
        const { head } = await store.read(name);
        await store.append(name, commit(`c${head}`, head, "e1"));
      }
      const { names } = await store.streams();
      expect(names).toEqual(["B", "a", "aa", "b", "ä", "\ud83d\ude00", "\uffff"]);
      expect(await store.streams({ after: "a", limit: 2 })).toEqual({ names: ["aa", "b"], next: "b" });
      expect(await store.streams({ after: "aZ", limit: 1 })).toEqual({ names: ["aa"], next: "aa" });
      expect(await store.streams({ after: "zzz" })).toEqual({ names: ["ä", "\ud83d\ude00", "\uffff"] });
      expect(await store.streams({ prefix: "a", after: "B" })).toEqual({ names: ["a", "aa"] });
      expect(await store.streams({ prefix: "a", after: "b" })).toEqual({ names: [] });
      expect(await store.streams({ prefix: "\ud83d" })).toEqual({ names: ["\ud83d\ude00"] });
    });

    test("come a thousand at once where nothing is said", async () => {
      const names = Array.from({ length: 1001 }, (_, i) => `s${String(i).padStart(4, "0")}`);
      for (const name of names.toReversed()) await store.append(name, commit("c1", 0, "e1"));
      expect(await store.streams()).toEqual({ names: names.slice(0, 1000), next: "s0999" });
      expect(await store.streams({ after: "s0999" })).toEqual({ names: ["s1000"] });
    });

    test.each([0, -1, Number.NaN])("come on with a limit that is none: %d", async (limit) => {
      for (const name of ["x", "y"]) await store.append(name, commit("c1", 0, "e1"));
      const { names } = await store.streams({ limit });
      expect(names[0]).toBe("x");
    });
  });
});
