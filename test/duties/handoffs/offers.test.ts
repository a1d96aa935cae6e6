import { type Command, whoHolds } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, counterOf, given, HOUR, NOW } from "../../helpers/spaces.js";

const DAY = 24 * HOUR;
const offer = { type: "handoff.offer", by: "ana", duty: "host", from: "ana", to: "cora" } as const;
const accept = (by: string, handoff = "hdo_1"): Command => ({ type: "handoff.accept", by, handoff });

describe("an offer stands", () => {
  test("for seven days, if it says nothing else", () => {
    const offered = given(aSpace()).and(offer);
    offered
      .at(NOW + 7 * DAY - 1)
      .when(accept("cora"))
      .happens({ type: "handoff.accepted" });
    offered
      .at(NOW + 7 * DAY)
      .when(accept("cora"))
      .refused("HANDOFF_LAPSED", { expiresAt: NOW + 7 * DAY });
  });

  test("as long as it says, and never beyond its window", () => {
    const until = (command: Partial<Command<"handoff.offer">>) =>
      given(aSpace()).and({ ...offer, ...command }).space.handoffs["hdo_1"]?.expiresAt;
    expect(until({ expiresIn: "90m" })).toBe(NOW + 1.5 * HOUR);
    expect(until({ expiresIn: "2d", window: { start: NOW, end: NOW + HOUR } })).toBe(NOW + HOUR);
    given(aSpace())
      .when({ ...offer, expiresIn: 0 })
      .refused("INVALID_COMMAND");
  });

  test("until it has lapsed; declining it then is refused as well", () => {
    const late = given(aSpace())
      .and(offer)
      .at(NOW + 8 * DAY);
    late.when({ type: "handoff.decline", by: "cora", handoff: "hdo_1" }).refused("HANDOFF_LAPSED");
    late.when({ type: "handoff.withdraw", by: "ana", handoff: "hdo_1" }).refused("HANDOFF_LAPSED");
  });
});

describe("what is offered", () => {
  test("is exactly one thing", () => {
    const { duty: _, ...nothing } = offer;
    given(aSpace()).when(nothing).refused("INVALID_COMMAND");
    given(aSpace())
      .when({ ...offer, role: "guest" })
      .refused("INVALID_COMMAND");
  });

  test("must not outlast what its giver has", () => {
    const window = { start: NOW + HOUR, end: NOW + 9 * HOUR };
    const handed = given(aSpace())
      .and({ ...offer, window }, accept("cora"))
      .at(window.start + HOUR);
    handed
      .when({ ...offer, by: "cora", from: "cora", to: "cid" })
      .refused("HANDOFF_OUTLASTS", { until: window.end });
    handed
      .when({
        ...offer,
        ...{ by: "cora", from: "cora", to: "cid", window: { start: window.start, end: window.end + 1 } },
      })
      .refused("HANDOFF_OUTLASTS");
    handed
      .when({ ...offer, ...{ by: "cora", from: "cora", to: "cid", window } })
      .happens({ type: "handoff.offered" });
  });

  test("goes to nobody who is timed out then", () => {
    const limit = {
      type: "limit.put",
      by: "ana",
      ceiling: "timeout",
      member: "cid",
      expiresIn: "3h",
    } as const;
    const timedOut = given(aSpace()).and(limit);
    timedOut.when({ ...offer, to: "cid" }).refused("MEMBER_SUSPENDED", { member: "cid" });
    timedOut
      .when({ ...offer, to: "cid", window: { start: NOW + 4 * HOUR } })
      .happens({ type: "handoff.offered" });
    given(aSpace())
      .and({ ...offer, to: "cid" }, limit)
      .when(accept("cid"))
      .refused("MEMBER_SUSPENDED");
  });

  test("goes to nobody who lacks what it needs", () => {
    const legal = given(aSpace()).and(
      { type: "duty.define", by: "ana", duty: "legal", needs: ["draft.approve", "metrics.view"] },
      { type: "duty.assign", by: "ana", duty: "legal", member: "cora" },
    );
    const toGus = { ...offer, duty: "legal", by: "cora", from: "cora", to: "gus" };
    expect(legal.when(toGus).refused("DUTY_NEEDS_MORE").details).toEqual({
      duty: "legal",
      member: "gus",
      missing: ["draft.approve", "metrics.view"],
    });
    legal.when({ ...toGus, to: "cid" }).happens({ type: "handoff.offered" });
    legal.when({ type: "duty.assign", by: "ana", duty: "legal", member: "gus" }).refused("DUTY_NEEDS_MORE");
  });
});

describe("a thread", () => {
  const thread = { channel: "lounge", message: "__proto__" };
  const assign = { type: "thread.assign", by: "cora", ...thread } as const;

  test("passes from who answers for it", () => {
    const assigned = given(aSpace(), { newId: counterOf("hdo") }).and({ ...assign, member: "cid" });
    assigned
      .when({ type: "handoff.offer", by: "cora", thread, from: "cora", to: "gus" })
      .refused("HANDOFF_NOT_HELD");
    const { space } = assigned.and(
      { type: "handoff.offer", by: "cid", thread, from: "cid", to: "gus" },
      accept("gus"),
    );
    expect(Object.values(space.threads)[0]?.tenures.map(({ holder }) => holder)).toEqual(["cid", "gus"]);
  });

  test("that nobody was named for passes from who looks after its channel's duty", () => {
    given(aSpace())
      .and({ type: "duty.assign", by: "ana", duty: "ops", member: "cid" })
      .and({ type: "channel.assign", by: "ana", channel: "lounge", duty: "ops" })
      .when({ type: "handoff.offer", by: "cid", thread, from: "cid", to: "gus" })
      .happens({ type: "handoff.offered", data: { of: { thread } } });
  });
});

describe("the clock puts on record, each once", () => {
  const window = { start: NOW + HOUR, end: NOW + 9 * HOUR };
  const handed = given(aSpace()).and({ ...offer, window }, accept("cora"));
  const run = (type: "handoff.lapse" | "handoff.start" | "handoff.return"): Command => ({
    type,
    by: "clock",
    handoff: "hdo_1",
  });

  test("that a window begins and that it ends", () => {
    handed.when(run("handoff.start")).refused("NOT_DUE", { dueAt: window.start });
    const begun = handed.at(window.start).when(run("handoff.start")).happens({ type: "handoff.started" });
    begun.when(run("handoff.start")).happens();
    begun
      .at(window.end - 1)
      .when(run("handoff.return"))
      .refused("NOT_DUE", { dueAt: window.end });
    const over = begun
      .at(window.end)
      .when(run("handoff.return"))
      .happens({ type: "handoff.returned", data: { because: "ended" } });
    over.when(run("handoff.return")).happens();
    expect(over.space.handoffs["hdo_1"]).toMatchObject({
      status: "returned",
      startedAt: window.start,
      returnedAt: window.end,
    });
    expect(whoHolds(over.space, "host", window.end)).toBe("ana");
  });

  test("that an offer has run out", () => {
    const offered = given(aSpace()).and(offer);
    offered.when(run("handoff.lapse")).refused("NOT_DUE");
    const lapsed = offered
      .at(NOW + 7 * DAY)
      .when(run("handoff.lapse"))
      .happens({ type: "handoff.lapsed" });
    lapsed.when(run("handoff.lapse")).happens();
    lapsed.when(accept("cora")).refused("HANDOFF_LAPSED");
    handed.when(run("handoff.lapse")).happens();
  });

  test("nothing of handoffs that are not there", () => {
    for (const type of ["handoff.lapse", "handoff.start", "handoff.return"] as const)
      given(aSpace()).when({ type, by: "clock", handoff: "__proto__" }).refused("HANDOFF_UNKNOWN");
  });
});

describe("who had something for a while and is gone", () => {
  test("gives it back at once, on record", () => {
    const window = { start: NOW + HOUR, end: NOW + 9 * HOUR };
    const handed = given(aSpace()).and({ ...offer, window }, accept("cora"));
    const { space } = handed
      .at(window.start + HOUR)
      .when({ type: "member.remove", by: "ana", member: "cora" })
      .happens({ type: "member.removed" }, { type: "handoff.returned", data: { because: "gone" } });
    expect(whoHolds(space, "host", window.start + HOUR)).toBe("ana");
  });
});

describe("who is gone", () => {
  test("has nothing on offer any more: no handoffs, no hours", () => {
    const start = Date.parse("2026-05-04T09:00:00Z");
    const { space } = given(aSpace(), { newId: counterOf("swp") }).and(
      {
        ...{ type: "rota.define", by: "ana", rota: "week" },
        plan: { duty: "ops", grid: [{ weekdays: [1], from: "09:00", to: "17:00", people: ["cid"] }] },
      },
      { type: "swap.offer", by: "cid", rota: "week", to: "gus", give: { start, end: start + 8 * HOUR } },
      { ...offer, to: "gus" },
    );
    const { space: after } = given(space)
      .when({ type: "member.leave", by: "gus" })
      .happens({ type: "member.left" }, { type: "handoff.withdrawn" }, { type: "swap.withdrawn" });
    expect(after.swaps["swp_1"]?.status).toBe("withdrawn");
  });
});
