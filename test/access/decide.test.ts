import {
  type CapabilityDefinition,
  can,
  compile,
  type Decision,
  type DecisionCode,
  decide,
  describeDecision,
  explain,
  type Question,
  type Snapshot,
} from "chat-spaces/access";
import { describe, expect, test } from "vitest";

const NOW = 1000;

/** A club of ana (who owns it), cora (who runs it), leo and gus, with a lounge for talk and a stage for shows. */
const club: Snapshot = {
  capabilities: {
    view: {},
    post: { requires: ["view"] },
    pin: { requires: ["post"] },
    edit: { requires: ["view"], own: "post" },
    sing: { kinds: ["show"] },
    configure: { scope: "space" },
    remove: { scope: "space", guard: "outrank" },
    demote: { scope: "space", guard: "appointed" },
    lock: { guard: "lock-holder" },
  },
  roles: {
    owner: { rank: 100, allow: [], bypass: true },
    mod: { rank: 50, allow: ["view", "post", "pin", "configure", "remove", "demote", "lock"] },
    member: { rank: 10, allow: ["view"], kinds: { talk: ["post"] } },
  },
  members: {
    ana: { roles: ["owner"], joinedAt: 0 },
    cora: { roles: ["mod"], joinedAt: 0 },
    leo: { roles: ["member"], joinedAt: 900 },
    gus: { roles: [] },
  },
  channels: { lounge: { kind: "talk" }, stage: { kind: "show" } },
};

function ask(question: Partial<Question>, rules: Snapshot = club): Decision {
  return decide(compile(rules), {
    member: "leo",
    capability: "post",
    channel: "lounge",
    at: NOW,
    ...question,
  });
}

function withLounge(settings: Partial<Snapshot["channels"][string]>): Snapshot {
  return { ...club, channels: { ...club.channels, lounge: { kind: "talk", ...settings } } };
}

function withLeo(data: Partial<Snapshot["members"][string]>, rules: Snapshot = club): Snapshot {
  const leo = { roles: ["member"], joinedAt: 900, ...data };
  return { ...rules, members: { ...rules.members, leo } };
}

/** Each code, from a question and the rules it is asked under, and what people read. */
const REASONS: readonly (readonly [DecisionCode, Partial<Question>, Snapshot, string])[] = [
  ["GRANTED", {}, club, "leo may post in lounge: the role member grants it"],
  ["BYPASSED", { member: "ana" }, club, "ana may post in lounge: the role owner may do everything"],
  [
    "OWN",
    { capability: "edit", own: true },
    club,
    "leo may edit in lounge: it is their own, and post is enough for that",
  ],
  [
    "NEEDS_APPROVAL",
    {},
    withLounge({ conditions: [{ kind: "approval", on: ["post"] }] }),
    "leo may, once somebody approves it, post in lounge: it needs the yes of somebody else",
  ],
  [
    "CAPABILITY_UNKNOWN",
    { capability: "fly" },
    club,
    "leo may not fly in lounge: there is no capability fly",
  ],
  [
    "NOT_A_MEMBER",
    { member: "zoe" },
    club,
    "zoe may not post in lounge: they are not a member of this space",
  ],
  ["MEMBERSHIP_ENDED", {}, withLeo({ until: NOW }), "leo may not post in lounge: their membership has ended"],
  ["CHANNEL_NEEDED", { channel: undefined }, club, "leo may not post: the question names no channel"],
  ["CHANNEL_UNKNOWN", { channel: "attic" }, club, "leo may not post in attic: there is no channel attic"],
  [
    "NOT_GRANTED",
    { channel: "stage" },
    club,
    "leo may not post in stage: the role member does not grant it there",
  ],
  ["NOT_GRANTED", { member: "gus" }, club, "gus may not post in lounge: they have no role"],
  [
    "DENIED",
    {},
    withLounge({ overrides: [{ subject: { role: "member" }, deny: ["post"] }] }),
    "leo may not post in lounge: the override for member in lounge denies it",
  ],
  [
    "LIMITED",
    {},
    withLeo({ limits: [{ ceiling: "mute" }] }, { ...club, ceilings: { mute: { removes: ["post"] } } }),
    "leo may not post in lounge: the ceiling mute on the member does not leave it",
  ],
  [
    "NOT_APPLICABLE",
    { capability: "sing", member: "ana" },
    club,
    "ana may not sing in lounge: there is no such thing in a channel of this kind",
  ],
  [
    "REQUIREMENT_MISSING",
    {},
    withLounge({ overrides: [{ subject: "everyone", deny: ["view"] }] }),
    "leo may not post in lounge: it takes view, which they lack",
  ],
  [
    "SLOW_MODE",
    { lastAt: NOW - 1 },
    withLounge({ conditions: [{ kind: "slow-mode", on: ["post"], every: 10 }] }),
    "leo may not post in lounge: they have just done it, and it is slowed down",
  ],
  [
    "TOO_LATE",
    { capability: "edit", own: true, madeAt: 0 },
    withLounge({ conditions: [{ kind: "time-limit", on: ["edit"], within: 10 }] }),
    "leo may not edit in lounge: too much time has passed",
  ],
  [
    "TOO_NEW",
    {},
    withLounge({ conditions: [{ kind: "age", of: "membership", on: ["post"], atLeast: 500 }] }),
    "leo may not post in lounge: they have not been here for long enough",
  ],
  [
    "CONTEXT_NEEDED",
    {},
    withLounge({ conditions: [{ kind: "slow-mode", on: ["post"], every: 10 }] }),
    "leo may not post in lounge: there is a condition on it, and the question does not say enough to look at it",
  ],
  [
    "TARGET_UNKNOWN",
    { member: "cora", capability: "remove", channel: undefined, target: "zoe" },
    club,
    "cora may not remove: zoe is not a member of this space",
  ],
  [
    "OUTRANKED",
    { member: "cora", capability: "remove", channel: undefined, target: "ana" },
    club,
    "cora may not remove: they do not outrank ana",
  ],
  [
    "NOT_APPOINTED",
    { member: "cora", capability: "demote", channel: undefined, target: "leo" },
    withLeo({ appointedBy: "ana" }),
    "cora may not demote: leo was not appointed by them",
  ],
  [
    "LOCKED",
    { member: "cora", capability: "lock" },
    withLounge({ lockedBy: "ana" }),
    "cora may not lock in lounge: it is locked by ana",
  ],
];

describe("every code, and its sentence", () => {
  test.each(REASONS)("%s", (code, question, rules, sentence) => {
    const decision = ask(question, rules);
    expect(decision.code).toBe(code);
    const whole = { member: "leo", capability: "post", channel: "lounge", ...question };
    expect(describeDecision(whole, decision)).toBe(sentence);
  });

  test("several roles that give it are all named, and several that do not", () => {
    const both: Snapshot = {
      ...club,
      roles: { ...club.roles, friend: { rank: 1, allow: ["view", "post"] } },
    };
    const question = { member: "leo", capability: "post", channel: "lounge" };
    const rules = withLeo({ roles: ["member", "friend"] }, both);
    expect(describeDecision(question, ask({}, rules))).toBe(
      "leo may post in lounge: the role friend, the role member grant it",
    );
    expect(describeDecision({ ...question, capability: "pin" }, ask({ capability: "pin" }, rules))).toBe(
      "leo may not pin in lounge: none of the role friend, the role member grants it there",
    );
  });

  test("what gives and what denies is named as the snapshot names it", () => {
    const say = (rules: Snapshot) =>
      describeDecision(
        { member: "leo", capability: "pin", channel: "lounge" },
        ask({ capability: "pin" }, rules),
      );
    expect(say(withLeo({ grants: [{ id: "gift", allow: ["pin"] }] }))).toMatch(/: the grant gift grants it$/);
    expect(say({ ...club, thresholds: { pin: 10 } })).toMatch(/: the rank 10 grants it$/);
    expect(say({ ...club, overrides: [{ subject: "everyone", allow: ["pin"] }] })).toMatch(
      /: the override for everyone in the space grants it$/,
    );
  });
});

describe("where it is answered", () => {
  test("what is about the space is the same from every channel, and needs none", () => {
    for (const channel of [undefined, "lounge", "stage", "attic"])
      expect(ask({ member: "cora", capability: "configure", channel }).effect).toBe("allow");
  });

  test("what is about both is about the channel where there is one, and about the space where there is none", () => {
    const both: Snapshot = {
      ...club,
      capabilities: { ...club.capabilities, pin: { scope: "both" } },
      channels: { lounge: { kind: "talk", overrides: [{ subject: { role: "mod" }, deny: ["pin"] }] } },
    };
    expect(ask({ member: "cora", capability: "pin", channel: undefined }, both).effect).toBe("allow");
    expect(ask({ member: "cora", capability: "pin" }, both).code).toBe("DENIED");
    expect(ask({ member: "cora", capability: "pin", channel: "attic" }, both).code).toBe("CHANNEL_UNKNOWN");
  });

  test("a channel has no say about the space", () => {
    const rules: Snapshot = {
      ...withLounge({
        overrides: [{ subject: "everyone", allow: ["configure"] }],
        thresholds: { configure: 0 },
      }),
      roles: { ...club.roles, member: { rank: 10, allow: [], kinds: { talk: ["configure"] } } },
    };
    expect(ask({ capability: "configure" }, rules).code).toBe("NOT_GRANTED");
    const granted = withLeo({ grants: [{ id: "g", allow: ["configure"], channel: "lounge" }] });
    expect(ask({ capability: "configure" }, granted).code).toBe("NOT_GRANTED");
  });

  test("what the space has to give for a thing in a channel counts there as it does in the space", () => {
    const rules: Snapshot = {
      ...club,
      capabilities: { ...club.capabilities, post: { requires: ["configure"] } },
      roles: { ...club.roles, member: { rank: 10, allow: ["post"], kinds: { talk: ["configure"] } } },
    };
    expect(ask({}, rules).code).toBe("REQUIREMENT_MISSING");
  });
});

describe("overrides", () => {
  const say = (who: "role" | "group" | "member", id: string, verb: "allow" | "deny", more: object = {}) => ({
    subject: { [who]: id } as { role: string },
    [verb]: ["post"],
    ...more,
  });
  const everyone = (verb: "allow" | "deny") => ({ subject: "everyone" as const, [verb]: ["post"] });

  test("for fewer people come after those for more", () => {
    const may = (...overrides: NonNullable<Snapshot["overrides"]>) =>
      ask({}, withLounge({ overrides })).effect;
    expect(may(everyone("deny"))).toBe("deny");
    expect(may(everyone("deny"), say("role", "member", "allow"))).toBe("allow");
    expect(may(everyone("deny"), say("role", "member", "allow"), say("member", "leo", "deny"))).toBe("deny");
    expect(may(say("member", "leo", "allow"), say("role", "member", "deny"))).toBe("allow");
  });

  test("of a channel come after those of its parents, and those after the space's", () => {
    const rules: Snapshot = {
      ...club,
      overrides: [say("member", "leo", "deny")],
      channels: {
        house: { kind: "talk", overrides: [everyone("allow")] },
        floor: { kind: "talk", parent: "house", overrides: [say("role", "member", "deny")] },
        lounge: { kind: "talk", parent: "floor", overrides: [everyone("allow")] },
        attic: { kind: "talk", parent: "floor" },
        alone: { kind: "talk" },
      },
    };
    const may = (channel: string) => ask({ channel }, rules).effect;
    expect([may("alone"), may("house"), may("floor"), may("lounge"), may("attic")]).toEqual([
      "deny",
      "allow",
      "deny",
      "allow",
      "deny",
    ]);
  });

  test("of a channel in a circle of parents come alone; those below a circle come after one of its channels", () => {
    const deny = [everyone("deny")];
    const rules: Snapshot = {
      ...club,
      channels: {
        egg: { kind: "talk", parent: "hen", overrides: deny },
        hen: { kind: "talk", parent: "egg" },
        self: { kind: "talk", parent: "self" },
        nest: { kind: "talk", parent: "egg" },
      },
    };
    for (const order of [
      ["egg", "hen", "self", "nest"],
      ["nest", "self", "hen", "egg"],
    ]) {
      const access = compile(rules);
      const may = new Map(order.map((channel) => [channel, can(access, "leo", "post", channel, NOW)]));
      expect(Object.fromEntries(may)).toEqual({ egg: false, hen: true, self: true, nest: false });
    }
  });

  describe("of several roles that collide", () => {
    const collide = (collisions: Snapshot["collisions"], lowSays: "allow" | "deny") => {
      const overrides = [
        say("role", "member", lowSays),
        say("role", "vip", lowSays === "allow" ? "deny" : "allow"),
      ];
      const rules: Snapshot = {
        ...withLounge({ overrides }),
        collisions,
        roles: { ...club.roles, vip: { rank: 20, allow: [] } },
      };
      return ask({}, withLeo({ roles: ["vip", "member"] }, rules)).effect;
    };

    test.each([
      [undefined, "allow", "allow"],
      [undefined, "deny", "allow"],
      ["allow-wins", "deny", "allow"],
      ["deny-wins", "allow", "deny"],
      ["deny-wins", "deny", "deny"],
      ["ranked", "allow", "deny"],
      ["ranked", "deny", "allow"],
    ] as const)("%s: the lower one's %s comes to %s", (collisions, lowSays, effect) => {
      expect(collide(collisions, lowSays)).toBe(effect);
    });

    test("ranked: of equals the last by id decides, and within one a deny", () => {
      const rules = (overrides: Snapshot["overrides"]): Snapshot => ({
        ...withLounge({ overrides }),
        collisions: "ranked",
        roles: { ...club.roles, zebra: { rank: 10, allow: [] } },
      });
      const may = (overrides: Snapshot["overrides"]) =>
        ask({}, withLeo({ roles: ["zebra", "member"] }, rules(overrides))).effect;
      expect(may([say("role", "zebra", "allow"), say("role", "member", "deny")])).toBe("allow");
      expect(may([say("role", "zebra", "deny"), say("role", "member", "allow")])).toBe("deny");
      expect(may([{ subject: { role: "zebra" }, allow: ["post"], deny: ["post"] }])).toBe("deny");
    });

    test("ranked: groups come before all roles", () => {
      const rules: Snapshot = {
        ...withLounge({ overrides: [say("role", "member", "allow"), say("group", "crew", "deny")] }),
        collisions: "ranked",
        groups: { crew: { members: ["leo"] } },
      };
      expect(ask({}, rules).effect).toBe("allow");
    });
  });

  test("what they allow brings with it what it implies; what they deny takes that alone", () => {
    const rules: Snapshot = {
      ...withLounge({ overrides: [{ subject: { member: "gus" }, allow: ["pin"] }] }),
      capabilities: {
        ...club.capabilities,
        pin: { requires: ["post"], implies: ["post"] },
        post: { implies: ["view"] },
      },
    };
    for (const capability of ["pin", "post", "view"])
      expect(ask({ member: "gus", capability }, rules).effect, capability).toBe("allow");
    const denied = { ...rules, channels: { lounge: { kind: "talk", overrides: [everyone("deny")] } } };
    expect(ask({ capability: "view" }, denied).effect).toBe("allow");
  });
});

describe("groups", () => {
  const rules = (groups: NonNullable<Snapshot["groups"]>): Snapshot => ({
    ...withLounge({ overrides: [{ subject: { group: "crew" }, deny: ["post"] }] }),
    groups,
  });

  test.each<readonly [string, NonNullable<Snapshot["groups"]>, boolean]>([
    ["a member", { crew: { members: ["leo"] } }, true],
    ["a role", { crew: { roles: ["member"] } }, true],
    ["a rank", { crew: { rank: 10 } }, true],
    ["a higher rank", { crew: { rank: 11 } }, false],
    ["everybody", { crew: "everyone" }, true],
    ["nobody", { crew: {} }, false],
    ["a group of groups", { crew: { groups: ["a"] }, a: { groups: ["b"] }, b: { members: ["leo"] } }, true],
    ["itself", { crew: { groups: ["crew"] } }, false],
    [
      "itself by way of another, and somebody",
      { crew: { groups: ["a"] }, a: { groups: ["crew"], rank: 1 } },
      true,
    ],
    ["a group that is not there", { crew: { groups: ["constructor"] } }, false],
    ["a role that is not there", { crew: { roles: ["king"] } }, false],
  ])("a group of %s", (_, groups, isIn) => {
    const king = withLeo({ roles: ["member", "king"] }, rules(groups));
    expect(ask({}, king).code).toBe(isIn ? "DENIED" : "GRANTED");
  });

  test("a group that is not there is nobody", () => {
    expect(ask({}, rules({})).effect).toBe("allow");
  });
});

describe("ranks", () => {
  test("whoever has at least the rank of a threshold has what it names, and what that implies", () => {
    const rules: Snapshot = { ...club, thresholds: { pin: 10, configure: 11 } };
    expect(ask({ capability: "pin" }, rules)).toMatchObject({
      code: "GRANTED",
      by: [{ kind: "rank", rank: 10 }],
    });
    expect(ask({ capability: "configure" }, rules).effect).toBe("deny");
    expect(ask({ capability: "configure" }, withLeo({ rank: 11 }, rules)).effect).toBe("allow");
  });

  test("a rank of one's own counts in the place of those of the roles, below them, too", () => {
    const target = { member: "cora", capability: "remove", channel: undefined, target: "leo" };
    expect(ask(target).effect).toBe("allow");
    expect(ask(target, withLeo({ rank: 50 })).code).toBe("OUTRANKED");
    expect(ask({ ...target, member: "leo", target: "cora" }, withLeo({ roles: ["mod"], rank: 1 })).code).toBe(
      "OUTRANKED",
    );
  });
});

describe("grants", () => {
  const gift = { id: "gift", allow: ["pin"] };
  const may = (grant: object, question: Partial<Question> = {}) =>
    ask({ capability: "pin", ...question }, withLeo({ grants: [{ ...gift, ...grant }] })).effect;

  test("hold in the space and in all channels, or in one", () => {
    expect(may({})).toBe("allow");
    expect(may({ channel: "lounge" })).toBe("allow");
    expect(may({ channel: "stage" })).toBe("deny");
    expect(may({ channel: "attic" })).toBe("deny");
  });

  test("that are bound hold while their giver has what they give, and no longer", () => {
    const bound = { bound: true, by: "cora" };
    expect(may(bound)).toBe("allow");
    expect(may({ bound: true, by: "gus" })).toBe("deny");
    expect(may({ bound: true, by: "nobody" })).toBe("deny");
    expect(may({ bound: true })).toBe("deny");
    expect(may({ by: "gus" })).toBe("allow");
    const demoted = { ...club.members, cora: { roles: ["member"] } };
    const rules = withLeo({ grants: [{ ...gift, ...bound }] });
    expect(
      ask({ capability: "pin" }, { ...rules, members: { ...rules.members, cora: demoted.cora } }).effect,
    ).toBe("deny");
  });

  test("that are bound to who leaves end with them, and the answer says when", () => {
    const leaving: Snapshot = {
      ...club,
      members: { ...club.members, cora: { roles: ["mod"], until: NOW + 5 } },
    };
    const rules = withLeo({ grants: [{ ...gift, bound: true, by: "cora" }] }, leaving);
    expect(ask({ capability: "pin" }, rules)).toMatchObject({ effect: "allow", validUntil: NOW + 5 });
    expect(ask({ capability: "pin", at: NOW + 5 }, rules).effect).toBe("deny");
    const access = compile(rules);
    expect(can(access, "leo", "pin", "lounge")).toBe(false);
    expect(can(access, "leo", "pin", "lounge", NOW)).toBe(true);
    expect(can(access, "leo", "pin", "lounge")).toBe(false);
  });

  test("nobody vouches for themselves, alone or in a circle", () => {
    const grants = (by: string) => [{ ...gift, by, bound: true }];
    const rules: Snapshot = {
      ...club,
      members: {
        ...club.members,
        leo: { roles: ["member"], grants: grants("gus") },
        gus: { roles: ["member"], grants: grants("leo") },
      },
    };
    expect(ask({ capability: "pin" }, rules).effect).toBe("deny");
    expect(ask({ capability: "pin" }, withLeo({ grants: grants("leo") })).effect).toBe("deny");
  });
});

describe("time", () => {
  const edges = (rules: Snapshot, question: Partial<Question> = {}) =>
    [99, 100, 150, 200, 201, undefined].map((at) => ask({ ...question, at }, rules).effect);
  const period = { from: 100, until: 200 };

  test("what gives does so from its first instant up to its last, without that", () => {
    const granted = withLeo({ grants: [{ id: "g", allow: ["pin"], ...period }] });
    const expected = ["deny", "allow", "allow", "deny", "deny", "deny"];
    expect(edges(granted, { capability: "pin" })).toEqual(expected);
    const allowed = withLounge({ overrides: [{ subject: "everyone", allow: ["pin"], ...period }] });
    expect(edges(allowed, { capability: "pin" })).toEqual(expected);
  });

  test("what takes away does so up to its last instant and in it", () => {
    const expected = ["allow", "deny", "deny", "deny", "allow", "deny"];
    expect(edges(withLounge({ overrides: [{ subject: "everyone", deny: ["post"], ...period }] }))).toEqual(
      expected,
    );
    const muted: Snapshot = { ...club, ceilings: { mute: { removes: ["post"] } } };
    expect(edges(withLeo({ limits: [{ ceiling: "mute", ...period }] }, muted))).toEqual(expected);
  });

  test("a membership that ends holds up to its end, and without an instant it does not count", () => {
    expect(edges(withLeo({ until: 200 }))).toEqual(["allow", "allow", "allow", "deny", "deny", "deny"]);
  });

  test("an answer says how long it holds", () => {
    const until = (at: number, rules: Snapshot) => ask({ at }, rules).validUntil;
    const rules = withLounge({ overrides: [{ subject: "everyone", deny: ["post"], ...period }] });
    expect([until(99, rules), until(100, rules), until(200, rules), until(201, rules)]).toEqual([
      100,
      201,
      201,
      null,
    ]);
    expect(until(150, withLeo({ until: 180 }))).toBe(180);
    expect(compile(rules).of("leo", "lounge", 99).validUntil).toBe(100);
  });

  test("one member in one place stays right until the condition on it is met", () => {
    const rules = withLounge({ conditions: [{ kind: "age", of: "membership", on: ["post"], atLeast: 500 }] });
    const leo = compile(rules).of("leo", "lounge", NOW);
    expect([leo.can("post"), leo.validUntil]).toEqual([false, 1400]);
  });
});

describe("ceilings", () => {
  const under = (ceiling: NonNullable<Snapshot["ceilings"]>[string], rules: Snapshot = club): Snapshot => ({
    ...rules,
    ceilings: { roof: ceiling },
    limits: [{ ceiling: "roof" }],
  });
  const who = (rules: Snapshot) =>
    ["ana", "cora", "leo"].filter((member) => ask({ member }, rules).effect === "allow");

  test.each<readonly [string, NonNullable<Snapshot["ceilings"]>[string], readonly string[]]>([
    ["keeps what it names", { keeps: ["view", "post"] }, ["ana", "cora", "leo"]],
    ["keeps nothing else", { keeps: ["view"] }, ["ana"]],
    ["removes what it names", { removes: ["post"] }, ["ana"]],
    ["removes nothing else", { removes: ["pin"] }, ["ana", "cora", "leo"]],
    ["removes of what it keeps", { keeps: ["view", "post"], removes: ["post"] }, ["ana"]],
    ["that says nothing removes everything", {}, ["ana"]],
    ["that removes nothing removes nothing", { removes: [] }, ["ana", "cora", "leo"]],
    ["that is hard is over those who bypass, too", { keeps: ["view"], hard: true }, []],
    ["that is hard spares whom it names", { keeps: [], hard: true, exempt: { members: ["ana"] } }, ["ana"]],
    ["spares a rank", { keeps: [], exempt: { rank: 50 } }, ["ana", "cora"]],
    ["spares everybody", { keeps: [], hard: true, exempt: "everyone" }, ["ana", "cora", "leo"]],
    ["that takes what is required takes what requires it", { removes: ["view"] }, ["ana"]],
  ])("one that %s", (_, ceiling, allowed) => {
    expect(who(under(ceiling))).toEqual(allowed);
  });

  test("one that nobody has defined takes everything from everybody", () => {
    expect(who({ ...club, limits: [{ ceiling: "constructor" }] })).toEqual([]);
  });

  test("one on a channel is over that channel alone, and says nothing about the space", () => {
    const rules: Snapshot = {
      ...withLounge({ limits: [{ ceiling: "roof" }] }),
      ceilings: { roof: { keeps: [] } },
    };
    rules satisfies Snapshot;
    expect(ask({ member: "cora" }, rules).code).toBe("LIMITED");
    expect(ask({ member: "cora", channel: "stage" }, rules).effect).toBe("allow");
    expect(ask({ member: "cora", capability: "configure" }, rules).effect).toBe("allow");
    const below = { ...rules, channels: { ...rules.channels, nook: { kind: "talk", parent: "lounge" } } };
    expect(ask({ channel: "nook" }, below).effect).toBe("allow");
  });

  test("two that are in the way are both named, hard or not, and in whatever order", () => {
    const limits = [{ ceiling: "soft" }, { ceiling: "hard" }];
    const ceilings = { soft: { keeps: [] }, hard: { keeps: [], hard: true } };
    const names = (list: typeof limits) =>
      ask({}, { ...club, ceilings, limits: list })
        .by.map((cause) => ("id" in cause ? cause.id : ""))
        .sort();
    expect(names(limits)).toEqual(["hard", "soft"]);
    expect(names([...limits].reverse())).toEqual(["hard", "soft"]);
  });
});

describe("requirements", () => {
  const needing = (capabilities: { readonly [name: string]: CapabilityDefinition }): Snapshot => ({
    capabilities,
    roles: { all: { rank: 1, allow: [], bypass: true }, some: { rank: 1, allow: ["a", "b"] } },
    members: { leo: { roles: ["all"] }, gus: { roles: ["some"] } },
    channels: { lounge: { kind: "talk" } },
  });

  test("go through others", () => {
    const rules = needing({ a: { requires: ["b"] }, b: { requires: ["c"] }, c: {} });
    expect(ask({ member: "gus", capability: "a" }, rules)).toMatchObject({
      code: "REQUIREMENT_MISSING",
      by: [{ kind: "capability", id: "c" }],
    });
  });

  test("that go round in a circle ask for all of it", () => {
    expect(
      ask({ member: "gus", capability: "a" }, needing({ a: { requires: ["b"] }, b: { requires: ["a"] } }))
        .effect,
    ).toBe("allow");
  });

  test.each([1, 31, 32, 33, 64])(
    "that do not exist are never met, by nobody, in a vocabulary of %i",
    (size) => {
      const names = Array.from({ length: size - 1 }, (_, i) => [`filler ${i}`, {}]);
      const rules = needing({ ...Object.fromEntries(names), a: { requires: ["ghost"] } });
      expect(ask({ capability: "a" }, rules).code).toBe("REQUIREMENT_MISSING");
      expect(can(compile(rules), "leo", "a", "lounge", NOW)).toBe(false);
    },
  );

  test("of one kind of channel hold there alone", () => {
    const rules = needing({ a: { requiresIn: { talk: ["c"] } }, b: {}, c: {} });
    const both = { ...rules, channels: { lounge: { kind: "talk" }, stage: { kind: "show" } } };
    expect(ask({ member: "gus", capability: "a" }, both).code).toBe("REQUIREMENT_MISSING");
    expect(ask({ member: "gus", capability: "a", channel: "stage" }, both).effect).toBe("allow");
  });
});

describe("conditions", () => {
  const slow = { kind: "slow-mode", on: ["post"], every: 10 } as const;
  const approval = { kind: "approval", on: ["post"] } as const;
  const aged = { kind: "age", of: "account", on: ["post"], atLeast: 100 } as const;

  test("slow mode passes who has never done it, or not for so long", () => {
    const code = (lastAt: number | null | undefined) =>
      ask({ lastAt }, withLounge({ conditions: [slow] })).code;
    expect([code(null), code(NOW - 10), code(NOW - 9), code(undefined)]).toEqual([
      "GRANTED",
      "GRANTED",
      "SLOW_MODE",
      "CONTEXT_NEEDED",
    ]);
    expect(ask({ lastAt: NOW - 9 }, withLounge({ conditions: [slow] })).validUntil).toBe(NOW + 1);
  });

  test("an age is that of the membership or of the account, and counts from its first instant", () => {
    const code = (accountAt: number | undefined) =>
      ask({ accountAt }, withLounge({ conditions: [aged] })).code;
    expect([code(900), code(901), code(undefined)]).toEqual(["GRANTED", "TOO_NEW", "CONTEXT_NEEDED"]);
    const member = { ...aged, of: "membership" } as const;
    expect(ask({}, withLounge({ conditions: [member] })).code).toBe("GRANTED");
    expect(ask({ at: 999 }, withLounge({ conditions: [member] })).code).toBe("TOO_NEW");
  });

  test("a time limit passes up to its end, without that", () => {
    const limited = withLounge({ conditions: [{ kind: "time-limit", on: ["edit"], within: 10 }] });
    const code = (madeAt: number | undefined) => ask({ capability: "edit", own: true, madeAt }, limited).code;
    expect([code(NOW - 9), code(NOW - 10), code(undefined)]).toEqual(["OWN", "TOO_LATE", "CONTEXT_NEEDED"]);
  });

  test("a no beats a maybe, which beats a yes, and only what says no is named", () => {
    const both = withLounge({ conditions: [approval, slow, aged] });
    expect(ask({ lastAt: null, accountAt: 0 }, both)).toMatchObject({
      effect: "pending",
      by: [{ kind: "condition", on: "channel", id: "approval" }],
    });
    expect(ask({ lastAt: NOW, accountAt: 0 }, both)).toMatchObject({
      effect: "deny",
      code: "SLOW_MODE",
      by: [{ kind: "condition", on: "channel", id: "slow-mode" }],
    });
  });

  test("those of the space hold in every channel, and nobody asks them of those exempt or those who bypass", () => {
    const rules: Snapshot = { ...club, conditions: [{ ...approval, exempt: { rank: 50 } }] };
    expect(["ana", "cora", "leo"].map((member) => ask({ member }, rules).effect)).toEqual([
      "allow",
      "allow",
      "pending",
    ]);
  });

  test("who lacks it anyway is told that, and not what else would be asked", () => {
    expect(ask({ channel: "stage" }, { ...club, conditions: [approval] }).code).toBe("NOT_GRANTED");
  });

  test("a plain yes or no is no while anything is left to look at", () => {
    expect(can(compile(withLounge({ conditions: [slow] })), "leo", "post", "lounge", NOW)).toBe(false);
    expect(can(compile(withLounge({ conditions: [approval] })), "leo", "post", "lounge", NOW)).toBe(false);
  });
});

describe("guards", () => {
  const demote = (member: string, target: string, rules: Snapshot) =>
    ask({ member, capability: "demote", channel: undefined, target }, rules).effect;

  test("whoever has appointed somebody, directly or through others, may act on them", () => {
    const line: Snapshot = {
      ...club,
      members: {
        ana: { roles: ["owner"] },
        cora: { roles: ["mod"], appointedBy: "ana" },
        leo: { roles: ["mod"], appointedBy: "cora" },
        gus: { roles: ["mod"], appointedBy: "leo" },
      },
    };
    expect([demote("cora", "leo", line), demote("cora", "gus", line), demote("leo", "cora", line)]).toEqual([
      "allow",
      "allow",
      "deny",
    ]);
    expect(demote("ana", "gus", line)).toBe("allow");
    const circle: Snapshot = {
      ...line,
      members: { ...line.members, leo: { roles: ["mod"], appointedBy: "gus" } },
    };
    expect(demote("cora", "gus", circle)).toBe("deny");
  });

  test("who has been appointed by nobody is acted on by rank", () => {
    expect([demote("cora", "leo", club), demote("cora", "ana", club)]).toEqual(["allow", "deny"]);
  });

  test("nobody needs to outrank themselves", () => {
    expect(demote("cora", "cora", club)).toBe("allow");
  });

  test("some things are never done to those who bypass", () => {
    const rules: Snapshot = {
      ...club,
      capabilities: { ...club.capabilities, hush: { scope: "space", sparesBypass: true } },
    };
    const hush = (target: string) =>
      ask({ member: "ana", capability: "hush", channel: undefined, target }, rules).code;
    expect([hush("leo"), hush("zoe")]).toEqual(["BYPASSED", "TARGET_UNKNOWN"]);
    const two = { ...rules, members: { ...rules.members, leo: { roles: ["owner"] } } };
    expect(ask({ member: "ana", capability: "hush", target: "leo" }, two).code).toBe("OUTRANKED");
  });

  test("a lock keeps out all but its holder and those above, for a plain yes or no, too", () => {
    const rules = (lockedBy: string) => compile(withLounge({ lockedBy }));
    const may = (member: string, lockedBy: string) => can(rules(lockedBy), member, "lock", "lounge", NOW);
    expect([may("cora", "cora"), may("cora", "leo"), may("cora", "ana"), may("ana", "cora")]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    // Whose holder has gone is opened by those who bypass.
    expect([may("cora", "gone"), may("ana", "gone")]).toEqual([false, true]);
  });
});

describe("ways to a yes", () => {
  const ways = (question: Partial<Question>, rules: Snapshot) =>
    explain(compile(rules), { member: "leo", capability: "post", channel: "lounge", at: NOW, ...question })
      .wouldAllow;

  test("none are needed where it is one", () => {
    expect(ways({}, club)).toEqual([]);
  });

  test("an override for the member alone, or a role that brings it", () => {
    expect(ways({ capability: "pin" }, club)).toEqual([
      [
        {
          type: "override.set",
          channel: "lounge",
          subject: { member: "leo" },
          overrides: [{ allow: ["pin"] }],
        },
      ],
      [{ type: "role.assign", member: "leo", roles: ["member", "mod"] }],
    ]);
  });

  test("a higher role, where it is somebody's rank that is in the way", () => {
    const steward = { rank: 60, allow: [] };
    const rules = { ...club, roles: { ...club.roles, steward } };
    const removal = { member: "cora", capability: "remove", channel: undefined, target: "leo" };
    expect(ways(removal, { ...rules, members: { ...club.members, leo: { roles: ["mod"] } } })).toEqual([
      [{ type: "role.assign", member: "cora", roles: ["mod", "steward"] }],
    ]);
  });

  test("taking a ceiling off", () => {
    const muted = withLeo(
      { limits: [{ ceiling: "mute" }] },
      { ...club, ceilings: { mute: { removes: ["post"] } } },
    );
    expect(ways({}, muted)).toEqual([[{ type: "limit.lift", member: "leo", ceiling: "mute" }]]);
  });

  test("waiting, and a yes of somebody else", () => {
    const slow = withLounge({ conditions: [{ kind: "slow-mode", on: ["post"], every: 10 }] });
    expect(ways({ lastAt: NOW }, slow)).toEqual([[{ type: "wait", until: NOW + 10 }]]);
    expect(ways({}, withLounge({ conditions: [{ kind: "approval", on: ["post"] }] }))).toEqual([
      [{ type: "approve" }],
    ]);
  });

  test("what will be in the way by then has to go, too", () => {
    const rules: Snapshot = {
      ...withLounge({ conditions: [{ kind: "slow-mode", on: ["post"], every: 10 }] }),
      ceilings: { mute: { removes: ["post"] } },
    };
    expect(ways({ lastAt: NOW }, withLeo({ limits: [{ ceiling: "mute", from: NOW + 5 }] }, rules))).toEqual([
      [
        { type: "limit.lift", member: "leo", ceiling: "mute" },
        { type: "wait", until: NOW + 10 },
      ],
    ]);
    expect(ways({ lastAt: NOW }, withLeo({ until: NOW + 10 }, rules))).toEqual([]);
  });

  test("there are none where nothing that can be changed is missing", () => {
    expect(ways({ capability: "fly" }, club)).toEqual([]);
    expect(ways({ member: "zoe" }, club)).toEqual([]);
    expect(ways({ capability: "sing" }, club)).toEqual([]);
    expect(ways({ member: "cora", capability: "remove", target: "ana" }, club)).toEqual([]);
    expect(ways({}, withLeo({ until: NOW }))).toEqual([]);
  });
});
