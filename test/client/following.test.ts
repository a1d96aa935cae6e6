import { createSpaces, memoryStore, type SpaceStore } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { NOW } from "../helpers/spaces.js";

const clientOf = (store: SpaceStore) => createSpaces({ store, now: () => NOW });

/** Resolves once something has been told so many times. */
function heard(times: number) {
  const all: string[] = [];
  let enough = () => {};
  const done = new Promise<void>((resolve) => {
    enough = resolve;
  });
  return {
    all,
    done,
    hear(one: string) {
      all.push(one);
      if (all.length === times) enough();
    },
  };
}

describe("following", () => {
  test("brings what another client appends to open handles and to listeners", async () => {
    const store = memoryStore();
    const [bot, dashboard] = [clientOf(store), clientOf(store)];
    const made = await bot.create({ id: "drop", by: "ana" });
    const seen = await dashboard.open("drop");
    const stop = new AbortController();
    const { all, done, hear } = heard(2);
    dashboard.on("member.joined", ({ data }, { space }) => hear(`${data.member} joined ${space}`));
    let ready = () => {};
    const started = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const following = dashboard.follow({ signal: stop.signal, onCursor: () => ready() });
    await started;
    await made.add({ by: "ana", member: "leo" });
    await made.add({ by: "ana", member: "mina" });
    await done;
    expect(all).toEqual(["leo joined drop", "mina joined drop"]);
    expect(Object.keys(seen.space.members)).toEqual(["ana", "leo", "mina"]);
    stop.abort();
    await following;
  });

  test("tells of nothing twice: what this client appends is told when it does", async () => {
    const store = memoryStore();
    const spaces = clientOf(store);
    const drop = await spaces.create({ id: "drop", by: "ana" });
    const other = await clientOf(store).open("drop");
    const stop = new AbortController();
    const { all, done, hear } = heard(3);
    spaces.on("member.joined", ({ data }) => hear(data.member));
    let cursors = 0;
    let ready = () => {};
    const started = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const following = spaces.follow({
      signal: stop.signal,
      onCursor() {
        cursors++;
        ready();
      },
    });
    await started;
    await drop.add({ by: "ana", member: "leo" });
    await other.add({ by: "ana", member: "mina" });
    await drop.add({ by: "ana", member: "theo" });
    await done;
    await other.add({ by: "ana", member: "zoe" });
    while (!all.includes("zoe")) await new Promise(setImmediate);
    expect(all.toSorted()).toEqual(["leo", "mina", "theo", "zoe"]);
    expect(cursors).toBeGreaterThanOrEqual(5);
    stop.abort();
    await following;
  });

  test("goes on from a cursor, so that nothing is lost while nobody follows", async () => {
    const store = memoryStore();
    const drop = await clientOf(store).create({ id: "drop", by: "ana" });
    const told: string[] = [];
    let cursor: string | undefined;
    const round = async (until: string) => {
      const spaces = clientOf(store);
      const stop = new AbortController();
      spaces.on("member.joined", ({ data }) => void told.push(data.member));
      await spaces.follow({
        after: cursor,
        signal: stop.signal,
        onCursor(one) {
          cursor = one;
          if (told.at(-1) === until || until === "") stop.abort();
        },
      });
    };
    await round("");
    await drop.add({ by: "ana", member: "leo" });
    await drop.add({ by: "ana", member: "mina" });
    await round("mina");
    await drop.add({ by: "ana", member: "theo" });
    await round("theo");
    expect(told).toEqual(["leo", "mina", "theo"]);
  });

  test("fails where the store has no feed, and where the feed fails", async () => {
    const { feed: _, ...mute } = memoryStore();
    const { signal } = new AbortController();
    await expect(clientOf(mute).follow({ signal })).rejects.toMatchObject({ code: "STORE_NO_FEED" });
    await expect(clientOf(memoryStore()).follow({ after: "nonsense", signal })).rejects.toMatchObject({
      code: "STORE_INVALID_CURSOR",
    });
  });
});

describe("handles to the same space", () => {
  test("of one client see the same at once, and commands from both wait for each other", async () => {
    const spaces = clientOf(memoryStore());
    const one = await spaces.create({ id: "drop", by: "ana" });
    const two = await spaces.open("drop");
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).add({ by: "ana", member: `m${i}` })),
    );
    expect(Object.keys(two.space.members)).toHaveLength(21);
    expect(one.space).toBe(two.space);
  });
});
