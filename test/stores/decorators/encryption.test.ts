import { memoryStore, type NewEvent, type SpaceStore, type StoredEvent, StoreError } from "chat-spaces";
import {
  type EncryptionKey,
  type EncryptionOptions,
  type WebCrypto,
  withEncryption,
} from "chat-spaces/decorators";
import { describe, expect, test, vi } from "vitest";
import { codeOf, event } from "../cases.js";
import { drain, newKey, passing } from "./helpers.js";

const key = await newKey();
const other = await newKey();

const open = (inner: SpaceStore = memoryStore(), options: Partial<EncryptionOptions> = {}) => ({
  inner,
  store: withEncryption(inner, { keyOf: () => key, ...options }),
});

const commit = (...events: readonly NewEvent[]) => ({ id: "c1", expected: 0, events });
const said = (id: string, data: unknown, reason?: string): NewEvent => ({
  ...event(id, data),
  ...(reason !== undefined && { reason }),
});
const dataOf = async (store: SpaceStore, stream = "notes") =>
  (await store.read(stream)).events.map(({ data }) => data);

type Sealed = { enc: string; v: number; iv: string; text: string };
const sealedOf = ({ data }: NewEvent) => data as Sealed;

/** A store in which somebody has changed what it gives. */
const changed = (inner: SpaceStore, change: (event: StoredEvent) => StoredEvent): SpaceStore => ({
  ...inner,
  async read(stream, options) {
    const { head, events } = await inner.read(stream, options);
    return { head, events: events.map(change) };
  },
});

describe("what is stored", () => {
  test("is a sealed payload in the place of data and reason, and all else as it was", async () => {
    const { store, inner } = open();
    const secret = { body: "My number is +44 7700 900142", to: ["leo"] };
    await store.append("notes", commit(said("e1", secret, "asked for it"), said("e2", "short")));
    const { events } = await inner.read("notes");
    for (const [index, one] of events.entries()) {
      expect(one).toEqual({ ...event(`e${index + 1}`), revision: index + 1, data: one.data });
      expect(Object.keys(sealedOf(one))).toEqual(["enc", "v", "iv", "text"]);
      expect(sealedOf(one)).toMatchObject({ enc: "AES-GCM", v: 1 });
      expect(sealedOf(one).iv).toMatch(/^[\w-]{16}$/);
      expect(sealedOf(one).text).toMatch(/^[\w-]+$/);
    }
    expect(JSON.stringify(events)).not.toMatch(/7700|asked|short|"body/);
    expect((await store.read("notes")).events).toEqual([
      { ...said("e1", secret, "asked for it"), revision: 1 },
      { ...said("e2", "short"), revision: 2 },
    ]);
  });

  test("can be opened with WebCrypto alone, as documented", async () => {
    const { store, inner } = open();
    await store.append("notes", commit(said("e1", { body: "hi" }, "why")));
    const one = (await inner.read("notes")).events[0] as StoredEvent;
    const { id, type, at, by } = one;
    const additionalData = new TextEncoder().encode(JSON.stringify(["event", "notes", id, type, at, by]));
    const iv = Buffer.from(sealedOf(one).iv, "base64url");
    const text = Buffer.from(sealedOf(one).text, "base64url");
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, text);
    expect(Buffer.from(opened).toString()).toBe('{"data":{"body":"hi"},"reason":"why"}');
  });

  test("is different each time, also of the same payload", async () => {
    const { store, inner } = open();
    const same = Array.from({ length: 1200 }, (_, index) => said(`e${index}`, { body: "hi" }));
    await store.append("notes", commit(...same));
    const { events } = await inner.read("notes");
    expect(new Set(events.map((one) => sealedOf(one).iv)).size).toBe(1200);
    expect(new Set(events.map((one) => sealedOf(one).text)).size).toBe(1200);
    expect((await store.read("notes")).events).toEqual(
      same.map((one, index) => ({ ...one, revision: index + 1 })),
    );
  });

  test("is nothing where there is nothing to hide", async () => {
    const { store, inner } = open();
    const bare: Partial<NewEvent> & NewEvent = { ...event("e2"), data: undefined };
    await store.append("notes", commit(event("e1"), bare, said("e3", null, "because")));
    const { events } = await inner.read("notes");
    expect(events.slice(0, 2)).toEqual([
      { ...event("e1"), revision: 1 },
      { ...event("e2"), data: undefined, revision: 2 },
    ]);
    expect(events[2]).not.toHaveProperty("reason");
    expect((await store.read("notes")).events[2]).toEqual({ ...said("e3", null, "because"), revision: 3 });
  });

  test("is a copy of what was handed in", async () => {
    const { store } = open(memoryStore(), { keyOf: async () => key });
    const data = { list: ["one"] };
    const given = { id: "c1", expected: 0, events: [event("e1", data)] };
    const appending = store.append("notes", given);
    data.list.push("two");
    given.events.push(event("e2"));
    given.id = "c9";
    expect(await appending).toEqual({ ok: true, head: 1 });
    expect(await dataOf(store)).toEqual([{ list: ["one"] }]);
    expect(await store.append("notes", commit(event("e1", "other")))).toMatchObject({ replayed: true });
  });

  test("also looks sealed where a payload only looks so", async () => {
    const { store, inner } = open();
    await store.append("notes", commit(event("e1", "hi")));
    const [sealed] = await dataOf(inner);
    await store.append("other", commit(event("e1", sealed)));
    expect(await dataOf(store, "other")).toEqual([sealed]);
  });
});

describe("a commit that is none", () => {
  test("is refused before a key is asked for", async () => {
    const keyOf = vi.fn(() => key);
    const { store } = open(memoryStore(), { keyOf });
    for (const bad of [commit(), { ...commit(event("e1")), id: "" }, commit(event("e1", 1n))]) {
      expect(await codeOf(() => store.append("notes", bad))).toBe("STORE_INVALID_COMMIT");
    }
    expect(await codeOf(() => store.append("", commit(event("e1"))))).toBe("STORE_INVALID_COMMIT");
    expect(keyOf).not.toHaveBeenCalled();
  });
});

describe("keys", () => {
  test("are one for each stream, and asked for once by each call", async () => {
    const keys = new Map([
      ["notes", key],
      ["other", await newKey(128)],
    ]);
    const keyOf = vi.fn((stream: string) => keys.get(stream));
    const { store, inner } = open(memoryStore(), { keyOf });
    await store.append("notes", commit(event("e1", "a"), event("e2", "b")));
    await store.append("other", commit(event("e1", "c"), event("e2", "d")));
    expect(await dataOf(store)).toEqual(["a", "b"]);
    expect(await dataOf(store, "other")).toEqual(["c", "d"]);
    expect((await drain(store)).map(({ events }) => events.map(({ data }) => data))).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    expect(keyOf.mock.calls.flat()).toEqual(["notes", "other", "notes", "other", "notes", "other"]);
    await inner.append("bare", commit(event("e1")));
    await store.read("bare");
    await store.read("nowhere");
    expect(keyOf).toHaveBeenCalledTimes(6);
  });

  test.each([null, undefined])("that are forgotten (%s) erase what was encrypted with them", async (none) => {
    let known: EncryptionKey | null | undefined = key;
    const { store, inner } = open(memoryStore(), { keyOf: async () => known });
    await store.append("notes", commit(said("e1", { body: "hi" }, "why"), event("e2")));
    known = none;
    const erased = [
      { ...event("e1"), revision: 1 },
      { ...event("e2"), revision: 2 },
    ];
    expect((await store.read("notes")).events).toEqual(erased);
    expect((await drain(store))[0]?.events).toEqual(erased);
    for (const data of ["more", null]) {
      const late = { ...commit(event("e3", data)), id: "c2", expected: 2 };
      expect(await codeOf(() => store.append("notes", late))).toBe("STORE_KEY_MISSING");
    }
    expect((await inner.read("notes")).head).toBe(2);
    // What nobody can read any more can still be taken out of the store.
    expect(await store.erase?.("notes", { revisions: [1, 2] })).toEqual({ erased: 1 });
    expect(await dataOf(inner)).toEqual([null, null]);
  });

  test("that cannot be found are an error, and one that may pass stays so", async () => {
    const cause = new Error("The vault is sealed.");
    const fail = vi.fn<() => Promise<EncryptionKey>>();
    const { inner } = open();
    await withEncryption(inner, { keyOf: () => key }).append("notes", commit(event("e1", "hi")));
    const { store } = open(inner, { keyOf: fail });
    const calls = [
      () => store.read("notes"),
      () => store.append("notes", commit(event("e2", "hi"))),
      () => drain(store),
      () => store.erase?.("notes", { revisions: [1], data: ["less"] }),
    ];
    for (const call of calls) {
      fail.mockRejectedValueOnce(cause);
      const fault = await Promise.resolve(call()).catch((error: unknown) => error);
      expect(fault).toMatchObject({ code: "STORE_FAULT", cause, transient: false });
      const busy = passing();
      fail.mockImplementationOnce(() => {
        throw busy;
      });
      await expect(call()).rejects.toBe(busy);
    }
  });

  test("of another kind encrypt nothing", async () => {
    const wrong = await crypto.subtle.generateKey({ name: "AES-CBC", length: 256 }, false, ["encrypt"]);
    const { store, inner } = open(memoryStore(), { keyOf: () => wrong });
    const fault = await store.append("notes", commit(event("e1", "hi"))).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(StoreError);
    expect(fault).toMatchObject({ code: "STORE_FAULT", details: { stream: "notes", id: "e1" } });
    expect((fault as StoreError).cause).toMatchObject({ name: "InvalidAccessError" });
    expect((await inner.read("notes")).head).toBe(0);
  });
});

describe("what cannot be decrypted", () => {
  test("is what was encrypted with another key", async () => {
    const { store, inner } = open();
    await store.append("notes", commit(event("e1", "hi")));
    const stranger = withEncryption(inner, { keyOf: () => other });
    const fault = await stranger.read("notes").catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(StoreError);
    expect(fault).toMatchObject({
      code: "STORE_CANNOT_DECRYPT",
      details: { stream: "notes", id: "e1" },
      transient: false,
    });
    expect((fault as StoreError).cause).toMatchObject({ name: "OperationError" });
    expect(await codeOf(() => drain(stranger))).toBe("STORE_CANNOT_DECRYPT");
  });

  const flip = (text: string, at: number) =>
    text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
  const within = (change: (sealed: Sealed) => object) => (one: StoredEvent) => ({
    ...one,
    data: { ...sealedOf(one), ...change(sealedOf(one)) },
  });

  test.each<[string, (event: StoredEvent) => StoredEvent]>([
    ["a changed character", within(({ text }) => ({ text: flip(text, 3) }))],
    ["a changed tag", within(({ text }) => ({ text: flip(text, text.length - 3) }))],
    ["a changed initialisation vector", within(({ iv }) => ({ iv: flip(iv, 0) }))],
    ["a text cut short", within(({ text }) => ({ text: text.slice(0, -4) }))],
    ["no text", within(() => ({ text: "" }))],
    ["what is no base64url", within(({ text }) => ({ text: `${text.slice(0, -1)}=` }))],
    ["a character beyond ASCII", within(({ text }) => ({ text: `${text.slice(0, -1)}ä` }))],
    ["a character too many", within(({ text }) => ({ text: `${text}AAAAA` }))],
    ["no initialisation vector", within(() => ({ iv: "" }))],
    ["a form of a later version", within(() => ({ v: 2 }))],
    ["another id", (one) => ({ ...one, id: "e9" })],
    ["another type", (one) => ({ ...one, type: "note.burnt" })],
    ["another instant", (one) => ({ ...one, at: one.at + 1 })],
    ["another author", (one) => ({ ...one, by: "leo" })],
    ["a payload in the clear", (one) => ({ ...one, data: "hi" })],
    ["a payload that is half sealed", within(() => ({ iv: undefined }))],
    ["another algorithm", within(() => ({ enc: "none" }))],
    ["a reason in the clear beside nothing", (one) => ({ ...one, data: null, reason: "because" })],
  ])("is an event with %s", async (_, change) => {
    const { store, inner } = open();
    await store.append("notes", commit(event("e1", "hi"), event("e2")));
    const { store: reader } = open(changed(inner, (one) => (one.revision === 1 ? change(one) : one)));
    expect(await codeOf(() => reader.read("notes"))).toBe("STORE_CANNOT_DECRYPT");
    expect((await reader.read("notes", { after: 1 })).events).toEqual([{ ...event("e2"), revision: 2 }]);
  });

  test("is a payload that was moved to another event or another stream", async () => {
    const { store, inner } = open();
    await store.append("notes", commit(event("e1", "pay leo"), event("e2", "pay nobody")));
    const [first] = (await inner.read("notes")).events;
    const moved = changed(inner, (one) => ({ ...one, data: first?.data }));
    expect(await codeOf(() => open(moved).store.read("notes", { after: 1 }))).toBe("STORE_CANNOT_DECRYPT");
    await inner.append("other", commit(first as NewEvent));
    expect(await codeOf(() => store.read("other"))).toBe("STORE_CANNOT_DECRYPT");
    expect(await dataOf(store)).toEqual(["pay leo", "pay nobody"]);
  });

  test("is not what somebody adds in the clear beside a sealed payload", async () => {
    const { store, inner } = open();
    await store.append("notes", commit(said("e1", "hi", "mine"), said("e2", "hi")));
    const { store: reader } = open(changed(inner, (one) => ({ ...one, reason: "theirs" })));
    expect((await reader.read("notes")).events).toEqual([
      { ...said("e1", "hi", "mine"), revision: 1 },
      { ...said("e2", "hi"), revision: 2 },
    ]);
  });
});

describe("payloads from before there was encryption", () => {
  const fromBefore = async () => {
    const inner = memoryStore();
    await inner.append(
      "notes",
      commit(said("e1", { body: "old" }, "why"), event("e2"), said("e3", null, "why")),
    );
    const { store } = open(inner);
    await store.append("notes", { ...commit(event("e4", "new")), id: "c2", expected: 3 });
    return inner;
  };

  test("are refused", async () => {
    const { store } = open(await fromBefore());
    expect(await codeOf(() => store.read("notes", { limit: 1 }))).toBe("STORE_CANNOT_DECRYPT");
    expect(await codeOf(() => store.read("notes", { after: 2, limit: 1 }))).toBe("STORE_CANNOT_DECRYPT");
    expect((await store.read("notes", { ids: ["e2", "e4"] })).events.map(({ data }) => data)).toEqual([
      null,
      "new",
    ]);
    expect(await codeOf(() => drain(store))).toBe("STORE_CANNOT_DECRYPT");
  });

  test("are given as they are where they are allowed, with or without a key", async () => {
    const inner = await fromBefore();
    for (const [keyOf, last] of [
      [() => key, "new"],
      [() => null, null],
    ] as const) {
      const { store } = open(inner, { plain: "allow", keyOf });
      expect((await store.read("notes")).events).toEqual([
        { ...said("e1", { body: "old" }, "why"), revision: 1 },
        { ...event("e2"), revision: 2 },
        { ...said("e3", null, "why"), revision: 3 },
        { ...event("e4", last), revision: 4 },
      ]);
    }
    const { store } = open(inner, { plain: "allow", keyOf: () => newKey() });
    expect(await codeOf(() => store.read("notes"))).toBe("STORE_CANNOT_DECRYPT");
  });

  test("can be erased all the same", async () => {
    for (const plain of ["allow", "refuse"] as const) {
      const { store, inner } = open(await fromBefore(), { plain });
      const request = { revisions: [1, 3], data: [{ body: "" }, "less"] };
      expect(await store.erase?.("notes", request)).toEqual({ erased: 2 });
      expect(await store.erase?.("notes", request)).toEqual({ erased: 0 });
      expect(await dataOf(store)).toEqual([{ body: "" }, null, "less", "new"]);
      expect(JSON.stringify(await dataOf(inner))).not.toMatch(/"body|"less|"why/);
    }
  });
});

describe("erasing", () => {
  const filled = async (keyOf: EncryptionOptions["keyOf"] = () => key) => {
    const { store, inner } = open(memoryStore(), { keyOf });
    const events = Array.from({ length: 250 }, (_, index) => said(`e${index + 1}`, { secret: index }, "why"));
    await store.append("notes", commit(...events));
    return { store, inner };
  };

  test("encrypts what stays, and counts what it changes", async () => {
    const { store, inner } = await filled();
    const request = {
      revisions: [249, 1, 120, 999, 121, 2],
      data: [{ kept: 249 }, { kept: 1 }, null, { kept: 999 }, { kept: 121 }, { secret: 1 }],
    };
    expect(await store.erase?.("notes", request)).toEqual({ erased: 5 });
    expect(await store.erase?.("notes", request)).toEqual({ erased: 0 });
    const { head, events } = await store.read("notes");
    expect(head).toBe(250);
    for (const { revision, data, reason } of events) {
      const place = request.revisions.indexOf(revision);
      expect([data, reason]).toEqual(
        place < 0 ? [{ secret: revision - 1 }, "why"] : [request.data[place], undefined],
      );
    }
    expect(JSON.stringify(await inner.read("notes"))).not.toMatch(/"kept|"secret|"why"/);
    expect(await store.erase?.("notes", { revisions: [1, 2], data: [{ kept: 1 }, { kept: 2 }] })).toEqual({
      erased: 1,
    });
  });

  test("reads no more than it must", async () => {
    const { inner } = await filled();
    const read = vi.fn(inner.read);
    const { store } = open({ ...inner, read });
    await store.erase?.("notes", { all: true });
    await store.erase?.("notes", { revisions: [1, 2] });
    await store.erase?.("notes", { revisions: [1], data: [null] });
    expect(read).not.toHaveBeenCalled();
    await store.erase?.("notes", { revisions: [240, 3, 90, 4], data: ["a", "b", "c", "d"] });
    expect(read.mock.calls.map(([, options]) => options?.after)).toEqual([2, 239]);
  });

  test("asks for the key once, and where nothing is left to encrypt not at all", async () => {
    const keyOf = vi.fn(() => key);
    const { store } = await filled(keyOf);
    keyOf.mockClear();
    await store.erase?.("notes", { revisions: [1, 2], data: ["a", "b"] });
    expect(keyOf).toHaveBeenCalledTimes(1);
    await store.erase?.("nowhere", { revisions: [1, 2], data: ["a", "b"] });
    await store.erase?.("notes", { all: true });
    expect(keyOf).toHaveBeenCalledTimes(1);
  });

  test("leaves nothing in the clear where there is no key to encrypt it with", async () => {
    const { store, inner } = await filled();
    const { store: keyless } = open(inner, { keyOf: () => null });
    const request = { revisions: [1, 2], data: ["less", null] };
    expect(await codeOf(() => keyless.erase?.("notes", request))).toBe("STORE_KEY_MISSING");
    expect(await store.read("notes", { limit: 1 })).toMatchObject({ events: [{ data: { secret: 0 } }] });
    // What looks erased without the key is there all the same, until it is erased.
    const nothingToSeal = { revisions: [1, 999], data: [null, "less"] };
    expect(await keyless.erase?.("notes", nothingToSeal)).toEqual({ erased: 1 });
    expect((await dataOf(inner))[0]).toBeNull();
    expect(await keyless.erase?.("notes", { all: true })).toEqual({ erased: 249 });
  });

  test("erases what cannot be read", async () => {
    const { inner } = await filled();
    const { store } = open(inner, { keyOf: () => newKey() });
    expect(await store.erase?.("notes", { revisions: [1, 2], data: ["less", null] })).toEqual({ erased: 2 });
  });

  test("refuses what is no request", async () => {
    const { store } = await filled();
    const request = { revisions: [1, 2], data: ["less"] };
    expect(await codeOf(() => store.erase?.("notes", request))).toBe("STORE_INVALID_ERASURE");
  });
});

describe("snapshots", () => {
  const inMemory = () => {
    const kept = new Map<string, { revision: number; state: unknown }>();
    const inner: SpaceStore = {
      ...memoryStore(),
      snapshots: {
        load: async (stream) => kept.get(stream),
        save: async (stream, _, snapshot) => void kept.set(stream, snapshot),
      },
    };
    return { ...open(inner), kept };
  };

  test("are sealed too, and bound to what they are of", async () => {
    const { store, kept } = inMemory();
    const state = { members: ["ana"] };
    const saving = store.snapshots?.save("notes", "1", { revision: 3, state });
    state.members.push("leo");
    await saving;
    expect(JSON.stringify([...kept])).not.toMatch(/"ana"|members/);
    expect(await store.snapshots?.load("notes", "1")).toEqual({
      revision: 3,
      state: { members: ["ana"] },
    });
    const snapshot = kept.get("notes") as { revision: number; state: unknown };
    kept.set("other", snapshot);
    expect(await store.snapshots?.load("other", "1")).toBeUndefined();
    expect(await store.snapshots?.load("notes", "2")).toBeUndefined();
    kept.set("notes", { ...snapshot, revision: 4 });
    expect(await store.snapshots?.load("notes", "1")).toBeUndefined();
    kept.set("notes", { ...snapshot, state: { members: ["mallory"] } });
    expect(await store.snapshots?.load("notes", "1")).toBeUndefined();
    expect(await store.snapshots?.load("nowhere", "1")).toBeUndefined();
  });

  test("are neither kept nor found without the key", async () => {
    const { store, inner, kept } = inMemory();
    await store.snapshots?.save("notes", "1", { revision: 3, state: {} });
    const { store: keyless } = open(inner, { keyOf: () => undefined });
    expect(await keyless.snapshots?.load("notes", "1")).toBeUndefined();
    await keyless.snapshots?.save("other", "1", { revision: 3, state: {} });
    expect([...kept.keys()]).toEqual(["notes"]);
  });

  test("are not made of what is none", async () => {
    const { store } = inMemory();
    const save = () => store.snapshots?.save("notes", "1", { revision: 1, state: 1n });
    expect(await codeOf(save)).toBe("INVALID_INPUT");
  });
});

describe("WebCrypto", () => {
  test("is the platform's, or one that is handed in", async () => {
    const platform: WebCrypto = crypto;
    const encrypt = vi.fn<WebCrypto["subtle"]["encrypt"]>((...args) => platform.subtle.encrypt(...args));
    const own: WebCrypto = {
      getRandomValues: (bytes) => bytes.fill(7),
      subtle: { encrypt, decrypt: (...args) => platform.subtle.decrypt(...args) },
    };
    const { store, inner } = open(memoryStore(), { crypto: own });
    await store.append("notes", commit(event("e1", "hi")));
    expect(encrypt).toHaveBeenCalledTimes(1);
    expect((await dataOf(inner))[0]).toMatchObject({ iv: Buffer.alloc(12, 7).toString("base64url") });
    expect(await dataOf(open(inner, { crypto }).store)).toEqual(["hi"]);
  });

  test.each([
    ["no WebCrypto", undefined],
    ["half of it, as on pages without HTTPS", { getRandomValues: () => {} }],
  ])("is missed at once where there is %s", async (_, found) => {
    vi.stubGlobal("crypto", found);
    try {
      expect(await codeOf(() => open())).toBe("STORE_DRIVER_MISSING");
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
