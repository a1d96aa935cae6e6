import { createSpaces, memoryStore, RefusedError, type SpaceHandle } from "chat-spaces";
import { beforeEach, describe, expect, test } from "vitest";
import { HOUR, NOW } from "../../helpers/spaces.js";

let now: number;
let drop: SpaceHandle;

beforeEach(async () => {
  now = NOW;
  drop = await createSpaces({ store: memoryStore(), now: () => now }).create({
    id: "drop",
    by: "ana",
    timeZone: "Europe/Berlin",
  });
  await drop.openChannel({ by: "ana", channel: "floor", kind: "operations" });
  await drop.add({ by: "ana", member: "cora", roles: ["co-moderator"] });
  await drop.add({ by: "ana", member: "cid", name: "Cid", roles: ["contributor"] });
});

const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error: unknown) => (error instanceof RefusedError ? error.code : error),
  );
const open = {
  by: "cora",
  channel: "floor",
  title: "Before opening",
  items: [
    { title: "Count the stock", owner: "cid", dueIn: "2h" },
    { title: "Test the till", duty: "ops" },
    { title: "Sweep" },
  ],
} as const;

describe("the verbs of items", () => {
  test("give the item as it is then", async () => {
    const { items } = drop;
    const { id, status } = await items.raise({ by: "cid", title: "Answer the refunds", dueIn: "1h" });
    expect(status).toBe("open");
    const of = { by: "cid", item: id };
    expect(await items.acknowledge(of)).toMatchObject({ id, status: "acknowledged", owner: "cid" });
    expect(await items.complete(of)).toMatchObject({ status: "done" });
    expect(await items.reopen(of)).toMatchObject({ status: "acknowledged", reopenings: 1 });
    expect(await items.change({ ...of, title: "All of them" })).toMatchObject({ title: "All of them" });
    expect(await items.drop(of)).toMatchObject({ status: "dropped" });
    expect(await refusalOf(items.complete(of))).toBe("ITEM_SETTLED");
  });

  test("give what is there where an item is raised again", async () => {
    const first = await drop.items.raise({ by: "cid", title: "Sweep", id: "mine" });
    expect(await drop.items.raise({ by: "cid", title: "Mop", id: "mine" })).toEqual(first);
  });

  test("say what is overdue, by now or by a time that is named", async () => {
    await drop.items.raise({ by: "cid", title: "Sweep", id: "sweep", dueIn: "1h" });
    expect(await drop.items.overdue()).toEqual([]);
    expect(await drop.items.overdue({ at: NOW + HOUR })).toHaveLength(1);
    expect(await drop.items.rows({ at: NOW + HOUR })).toMatchObject([{ id: "sweep", overdue: true }]);
    now += HOUR;
    expect(await drop.items.overdue()).toMatchObject([{ id: "sweep" }]);
    expect(await drop.items.rows()).toMatchObject([{ id: "sweep", overdue: true }]);
  });

  test("read what others did in between", async () => {
    const store = memoryStore();
    const [mine, theirs] = [createSpaces({ store }), createSpaces({ store })];
    const here = await mine.create({ id: "shared", by: "ana" });
    const there = await theirs.open("shared");
    await there.items.raise({ by: "ana", title: "Sweep", id: "sweep" });
    expect(await here.items.rows()).toHaveLength(1);
  });
});

describe("a checklist in a channel", () => {
  test("is posted there, in local time, and pinned", async () => {
    const list = await drop.checklists.open(open);
    expect(list).toMatchObject({ title: "Before opening", channel: "floor", openedBy: "cora" });
    const messages = await drop.messages("floor");
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ author: "cora", pinned: true });
    expect(messages[0]?.body).toBe(`\
Before opening

☐ Count the stock (Cid, until 2026-05-01 16:00)
☐ Test the till (ops)
☐ Sweep`);
  });

  test("says how far it is", async () => {
    const { id } = await drop.checklists.open(open);
    const list = await drop.checklists.get({ checklist: id });
    expect(list?.progress).toEqual({ done: 0, all: 3 });
    await drop.items.complete({ by: "cid", item: list?.items[0]?.id ?? "" });
    expect((await drop.checklists.get({ checklist: id }))?.progress).toEqual({ done: 1, all: 3 });
    expect(await drop.checklists.get({ checklist: "other" })).toBeUndefined();
  });

  test("opened again under the same id is neither made nor posted twice", async () => {
    const first = await drop.checklists.open({ ...open, id: "opening" });
    expect(await drop.checklists.open({ ...open, id: "opening" })).toEqual(first);
    expect(await drop.messages("floor")).toHaveLength(1);
    expect(Object.keys(drop.space.items)).toHaveLength(3);
  });

  test("whose message did not come through is posted when it is opened again", async () => {
    const store = memoryStore();
    let failing = false;
    const spaces = createSpaces({
      store: {
        ...store,
        append: (stream, commit) =>
          failing && stream.startsWith("timeline/")
            ? Promise.reject(new Error("gone"))
            : store.append(stream, commit),
      },
    });
    const space = await spaces.create({ id: "flaky", by: "ana" });
    await space.openChannel({ by: "ana", channel: "floor" });
    const again = { by: "ana", channel: "floor", title: "Today", items: [{ title: "Sweep" }], id: "today" };
    failing = true;
    await expect(space.checklists.open(again)).rejects.toThrow("gone");
    failing = false;
    await space.checklists.open(again);
    expect(await space.messages("floor")).toMatchObject([{ pinned: true, body: "Today\n\n☐ Sweep" }]);
    expect(Object.keys(space.space.items)).toHaveLength(1);
  });

  test("is not opened where its message would be refused", async () => {
    await drop.setOverride({
      by: "ana",
      channel: "floor",
      subject: { member: "cora" },
      deny: ["message.post"],
    });
    expect(await refusalOf(drop.checklists.open(open))).toBe("NOT_ALLOWED");
    expect(drop.space.checklists).toEqual({});
  });

  test("that is too long for a message says how much more there is", async () => {
    const items = Array.from({ length: 200 }, (_, index) => ({ title: `${index} ${"x".repeat(150)}` }));
    const { id } = await drop.checklists.open({ ...open, items });
    const [message] = await drop.messages("floor");
    const shown = message?.body.split("\n").filter((line) => line.startsWith("☐")).length ?? 0;
    expect(shown).toBeGreaterThan(40);
    expect(message?.body).toMatch(new RegExp(`\nand ${200 - shown} more$`));
    expect(message?.body.length).toBeLessThan(8_100);
    expect((await drop.checklists.get({ checklist: id }))?.items).toHaveLength(200);
  });

  test("is closed", async () => {
    const { id } = await drop.checklists.open(open);
    const closed = await drop.checklists.close({ by: "cora", checklist: id });
    expect(closed.closedAt).toBe(NOW);
  });
});
