import { createSpaces, memoryStore } from "chat-spaces";
import { accessOf, can } from "chat-spaces/access";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW, token } from "../helpers/spaces.js";

const timeout = {
  type: "limit.put",
  by: "cora",
  member: "gus",
  ceiling: "timeout",
  expiresIn: "10m",
} as const;

describe("ceilings", () => {
  test("a time-out ends by itself, and not before its last instant is over", () => {
    const { space } = given(aSpace()).and(timeout);
    const until = NOW + 600_000;
    const post = { type: "message.post", by: "gus", channel: "lounge", body: "Hello?" } as const;
    given(space).when(post).refused("NOT_ALLOWED");
    given(space).at(until).when(post).refused("NOT_ALLOWED");
    given(space)
      .at(until + 1)
      .when(post)
      .happens({ type: "message.posted" });
    expect(can(accessOf(space), "gus", "channel.view", "lounge", NOW)).toBe(true);
  });

  test("are put on members of a lower rank, by who may restrict", () => {
    given(aSpace())
      .when({ ...timeout, by: "cora", member: "ana" })
      .refused("OUTRANKED");
    given(aSpace())
      .when({ ...timeout, by: "cid" })
      .refused("NOT_ALLOWED");
    given(aSpace())
      .when({ ...timeout, member: "nobody" })
      .refused("MEMBER_UNKNOWN");
  });

  test("nobody takes their own off", () => {
    given(aSpace())
      .and({ ...timeout, by: "ana", member: "cora" })
      .when({ type: "limit.lift", by: "cora", member: "cora", ceiling: "timeout" })
      .refused("NOT_ALLOWED");
  });

  test("are taken off by those above, and taking off what is not there changes nothing", () => {
    const lift = { type: "limit.lift", by: "cora", member: "gus", ceiling: "timeout" } as const;
    const timedOut = given(aSpace()).and(timeout);
    timedOut.when(lift).happens({ type: "limit.lifted" });
    timedOut.and(lift).when(lift).happens();
    expect(can(accessOf(timedOut.and(lift).space), "gus", "message.post", "lounge", NOW)).toBe(true);
  });

  test("put on again under the same name, take the place of the earlier one", () => {
    const { space } = given(aSpace()).and(timeout, { ...timeout, expiresIn: "1h" });
    expect(space.members["gus"]?.limits).toEqual([{ ceiling: "timeout", by: "cora", until: NOW + HOUR }]);
  });

  test("on a channel keep everybody below the team quiet", () => {
    const { space } = given(aSpace()).and({
      type: "limit.put",
      by: "ana",
      channel: "lounge",
      ceiling: "team-only",
    });
    expect(can(accessOf(space), "gus", "message.post", "lounge", NOW)).toBe(false);
    expect(can(accessOf(space), "gus", "reaction.add", "lounge", NOW)).toBe(true);
    expect(can(accessOf(space), "cid", "message.post", "lounge", NOW)).toBe(true);
  });

  test.each([
    ["one that follows from the stage", { ceiling: "archived", member: "gus" }],
    ["one that is not there", { ceiling: "__proto__", member: "gus" }],
    ["both a member and a channel", { ceiling: "mute", member: "gus", channel: "lounge" }],
    ["neither", { ceiling: "mute" }],
  ])("%s is refused", (_, options) => {
    given(aSpace())
      .when({ type: "limit.put", by: "ana", ...options })
      .refused("INVALID_COMMAND");
  });
});

describe("overrides", () => {
  const speaker = {
    type: "override.set",
    by: "ana",
    channel: "news",
    subject: { member: "gus" },
    allow: ["message.post"],
  } as const;

  test("let one guest speak in an announcement channel, until they are taken away", () => {
    const spoken = given(aSpace()).and(speaker);
    expect(can(accessOf(spoken.space), "gus", "message.post", "news", NOW)).toBe(true);
    const { space } = spoken.and({ ...speaker, allow: [] });
    expect(can(accessOf(space), "gus", "message.post", "news", NOW)).toBe(false);
    expect(space.channels["news"]?.overrides).toEqual([]);
  });

  test("for a while", () => {
    const { space } = given(aSpace()).and({ ...speaker, startsAt: NOW + HOUR, expiresIn: "1h" });
    const speaks = (at: number) => can(accessOf(space), "gus", "message.post", "news", at);
    expect([NOW, NOW + HOUR, NOW + 2 * HOUR - 1, NOW + 2 * HOUR].map(speaks)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test("nobody opens for themselves or others what they lack", () => {
    given(aSpace())
      .and({ ...speaker, subject: { role: "co-moderator" }, allow: [], deny: ["slice.create"] })
      .when({ ...speaker, by: "cora", subject: { member: "cora" }, allow: ["slice.create"] })
      .refused("WOULD_ESCALATE");
    given(aSpace())
      .and({ ...speaker, subject: { role: "co-moderator" }, allow: [], deny: ["slice.create"] })
      .when({ ...speaker, by: "cora", subject: "everyone", allow: ["slice.create"] })
      .refused("WOULD_ESCALATE");
  });

  test("a name that is no capability is refused", () => {
    given(aSpace())
      .when({ ...speaker, allow: ["message.pots"] })
      .refused("INVALID_COMMAND");
    given(aSpace())
      .when({ ...speaker, channel: "nowhere" })
      .refused("CHANNEL_UNKNOWN");
    given(aSpace())
      .when({ ...speaker, subject: { role: "nobody" } })
      .refused("ROLE_UNKNOWN");
  });
});

describe("roles of the team's own", () => {
  const define = {
    type: "role.define",
    by: "ana",
    role: "designer",
    to: { rank: 60, allow: ["channel.view", "message.post"], kinds: { drafts: ["message.pin"] } },
  } as const;

  test("are defined, given, and mean what they say", () => {
    const { space } = given(aSpace()).and(define, {
      type: "role.assign",
      by: "ana",
      member: "gus",
      roles: ["designer"],
    });
    const access = accessOf(space);
    expect(can(access, "gus", "message.post", "floor", NOW)).toBe(true);
    expect(can(access, "gus", "message.pin", "studio", NOW)).toBe(true);
    expect(can(access, "gus", "message.pin", "floor", NOW)).toBe(false);
  });

  test("taken away, give nothing any more", () => {
    const { space } = given(aSpace()).and(
      define,
      { type: "role.assign", by: "ana", member: "gus", roles: ["designer"] },
      { ...define, to: null },
    );
    expect(can(accessOf(space), "gus", "message.post", "lounge", NOW)).toBe(false);
    expect(JSON.parse(JSON.stringify(space))).toEqual(space);
  });

  test("the host's own role is nobody's to change", () => {
    given(aSpace())
      .when({ ...define, role: "host", to: null })
      .refused("OUTRANKED");
    given(aSpace())
      .when({ ...define, to: { rank: 100, allow: [] } })
      .refused("INVALID_COMMAND");
    given(aSpace())
      .when({ ...define, by: "cora" })
      .refused("NOT_ALLOWED");
  });
});

describe("grants", () => {
  const give = {
    type: "grant.give",
    by: "ana",
    member: "gus",
    allow: ["slice.create"],
    channel: "lounge",
  } as const;

  test("give one member one thing in one place, and are taken back", () => {
    const given1 = given(aSpace()).and(give);
    const [grant] = given1.space.members["gus"]?.grants ?? [];
    expect(can(accessOf(given1.space), "gus", "slice.create", "lounge", NOW)).toBe(true);
    expect(can(accessOf(given1.space), "gus", "slice.create", "news", NOW)).toBe(false);
    const back = given1.and({ type: "grant.revoke", by: "ana", member: "gus", grant: grant?.id ?? "" });
    expect(can(accessOf(back.space), "gus", "slice.create", "lounge", NOW)).toBe(false);
    back.when({ type: "grant.revoke", by: "ana", member: "gus", grant: "grt_0" }).happens();
  });

  test("bound ones hold only as long as the giver has it too", () => {
    const bound = given(aSpace()).and(
      { type: "member.add", by: "ana", member: "hana", roles: ["host"] },
      { ...give, by: "hana", bound: true },
    );
    expect(can(accessOf(bound.space), "gus", "slice.create", "lounge", NOW)).toBe(true);
    const { space } = bound.and({ type: "member.leave", by: "hana" });
    expect(can(accessOf(space), "gus", "slice.create", "lounge", NOW)).toBe(false);
  });
});

describe("an invite", () => {
  test("gives no more than whoever gave it out could still give by hand", () => {
    const invited = given(aSpace()).and({
      type: "invite.create",
      by: "cora",
      token: token("drop", "inv_1"),
      role: "contributor",
    });
    const redeem = { type: "invite.redeem", by: "leo", token: token("drop", "inv_1") } as const;
    invited.when(redeem).happens({ type: "invite.redeemed" }, { type: "member.joined" });
    invited
      .and({ type: "role.assign", by: "ana", member: "cora", roles: ["guest"] })
      .when(redeem)
      .refused("INVITE_REVOKED");
  });
});

test("a space with every kind of rule survives a store, and explains itself", async () => {
  const store = memoryStore();
  const spaces = createSpaces({ store, now: () => NOW });
  const drop = await spaces.create({ id: "drop", by: "ana" });
  await drop.openChannel({ by: "ana", channel: "news", kind: "announcement" });
  await drop.goLive({ by: "ana" });
  await drop.add({ by: "ana", member: "gus", roles: ["guest"] });
  await drop.defineRole({
    by: "ana",
    role: "speaker",
    to: { rank: 30, allow: ["channel.view", "message.post"] },
  });
  await drop.setOverride({ by: "ana", channel: "news", subject: { role: "guest" }, deny: ["reaction.add"] });
  await drop.limit({ by: "ana", member: "gus", ceiling: "mute", expiresIn: "1h" });
  const grant = await drop.grant({ by: "ana", member: "gus", allow: ["metrics.view"] });

  const again = await createSpaces({ store, now: () => NOW }).open("drop");
  expect(again.space).toEqual(drop.space);
  expect(again.can("gus", "metrics.view")).toBe(true);
  expect(again.explain("gus", "reaction.add", { channel: "news" })).toMatchObject({
    effect: "deny",
    code: "DENIED",
    message: "gus may not reaction.add in news: the override for guest in news denies it",
  });
  expect(again.explain("gus", "message.post", { channel: "news" }).wouldAllow).toEqual([
    [
      {
        type: "override.set",
        channel: "news",
        subject: { member: "gus" },
        overrides: [{ allow: ["message.post"] }],
      },
      { type: "limit.lift", ceiling: "mute", member: "gus" },
    ],
    [
      { type: "role.assign", member: "gus", roles: ["guest", "speaker"] },
      { type: "limit.lift", ceiling: "mute", member: "gus" },
    ],
    [
      { type: "role.assign", member: "gus", roles: ["guest", "co-moderator"] },
      { type: "limit.lift", ceiling: "mute", member: "gus" },
    ],
  ]);

  await drop.liftLimit({ by: "ana", member: "gus", ceiling: "mute" });
  await drop.revokeGrant({ by: "ana", member: "gus", grant: grant.id });
  expect(drop.can("gus", "metrics.view")).toBe(false);
  await spaces.close();
});

test("a space is asked about another time as its clock, ISO text or a date says it", async () => {
  const spaces = createSpaces({ store: memoryStore(), now: () => NOW });
  const drop = await spaces.create({ id: "drop", by: "ana" });
  await drop.openChannel({ by: "ana", channel: "lounge" });
  await drop.goLive({ by: "ana" });
  await drop.add({ by: "ana", member: "gus" });
  await drop.limit({ by: "ana", member: "gus", ceiling: "timeout", expiresIn: "10m" });
  const may = (at?: string | number | Date) => drop.can("gus", "message.post", { channel: "lounge", at });
  expect([undefined, NOW, new Date(NOW), "2026-05-01T12:05:00Z"].map(may)).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect([NOW + HOUR, new Date(NOW + HOUR), "2026-05-01T13:00:00Z"].map(may)).toEqual([true, true, true]);
  expect(() => may("tomorrow")).toThrow("is not an instant");
  expect(() => may(Number.NaN)).toThrow("is not an instant");
  await spaces.close();
});

test("what a space has compiled for one value is right for the next", () => {
  // The same members and channels in space after space, changed at random: asking each gives what asking a copy
  // of it, with nothing remembered, gives.
  const commands = fc.array(
    fc.constantFrom(
      timeout,
      { ...timeout, ceiling: "mute", member: "cid", by: "ana" },
      { type: "limit.lift", by: "ana", member: "gus", ceiling: "timeout" },
      { type: "override.set", by: "ana", channel: "lounge", subject: "everyone", deny: ["message.post"] },
      {
        type: "override.set",
        by: "ana",
        channel: "lounge",
        subject: { member: "cid" },
        allow: ["message.pin"],
      },
      { type: "role.define", by: "ana", role: "guest", to: { rank: 25, allow: ["channel.view"] } },
      { type: "role.assign", by: "ana", member: "gus", roles: ["contributor"] },
      { type: "channel.close", by: "ana", channel: "lounge" },
      { type: "space.archive", by: "ana" },
    ),
    { maxLength: 6 },
  );
  const answers = (space: ReturnType<typeof aSpace>): readonly boolean[] =>
    ["ana", "cora", "cid", "gus"].flatMap((member) =>
      (["message.post", "message.pin", "channel.view", "slice.create"] as const).map((capability) =>
        can(accessOf(space), member, capability, "lounge", NOW),
      ),
    );
  fc.assert(
    fc.property(commands, (list) => {
      let now = given(aSpace());
      for (const command of list) {
        if (now.when(command as typeof timeout).outcome.ok) now = now.and(command as typeof timeout);
        expect(answers(now.space)).toEqual(answers(structuredClone(now.space)));
      }
    }),
    { numRuns: 50 },
  );
});
