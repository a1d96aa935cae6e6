import { createMemoryBacking, InvalidInputError, type SpaceStore } from "chat-spaces";
import {
  CounterexampleError,
  type FuzzOptions,
  fuzzStore,
  type OpenedStores,
  type OpenStores,
} from "chat-spaces/conformance/fuzz";
import { describe, expect, test } from "vitest";
import { DEFECTS, type Defect } from "./fuzz/broken.js";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "./fuzz/runs.js";

function openMemory(): OpenedStores {
  const backing = createMemoryBacking();
  return { a: backing.open(), b: backing.open(), reopen: () => backing.open() };
}

/** Handles on one memory, with a defect in all of them. */
function broken(defect: Defect): OpenStores {
  return () => {
    const backing = createMemoryBacking();
    const plant = defect();
    const open = (): SpaceStore => {
      const store = backing.open();
      return { ...store, ...plant(store) };
    };
    return { a: open(), b: open(), reopen: open };
  };
}

/** What a store is found out by. */
async function counterexample(open: OpenStores, options: FuzzOptions): Promise<CounterexampleError> {
  const error = await fuzzStore(open, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof CounterexampleError) return error;
  throw error ?? new Error("Nothing was found.");
}

/** The calls before everything that is there is looked at. */
function stepsOf({ script }: CounterexampleError): readonly string[] {
  const end = script.findIndex((call) => call.startsWith("// Everything that is there:"));
  return end < 0 ? script : script.slice(0, end);
}

describe("a store that is right", () => {
  test("is found to be", { timeout: FUZZ_TIMEOUT }, () => fuzzStore(openMemory, { runs: FUZZ_RUNS }));

  test("is found to be, also if it has two functions and one handle", { timeout: FUZZ_TIMEOUT }, () =>
    fuzzStore(
      () => {
        const { read, append } = openMemory().a;
        const capabilities = { durable: false, shared: false, feed: false, erase: false };
        const store = { capabilities, read, append };
        return { a: store, b: store };
      },
      { runs: 30 },
    ),
  );

  test("may freeze what it gives", { timeout: FUZZ_TIMEOUT }, () =>
    fuzzStore(
      () => {
        const { read, ...store } = openMemory().a;
        const frozen: SpaceStore["read"] = async (stream, options) => {
          const { head, events } = await read(stream, options);
          return Object.freeze({ head, events: Object.freeze(events.map((event) => Object.freeze(event))) });
        };
        return { a: { ...store, read: frozen }, b: { ...store, read: frozen } };
      },
      { runs: 30 },
    ),
  );
});

describe("is found, and shown in a few calls, that", () => {
  test.each(Object.entries(DEFECTS))("%s", { timeout: 60_000 }, async (_, defect) => {
    const found = await counterexample(broken(defect), { runs: 500, seed: 5, maxCommands: 15 });
    expect(stepsOf(found).length, found.message).toBeLessThanOrEqual(5);
  });
});

describe("what was found", { timeout: 60_000 }, () => {
  const feed = broken(DEFECTS["the feed gives once more the commit after which it goes on"] as Defect);

  test("is said as code that can be read, with what was expected and how to run it again", async () => {
    const { message, script, seed, path } = await counterexample(feed, { seed: 7 });
    expect({ seed, path }).toEqual({ seed: 7, path: expect.stringMatching(/^\d+(:\d+)*$/) });
    const event = '{ id: "e1", type: "note.written", at: 0, by: "ana", data: null, revision: 1 }';
    const commit = `{ cursor: "1", stream: "notes", events: [${event}] }`;
    const calls = [
      'await a.append("notes", { id: "c1", expected: 0, events: ' +
        '[{ id: "e1", type: "note.written", at: 0, by: "ana", data: null }] });\n' +
        "// { ok: true, head: 1 }",
      `await Array.fromAsync(a.feed({ follow: false }));\n// [${commit}]`,
      'await Array.fromAsync(a.feed({ follow: false, after: "1" }));\n' +
        `// expected: no { stream: "notes", events: [${event}] }: there is no such commit, or it was given already\n` +
        `// received: [${commit}]`,
    ];
    expect(script).toEqual(calls);
    expect(message).toBe(
      `The store does not do what it must:\n\n${calls.join("\n")}\n\n` +
        `Run it again: fuzzStore(open, {"seed":7,"path":"${path}"})`,
    );
  });

  test("is found again by its seed and path, at once", async () => {
    const first = await counterexample(feed, { seed: 7 });
    let opened = 0;
    const counting: OpenStores = () => {
      opened += 1;
      return feed();
    };
    const again = await counterexample(counting, { seed: first.seed, path: first.path });
    expect(again.script).toEqual(first.script);
    expect(again.path).toBe(first.path);
    expect(opened).toBe(1);
    await fuzzStore(openMemory, { seed: first.seed, path: first.path });
  });

  test("depends on how long scripts may be, and says so", async () => {
    const { message } = await counterexample(feed, { seed: 7, maxCommands: 12, runs: 500 });
    expect(message).toMatch(/\{"seed":7,"path":"[\d:]+","maxCommands":12\}\)$/);
  });

  test("comes from the seed: another one gives other scripts, the same gives the same", async () => {
    const scriptsOf = async (seed: number) => {
      const calls: unknown[] = [];
      await fuzzStore(
        () => {
          const { a, b } = openMemory();
          const append: SpaceStore["append"] = (stream, commit) => {
            calls.push(JSON.stringify([stream, commit.id, commit.expected]));
            return a.append(stream, commit);
          };
          return { a: { ...a, append }, b };
        },
        { seed, runs: 5 },
      );
      return calls;
    };
    const calls = await scriptsOf(1);
    expect(calls.length).toBeGreaterThan(5);
    expect(await scriptsOf(1)).toEqual(calls);
    expect(await scriptsOf(2)).not.toEqual(calls);
  });
});

describe("a store that does not answer", { timeout: 60_000 }, () => {
  const mute = (part: Partial<SpaceStore>): OpenStores => {
    return () => {
      const { a, b } = openMemory();
      return { a: { ...a, ...part }, b };
    };
  };

  test("is given up on, once: nobody waits for a shorter script", async () => {
    const read = () => new Promise<never>(() => {});
    const { script } = await counterexample(mute({ read }), { seed: 1, patience: 20 });
    expect(script.at(-1)).toMatch(/\n\/\/ expected: .*\n\/\/ received: nothing within 20 ms$/);
  });

  test("is given up on where it does not end its feed", async () => {
    const feed: SpaceStore["feed"] = async function* () {
      yield await new Promise<never>(() => {});
    };
    const { script } = await counterexample(mute({ feed }), { seed: 1, patience: 20 });
    expect(script.at(-1)).toContain("feed(");
    expect(script.at(-1)).toContain("// received: nothing within 20 ms");
  });

  const endless: SpaceStore["feed"] = async function* () {
    for (let cursor = 1; ; cursor++) yield { cursor: String(cursor), stream: "notes", events: [] };
  };

  test.each<[string, Partial<SpaceStore>, string]>([
    ["what is no answer", { append: async () => undefined as never }, "undefined"],
    ["a fault", { append: () => Promise.reject(new TypeError("No.")) }, "rejected with TypeError: No."],
    ["no names", { streams: async () => ({}) as never }, "{}"],
    [
      "a next that is none",
      { streams: async () => ({ names: [], next: 1 }) as never },
      "{ names: [], next: 1 }",
    ],
    ["names that are none", { streams: async () => ({ names: [1] }) as never }, "{ names: [1] }"],
    ["pages without an end", { streams: async () => ({ names: [], next: "x" }) }, '{ names: [], next: "x" }'],
    ["a feed without an end", { feed: endless }, '[{ cursor: "1", stream: "notes", events: []'],
    ["nothing erased", { erase: async () => undefined as never }, "{ erased: undefined }"],
  ])("in its own way is found: %s", async (_, part, received) => {
    const open: OpenStores = () => {
      const { a, b } = openMemory();
      return { a: { ...a, ...part }, b: { ...b, ...part } };
    };
    const { script } = await counterexample(open, { seed: 1 });
    expect(script.at(-1)).toContain(`// received: ${received}`);
  });
});

describe("what is opened", { timeout: 60_000 }, () => {
  test("is opened once for each script, closed, and then disposed of, whatever became of it", async () => {
    for (const open of [openMemory, broken(DEFECTS["names are cut off"] as Defect)]) {
      const log: string[] = [];
      const logged = (store: SpaceStore): SpaceStore => ({
        ...store,
        async close() {
          log.push("close");
          await store.close?.();
        },
      });
      await fuzzStore(
        async () => {
          const { a, b } = await open();
          log.push("open");
          return { a: logged(a), b: logged(b), dispose: () => log.push("dispose") };
        },
        { seed: 7, runs: 20 },
      ).catch(() => {});
      expect(log.length).toBeGreaterThan(20);
      for (let i = 0; i < log.length; i += 4) {
        expect(log.slice(i, i + 4)).toEqual(["open", "close", "close", "dispose"]);
      }
    }
  });

  test("is not the store's fault where it cannot be opened, or disposed of", async () => {
    const reason = new Error("No such server.");
    let opened = 0;
    const closed = () => {
      opened += 1;
      throw reason;
    };
    await expect(fuzzStore(closed)).rejects.toBe(reason);
    expect(opened).toBe(1);
    await expect(fuzzStore(() => ({ ...openMemory(), dispose: closed }))).rejects.toBe(reason);
  });

  test("is the store's fault where it cannot be opened again", async () => {
    const open: OpenStores = () => ({
      ...openMemory(),
      reopen: () => {
        throw new Error("The file is damaged.");
      },
    });
    const { script } = await counterexample(open, { seed: 1 });
    expect(script.at(-1)).toBe(
      "await reopen();\n// expected: two handles\n// received: rejected with Error: The file is damaged.",
    );
  });
});

describe("options that cannot be meant", { timeout: 60_000 }, () => {
  test.each<[string, FuzzOptions]>([
    ["runs must be 1 or more, not 0", { runs: 0 }],
    ["runs must be 1 or more, not 1.5", { runs: 1.5 }],
    ["runs must be 1 or more, not NaN", { runs: Number.NaN }],
    ["maxCommands must be 1 or more, not -1", { maxCommands: -1 }],
    ["patience must be 1 or more, not 0", { patience: 0 }],
    ["seed must be a whole number, not 0.5", { seed: 0.5 }],
    ["path needs the seed that it belongs to", { path: "1:2" }],
    ['path must be numbers between colons, not "1:x"', { seed: 1, path: "1:x" }],
    ['the seed has no script at "0:99999"', { seed: 1, path: "0:99999" }],
    ['the seed has no script at "0:99999:1"', { seed: 1, path: "0:99999:1" }],
  ])("%s", async (problem, options) => {
    const error: unknown = await fuzzStore(openMemory, options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({ code: "INVALID_INPUT", message: expect.stringContaining(problem) });
  });
});
