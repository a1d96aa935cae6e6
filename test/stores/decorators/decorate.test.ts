import { type Commit, type EraseRequest, memoryStore, type SpaceStore } from "chat-spaces";
import { withEncryption, withNamespace, withRetry, withSnapshots } from "chat-spaces/decorators";
import { describe, expect, test } from "vitest";
import { type Decoration, decorate, same } from "../../../src/stores/decorators/decorate.js";
import { event } from "../cases.js";
import { drain, newKey } from "./helpers.js";

const key = await newKey();

const DECORATORS: Record<string, (store: SpaceStore) => SpaceStore> = {
  withNamespace: (store) => withNamespace(store, "acme"),
  withRetry: (store) => withRetry(store),
  withSnapshots: (store) => withSnapshots(store, { cache: new Map() }),
  withEncryption: (store) => withEncryption(store, { keyOf: () => key }),
};

const all: Decoration = {
  ...{ capabilities: same, read: same, append: same, feed: same, streams: same, erase: same },
  ...{ snapshots: same, search: same, close: same },
};

describe("a store around another one", () => {
  test("does not compile without a word about each part", () => {
    const { snapshots: _, ...missing } = all;
    // @ts-expect-error what becomes of the snapshots?
    const decorated = decorate(memoryStore(), missing);
    expect(decorated).not.toHaveProperty("snapshots");
    // @ts-expect-error a part is made of the same part
    void ({ ...all, close: () => 5 } satisfies Decoration);
  });

  test("has the parts that the other one has, and no others", () => {
    const { capabilities, read, append } = memoryStore();
    const snapshots = { load: async () => undefined, save: async () => {} };
    const undone = { feed: undefined, close: undefined };
    expect(Object.keys(decorate({ capabilities, read, append }, all))).toEqual([
      "capabilities",
      "read",
      "append",
    ]);
    expect(
      Object.keys(decorate({ capabilities, read, append, ...(undone as object), snapshots }, all)),
    ).toEqual(["capabilities", "read", "append", "snapshots"]);
    expect(Object.keys(decorate(memoryStore(), all)).sort()).toEqual(Object.keys(memoryStore()).sort());
  });
});

describe.each(Object.entries(DECORATORS))("%s", (name, around) => {
  const added = name === "withSnapshots" ? ["snapshots"] : [];

  test("keeps what the store can do, and adds nothing to it", () => {
    const { capabilities, read, append } = memoryStore();
    const few = around({ capabilities, read, append });
    expect(Object.keys(few).sort()).toEqual(["append", "capabilities", "read", ...added].sort());
    const many = around(memoryStore());
    expect(Object.keys(many).sort()).toEqual([...Object.keys(memoryStore()), ...added].sort());
    expect(many.capabilities).toEqual({ durable: false, shared: false, feed: true, erase: true });
  });

  test("takes a store that is an object of a class", async () => {
    class Adapter {
      readonly inner = memoryStore();
      readonly capabilities = this.inner.capabilities;
      readonly snapshots = {
        owner: this.inner,
        async load() {
          return this.owner && undefined;
        },
        async save() {
          await this.owner.read("notes");
        },
      };
      read(stream: string) {
        return this.inner.read(stream);
      }
      append(stream: string, commit: Commit) {
        return this.inner.append(stream, commit);
      }
      feed() {
        return this.inner.feed?.({ follow: false }) as AsyncIterable<never>;
      }
      async streams() {
        return (await this.inner.streams?.()) ?? { names: [] };
      }
      async erase(stream: string, request: EraseRequest) {
        return (await this.inner.erase?.(stream, request)) ?? { erased: 0 };
      }
      async close() {
        await this.inner.close?.();
      }
    }
    const store = around(new Adapter());
    const stored = { ...event("e1", "hi"), revision: 1 };
    await store.append("notes", { id: "c1", expected: 0, events: [event("e1", "hi")] });
    expect(await store.read("notes")).toEqual({ head: 1, events: [stored] });
    expect((await drain(store)).map(({ stream, events }) => [stream, events])).toEqual([["notes", [stored]]]);
    expect(await store.streams?.()).toEqual({ names: ["notes"] });
    await store.snapshots?.save("notes", "1", { revision: 1, state: {} });
    await store.snapshots?.load("other", "1");
    expect(await store.erase?.("notes", { all: true })).toEqual({ erased: 1 });
    await store.close?.();
  });
});
