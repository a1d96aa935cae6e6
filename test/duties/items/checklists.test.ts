import { type Command, checklistOf, type Space } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";

const open = {
  type: "checklist.open",
  by: "cora",
  id: "opening",
  channel: "lounge",
  title: "Before opening",
  items: [
    { title: "Count the stock", owner: "cid", dueIn: "2h" },
    { title: "Test the till", duty: "ops", dueAt: NOW + HOUR },
    { title: "Sweep" },
  ],
} as const satisfies Command;
const close = { type: "checklist.close", by: "cora", checklist: "opening" } as const;
const opened = () => given(aSpace()).and(open);
const idOf = (space: Space, title: string) =>
  Object.values(space.items).find((item) => item.title === title)?.id ?? "";

describe("opening a checklist", () => {
  test("raises everything on it", () => {
    const { space } = given(aSpace())
      .when(open)
      .happens(
        {
          type: "checklist.opened",
          data: { checklist: "opening", channel: "lounge", title: "Before opening" },
        },
        { type: "item.raised", data: { checklist: "opening", owner: "cid", dueAt: NOW + 2 * HOUR } },
        { type: "item.raised", data: { checklist: "opening", duty: "ops", dueAt: NOW + HOUR } },
        { type: "item.raised", data: { checklist: "opening", owner: null, duty: null, dueAt: null } },
      );
    expect(space.checklists["opening"]).toEqual({
      id: "opening",
      channel: "lounge",
      title: "Before opening",
      openedAt: NOW,
      openedBy: "cora",
      closedAt: null,
    });
  });

  test("may be empty, and gets an id where none is given", () => {
    const { space } = given(aSpace()).and({ ...open, id: undefined, items: [] });
    expect(Object.keys(space.checklists)).toEqual([expect.stringMatching(/^chk_/)]);
  });

  test("again under the same id changes nothing", () => {
    opened()
      .when({ ...open, items: [{ title: "More", owner: "leo" }] })
      .happens();
  });

  test("takes a channel that is there and open", () => {
    given(aSpace())
      .when({ ...open, channel: "nowhere" })
      .refused("CHANNEL_UNKNOWN");
    given(aSpace())
      .and({ type: "channel.close", by: "ana", channel: "lounge" })
      .when(open)
      .refused("CHANNEL_CLOSED");
  });

  test("takes who may pin there and raise items", () => {
    given(aSpace())
      .when({ ...open, by: "cid" })
      .refused("NOT_ALLOWED", { capability: "message.pin" });
    given(aSpace())
      .and({
        type: "override.set",
        by: "ana",
        channel: "lounge",
        subject: { member: "gus" },
        allow: ["message.pin"],
      })
      .when({ ...open, by: "gus" })
      .refused("NOT_ALLOWED", { capability: "item.raise" });
  });

  test("names the item that cannot be", () => {
    given(aSpace())
      .when({ ...open, items: [{ title: "Sweep" }, { title: "Mop", dueAt: NOW }] })
      .refused("INVALID_COMMAND", { issues: [{ path: "items.1.dueAt" }] });
    given(aSpace())
      .when({ ...open, items: [{ title: "Sweep", owner: "leo" }] })
      .refused("MEMBER_UNKNOWN", { member: "leo" });
    given(aSpace())
      .when({ ...open, items: [{ title: "Sweep", dueAt: NOW + 1, dueIn: "1h" }] })
      .refused("INVALID_COMMAND", { issues: [{ path: "items.0" }] });
  });

  test("takes ids from which one for its message can be made", () => {
    given(aSpace())
      .when({ ...open, id: "x".repeat(240) })
      .happens(
        { type: "checklist.opened" },
        { type: "item.raised" },
        { type: "item.raised" },
        { type: "item.raised" },
      );
    given(aSpace())
      .when({ ...open, id: "x".repeat(241) })
      .refused("INVALID_COMMAND");
  });
});

describe("a checklist", () => {
  test("takes more items while it is open, from whoever sees its channel", () => {
    const more = { type: "item.raise", by: "cid", title: "Mop", checklist: "opening" } as const;
    opened()
      .when(more)
      .happens({ type: "item.raised", data: { checklist: "opening" } });
    opened()
      .when({ ...more, checklist: "closing" })
      .refused("CHECKLIST_UNKNOWN", { checklist: "closing" });
    opened().and(close).when(more).refused("CHECKLIST_CLOSED", { checklist: "opening" });
    opened()
      .and({
        type: "override.set",
        by: "ana",
        channel: "lounge",
        subject: "everyone",
        deny: ["channel.view"],
      })
      .when(more)
      .refused("NOT_ALLOWED", { capability: "channel.view" });
  });

  test("is closed by who opened it or manages items, once; what is on it stays as it is", () => {
    const { space } = opened().when(close).happens({ type: "checklist.closed" });
    expect(space.checklists["opening"]?.closedAt).toBe(NOW);
    expect(Object.values(space.items).map(({ status }) => status)).toEqual(["open", "open", "open"]);
    given(space).when(close).happens();
    opened()
      .when({ ...close, by: "ana" })
      .happens({ type: "checklist.closed" });
    opened()
      .when({ ...close, by: "cid" })
      .refused("NOT_ALLOWED", { capability: "item.manage" });
    given(aSpace()).when(close).refused("CHECKLIST_UNKNOWN");
  });

  test("can be closed by who opened it, whatever they may do by now", () => {
    opened()
      .and({ type: "role.assign", by: "ana", member: "cora", roles: ["guest"] })
      .when(close)
      .happens({ type: "checklist.closed" });
  });

  test("says how far it is: what was dropped does not count", () => {
    const { space } = opened();
    const after = given(space).and(
      { type: "item.complete", by: "cora", item: idOf(space, "Count the stock") },
      { type: "item.drop", by: "cora", item: idOf(space, "Sweep") },
      { type: "item.raise", by: "cora", title: "Elsewhere" },
    ).space;
    const list = checklistOf(after, "opening");
    expect(list).toMatchObject({ title: "Before opening", progress: { done: 1, all: 2 } });
    expect(list?.items.map(({ title, status }) => [title, status])).toEqual([
      ["Count the stock", "done"],
      ["Test the till", "open"],
      ["Sweep", "dropped"],
    ]);
  });

  test("that is not there is not made up", () => {
    expect(checklistOf(aSpace(), "opening")).toBeUndefined();
    expect(checklistOf(aSpace(), "__proto__")).toBeUndefined();
    const { space } = given(aSpace()).and({ ...open, id: "__proto__" });
    expect(checklistOf(space, "__proto__")?.items).toHaveLength(3);
  });
});
