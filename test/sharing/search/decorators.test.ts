import { createSpaces, StoreError } from "chat-spaces";
import { storeCases } from "chat-spaces/conformance";
import { withEncryption, withNamespace, withRetry, withSnapshots } from "chat-spaces/decorators";
import { sqliteStore } from "chat-spaces/sqlite";
import { describe, expect, test } from "vitest";
import { newKey } from "../../stores/decorators/helpers.js";
import { ask, libsql, makeFolder } from "../../stores/sqlite/drivers.js";
import { searchSuite } from "./suite.js";
import { idsOf, openSpace } from "./worlds.js";

const sqlite = () => sqliteStore({ path: ":memory:", driver: libsql });
const key = await newKey();

describe("searching a namespace, with retry and snapshots", () =>
  searchSuite(() => withNamespace(withRetry(withSnapshots(sqlite(), { cache: new Map() })), "acme")));

describe("searching what is encrypted", () =>
  searchSuite(() => withEncryption(sqlite(), { keyOf: () => key })));

describe("a namespace around an index", () => {
  const open = async () => {
    const { path, remove } = makeFolder();
    const inner = sqliteStore({ path, driver: libsql });
    const document = {
      id: "m1",
      words: "tea kit green",
      aside: "",
      at: 9,
      by: "leo",
      kind: "text",
      events: ["m1"],
    };
    for (const stream of ["notes", "@bolt/notes", "@acme2/notes"]) {
      const after = { revision: 0, epoch: 0 };
      await inner.search?.put(stream, { after, revision: 1, documents: [document], gone: [] });
    }
    const dispose = async () => {
      await inner.close?.();
      remove();
    };
    return { a: withNamespace(inner, "acme"), b: withNamespace(inner, "acme"), dispose };
  };
  const declared = {
    durable: false,
    shared: false,
    feed: true,
    erase: true,
    streams: true,
    search: true,
    close: true,
  };
  for (const c of storeCases(open, declared)) if (c.group === "search") test(c.name, c.run);
});

test("nothing that is encrypted lies in an index of the store", async () => {
  const { path, remove } = makeFolder();
  const { drop } = await openSpace(
    withEncryption(sqliteStore({ path, driver: libsql }), { keyOf: () => key }),
  );
  await drop.post({ by: "gus", channel: "lounge", id: "m1", body: "a secret kit" });
  expect(await idsOf(drop, "secret")).toEqual(["m1"]);
  const database = new libsql(path);
  expect(ask(database, "SELECT name FROM sqlite_master WHERE name LIKE 'chat_spaces_text%'")).toEqual([]);
  database.close();
  remove();
});

test("two tenants with the same spaces find their own", async () => {
  const shared = sqlite();
  const [acme, bolt] = await Promise.all(
    ["acme", "bolt"].map((name) => openSpace(withNamespace(shared, name))),
  );
  await acme?.drop.post({ by: "gus", channel: "lounge", id: "m1", body: "tea at acme" });
  await bolt?.drop.post({ by: "gus", channel: "lounge", id: "m2", body: "tea at bolt" });
  expect(acme && (await idsOf(acme.drop, "tea"))).toEqual(["m1"]);
  expect(bolt && (await idsOf(bolt.drop, "tea"))).toEqual(["m2"]);
});

test("an index that has run ahead of the store, which was put back, is made anew", async () => {
  const store = sqlite();
  const { drop: other } = await openSpace(store);
  const late = { id: "m9", words: "tea", aside: "", at: 1, by: "gus", kind: "text", events: ["m9"] };
  const after = { revision: 0, epoch: 0 };
  await store.search?.put("timeline/drop/lounge", { after, revision: 99, documents: [late], gone: [] });
  await other.post({ by: "gus", channel: "lounge", id: "m1", body: "tea" });
  expect(await idsOf(other, "tea")).toEqual(["m1"]);
});

test("who is never let in gives up in the end, and says so", async () => {
  const store = sqlite();
  const { drop } = await openSpace(store);
  await drop.post({ by: "gus", channel: "lounge", id: "m1", body: "tea" });
  const search = store.search && {
    ...store.search,
    put: async () => ({ ok: false, reason: "conflict" }) as const,
  };
  const stubborn = await createSpaces({
    store: { ...store, ...(search && { search }) },
    maxAttempts: 3,
  }).open("drop");
  const found = stubborn.search({ as: "ana", text: "tea" });
  await expect(found).rejects.toThrow(StoreError);
  await expect(found).rejects.toMatchObject({ code: "STORE_CONTENTION", details: { attempts: 3 } });
});
