import type { Command } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";
import { create, redeem } from "./story.js";

const ban = (member: string, more: Partial<Command<"member.ban">> = {}): Command => ({
  ...{ type: "member.ban", by: "ana", member },
  ...more,
});
const unban: Command = { type: "member.unban", by: "ana", member: "gus" };

describe("a ban", () => {
  test("takes a member out, with their duties, and lets them in by no way", () => {
    const banned = given(aSpace({ visibility: "public" }))
      .and(create(), { type: "duty.define", by: "ana", duty: "ops", required: true })
      .and({ type: "duty.assign", by: "ana", duty: "ops", member: "gus" })
      .when(ban("gus"))
      .happens({ type: "member.banned" }, { type: "member.removed" }, { type: "duty.vacated" });
    expect(banned.space.members["gus"]).toBeUndefined();
    expect(banned.space.bans["gus"]).toEqual({ member: "gus", by: "ana", since: NOW, until: null });
    banned.when(redeem("gus")).refused("BANNED");
    banned.when({ type: "member.join", by: "gus" }).refused("BANNED");
    banned.when({ type: "member.add", by: "ana", member: "gus" }).refused("BANNED");
    banned.and(unban).when({ type: "member.join", by: "gus" }).happens({ type: "member.joined" });
  });

  test("that has an end lets them in from then on", () => {
    const banned = given(aSpace({ visibility: "public" })).and(ban("gus", { expiresIn: "1h" }));
    banned
      .at(NOW + HOUR - 1)
      .when({ type: "member.join", by: "gus" })
      .refused("BANNED", { until: NOW + HOUR });
    banned
      .at(NOW + HOUR)
      .when({ type: "member.join", by: "gus" })
      .happens({ type: "member.joined" });
  });

  test("can be put on who was never in, and its end be set anew", () => {
    const banned = given(aSpace()).when(ban("__proto__")).happens({ type: "member.banned" });
    banned.when(ban("__proto__")).happens();
    banned
      .when(ban("__proto__", { expiresIn: 5 }))
      .happens({ type: "member.banned", data: { until: NOW + 5 } });
    banned
      .and({ type: "member.unban", by: "ana", member: "__proto__" })
      .when({ type: "member.unban", by: "cora", member: "__proto__" })
      .happens();
  });

  test("is not ended sooner by somebody whom its giver outranks, and is by anybody else who may", () => {
    const banned = given(aSpace()).and({ type: "member.ban", by: "ana", member: "leo" });
    banned.when({ type: "member.unban", by: "cora", member: "leo" }).refused("OUTRANKED", { member: "leo" });
    banned.when({ type: "member.ban", by: "cora", member: "leo", expiresIn: "1h" }).refused("OUTRANKED");
    banned.when({ type: "member.unban", by: "ana", member: "leo" }).happens({ type: "member.unbanned" });
    const shorter = given(aSpace()).and({ type: "member.ban", by: "ana", member: "leo", expiresIn: "1h" });
    shorter
      .when({ type: "member.ban", by: "cora", member: "leo", expiresIn: "2h" })
      .happens({ type: "member.banned", data: { until: NOW + 2 * HOUR } });
    given(aSpace())
      .and({ type: "member.ban", by: "cora", member: "leo" })
      .when({ type: "member.unban", by: "ana", member: "leo" })
      .happens({ type: "member.unbanned" });
  });

  test("never fails on how long it lasts", () => {
    const banned = given(aSpace()).and(ban("leo", { expiresIn: 8.64e15 }), create());
    banned.when(redeem("leo")).refused("BANNED", { until: NOW + 8.64e15 });
  });

  test("is for those who may remove, and on those they outrank", () => {
    given(aSpace())
      .when(ban("gus", { by: "cid" }))
      .refused("NOT_ALLOWED");
    given(aSpace())
      .when(ban("leo", { by: "gus" }))
      .refused("NOT_ALLOWED");
    given(aSpace())
      .when(ban("ana", { by: "cora" }))
      .refused("OUTRANKED");
    given(aSpace()).when(ban("ana")).refused("OUTRANKED");
    given(aSpace())
      .when({ ...unban, by: "gus" })
      .refused("NOT_ALLOWED");
    given(aSpace())
      .and({ type: "member.add", by: "ana", member: "sam", roles: ["co-moderator"] })
      .when(ban("sam", { by: "cora" }))
      .refused("OUTRANKED");
  });

  test("does not touch who answers for the space", () => {
    given(aSpace())
      .and({ type: "duty.define", by: "ana", duty: "host", required: true })
      .and({ type: "duty.assign", by: "ana", duty: "host", member: "cid" })
      .when(ban("cid"))
      .refused("DUTY_REQUIRED");
  });

  test("declines what they have asked for, and frees the place", () => {
    const asked = given(aSpace()).and(create({ approval: true, maxUses: 1 }), redeem("leo"));
    const { space } = asked.when(ban("leo")).happens({ type: "member.banned" }, { type: "request.declined" });
    expect(space.invites["inv1"]?.uses).toBe(0);
  });
});
