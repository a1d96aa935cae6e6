import { createSpaces, memoryStore, streams } from "chat-spaces";
import { importSpace } from "chat-spaces/bundles";
import { describe, expect, test } from "vitest";
import { ed25519Signer } from "../../../src/sharing/provenance/ed25519.js";
import { NOW } from "../../helpers/spaces.js";
import { aStore, bundleOf, everythingOf, spaceOf } from "./helpers.js";

const clientOf = (store: Parameters<typeof createSpaces>[0]["store"]) =>
  createSpaces({ store, now: () => NOW + 1_000 });

describe("bringing a space in where it is already", () => {
  test("brings what is new, whichever of two bundles comes first", async () => {
    const store = await aStore();
    const early = await bundleOf(store);
    const drop = await clientOf(store).open("drop");
    await drop.post({ by: "leo", channel: "lounge", body: "Later" });
    await drop.add({ by: "ana", member: "zoe", roles: ["guest"] });
    const late = await bundleOf(store);
    for (const order of [
      [early, late],
      [late, early],
      [late, late],
    ]) {
      const copy = memoryStore();
      for (const text of order) await importSpace({ store: copy, source: () => text });
      expect(await everythingOf(copy)).toEqual(await everythingOf(store));
      expect(await spaceOf(copy)).toEqual(await spaceOf(store));
    }
  });

  test("keeps what only the store has", async () => {
    const store = await aStore();
    const text = await bundleOf(store);
    const drop = await clientOf(store).open("drop");
    await drop.post({ by: "leo", channel: "lounge", body: "Only here" });
    const before = await everythingOf(store);
    expect(await importSpace({ store, source: () => text })).toMatchObject({ added: 0 });
    expect(await everythingOf(store)).toEqual(before);
  });

  test("is refused where another space has the id, and nothing changes", async () => {
    const text = await bundleOf(await aStore());
    const store = memoryStore();
    await createSpaces({ store }).create({ id: "drop", by: "mia" });
    const before = await everythingOf(store);
    await expect(importSpace({ store, source: () => text })).rejects.toMatchObject({
      code: "BUNDLE_OTHER_SPACE",
    });
    expect(await everythingOf(store)).toEqual(before);
  });

  test("goes on where it broke off", async () => {
    const text = await bundleOf(await aStore());
    const copy = memoryStore();
    let appends = 0;
    const failing = {
      ...copy,
      append: (...args: Parameters<typeof copy.append>) => {
        if (++appends > 2) throw new Error("the network is gone");
        return copy.append(...args);
      },
    };
    await expect(importSpace({ store: failing, source: () => text })).rejects.toThrow("the network is gone");
    expect((await copy.read(streams.charter("drop"))).head).toBeGreaterThan(0);
    const { added, known } = await importSpace({ store: copy, source: () => text });
    expect(added).toBeGreaterThan(0);
    expect(known).toBeGreaterThan(0);
    const whole = memoryStore();
    await importSpace({ store: whole, source: () => text });
    expect(await everythingOf(copy)).toEqual(await everythingOf(whole));
  });
});

describe("a bundle that cannot be brought in", () => {
  test("changes nothing, wherever it is damaged", async () => {
    const text = await bundleOf(await aStore());
    for (const damaged of [text.slice(0, -20), text.replace("Ciao", "Cibo"), text.slice(0, 10)]) {
      const store = memoryStore();
      await expect(importSpace({ store, source: () => damaged })).rejects.toMatchObject({
        code: expect.stringMatching(/^BUNDLE_/),
      });
      expect((await store.streams?.({}))?.names).toEqual([]);
    }
  });

  test("is noticed where the source gives another one the second time", async () => {
    const store = await aStore();
    const one = await bundleOf(store);
    await (await clientOf(store).open("drop")).post({ by: "leo", channel: "lounge", body: "Later" });
    const two = await bundleOf(store);
    const texts = [one, two];
    await expect(
      importSpace({ store: memoryStore(), source: () => texts.shift() ?? "" }),
    ).rejects.toMatchObject({ code: "BUNDLE_ALTERED" });
  });
});

describe("who signed it", () => {
  const [ours, theirs] = [ed25519Signer("1".repeat(64)), ed25519Signer("2".repeat(64))];

  test("is told, and has to be trusted where that is asked", async () => {
    const store = await aStore();
    const text = await bundleOf(store, { signer: ours });
    const into = (trusted?: readonly string[]) =>
      importSpace({ store: memoryStore(), source: () => text, ...(trusted ? { trusted } : {}) });
    expect(await into()).toMatchObject({ signedBy: ours.publicKey });
    expect(await into([theirs.publicKey, ours.publicKey])).toMatchObject({ signedBy: ours.publicKey });
    await expect(into([theirs.publicKey])).rejects.toMatchObject({ code: "BUNDLE_UNTRUSTED" });
    await expect(into([])).rejects.toMatchObject({ code: "BUNDLE_UNTRUSTED" });
  });

  test("is asked of a list of keys: in a text anything might stand", async () => {
    const text = await bundleOf(await aStore(), { signer: ours });
    const options = { store: memoryStore(), source: () => text, trusted: ours.publicKey as never };
    await expect(importSpace(options)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  test("and a bundle that can be opened only once is told, before anything is read", async () => {
    const text = await bundleOf(await aStore());
    const options = { store: memoryStore(), source: [text] as never };
    await expect(importSpace(options)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("what is lost", () => {
  test("is listed by field, type and why, by who exports and who imports", async () => {
    const store = await aStore();
    await store.erase?.(streams.timeline("drop", "news"), { all: true });
    const { events } = await store.read(streams.timeline("drop", "lounge"));
    const [first] = events;
    await store.erase?.(streams.timeline("drop", "lounge"), {
      revisions: [1],
      data: [{ ...(first?.data as object), body: "" }],
    });
    const told: unknown[] = [];
    const text = await bundleOf(store, { onLoss: (loss) => told.push(loss) });
    expect(told).toEqual([
      { type: "message.posted", field: "data", why: "erased", count: 1 },
      { type: "message.posted", field: "data.attachments", why: "not-handed-in", count: 1 },
      { type: "message.posted", field: "data.body", why: "erased", count: 1 },
    ]);
    const copy = memoryStore();
    expect(await importSpace({ store: copy, source: () => text })).toMatchObject({ losses: told });
    expect(await everythingOf(copy)).toEqual(await everythingOf(store));
  });

  test("is not a file that is packed beside it", async () => {
    const told: unknown[] = [];
    await bundleOf(await aStore(), { media: ["kit.jpg"], onLoss: (loss) => told.push(loss) });
    expect(told).toEqual([]);
  });
});

test("progress is told", async () => {
  const store = await aStore();
  const seen: unknown[] = [];
  const text = await bundleOf(store, { onProgress: (progress) => seen.push(progress) });
  const last = await store.read(streams.charter("drop"), { backwards: true, limit: 1 });
  const { events } = last.events[0]!.data as { events: number };
  expect(seen.at(-1)).toEqual({ events, of: events });
  const phases: unknown[] = [];
  const report = await importSpace({
    store: memoryStore(),
    source: () => text,
    onProgress: (progress) => phases.push(progress),
  });
  expect(report.added).toBe(events);
  expect(phases).toContainEqual({ phase: "checking", events });
  expect(phases.at(-1)).toEqual({ phase: "importing", events });
});
