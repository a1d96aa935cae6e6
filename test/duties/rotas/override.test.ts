import { type Command, coverage, emptySpace, onDuty, type SpaceEvent } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { fold } from "../../../src/space/evolve.js";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";
import { DAILY, line } from "./rotas.js";

const defined = given(aSpace()).and({
  type: "rota.define",
  by: "ana",
  rota: "daily",
  plan: { duty: "ops", timeZone: "UTC", grid: [line(DAILY, "00:00", "24:00", "cid", "cora")] },
});
const start = NOW + HOUR;
const end = NOW + 5 * HOUR;
const override = (
  replaces: string | null,
  member: string | null,
  fields: Partial<Command<"rota.override">> = {},
): Command<"rota.override"> => ({
  type: "rota.override",
  by: "ana",
  rota: "daily",
  start,
  end,
  replaces,
  member,
  ...fields,
});
const restore = (id = "ovr_1"): Command => ({ type: "rota.restore", by: "ana", rota: "daily", override: id });

describe("an override", () => {
  test("puts somebody in another's place, from its start up to, not including, its end", () => {
    const { space } = defined.when(override("cid", "gus")).happens({
      type: "rota.overridden",
      data: {
        rota: "daily",
        override: { id: expect.stringMatching(/^ovr_/), replaces: "cid", member: "gus" },
      },
    });
    expect(onDuty(space, "ops", start - 1)).toEqual(["cid", "cora"]);
    expect(onDuty(space, "ops", start)).toEqual(["cora", "gus"]);
    expect(onDuty(space, "ops", end - 1)).toEqual(["cora", "gus"]);
    expect(onDuty(space, "ops", end)).toEqual(["cid", "cora"]);
  });

  test("takes somebody off duty", () => {
    expect(onDuty(defined.and(override("cid", null)).space, "ops", start)).toEqual(["cora"]);
  });

  test("of everybody's hours leaves one person, or nobody", () => {
    expect(onDuty(defined.and(override(null, "gus")).space, "ops", start)).toEqual(["gus"]);
    expect(onDuty(defined.and(override(null, null)).space, "ops", start)).toEqual([]);
    const { replaces: _, ...everybodys } = override(null, "gus");
    expect(onDuty(defined.and(everybodys).space, "ops", start)).toEqual(["gus"]);
  });

  test("of everybody's hours covers hours that nobody has", () => {
    const evenings = given(aSpace()).and({
      type: "rota.define",
      by: "ana",
      rota: "daily",
      plan: { duty: "ops", timeZone: "UTC", grid: [line(DAILY, "20:00", "21:00", "cid")] },
    });
    expect(onDuty(evenings.and(override(null, "gus")).space, "ops", start)).toEqual(["gus"]);
  });

  test("has the last word on somebody's hours, also on those they gave away", () => {
    const { space } = defined.and(override("cid", "gus"), override("cid", "rita", { start: start + HOUR }));
    expect(onDuty(space, "ops", start)).toEqual(["cora", "gus"]);
    expect(onDuty(space, "ops", start + HOUR)).toEqual(["cora", "rita"]);
    expect(onDuty(defined.and(override("cid", null), override("cid", "gus")).space, "ops", start)).toEqual([
      "cora",
      "gus",
    ]);
  });

  test("goes on from who has the hours as things stand", () => {
    const { space } = defined.and(override("cid", "gus"), override("gus", "rita"));
    expect(onDuty(space, "ops", start)).toEqual(["cora", "rita"]);
    expect(onDuty(defined.and(override(null, "gus"), override("gus", "cid")).space, "ops", start)).toEqual([
      "cid",
    ]);
  });

  test("of the hours of who is there in the place of others leaves what was theirs by plan to whom it was given", () => {
    const { space } = defined.and(
      override("cora", "gus"),
      override("cid", "cora"),
      // By plan cora has hours that gus has now; as things stand she has those of cid.
      override("cora", "rita"),
    );
    expect(onDuty(space, "ops", start)).toEqual(["gus", "rita"]);
  });

  test("holds on when the rota is defined anew", () => {
    const { space } = defined.and(override(null, "gus"), {
      type: "rota.define",
      by: "ana",
      rota: "daily",
      plan: { duty: "ops", timeZone: "UTC", grid: [line(DAILY, "00:00", "24:00", "rita")] },
    });
    expect(onDuty(space, "ops", start)).toEqual(["gus"]);
    expect(onDuty(space, "ops", end)).toEqual(["rita"]);
  });

  test("does not change the past", () => {
    const { space } = defined.at(start + HOUR).and(override("cid", "gus"));
    expect(onDuty(space, "ops", start + HOUR - 1)).toEqual(["cid", "cora"]);
    expect(onDuty(space, "ops", start + HOUR)).toEqual(["cora", "gus"]);
  });

  test("that is there already changes nothing, however often it is said", () => {
    const once = defined.and(override("cid", "gus"));
    once.when(override("cid", "gus")).happens();
    once
      .at(start + HOUR)
      .when(override("cid", "gus"))
      .happens();
    once.when(override("cid", "gus", { end: end + 1 })).happens({ type: "rota.overridden" });
    once.and(override("cid", null)).when(override("cid", "gus")).happens({ type: "rota.overridden" });
  });

  test.each([
    ["that ends before it starts", { start: end, end: start }],
    ["of no time", { start, end: start }],
    ["of the past", { start: NOW - HOUR, end: NOW }],
    ["of more than a year", { start, end: start + 367 * 24 * HOUR }],
  ])("%s is none", (_, window) => {
    defined
      .when(override("cid", "gus", window))
      .refused("INVALID_COMMAND", { issues: [{ path: "end", expected: expect.any(String) }] });
  });

  test("of hours that are not theirs is refused", () => {
    defined.when(override("gus", "rita")).refused("HOURS_NOT_HELD", { rota: "daily", member: "gus" });
  });

  test("of the hours of somebody who has left puts somebody in their place", () => {
    const gone = defined.and({ type: "member.leave", by: "cid" });
    expect(onDuty(gone.space, "ops", start)).toEqual(["cora"]);
    expect(onDuty(gone.and(override("cid", "gus")).space, "ops", start)).toEqual(["cora", "gus"]);
  });

  test("needs a member who can look after the duty then, and who may plan rotas", () => {
    defined.when(override("cid", "leo")).refused("MEMBER_UNKNOWN", { member: "leo" });
    defined.when(override("cid", "gus", { by: "cid" })).refused("NOT_ALLOWED");
    defined
      .and({ type: "limit.put", by: "ana", member: "gus", ceiling: "timeout", expiresIn: "2h" })
      .when(override("cid", "gus"))
      .refused("MEMBER_SUSPENDED");
    defined
      .and({ type: "duty.define", by: "ana", duty: "ops", needs: ["member.remove"] })
      .when(override("cid", "gus"))
      .refused("DUTY_NEEDS_MORE");
  });

  test("needs a rota that has not ended", () => {
    defined.when(override("cid", "gus", { rota: "nightly" })).refused("ROTA_UNKNOWN", { rota: "nightly" });
    const ended = defined.and({ type: "rota.define", by: "ana", rota: "daily", plan: null });
    ended.when(override("cid", "gus")).refused("ROTA_UNKNOWN");
    ended.when(restore()).refused("ROTA_UNKNOWN");
  });
});

describe("an override is taken back", () => {
  const overridden = defined.and(override("cid", "gus"));
  const id = overridden.space.rotas["daily"]?.overrides[0]?.id ?? "";

  test("before it starts: as if it had never been", () => {
    const { space } = overridden.when(restore(id)).happens({ type: "rota.restored" });
    expect(onDuty(space, "ops", start)).toEqual(["cid", "cora"]);
    expect(space.rotas["daily"]?.overrides).toEqual([]);
  });

  test("while it holds: who was on duty by it was", () => {
    const { space } = overridden.at(start + HOUR).and(restore(id));
    expect(onDuty(space, "ops", start + HOUR - 1)).toEqual(["cora", "gus"]);
    expect(onDuty(space, "ops", start + HOUR)).toEqual(["cid", "cora"]);
    const { people } = coverage(space, "ops", { start, end });
    expect(people.find(({ member }) => member === "gus")).toMatchObject({ ms: HOUR, shifts: 1 });
    given(space, { now: start + 2 * HOUR })
      .when(restore(id))
      .happens();
  });

  test("after it has ended: nothing changes", () => {
    overridden.at(end).when(restore(id)).happens();
  });

  test("not one that is not there, nor by somebody who may not plan rotas", () => {
    overridden.when(restore("ovr_9")).refused("ROTA_OVERRIDE_UNKNOWN", { override: "ovr_9" });
    overridden.when({ type: "rota.restore", by: "cid", rota: "daily", override: id }).refused("NOT_ALLOWED");
  });
});

test("an override that is over is not made longer by an event that takes it back", () => {
  const { space } = defined.and(override("cid", "gus"));
  const id = space.rotas["daily"]?.overrides[0]?.id ?? "";
  const restored = {
    id: "evt_late",
    type: "rota.restored",
    at: end + HOUR,
    by: "ana",
    data: { rota: "daily", override: id },
  } as const;
  expect(fold(space, [restored]).rotas).toEqual(space.rotas);
});

test("events of rotas and swaps that are not there change nothing", () => {
  const lost = [
    {
      type: "rota.overridden",
      data: { rota: "x", override: { id: "o", start, end, replaces: null, member: null } },
    },
    { type: "rota.restored", data: { rota: "__proto__", override: "o" } },
    { type: "swap.accepted", data: { swap: "__proto__", overrides: [] } },
    { type: "swap.declined", data: { swap: "toString" } },
    { type: "swap.withdrawn", data: { swap: "s" } },
  ].map((event, index) => ({ id: `${index}`, at: NOW, by: "ana", ...event }));
  const space = fold(emptySpace("drop"), lost as unknown as readonly SpaceEvent[]);
  expect([space.rotas, space.swaps]).toEqual([{}, {}]);
});
