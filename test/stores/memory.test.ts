import { memoryStore } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { event, storeContract } from "./cases.js";

describe("a store in memory", () => {
  storeContract(() => memoryStore());

  test("promises nothing that outlives the process", () => {
    expect(memoryStore().capabilities).toEqual({ durable: false, shared: false, feed: false, erase: false });
  });

  test("is alone: two of them share nothing", async () => {
    const [one, two] = [memoryStore(), memoryStore()];
    await one.append("notes", { id: "c1", expected: 0, events: [event("e1")] });
    expect(await two.read("notes")).toEqual({ head: 0, events: [] });
  });

  test("takes a batch of 200,000 events whole", async () => {
    const store = memoryStore();
    const events = Array.from({ length: 200_000 }, (_, i) => event(`e${i}`));
    expect(await store.append("notes", { id: "c1", expected: 0, events })).toEqual({
      ok: true,
      head: 200_000,
    });
    expect((await store.read("notes", { after: 199_999 })).events).toEqual([
      { ...event("e199999"), revision: 200_000 },
    ]);
  });
});
