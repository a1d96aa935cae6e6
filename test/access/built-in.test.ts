import {
  accessOf,
  CAPABILITIES,
  type Capability,
  can,
  decide,
  describeDecision,
  ROLES,
  type RoleName,
  type Ruled,
} from "chat-spaces/access";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, given, NOW } from "../helpers/spaces.js";

const space = aSpace();
const members = {
  host: "ana",
  "co-moderator": "cora",
  contributor: "cid",
  guest: "gus",
  "read-only": "rita",
} as const;
const channels = {
  discussion: "lounge",
  announcement: "news",
  drafts: "studio",
  operations: "floor",
  incident: "alarm",
} as const;

/** Who may do it, by role, in channels of each kind. */
const TABLE: readonly (readonly [Capability, keyof typeof channels, readonly RoleName[]])[] = [
  ["channel.view", "discussion", ["host", "co-moderator", "contributor", "guest", "read-only"]],
  ["channel.view", "announcement", ["host", "co-moderator", "contributor", "guest", "read-only"]],
  ["channel.view", "drafts", ["host", "co-moderator", "contributor"]],
  ["channel.view", "operations", ["host", "co-moderator", "contributor"]],
  ["channel.view", "incident", ["host", "co-moderator", "contributor"]],
  ["message.post", "discussion", ["host", "co-moderator", "contributor", "guest"]],
  ["message.post", "announcement", ["host", "co-moderator"]],
  ["message.post", "drafts", ["host", "co-moderator", "contributor"]],
  ["message.post", "operations", ["host", "co-moderator", "contributor"]],
  ["message.post", "incident", ["host", "co-moderator"]],
  ["reaction.add", "announcement", ["host", "co-moderator", "contributor", "guest"]],
  ["poll.vote", "discussion", ["host", "co-moderator", "contributor", "guest"]],
  ["poll.open", "discussion", ["host", "co-moderator", "contributor", "guest"]],
  ["media.open", "discussion", ["host", "co-moderator", "contributor", "guest", "read-only"]],
  ["message.pin", "discussion", ["host", "co-moderator"]],
  ["message.moderate", "discussion", ["host", "co-moderator"]],
  ["channel.moderate", "discussion", ["host", "co-moderator"]],
  ["slice.create", "discussion", ["host", "co-moderator"]],
  ["history.import", "discussion", ["host", "co-moderator"]],
];

describe("the five roles in the five kinds of channel", () => {
  const access = accessOf(space);

  test.each(TABLE)("%s in %s: %j", (capability, kind, allowed) => {
    for (const [role, member] of Object.entries(members)) {
      expect(can(access, member, capability, channels[kind], NOW), role).toBe(
        allowed.includes(role as RoleName),
      );
    }
  });

  test.each([
    ["space.configure", ["host"]],
    ["space.goLive", ["host"]],
    ["space.archive", ["host"]],
    ["duty.assign", ["host"]],
    ["role.define", ["host"]],
    ["grant.give", ["host"]],
    ["channel.open", ["host", "co-moderator"]],
    ["member.invite", ["host", "co-moderator"]],
    ["member.remove", ["host", "co-moderator"]],
    ["member.restrict", ["host", "co-moderator"]],
    ["role.assign", ["host", "co-moderator"]],
    ["link.create", ["host", "co-moderator"]],
    ["metrics.view", ["host", "co-moderator", "contributor"]],
  ] as const)("%s: %j", (capability, allowed) => {
    for (const [role, member] of Object.entries(members)) {
      expect(can(access, member, capability, undefined, NOW), role).toBe(
        (allowed as readonly string[]).includes(role),
      );
    }
  });

  test("who moderates acts on those below, and nobody on an equal", () => {
    const ask = (member: string, target: string) =>
      decide(access, { member, capability: "member.remove", target, at: NOW }).code;
    expect(ask("ana", "cora")).toBe("BYPASSED");
    expect(ask("cora", "gus")).toBe("GRANTED");
    expect(ask("cora", "ana")).toBe("OUTRANKED");
    expect(ask("cora", "nobody")).toBe("TARGET_UNKNOWN");
  });

  test("what one has written oneself takes no more than the right to write", () => {
    const ask = (own: boolean) =>
      decide(access, { member: "gus", capability: "message.moderate", channel: "lounge", at: NOW, own }).code;
    expect(ask(true)).toBe("OWN");
    expect(ask(false)).toBe("NOT_GRANTED");
  });
});

describe("every answer has its reason", () => {
  const ask = (member: string, capability: string, channel?: string, rules: Ruled = space) =>
    decide(accessOf(rules), { member, capability: capability as Capability, channel, at: NOW });

  test("what grants it", () => {
    expect(ask("gus", "message.post", "lounge")).toEqual({
      effect: "allow",
      code: "GRANTED",
      by: [{ kind: "role", id: "guest" }],
      validUntil: null,
    });
  });

  test("what does not", () => {
    expect(ask("gus", "message.post", "news")).toEqual({
      effect: "deny",
      code: "NOT_GRANTED",
      by: [{ kind: "role", id: "guest" }],
      validUntil: null,
    });
  });

  test("a role that gives it in two ways is named once", () => {
    expect(ask("cid", "channel.view", "lounge").by).toEqual([{ kind: "role", id: "contributor" }]);
  });

  test("questions that make no sense are denied, each in its own way", () => {
    expect(ask("gus", "message.psot", "lounge").code).toBe("CAPABILITY_UNKNOWN");
    expect(ask("gus", "constructor", "lounge").code).toBe("CAPABILITY_UNKNOWN");
    expect(ask("zoe", "message.post", "lounge").code).toBe("NOT_A_MEMBER");
    expect(ask("__proto__", "message.post", "lounge").code).toBe("NOT_A_MEMBER");
    expect(ask("gus", "message.post").code).toBe("CHANNEL_NEEDED");
    expect(ask("gus", "message.post", "attic").code).toBe("CHANNEL_UNKNOWN");
    expect(ask("gus", "message.post", "toString").code).toBe("CHANNEL_UNKNOWN");
  });

  test("a staged space is for the team", () => {
    const staged = { ...space, stage: "staging" } as const;
    const refusal = ask("gus", "channel.view", "lounge", staged);
    expect(refusal).toMatchObject({
      code: "LIMITED",
      by: [{ kind: "limit", on: "space", id: "staging" }],
    });
    expect(ask("cid", "message.post", "lounge", staged).effect).toBe("allow");
    expect(ask("ana", "message.post", "lounge", staged).effect).toBe("allow");
    // The role's own limits come first: they would still hold once the space is live.
    expect(ask("gus", "message.post", "news", staged).code).toBe("NOT_GRANTED");
  });

  test("an archived space and a closed channel can be read and not written", () => {
    const archived = { ...space, stage: "archived" } as const;
    expect(ask("ana", "message.post", "lounge", archived)).toMatchObject({
      code: "LIMITED",
      by: [{ kind: "limit", on: "space", id: "archived" }],
    });
    expect(ask("ana", "space.configure", undefined, archived).effect).toBe("deny");
    expect(ask("gus", "channel.view", "lounge", archived).effect).toBe("allow");
    const closed = given(space).and({ type: "channel.close", by: "ana", channel: "lounge" }).space;
    expect(ask("ana", "message.post", "lounge", closed)).toMatchObject({
      code: "LIMITED",
      by: [{ kind: "limit", on: "channel", id: "closed" }],
    });
    expect(ask("gus", "channel.view", "lounge", closed).effect).toBe("allow");
    expect(ask("gus", "message.post", "news", closed).code).toBe("NOT_GRANTED");
    expect(ask("cora", "message.post", "news", closed).effect).toBe("allow");
  });

  test("in words", () => {
    const question = { member: "leo", capability: "message.post", channel: "news" };
    expect(describeDecision(question, ask("gus", "message.post", "news"))).toBe(
      "leo may not message.post in news: the role guest does not grant it there",
    );
    expect(describeDecision(question, ask("leo", "message.post", "news"))).toMatch(/not a member/);
  });
});

describe("several roles give what any of them gives", () => {
  const roles = fc.subarray(Object.keys(ROLES), { minLength: 1 });
  const withRoles = (mine: readonly string[]): Ruled => ({
    ...space,
    members: { x: { id: "x", name: null, roles: mine, joinedAt: 0, invite: null, campaign: null } },
  });
  const may = (mine: readonly string[], capability: Capability, channel: string) =>
    can(accessOf(withRoles(mine)), "x", capability, channel, NOW);
  const asked = [
    fc.constantFrom(...(Object.keys(CAPABILITIES) as Capability[])),
    fc.constantFrom(...Object.keys(space.channels)),
  ] as const;

  test("the union, in whatever order", () => {
    fc.assert(
      fc.property(roles, ...asked, (mine, capability, channel) => {
        const any = mine.some((role) => may([role], capability, channel));
        expect(may(mine, capability, channel)).toBe(any);
        expect(may([...mine].reverse(), capability, channel)).toBe(any);
      }),
    );
  });

  test("one more never takes anything away", () => {
    fc.assert(
      fc.property(
        roles,
        fc.constantFrom(...Object.keys(ROLES)),
        ...asked,
        (mine, more, capability, channel) => {
          if (may(mine, capability, channel)) expect(may([...mine, more], capability, channel)).toBe(true);
        },
      ),
    );
  });

  test("a role nobody knows gives nothing and ranks below all", () => {
    expect(may(["king"], "channel.view", "lounge")).toBe(false);
    expect(accessOf(withRoles(["king"])).member("x")?.rank).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe("a space and the one that comes after it", () => {
  test("are asked apart: what one command changes, the space before does not know", () => {
    const before = accessOf(space);
    const after = accessOf(
      given(space).and({ type: "role.assign", by: "ana", member: "gus", roles: ["co-moderator"] }).space,
    );
    expect(can(after, "gus", "message.pin", "lounge", NOW)).toBe(true);
    expect(can(before, "gus", "message.pin", "lounge", NOW)).toBe(false);
    expect(can(after, "rita", "message.pin", "lounge", NOW)).toBe(false);
  });

  test("the same space is compiled once", () => {
    expect(accessOf(space)).toBe(accessOf(space));
  });

  test("two spaces of the same people share no answers", () => {
    const other = given(aSpace()).and({ type: "channel.close", by: "ana", channel: "lounge" }).space;
    expect(can(accessOf(other), "gus", "message.post", "lounge", NOW)).toBe(false);
    expect(can(accessOf(space), "gus", "message.post", "lounge", NOW)).toBe(true);
  });
});
