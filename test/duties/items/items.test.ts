import type { Command, Item } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";

const raise = { type: "item.raise", by: "cid", id: "refunds", title: "Answer the refunds" } as const;
const act = (
  verb: "acknowledge" | "complete" | "reopen" | "drop",
  by = "cid",
): Command<"item.acknowledge" | "item.complete" | "item.reopen" | "item.drop"> => ({
  type: `item.${verb}`,
  by,
  item: "refunds",
});
const change = (changes: Partial<Command<"item.change">>) =>
  ({ type: "item.change", by: "cid", item: "refunds", ...changes }) as const;
const raised = (more: Partial<Command<"item.raise">> = {}) => given(aSpace()).and({ ...raise, ...more });
const theItem = ({ space }: { readonly space: ReturnType<typeof aSpace> }) => space.items["refunds"] as Item;

describe("raising an item", () => {
  test("says what is to be done, by whom, until when, and which message asks for it", () => {
    const { space } = given(aSpace())
      .when({
        ...raise,
        title: " Answer\u202e the  refunds ",
        duty: "ops",
        owner: "gus",
        dueAt: "2026-05-01T17:00:00Z",
        source: { channel: "lounge", message: "msg_1" },
      })
      .happens({ type: "item.raised", data: { item: "refunds" } });
    expect(space.items["refunds"]).toEqual({
      id: "refunds",
      title: "Answer the refunds",
      titledBy: "cid",
      duty: "ops",
      owner: "gus",
      dueAt: Date.parse("2026-05-01T17:00:00Z"),
      source: { channel: "lounge", message: "msg_1" },
      incident: null,
      checklist: null,
      status: "open",
      raisedAt: NOW,
      raisedBy: "cid",
      acknowledgedAt: null,
      acknowledgedBy: null,
      doneAt: null,
      doneBy: null,
      reopenings: 0,
    });
  });

  test("without more it is nobody's, and due at no time", () => {
    expect(theItem(raised())).toMatchObject({ duty: null, owner: null, dueAt: null, source: null });
  });

  test("without an id it gets one", () => {
    expect(Object.keys(raised({ id: undefined }).space.items)).toEqual([expect.stringMatching(/^itm_/)]);
  });

  test("again under the same id changes nothing, whatever is said", () => {
    raised()
      .when({ ...raise, owner: "leo", dueAt: 0 })
      .happens();
  });

  test("is for those who may", () => {
    given(aSpace())
      .when({ ...raise, by: "gus" })
      .refused("NOT_ALLOWED", { capability: "item.raise" });
  });

  test("is for somebody who is there", () => {
    given(aSpace())
      .when({ ...raise, owner: "leo" })
      .refused("MEMBER_UNKNOWN", { member: "leo" });
  });

  test("says when it is due, or how long there is for it, and not both", () => {
    expect(theItem(raised({ dueIn: "90m" })).dueAt).toBe(NOW + 1.5 * HOUR);
    given(aSpace())
      .when({ ...raise, dueAt: NOW + HOUR, dueIn: "1h" })
      .refused("INVALID_COMMAND", { issues: [{ expected: "must have dueAt or dueIn, and not both" }] });
  });

  test("is due after now, at a time that there is", () => {
    const due = (more: Partial<Command<"item.raise">>) => given(aSpace()).when({ ...raise, ...more });
    due({ dueAt: NOW }).refused("INVALID_COMMAND", {
      issues: [{ path: "dueAt", expected: "must be after now" }],
    });
    due({ dueIn: 0 }).refused("INVALID_COMMAND", { issues: [{ path: "dueIn" }] });
    due({ dueIn: 8.64e15 }).refused("INVALID_COMMAND", { issues: [{ path: "dueIn" }] });
    due({ dueAt: NOW + 1 }).happens({ type: "item.raised" });
    due({ dueAt: 8.64e15 }).happens({ type: "item.raised" });
  });

  test("comes from a message in a channel that who raises it sees", () => {
    const from = (channel: string) => ({ ...raise, source: { channel, message: "msg_1" } });
    given(aSpace()).when(from("nowhere")).refused("CHANNEL_UNKNOWN", { channel: "nowhere" });
    given(aSpace()).when(from("__proto__")).refused("CHANNEL_UNKNOWN");
    given(aSpace())
      .and({
        type: "override.set",
        by: "ana",
        channel: "lounge",
        subject: "everyone",
        deny: ["channel.view"],
      })
      .when(from("lounge"))
      .refused("NOT_ALLOWED", { capability: "channel.view", channel: "lounge" });
  });

  test("is about an incident that is there", () => {
    const about = { ...raise, incident: "down" };
    given(aSpace()).when(about).refused("INCIDENT_UNKNOWN");
    const { space } = given(aSpace()).and(
      { type: "incident.declare", by: "cid", id: "down", title: "x", severity: 1 },
      about,
    );
    expect(space.items["refunds"]?.incident).toBe("down");
  });
});

describe("an item", () => {
  test("is acknowledged and done, each with who and when", () => {
    const done = raised({ owner: "gus" })
      .at(NOW + 1)
      .and(act("acknowledge", "gus"))
      .at(NOW + 2)
      .and(act("complete", "gus"));
    expect(theItem(done)).toMatchObject({
      status: "done",
      owner: "gus",
      acknowledgedAt: NOW + 1,
      acknowledgedBy: "gus",
      doneAt: NOW + 2,
      doneBy: "gus",
    });
  });

  test("without an owner is owned by who acknowledges it", () => {
    expect(theItem(raised().and(act("acknowledge")))).toMatchObject({ status: "acknowledged", owner: "cid" });
  });

  test("whose owner has left is owned by who acknowledges it", () => {
    const left = raised({ owner: "gus" }).and({ type: "member.leave", by: "gus" });
    expect(theItem(left.and(act("acknowledge"))).owner).toBe("cid");
  });

  test("of somebody stays theirs when another acknowledges it", () => {
    expect(theItem(raised({ owner: "gus" }).and(act("acknowledge", "cora")))).toMatchObject({
      owner: "gus",
      acknowledgedBy: "cora",
    });
  });

  test("is acknowledged once: the first to say so counts", () => {
    raised().and(act("acknowledge")).when(act("acknowledge", "cora")).happens();
  });

  test("can be done without anybody having acknowledged it, and it shows", () => {
    expect(theItem(raised().and(act("complete")))).toMatchObject({ status: "done", acknowledgedAt: null });
  });

  test("is done, and dropped, once", () => {
    raised().and(act("complete")).when(act("complete", "cora")).happens();
    raised().and(act("drop")).when(act("drop", "cora")).happens();
  });

  test("that is done or dropped is over", () => {
    const done = raised().and(act("complete"));
    done.when(act("acknowledge")).refused("ITEM_SETTLED", { status: "done" });
    done.when(act("drop")).refused("ITEM_SETTLED");
    done.when(change({ title: "Answer them all" })).refused("ITEM_SETTLED");
    const dropped = raised().and(act("drop"));
    dropped.when(act("acknowledge")).refused("ITEM_SETTLED", { status: "dropped" });
    dropped.when(act("complete")).refused("ITEM_SETTLED");
  });

  test("that is over can be reopened; who had acknowledged it still has", () => {
    const again = raised().and(act("acknowledge"), act("complete"), act("reopen"));
    expect(theItem(again)).toMatchObject({
      status: "acknowledged",
      acknowledgedAt: NOW,
      doneAt: null,
      doneBy: null,
      reopenings: 1,
    });
    expect(theItem(raised().and(act("drop"), act("reopen")))).toMatchObject({
      status: "open",
      reopenings: 1,
    });
  });

  test("that is not over cannot be reopened", () => {
    raised().when(act("reopen")).refused("ITEM_NOT_SETTLED", { status: "open" });
    raised().and(act("acknowledge")).when(act("reopen")).refused("ITEM_NOT_SETTLED");
  });

  test("has to be there", () => {
    for (const verb of ["acknowledge", "complete", "reopen", "drop"] as const)
      given(aSpace()).when(act(verb)).refused("ITEM_UNKNOWN", { item: "refunds" });
    given(aSpace())
      .when(change({ item: "__proto__" }))
      .refused("ITEM_UNKNOWN");
  });
});

describe("changing an item", () => {
  test("sets what is named; nothing else is in the event", () => {
    const { outcome } = raised({ duty: "ops" }).when(
      change({ title: "Answer  all", owner: "gus", duty: "ops", dueAt: NOW + HOUR }),
    );
    expect(outcome.ok && outcome.events[0]?.data).toEqual({
      item: "refunds",
      title: "Answer all",
      owner: "gus",
      dueAt: NOW + HOUR,
    });
  });

  test("says who wrote its title, as it is", () => {
    const { space } = raised().and(change({ by: "cora", title: "Answer all" }), change({ owner: "gus" }));
    expect(space.items["refunds"]).toMatchObject({ title: "Answer all", titledBy: "cora" });
  });

  test("takes away with null", () => {
    const { space } = raised({ duty: "ops", owner: "gus", dueIn: "1h" }).and(
      change({ duty: null, owner: null, dueAt: null }),
    );
    expect(space.items["refunds"]).toMatchObject({ duty: null, owner: null, dueAt: null });
  });

  test("to what it is changes nothing, also where it is overdue or its owner has left", () => {
    raised({ duty: "ops", dueIn: "1h" })
      .at(NOW + 2 * HOUR)
      .when(change({ title: "Answer the refunds", duty: "ops", owner: null, dueAt: NOW + HOUR }))
      .happens();
    raised({ owner: "gus" })
      .and({ type: "member.leave", by: "gus" })
      .when(change({ owner: "gus" }))
      .happens();
    raised().when(change({})).happens();
  });

  test("that is overdue, or whose owner has left, leaves these as they are", () => {
    raised({ dueIn: "1h" })
      .at(NOW + 2 * HOUR)
      .when(change({ owner: "gus" }))
      .happens({ type: "item.changed" });
    raised({ owner: "gus" })
      .and({ type: "member.leave", by: "gus" })
      .when(change({ duty: "ops" }))
      .happens({ type: "item.changed" });
  });

  test("gives it to somebody who is there, until a time that has not passed", () => {
    raised()
      .when(change({ owner: "leo" }))
      .refused("MEMBER_UNKNOWN");
    raised()
      .when(change({ dueAt: NOW }))
      .refused("INVALID_COMMAND", { issues: [{ path: "dueAt" }] });
  });

  test("of its owner leaves an acknowledgement as it is", () => {
    const given_ = raised().and(act("acknowledge"), change({ owner: "gus" }));
    expect(theItem(given_)).toMatchObject({ owner: "gus", status: "acknowledged", acknowledgedBy: "cid" });
  });
});

describe("who may act on an item", () => {
  const acts = (by: string) => [
    act("acknowledge", by),
    act("complete", by),
    act("drop", by),
    change({ by, title: "x" }),
  ];

  test("is its owner", () => {
    for (const one of acts("gus")) {
      raised({ owner: "gus" })
        .when(one)
        .happens({ type: expect.stringMatching(/^item\./) as never });
      raised({ owner: "rita" }).when(one).refused("NOT_ALLOWED", { capability: "item.manage" });
    }
  });

  test("is who raised it", () => {
    for (const one of acts("cid"))
      raised({ owner: "rita" })
        .when(one)
        .happens({ type: expect.stringMatching(/^item\./) as never });
  });

  test("is who manages items", () => {
    for (const one of acts("cora"))
      raised({ owner: "rita" })
        .when(one)
        .happens({ type: expect.stringMatching(/^item\./) as never });
  });

  test("is who looks after its duty then", () => {
    const ops = (member: string) => ({ type: "duty.assign", by: "ana", duty: "ops", member }) as const;
    const ofOps = raised({ duty: "ops" }).and(ops("gus"));
    ofOps.when(act("acknowledge", "gus")).happens({ type: "item.acknowledged" });
    ofOps.and(ops("rita")).when(act("acknowledge", "gus")).refused("NOT_ALLOWED");
    raised().and(ops("gus")).when(act("acknowledge", "gus")).refused("NOT_ALLOWED");
  });

  test("is nobody who is timed out or has left", () => {
    raised({ owner: "gus" })
      .and({ type: "limit.put", by: "ana", member: "gus", ceiling: "timeout", expiresIn: "1h" })
      .when(act("complete", "gus"))
      .refused("NOT_ALLOWED");
    raised({ owner: "gus" })
      .and({ type: "member.leave", by: "gus" })
      .when(act("complete", "gus"))
      .refused("NOT_ALLOWED");
  });
});
