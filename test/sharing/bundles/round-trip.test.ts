import { memoryStore, RefusedError } from "chat-spaces";
import { exportSpace, importSpace } from "chat-spaces/bundles";
import { describe, expect, test } from "vitest";
import { aStore, bundleOf, everythingOf, spaceOf } from "./helpers.js";

describe("a space that was taken out and brought in", () => {
  test("is the space that it was", async () => {
    const store = await aStore();
    const text = await bundleOf(store);
    const copy = memoryStore();
    const report = await importSpace({ store: copy, source: () => text });
    expect(await spaceOf(copy)).toEqual(await spaceOf(store));
    expect(await everythingOf(copy)).toEqual(await everythingOf(store));
    expect(report).toMatchObject({ space: "drop", known: 0, signedBy: null });
    expect(report.added).toBe(
      text.split("\n").filter((line) => line.includes('"type":"') && line.includes('"at"')).length,
    );
  });

  test("gives the same lines when it is taken out again, save the first", async () => {
    const text = await bundleOf(await aStore());
    const copy = memoryStore();
    await importSpace({ store: copy, source: () => text });
    const again = await bundleOf(copy, { by: "ana" });
    expect(again.split("\n").slice(1, -2)).toEqual(text.split("\n").slice(1, -2));
  });

  test("brings nothing new the second time", async () => {
    const text = await bundleOf(await aStore());
    const copy = memoryStore();
    const first = await importSpace({ store: copy, source: () => text });
    const before = await everythingOf(copy);
    expect(await importSpace({ store: copy, source: () => text })).toEqual({
      ...first,
      added: 0,
      known: first.added,
      byStream: first.byStream.map(({ stream, added }) => ({ stream, added: 0, known: added })),
    });
    expect(await everythingOf(copy)).toEqual(before);
  });
});

describe("taking a space out", () => {
  test("is refused to who may not, and leaves no record", async () => {
    const store = await aStore();
    const before = await everythingOf(store);
    await expect(bundleOf(store, { by: "leo" })).rejects.toBeInstanceOf(RefusedError);
    await expect(bundleOf(store, { space: "none" })).rejects.toMatchObject({ code: "SPACE_UNKNOWN" });
    expect(await everythingOf(store)).toEqual(before);
  });
  test("gives bytes", async () => {
    for await (const chunk of exportSpace({ store: await aStore(), space: "drop", by: "ana" })) {
      expect(chunk).toBeInstanceOf(Uint8Array);
    }
  });
});
