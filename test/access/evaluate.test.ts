import {
  CAPABILITIES,
  type Capability,
  can,
  describeDecision,
  evaluate,
  ROLES,
  type RoleName,
  rankOf,
} from "chat-spaces/access";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, given } from "../helpers/spaces.js";

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
  ["slice.create", "discussion", ["host", "co-moderator"]],
  ["history.import", "discussion", ["host", "co-moderator"]],
];

describe("the five roles in the five kinds of channel", () => {
  test.each(TABLE)("%s in %s: %j", (capability, kind, allowed) => {
    for (const [role, member] of Object.entries(members)) {
      expect(can(space, { member, capability, channel: channels[kind] }), role).toBe(
        allowed.includes(role as RoleName),
      );
    }
  });

  test.each([
    ["space.configure", ["host"]],
    ["space.goLive", ["host"]],
    ["space.archive", ["host"]],
    ["duty.assign", ["host"]],
    ["channel.open", ["host", "co-moderator"]],
    ["member.invite", ["host", "co-moderator"]],
    ["member.remove", ["host", "co-moderator"]],
    ["role.assign", ["host", "co-moderator"]],
    ["link.create", ["host", "co-moderator"]],
    ["metrics.view", ["host", "co-moderator", "contributor"]],
  ] as const)("%s: %j", (capability, allowed) => {
    for (const [role, member] of Object.entries(members)) {
      expect(can(space, { member, capability }), role).toBe((allowed as readonly string[]).includes(role));
    }
  });
});

describe("every answer has its reason", () => {
  const ask = (member: string, capability: string, channel?: string, access = space) =>
    evaluate(access, { member, capability, channel });

  test("what grants it", () => {
    expect(ask("gus", "message.post", "lounge")).toEqual({
      effect: "allow",
      code: "GRANTED",
      by: [{ kind: "role", id: "guest" }],
    });
  });

  test("what does not", () => {
    expect(ask("gus", "message.post", "news")).toEqual({
      effect: "deny",
      code: "NOT_GRANTED",
      by: [
        { kind: "role", id: "guest" },
        { kind: "channel", id: "news" },
      ],
    });
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
    expect(ask("gus", "channel.view", "lounge", staged).code).toBe("SPACE_STAGING");
    expect(ask("cid", "message.post", "lounge", staged).effect).toBe("allow");
    // The role's own limits come first: they would still hold once the space is live.
    expect(ask("gus", "message.post", "news", staged).code).toBe("NOT_GRANTED");
  });

  test("an archived space and a closed channel can be read and not written", () => {
    const archived = { ...space, stage: "archived" } as const;
    expect(ask("ana", "message.post", "lounge", archived).code).toBe("SPACE_ARCHIVED");
    expect(ask("gus", "channel.view", "lounge", archived).effect).toBe("allow");
    const closed = given(space).and({ type: "channel.close", by: "ana", channel: "lounge" }).space;
    expect(ask("ana", "message.post", "lounge", closed).code).toBe("CHANNEL_CLOSED");
    expect(ask("gus", "channel.view", "lounge", closed).effect).toBe("allow");
  });

  test("in words", () => {
    const question = { member: "leo", capability: "message.post", channel: "news" };
    expect(describeDecision(question, evaluate(space, { ...question, member: "gus" }))).toBe(
      "leo may not message.post in news: the role guest does not grant it there",
    );
    expect(describeDecision(question, evaluate(space, question))).toMatch(/not a member/);
  });
});

describe("several roles give what any of them gives", () => {
  const roles = fc.subarray(Object.keys(ROLES), { minLength: 1 });
  const withRoles = (mine: readonly string[]) => ({
    ...space,
    members: { x: { id: "x", name: null, roles: mine, joinedAt: 0, invite: null, campaign: null } },
  });
  const question = fc.record({
    member: fc.constant("x"),
    capability: fc.constantFrom(...Object.keys(CAPABILITIES)),
    channel: fc.constantFrom(...Object.keys(space.channels)),
  });

  test("the union, in whatever order", () => {
    fc.assert(
      fc.property(roles, question, (mine, asked) => {
        const any = mine.some((role) => can(withRoles([role]), asked));
        expect(can(withRoles(mine), asked)).toBe(any);
        expect(can(withRoles([...mine].reverse()), asked)).toBe(any);
      }),
    );
  });

  test("one more never takes anything away", () => {
    fc.assert(
      fc.property(roles, fc.constantFrom(...Object.keys(ROLES)), question, (mine, more, asked) => {
        if (can(withRoles(mine), asked)) expect(can(withRoles([...mine, more]), asked)).toBe(true);
      }),
    );
  });

  test("a role nobody knows gives nothing and ranks below all", () => {
    expect(can(withRoles(["king"]), { member: "x", capability: "channel.view", channel: "lounge" })).toBe(
      false,
    );
    expect(rankOf({ roles: ["king"] })).toBe(-1);
  });
});
