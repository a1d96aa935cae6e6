import type { SpaceStore } from "chat-spaces";
import { createMemoryBacking } from "chat-spaces";
import {
  ConformanceError,
  type OpenedStores,
  type StoreCasesOptions,
  storeCases,
} from "chat-spaces/conformance";
import { describe, expect, test, vi } from "vitest";

const ALL = {
  durable: true,
  shared: true,
  feed: true,
  erase: true,
  streams: true,
  close: true,
  client: true,
};

function openMemory(): OpenedStores & { readonly a: SpaceStore; readonly b: SpaceStore } {
  const backing = createMemoryBacking();
  return { a: backing.open(), b: backing.open() };
}

/** The case of a name, on stores that are opened so. */
function caseOf(name: string, open: () => OpenedStores, options: StoreCasesOptions = {}) {
  const found = storeCases(open, options).find((c) => c.name === name);
  if (!found) throw new Error(`There is no case "${name}".`);
  return found;
}

const failureOf = (run: () => Promise<void>): Promise<unknown> =>
  run().then(
    () => undefined,
    (error) => error,
  );

const FIRST = "a stream that was never written to is at 0 and has no events";

describe("the list of cases", () => {
  const groupsOf = (options?: StoreCasesOptions) => [
    ...new Set(storeCases(openMemory, options).map(({ group }) => group)),
  ];
  const always = [
    "shape",
    "order",
    "atomic batch",
    "one winner",
    "repeated commit",
    "isolation",
    "JSON",
    "names",
    "ids",
    "paging",
    "invalid commit",
    "abort signal",
  ];

  test("is there before anything is opened", () => {
    const open = vi.fn(openMemory);
    expect(storeCases(open, ALL).length).toBeGreaterThan(150);
    expect(open).not.toHaveBeenCalled();
  });

  test("has a name for each case that no other has", () => {
    const names = storeCases(openMemory, ALL).map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("has what every store promises, where nothing is declared", () => {
    expect(groupsOf()).toEqual(always);
    expect(groupsOf({ durable: undefined, feed: false })).toEqual(always);
  });

  test.each([
    ["durable", ["reopen"]],
    ["feed", ["feed"]],
    ["erase", ["erase"]],
    ["streams", ["streams"]],
    ["close", ["closing"]],
    ["shared", []],
    ["client", []],
  ] as const)("has what follows from %s, where that is declared", (declared, groups) => {
    expect(groupsOf({ [declared]: true })).toEqual([...always, ...groups]);
  });

  test("has what follows from two declarations only where both are there", () => {
    const count = (options: StoreCasesOptions) => storeCases(openMemory, options).length;
    const [none, feed, erase] = [count({}), count({ feed: true }), count({ erase: true })];
    expect(count({ feed: true, erase: true })).toBeGreaterThan(feed + erase - none);
  });

  test("takes the capabilities that a store declares as they are", () => {
    const { capabilities } = openMemory().a;
    expect(groupsOf({ ...capabilities })).toEqual([...always, "feed", "erase"]);
  });
});

describe("a case", () => {
  test("opens a place of its own and cleans it up: handles first, and once", async () => {
    const calls: string[] = [];
    const open = () => {
      calls.push("open");
      const { a, b } = openMemory();
      const closing = (name: string, store: SpaceStore): SpaceStore => ({
        ...store,
        close: async () => void calls.push(`close ${name}`),
      });
      return { a: closing("a", a), b: closing("b", b), dispose: () => void calls.push("dispose") };
    };
    await caseOf(FIRST, open).run();
    expect(calls).toEqual(["open", "close a", "close b", "dispose"]);
  });

  test("cleans up also where it fails, and tells of the failure, not of the cleaning", async () => {
    const dispose = vi.fn(() => {
      throw new Error("There is nothing to clean up.");
    });
    const open = () => {
      const { a, b } = openMemory();
      return { a: { ...a, read: async () => ({ head: 7, events: [] }) }, b, dispose };
    };
    const failure = await failureOf(caseOf(FIRST, open).run);
    expect(failure).toMatchObject({ message: expect.stringContaining("must be at 0") });
    expect(dispose).toHaveBeenCalledOnce();
  });

  test("fails where cleaning up fails", async () => {
    const cause = new Error("The folder is not empty.");
    const open = () => ({ ...openMemory(), dispose: () => Promise.reject(cause) });
    const failure = await failureOf(caseOf(FIRST, open).run);
    expect(failure).toBeInstanceOf(ConformanceError);
    expect(failure).toMatchObject({ cause, message: expect.stringContaining("The folder is not empty.") });
  });

  test("says what is demanded, what was expected and what came", async () => {
    const open = () => {
      const { a, b } = openMemory();
      return {
        a,
        b: { ...b, append: async () => ({ ok: true, head: 5 }) as const },
      };
    };
    const name = "who comes too late, or too early, hears of a conflict as an answer";
    const failure = await failureOf(caseOf(name, open).run);
    expect(failure).toBeInstanceOf(ConformanceError);
    expect((failure as Error).message).toBe(
      "`append` must answer with a conflict who expects 0 of a stream at 1.\n" +
        "  at:       ok\n" +
        "  expected: false\n" +
        "  came:     true",
    );
  });

  test("names the case and keeps the cause where a store fails in a way of its own", async () => {
    const cause = Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" });
    const open = () => ({ ...openMemory(), a: { ...openMemory().a, read: () => Promise.reject(cause) } });
    const failure = await failureOf(caseOf(FIRST, open).run);
    expect(failure).toBeInstanceOf(ConformanceError);
    expect(failure).toMatchObject({ cause });
    expect((failure as Error).message).toContain(FIRST);
    expect((failure as Error).message).toContain("Error ECONNREFUSED: connection refused");
  });

  test("passes on what `open` fails with as it is", async () => {
    const fault = new Error("There is no database.");
    const open = () => {
      throw fault;
    };
    expect(await failureOf(caseOf(FIRST, open).run)).toBe(fault);
  });

  test.each([
    ["nothing", undefined],
    ["one store", { a: createMemoryBacking().open() }],
    ["what is no store", { a: {}, b: {} }],
  ])("says so where `open` gives %s", async (_, opened) => {
    const failure = await failureOf(caseOf(FIRST, () => opened as unknown as OpenedStores).run);
    expect(failure).toMatchObject({ message: expect.stringContaining("`open` must give two stores") });
  });

  test("does not wait for ever for a store that never answers", async () => {
    const open = () => ({
      ...openMemory(),
      a: { ...openMemory().a, read: () => new Promise<never>(() => {}) },
    });
    const failure = await failureOf(caseOf(FIRST, open, { patience: 1 }).run);
    expect(failure).toBeInstanceOf(ConformanceError);
    expect((failure as Error).message).toContain("nothing within 15 ms");
  });

  test("waits for a feed as long as it is told, and says what was given up to then", async () => {
    const open = () => {
      const { a, b } = openMemory();
      const feed: SpaceStore["feed"] = async function* (options) {
        for await (const commit of a.feed?.(options) ?? []) {
          yield commit;
          await new Promise(() => {});
        }
      };
      return { a, b: { ...b, feed } };
    };
    const name = "who is slow misses nothing";
    const failure = await failureOf(caseOf(name, open, { feed: true, erase: true, patience: 20 }).run);
    expect(failure).toMatchObject({
      message:
        "A feed must give what is appended while it waits, within seconds.\n" +
        '  given:    1 commits, the last of them ["notes 1"]\n' +
        "  came:     nothing within 20 ms",
    });
  });

  test("keeps texts apart in its message that look the same", async () => {
    const open = () => {
      const { a, b } = openMemory();
      const read: SpaceStore["read"] = async (stream, options) => {
        const { head, events } = await a.read(stream, options);
        return {
          head,
          events: events.map((event) => ({
            ...event,
            data: JSON.parse(JSON.stringify(event.data).normalize("NFC")),
          })),
        };
      };
      return { a: { ...a, read }, b };
    };
    const failure = await failureOf(caseOf("text of many scripts comes back as it was", open).run);
    expect((failure as Error).message).toContain('expected: "e\\u0301 is not \\u00e9"');
    expect((failure as Error).message).toContain('came:     "\\u00e9 is not \\u00e9"');
  });

  test("shows of a long text only where it parts", async () => {
    const open = () => {
      const { a, b } = openMemory();
      const read: SpaceStore["read"] = async (stream, options) => {
        const { head, events } = await a.read(stream, options);
        return {
          head,
          events: events.map((event) => ({ ...event, data: String(event.data).slice(0, 65_535) })),
        };
      };
      return { a: { ...a, read }, b };
    };
    const failure = await failureOf(caseOf("a text of a million characters comes back whole", open).run);
    expect((failure as Error).message.length).toBeLessThan(400);
    expect((failure as Error).message).toContain("data, near character 65535");
    expect((failure as Error).message).toContain("(of 65535 code units)");
  });
});
