import {
  ChatSpacesError,
  type Code,
  type NewEvent,
  type ReadOptions,
  type SpaceStore,
  type StoredEvent,
} from "chat-spaces";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** An event that says something, to a store that does not care what. */
export function event(id: string, data: unknown = null): NewEvent {
  return { id, type: "note.written", at: Date.parse("2026-05-01T12:00:00Z"), by: "ana", data };
}

/** The code of what is thrown. */
export async function codeOf(act: () => unknown): Promise<Code | undefined> {
  try {
    await act();
  } catch (error) {
    if (error instanceof ChatSpacesError) return error.code;
    throw error;
  }
  return undefined;
}

export const idsOf = ({ events }: { readonly events: readonly StoredEvent[] }) => events.map(({ id }) => id);

/**
 * What every store promises, as tests. Call it in a `describe` of the store:
 *
 * ```ts
 * describe("my store", () => storeContract(() => myStore()));
 * ```
 *
 * `open` gives a store that nobody has written to. It is closed after each test.
 */
export function storeContract(open: () => SpaceStore): void {
  describe("keeps to the contract:", () => contract(open));
}

function contract(open: () => SpaceStore): void {
  let store: SpaceStore;

  beforeEach(() => {
    store = open();
  });

  afterEach(async () => {
    await store.close?.();
  });

  /** Appends one event, or one for each id, where the stream is. */
  const add = async (stream: string, ...ids: readonly string[]) => {
    const { head } = await store.read(stream);
    const commit = { id: `adds ${ids.join()}`, expected: head, events: ids.map((id) => event(id)) };
    expect(await store.append(stream, commit)).toEqual({ ok: true, head: head + ids.length });
  };

  describe("appending", () => {
    test("starts from nothing: a stream that was never written to is at 0", async () => {
      expect(await store.read("notes")).toEqual({ head: 0, events: [] });
      expect(await store.read("notes", { backwards: true, ids: ["e1"] })).toEqual({ head: 0, events: [] });
    });

    test("counts revisions from 1, without gaps, in each stream for itself", async () => {
      const first = { id: "c1", expected: 0, events: [event("e1"), event("e2")] };
      expect(await store.append("notes", first)).toEqual({ ok: true, head: 2 });
      expect(await store.append("other", { ...first, events: [event("e9")] })).toEqual({ ok: true, head: 1 });
      const second = { id: "c2", expected: 2, events: [event("e3")] };
      expect(await store.append("notes", second)).toEqual({ ok: true, head: 3 });
      expect(await store.read("notes")).toEqual({
        head: 3,
        events: [
          { ...event("e1"), revision: 1 },
          { ...event("e2"), revision: 2 },
          { ...event("e3"), revision: 3 },
        ],
      });
    });

    test.each<[string, unknown]>([
      [
        "text of many scripts",
        ["Ärger 日本語 العربية 👩‍👩‍👧‍👦", "e\u0301 is not \u00e9", "\u2028\u2029\ufeff"],
      ],
      ["text that looks like code", ["'; DROP TABLE x; --", '"\\', "%_?1", "\u0000\u0007\n", "\ud83d\ude00"]],
      ["depth", { a: [{ b: [[], {}, [null, { c: "" }]] }] }],
      ["numbers", [0, -0, 1e21, 5e-324, Number.MAX_SAFE_INTEGER, -1.5, Number.NaN]],
      ["what JSON leaves out", { gone: undefined, list: [undefined], date: new Date(0) }],
      ["keys that objects are born with", JSON.parse('{"__proto__":{"a":1},"constructor":2,"toString":3}')],
      ["a long text", "long ".repeat(100_000)],
      ["an own revision", { revision: 99 }],
    ])("gives back %s as JSON does", async (_, data) => {
      await store.append("notes", { id: "c1", expected: 0, events: [event("e1", data)] });
      const json = JSON.stringify({ ...event("e1", data), revision: 1 });
      const { events } = await store.read("notes");
      expect(JSON.stringify(events[0])).toBe(json);
      expect(events[0]).toEqual(JSON.parse(json));
    });

    test("keeps any JSON value, and a reason where there is one", async () => {
      let revision = 0;
      await fc.assert(
        fc.asyncProperty(fc.jsonValue(), fc.string({ unit: "binary" }), async (data, reason) => {
          const given = { ...event("e1", data), reason };
          const commit = { id: `c${revision}`, expected: revision, events: [given] };
          expect(await store.append("notes", commit)).toEqual({ ok: true, head: ++revision });
          const { events } = await store.read("notes", { after: revision - 1 });
          expect(events).toEqual([{ ...JSON.parse(JSON.stringify(given)), revision }]);
        }),
        { numRuns: 50 },
      );
    });

    test("the revision is the store's to give, whatever the event says", async () => {
      const claims = { ...event("e1"), revision: 99 };
      await store.append("notes", { id: "c1", expected: 0, events: [claims] });
      expect((await store.read("notes")).events).toEqual([{ ...event("e1"), revision: 1 }]);
    });

    test("what goes in is a copy", async () => {
      const data = { list: ["one"] };
      const events = [event("e1", data)];
      await store.append("notes", { id: "c1", expected: 0, events });
      data.list.push("two");
      events.push(event("e2"));
      expect(await store.read("notes")).toEqual({
        head: 1,
        events: [{ ...event("e1", { list: ["one"] }), revision: 1 }],
      });
    });

    test("what comes out is a copy", async () => {
      await store.append("notes", { id: "c1", expected: 0, events: [event("e1", { list: ["one"] })] });
      const first = await store.read("notes");
      (first.events[0] as StoredEvent & { data: { list: string[] } }).data.list.push("two");
      (first.events as StoredEvent[]).pop();
      expect(await store.read("notes")).toEqual({
        head: 1,
        events: [{ ...event("e1", { list: ["one"] }), revision: 1 }],
      });
    });
  });

  describe("whoever comes second", () => {
    test.each([0, 2, 99])("gets a conflict for expecting %d of a stream at 1", async (expected) => {
      await add("notes", "e1");
      const late = { id: "late", expected, events: [event("e2"), event("e3")] };
      expect(await store.append("notes", late)).toEqual({ ok: false, reason: "conflict", head: 1 });
      expect(idsOf(await store.read("notes"))).toEqual(["e1"]);
      expect(idsOf(await store.read("notes", { ids: ["e2", "e3"] }))).toEqual([]);
    });

    test("gets a conflict for expecting a stream that does not exist", async () => {
      const commit = { id: "c1", expected: 1, events: [event("e1")] };
      expect(await store.append("notes", commit)).toEqual({ ok: false, reason: "conflict", head: 0 });
      expect(await store.read("notes")).toEqual({ head: 0, events: [] });
    });

    test("may come again under the same id after a conflict", async () => {
      await add("notes", "e1");
      const commit = { id: "mine", expected: 0, events: [event("e2")] };
      expect(await store.append("notes", commit)).toMatchObject({ ok: false });
      expect(await store.append("notes", { ...commit, expected: 1 })).toEqual({ ok: true, head: 2 });
      expect(idsOf(await store.read("notes"))).toEqual(["e1", "e2"]);
    });

    test("of 32 who expect the same revision exactly one wins, round after round", async () => {
      for (let round = 0; round < 5; round++) {
        const results = await Promise.all(
          Array.from({ length: 32 }, (_, i) =>
            store.append("notes", {
              id: `c${round}-${i}`,
              expected: 2 * round,
              events: [event(`e${round}-${i}-a`), event(`e${round}-${i}-b`)],
            }),
          ),
        );
        const winners = results.flatMap(({ ok }, i) => (ok ? [i] : []));
        expect(winners).toHaveLength(1);
        const head = 2 * round + 2;
        for (const result of results) {
          expect(result).toEqual(result.ok ? { ok: true, head } : { ok: false, reason: "conflict", head });
        }
        expect(idsOf(await store.read("notes", { after: 2 * round }))).toEqual([
          `e${round}-${winners[0]}-a`,
          `e${round}-${winners[0]}-b`,
        ]);
      }
    });
  });

  describe("who never heard the answer", () => {
    const commit = { id: "mine", expected: 1, events: [event("e2"), event("e3")] };

    beforeEach(async () => {
      await add("notes", "e1");
      await store.append("notes", commit);
      await add("notes", "e4");
    });

    test.each([0, 1, 3, 4, 99])("asks again, expecting %d, and hears it", async (expected) => {
      expect(await store.append("notes", { ...commit, expected })).toEqual({
        ok: true,
        head: 3,
        replayed: true,
      });
      expect(idsOf(await store.read("notes"))).toEqual(["e1", "e2", "e3", "e4"]);
    });

    test("hears the first outcome, whatever is in the commit now", async () => {
      const other = { ...commit, events: [event("e9")] };
      expect(await store.append("notes", other)).toEqual({ ok: true, head: 3, replayed: true });
      expect(idsOf(await store.read("notes"))).toEqual(["e1", "e2", "e3", "e4"]);
    });

    test("is not mistaken for who used the same id in another stream", async () => {
      expect(await store.append("other", { ...commit, expected: 0 })).toEqual({ ok: true, head: 2 });
      expect(idsOf(await store.read("other"))).toEqual(["e2", "e3"]);
    });

    test("is not mistaken for who used a similar id", async () => {
      for (const [index, id] of ["Mine", "mine ", " mine", "min", "mine\u0301", "mine%"].entries()) {
        const similar = { id, expected: 4 + index, events: [event(`s${index}`)] };
        expect(await store.append("notes", similar)).toEqual({ ok: true, head: 5 + index });
      }
    });
  });

  describe("reading", () => {
    const all = Array.from({ length: 10 }, (_, i) => `e${i + 1}`);

    /** What the options ask for, said as plainly as can be. */
    const plainly = ({
      after = 0,
      before = Infinity,
      limit = Infinity,
      backwards = false,
      ids,
    }: ReadOptions) => {
      const found = all
        .map((id, index) => ({ id, revision: index + 1 }))
        .filter(({ revision }) => after < revision && revision < before)
        .filter(({ id }) => !ids || ids.includes(id));
      return (backwards ? found.reverse() : found).filter((_, i) => i < limit).map(({ id }) => id);
    };

    beforeEach(async () => {
      await add("other", "e1", "o2");
      await add("notes", ...all.slice(0, 4));
      await add("notes", ...all.slice(4));
    });

    test.each<[string, ReadOptions, readonly string[]]>([
      ["all, where nothing is said", {}, all],
      ["what came after", { after: 8 }, ["e9", "e10"]],
      ["nothing after the last", { after: 10 }, []],
      ["nothing after what has not come yet", { after: 99 }, []],
      ["what came before", { before: 3 }, ["e1", "e2"]],
      ["nothing before the first", { before: 1 }, []],
      ["what is between", { after: 2, before: 5 }, ["e3", "e4"]],
      ["nothing between neighbours", { after: 4, before: 5 }, []],
      ["nothing between what is the wrong way round", { after: 8, before: 2 }, []],
      ["the first", { limit: 2 }, ["e1", "e2"]],
      ["none, where none are wanted", { limit: 0 }, []],
      ["none, where fewer than none are wanted", { limit: -1 }, []],
      ["all, where more than all are wanted", { limit: 1e9 }, all],
      ["all, where no bound is a bound", { after: -5, before: Infinity, limit: Infinity }, all],
      ["the newest first", { backwards: true, limit: 3 }, ["e10", "e9", "e8"]],
      ["a page back from a place", { backwards: true, before: 8, limit: 2 }, ["e7", "e6"]],
      ["back down to a place", { backwards: true, after: 8 }, ["e10", "e9"]],
      ["some by id, in the stream's order", { ids: ["e7", "e2", "e5"] }, ["e2", "e5", "e7"]],
      ["some by id, backwards", { ids: ["e2", "e7", "e5"], backwards: true }, ["e7", "e5", "e2"]],
      ["each once, however often it is named", { ids: ["e2", "e2", "e1", "e2"] }, ["e1", "e2"]],
      ["none of no ids", { ids: [] }, []],
      ["none of ids it does not have", { ids: ["e11", "o2", "E1", "", "__proto__", "\ud800", "e1\0"] }, []],
      ["by id within bounds", { ids: all, after: 3, before: 8, limit: 2 }, ["e4", "e5"]],
      ["by id, none", { ids: all, limit: 0 }, []],
      ["by id, fewer than none", { ids: all, limit: -1 }, []],
      ["all, where all is left open", { after: undefined, before: undefined, ids: undefined }, all],
    ])("gives %s", async (_, options, expected) => {
      const read = await store.read("notes", options);
      expect(idsOf(read)).toEqual(expected);
      expect(read.head).toBe(10);
      for (const { id, revision } of read.events) expect(id).toBe(`e${revision}`);
    });

    test("gives what the options say, in every combination", async () => {
      const bound = fc.option(fc.integer({ min: -1, max: 12 }), { nil: undefined });
      const options = fc.record({
        after: bound,
        before: bound,
        limit: bound,
        backwards: fc.boolean(),
        ids: fc.option(fc.array(fc.constantFrom(...all, "o2", "e99")), { nil: undefined }),
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

    test("pages through a stream, forwards and backwards, without a gap", async () => {
      const forwards: StoredEvent[] = [];
      for (let after = 0; after < 10; after = forwards.at(-1)?.revision ?? 10) {
        forwards.push(...(await store.read("notes", { after, limit: 3 })).events);
      }
      expect(idsOf({ events: forwards })).toEqual(all);

      const backwards: StoredEvent[] = [];
      for (let before = 11; before > 1; before = backwards.at(-1)?.revision ?? 1) {
        backwards.push(...(await store.read("notes", { before, limit: 4, backwards: true })).events);
      }
      expect(idsOf({ events: backwards })).toEqual(all.toReversed());
    });

    test("gives both of two events with one id", async () => {
      await add("twins", "t1", "x", "t1");
      const { events } = await store.read("twins", { ids: ["t1"] });
      expect(events.map(({ revision }) => revision)).toEqual([1, 3]);
    });

    test("finds a thousand ids at once", async () => {
      const ids = Array.from({ length: 1000 }, (_, i) => `m${i}`);
      await add("many", ...ids);
      expect(idsOf(await store.read("many", { ids: ids.toReversed() }))).toEqual(ids);
    });

    test("throws what it was aborted with", async () => {
      const reason = new Error("The reader has left.");
      const signal = AbortSignal.abort(reason);
      await expect(store.read("notes", { signal })).rejects.toBe(reason);
      await expect(store.read("notes", { signal: AbortSignal.abort() })).rejects.toMatchObject({
        name: "AbortError",
      });
      const silent = { aborted: true, addEventListener() {}, removeEventListener() {} };
      await expect(store.read("notes", { signal: silent })).rejects.toThrow(/aborted/);
    });

    test("is not stopped by a signal that says nothing", async () => {
      const { signal } = new AbortController();
      expect(idsOf(await store.read("notes", { signal, limit: 1 }))).toEqual(["e1"]);
    });
  });

  test("streams with similar names are different streams", async () => {
    const names = [
      ...[
        "a",
        "ab",
        "a/",
        "a/b",
        "a/b/c",
        "a:b",
        "a b",
        " a",
        "a ",
        "A",
        "ä",
        "Ä",
        "a%",
        "a_",
        "a*",
        "%",
        "*",
      ],
      ...["..", "../a", ".", "/", "//", "\\", "'", '"', "';--", "?", "\n", "\t", "0", "00", "1e0", "null"],
      ...["__proto__", "constructor", "toString", "hasOwnProperty"],
      ...["\u00e9", "e\u0301", "\u212b", "\u00c5", "\u200b", "\u202e", "ß", "SS", "ı", "I", "i", "\ufffd"],
      ...["👋", "👋🏽", "\u{1f600}", "x".repeat(1024), `${"x".repeat(1023)}y`, `${"x".repeat(1024)}x`],
    ];
    for (const name of names) expect(await store.read(name)).toEqual({ head: 0, events: [] });
    for (const [index, name] of names.entries()) {
      const commit = { id: "c1", expected: 0, events: [event("e1", index)] };
      expect(await store.append(name, commit), name).toEqual({ ok: true, head: 1 });
    }
    for (const [index, name] of names.entries()) {
      const { head, events } = await store.read(name, { ids: ["e1"] });
      expect([head, events.map(({ data }) => data)], name).toEqual([1, [index]]);
    }
  });

  describe("refuses", () => {
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    const good = { id: "c1", expected: 0, events: [event("e1")] };

    test.each<[string, object]>([
      ["a commit without events", { events: [] }],
      ["a commit whose events are no list", { events: { 0: event("e1"), length: 1 } }],
      ["a commit without an id", { id: "" }],
      ["a commit whose id is no text", { id: 7 }],
      ["a commit whose id holds half a surrogate pair", { id: "c\ud83d" }],
      ["a commit whose id would be cut off", { id: "c\0d" }],
      ["a commit that expects less than nothing", { expected: -1 }],
      ["a commit that expects half a revision", { expected: 0.5 }],
      ["a commit that expects no number", { expected: "0" }],
      ["a commit that expects NaN", { expected: Number.NaN }],
      ["a commit that expects anything", { expected: undefined }],
      ["an event without an id", { events: [event("e1"), { ...event("e2"), id: undefined }] }],
      ["an event with an empty id", { events: [event("e1"), event("")] }],
      ["an event whose id holds half a surrogate pair", { events: [event("\udc00")] }],
      ["an event whose id would be cut off", { events: [event("e\0")] }],
      ["an event that is nothing", { events: [event("e1"), null] }],
      ["a circle", { events: [event("e1"), event("e2", circular)] }],
      ["a bigint", { events: [event("e1"), event("e2", { views: 1n })] }],
      ["an event that has no JSON", { events: [{ ...event("e1"), toJSON: () => undefined }] }],
      ["half a surrogate pair", { events: [event("e1"), event("e2", "a\ud83d")] }],
      ["the other half", { events: [event("e2", ["\ude00 b"])] }],
      ["half a surrogate pair behind a backslash", { events: [event("e2", "\\\ud83d")] }],
      ["half a surrogate pair as a key", { events: [event("e2", { "\ud83d": 1 })] }],
    ])("%s, and keeps nothing", async (_, part) => {
      const commit = { ...good, ...part } as typeof good;
      expect(await codeOf(() => store.append("notes", commit))).toBe("STORE_INVALID_COMMIT");
      expect(await store.read("notes")).toEqual({ head: 0, events: [] });
    });

    test.each([
      ["none", ""],
      ["half a surrogate pair", "notes\ud800"],
      ["one that would be cut off", "notes\0more"],
    ])("a stream's name: %s", async (_, stream) => {
      await add("notes", "e1");
      await add("notes\ufffd", "e1");
      expect(await codeOf(() => store.append(stream, good))).toBe("STORE_INVALID_COMMIT");
      expect(await store.read(stream)).toEqual({ head: 0, events: [] });
    });

    test("nothing that only looks like half a surrogate pair", async () => {
      const texts = ["\\ud83d", "\\\\ud83d", '"\\ud83d"', "\\", "\ud83d\ude00", "\\\ud83d\ude00", "ud83d"];
      await store.append("notes", { ...good, events: [event("e1", texts)] });
      expect((await store.read("notes")).events[0]?.data).toEqual(texts);
    });
  });

  test("closing is final, and may be repeated", async () => {
    await add("notes", "e1");
    await store.close?.();
    await store.close?.();
    expect(await codeOf(() => store.read("notes"))).toBe("STORE_CLOSED");
    const commit = { id: "c2", expected: 1, events: [event("e2")] };
    expect(await codeOf(() => store.append("notes", commit))).toBe("STORE_CLOSED");
  });
}
