import { createSpaces, memoryStore, type SpaceStore, type TickReport } from "chat-spaces";
import { beforeEach, describe, expect, test } from "vitest";
import { HOUR, NOW } from "../helpers/spaces.js";

let clock = NOW;
let store: SpaceStore;
const client = (on: SpaceStore = store) => createSpaces({ store: on, now: () => clock });
const typesOf = ({ events }: TickReport) => events.map(({ event }) => event.type);

beforeEach(() => {
  clock = NOW;
  store = memoryStore();
});

/** A live space of ana and cora, in which cora's draft waits for its time. */
async function scheduled(id = "drop") {
  const spaces = client();
  const drop = await spaces.create({ id, by: "ana" });
  await drop.openChannel({ by: "ana", channel: "studio", kind: "drafts" });
  await drop.openChannel({ by: "ana", channel: "news", kind: "announcement" });
  await drop.add({ by: "ana", member: "cora", roles: ["co-moderator"] });
  await drop.goLive({ by: "ana" });
  await drop.drafts.propose({
    by: "cora",
    channel: "studio",
    target: "news",
    title: "Hello",
    body: "We open at six",
    id: "d1",
  });
  await drop.drafts.submit({ by: "cora", draft: "d1" });
  await drop.drafts.approve({ by: "ana", draft: "d1", revision: 1 });
  await drop.drafts.schedule({ by: "cora", draft: "d1", publishAt: NOW + HOUR });
  return { spaces, drop };
}

describe("a tick", () => {
  test("does nothing before its time, everything then, and nothing again", async () => {
    const { spaces, drop } = await scheduled();
    expect(await spaces.tick()).toEqual({ events: [], refused: [] });
    clock += HOUR;
    expect(typesOf(await spaces.tick())).toEqual(["draft.published", "message.posted", "draft.delivered"]);
    expect(typesOf(await spaces.tick())).toEqual([]);
    expect((await drop.messages("news")).map(({ author, body }) => [author, body])).toEqual([
      ["cora", "We open at six"],
    ]);
  });

  test("may be told the time", async () => {
    const { spaces } = await scheduled();
    expect(typesOf(await spaces.tick(new Date(NOW + HOUR)))).toContain("draft.published");
  });

  test("looks at all spaces of the store, or at those that are named", async () => {
    await scheduled("one");
    const { spaces } = await scheduled("two");
    clock += HOUR;
    const first = await spaces.tick(undefined, { spaces: ["two"], by: "cron" });
    expect(new Set(first.events.map(({ space }) => space))).toEqual(new Set(["two"]));
    expect(first.events.at(-1)?.event.by).toBe("cron");
    expect(new Set((await spaces.tick()).events.map(({ space }) => space))).toEqual(new Set(["one"]));
  });

  test("of several processes at once does each thing once", async () => {
    await scheduled();
    clock += HOUR;
    const reports = await Promise.all(Array.from({ length: 8 }, () => client().tick()));
    expect(reports.flatMap(typesOf).sort()).toEqual(["draft.delivered", "draft.published", "message.posted"]);
  });

  test("goes on after a crash between deciding and posting", async () => {
    const { drop } = await scheduled();
    clock += HOUR;
    const failing: SpaceStore = {
      ...store,
      append: async (stream, commit) => {
        if (stream.startsWith("timeline/")) throw new Error("The power has gone.");
        return store.append(stream, commit);
      },
    };
    await expect(client(failing).tick()).rejects.toThrow("The power has gone.");
    await drop.refresh();
    expect(drop.due().map(({ command }) => command.type)).toEqual(["draft.deliver"]);
    expect(typesOf(await client().tick())).toEqual(["message.posted", "draft.delivered"]);
    expect(await drop.messages("news")).toHaveLength(1);
  });

  test("says what was refused, does the rest, and tries again another time", async () => {
    const { spaces, drop } = await scheduled();
    await drop.handOff({ duty: "host", from: "ana", to: "cora", expiresIn: "30m" });
    await drop.assign({ by: "ana", member: "cora", roles: ["guest"] });
    clock += HOUR;
    const { refused, ...report } = await spaces.tick();
    expect(refused.map(({ command, refusal }) => [command.type, refusal.code])).toEqual([
      ["draft.publish", "NOT_ALLOWED"],
    ]);
    expect(typesOf({ ...report, refused })).toEqual(["handoff.lapsed"]);
    await drop.assign({ by: "ana", member: "cora", roles: ["co-moderator"] });
    expect(typesOf(await spaces.tick())).toContain("message.posted");
  });

  test("needs the names of the spaces where the store has no list of them", async () => {
    await scheduled();
    const { streams: _, ...listless } = store;
    await expect(client(listless).tick()).rejects.toMatchObject({ code: "INVALID_INPUT" });
    clock += HOUR;
    expect(typesOf(await client(listless).tick(undefined, { spaces: ["drop"] }))).toContain(
      "draft.published",
    );
  });
});
