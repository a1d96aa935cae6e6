import { createSpaces, type SpaceStore } from "chat-spaces";
import { beforeEach, describe, expect, test } from "vitest";
import { HOSTILE, QUERIES, sayAll } from "./corpus.js";
import { idsOf, NOW, openSpace } from "./worlds.js";

/** What searching in a space is, whatever store it is in. */
export function searchSuite(open: () => Promise<SpaceStore> | SpaceStore): void {
  let store: SpaceStore;
  let world: Awaited<ReturnType<typeof openSpace>>;

  beforeEach(async () => {
    store = await open();
    world = await openSpace(store);
    await sayAll(world.drop);
  });

  test("the same words find the same messages", async () => {
    for (const [text, found] of QUERIES) expect([text, await idsOf(world.drop, text)]).toEqual([text, found]);
  });

  test("polls and names of files are found, and what has no words is not", async () => {
    expect(await idsOf(world.drop, "colour")).toEqual(["p1"]);
    expect(await idsOf(world.drop, "ochre")).toEqual(["p1"]);
    expect(await idsOf(world.drop, "invoice final.pdf")).toEqual(["f1"]);
    expect(await idsOf(world.drop, '"teal ochre"')).toEqual([]);
    expect(await idsOf(world.drop, "🎉")).toEqual([]);
  });

  test("nothing in a query means anything but words", async () => {
    for (const text of HOSTILE) await world.drop.search({ as: "ana", text });
    expect(await idsOf(world.drop, "refund*")).toEqual(await idsOf(world.drop, "refund"));
    expect(await idsOf(world.drop, "words:refund")).toEqual([]);
    for (const text of ["", "  ", "*", "-", '""', "-refund", '-"refund kit"']) {
      expect(await world.drop.search({ as: "ana", text })).toEqual({ hits: [], more: false });
    }
    // All of it is still there.
    expect(await idsOf(world.drop, "refund")).toEqual(["m1", "m2", "m7", "m8", "m9"]);
  });

  test("only what the asker may see now is found, and it is no error to see nothing", async () => {
    const { drop } = world;
    expect(await idsOf(drop, "refund", { as: "gus" })).toEqual(["m1", "m2", "m7", "m8"]);
    expect(await idsOf(drop, "refund", { as: "gus", channels: ["floor", "nowhere", "__proto__"] })).toEqual(
      [],
    );
    expect(await idsOf(drop, "refund", { as: "cora", channels: ["floor"] })).toEqual(["m9"]);
    expect(await drop.search({ as: "stranger", text: "refund" })).toEqual({ hits: [], more: false });
    await drop.setOverride({
      by: "ana",
      channel: "lounge",
      subject: { member: "gus" },
      deny: ["channel.view"],
    });
    expect(await idsOf(drop, "refund", { as: "gus" })).toEqual([]);
  });

  test("people, kinds and times narrow it down", async () => {
    const { drop } = world;
    expect(await idsOf(drop, "refund", { authors: ["gus", "ana"] })).toEqual(["m1", "m9"]);
    expect(await idsOf(drop, "cid", { kinds: ["media"] })).toEqual(["f1"]);
    expect(await idsOf(drop, "refund", { kinds: ["poll"] })).toEqual([]);
    const { hits } = await drop.search({ as: "ana", text: "refund", authors: ["cora"] });
    const at = hits.map(({ message }) => message.at).sort();
    expect(await idsOf(drop, "refund", { authors: ["cora"], from: at[0] ?? 0, to: at[1] ?? 0 })).toEqual([
      "m2",
    ]);
    expect(await idsOf(drop, "refund", { from: new Date(NOW + 10 ** 9) })).toEqual([]);
    expect(await idsOf(drop, "refund", { authors: [] })).toEqual([]);
  });

  test("edits and deletions are followed, also of what was indexed before", async () => {
    const { drop } = world;
    expect(await idsOf(drop, "kit ref")).toEqual(["m1", "m2", "m8"]);
    await drop.edit({ by: "gus", channel: "lounge", message: "m1", body: "Never mind the exchange" });
    await drop.delete({ by: "cora", channel: "lounge", message: "m2" });
    expect(await idsOf(drop, "kit ref")).toEqual(["m8"]);
    const { hits } = await drop.search({ as: "ana", text: "never mind" });
    expect(hits).toMatchObject([
      { channel: "lounge", message: { id: "m1", body: "Never mind the exchange" } },
    ]);
    await drop.edit({ by: "gus", channel: "lounge", message: "m1", body: "refund" });
    await drop.post({ by: "gus", channel: "lounge", id: "m12", body: "another refund kit" });
    expect(await idsOf(drop, "refund")).toEqual(["m1", "m7", "m8", "m9", "m12"]);
    expect(await idsOf(drop, "never mind")).toEqual([]);
  });

  test("a limit keeps the best, and says whether there is more", async () => {
    const { drop } = world;
    const all = await drop.search({ as: "ana", text: "refund" });
    expect(all.more).toBe(false);
    const scores = all.hits.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
    const some = await drop.search({ as: "ana", text: "refund", limit: 2 });
    expect(some).toEqual({ hits: all.hits.slice(0, 2), more: true });
    expect((await drop.search({ as: "ana", text: "refund", limit: 5 })).more).toBe(false);
  });

  test("where many have the words and few have them together, those few are found", async () => {
    const { drop } = world;
    for (let n = 20; n < 80; n++)
      await drop.post({ by: "gus", channel: "lounge", id: `m${n}`, body: "green big tea" });
    await drop.post({
      by: "gus",
      channel: "lounge",
      id: "m99",
      body: "a big green tea, and other things to drink",
    });
    const { hits, more } = await drop.search({ as: "ana", text: '"big green"', limit: 1 });
    expect([hits.map(({ message }) => message.id), more]).toEqual([["m99"], false]);
  });

  test("what is erased is found no more, by nobody", async () => {
    const { spaces, drop } = world;
    const other = await createSpaces({ store }).open("drop");
    for (const client of [drop, other]) expect(await idsOf(client, "kit ref")).toEqual(["m1", "m2", "m8"]);
    await spaces.erasePerson("gus");
    for (const client of [drop, other]) {
      expect(await idsOf(client, "kit ref")).toEqual(["m2", "m8"]);
      for (const text of ["gus", "ёлка", "東京", "get"])
        expect([text, await idsOf(client, text)]).toEqual([text, []]);
    }
    await drop.post({ by: "cora", channel: "lounge", id: "m30", body: "refund kit again" });
    for (const client of [drop, other]) expect(await idsOf(client, "kit ref")).toEqual(["m2", "m8", "m30"]);
  });

  test("clients that index at the same time find the same", async () => {
    const clients = await Promise.all([1, 2, 3, 4].map(() => createSpaces({ store }).open("drop")));
    const found = await Promise.all(clients.map((client) => idsOf(client, "refund")));
    for (const ids of found) expect(ids).toEqual(["m1", "m2", "m7", "m8", "m9"]);
  });

  test("a limit or an instant that is none is refused", async () => {
    for (const limit of [0, -1, 1.5, 201, Number.NaN]) {
      await expect(world.drop.search({ as: "ana", text: "x", limit })).rejects.toThrow(/limit/);
    }
    await expect(world.drop.search({ as: "ana", text: "x", from: "yesterday" })).rejects.toThrow(/instant/);
  });

  describe("hits", () => {
    test("are messages as they stand, without what others did with them", async () => {
      const { drop } = world;
      await drop.react({ by: "cid", channel: "lounge", message: "m1", emoji: "+" });
      const { hits } = await drop.search({ as: "ana", text: '"spring kit"?', limit: 1 });
      expect(Object.keys(hits[0]?.message ?? {})).not.toContain("reactions");
      expect(hits[0]).toMatchObject({
        channel: "lounge",
        message: { id: "m1", author: "gus", kind: "text" },
      });
    });
  });
}
