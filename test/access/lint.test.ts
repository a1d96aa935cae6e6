import {
  type AccessMember,
  accessOf,
  applyChange,
  type Change,
  can,
  checkChange,
  compile,
  POWERS,
  type Snapshot,
  update,
} from "chat-spaces/access";
import { type Finding, LINTS, type LintCode, lint, type Part } from "chat-spaces/analysis";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, given, NOW } from "../helpers/spaces.js";
import { INSTANTS, instant, snapshot as snapshots } from "./arbitraries.js";

/** A space with nothing to find in it: a host, a fan, and a channel that the fan can read and write in. */
const PLAIN = {
  capabilities: {
    view: {},
    post: { requires: ["view"] },
    assign: { scope: "space", guard: "outrank" },
  },
  roles: {
    host: { rank: 2, allow: [], bypass: true },
    fan: { rank: 0, allow: ["view", "post"] },
  },
  members: { ana: { roles: ["host"] }, leo: { roles: ["fan"] } },
  channels: { lounge: { kind: "talk" } },
  powers: { "role.assign": "assign" },
} as const satisfies Snapshot;

/** A second role that is between the two, and may assign roles. */
const WITH_MOD = {
  ...PLAIN,
  roles: { ...PLAIN.roles, mod: { rank: 1, allow: ["view", "post", "assign"] } },
  members: { ...PLAIN.members, cora: { roles: ["mod"] } },
} as const satisfies Snapshot;

const leo = (more: Partial<AccessMember>): Snapshot => ({
  ...PLAIN,
  members: { ...PLAIN.members, leo: { roles: ["fan"], ...more } },
});
const lounge = (more: Partial<Snapshot["channels"][string]>): Snapshot => ({
  ...PLAIN,
  channels: { lounge: { kind: "talk", ...more } },
});

type Case = {
  readonly code: LintCode;
  readonly name: string;
  readonly bad: Snapshot;
  readonly about: Part;
  readonly by?: readonly Part[];
  readonly from?: number;
  /** The same without what is to be found. Default: the plain space. */
  readonly good?: Snapshot;
  readonly at?: number;
};

const CASES: readonly Case[] = [
  {
    code: "CAPABILITY_UNKNOWN",
    name: "in a role",
    bad: { ...PLAIN, roles: { ...PLAIN.roles, fan: { rank: 0, allow: ["view", "post", "psot"] } } },
    about: { kind: "role", id: "fan" },
    by: [{ kind: "capability", id: "psot" }],
  },
  {
    code: "CAPABILITY_UNKNOWN",
    name: "as a requirement",
    bad: { ...PLAIN, capabilities: { ...PLAIN.capabilities, view: { requires: ["toString"] } } },
    about: { kind: "capability", id: "view" },
    by: [{ kind: "capability", id: "toString" }],
  },
  {
    code: "CAPABILITY_UNKNOWN",
    name: "as a power",
    bad: { ...PLAIN, powers: { "role.define": "define" } },
    about: { kind: "power", change: "role.define" },
    by: [{ kind: "capability", id: "define" }],
  },
  {
    code: "CAPABILITY_UNKNOWN",
    name: "in a threshold",
    bad: { ...PLAIN, thresholds: { x: 0 } },
    about: { kind: "threshold", channel: null, capability: "x" },
    good: { ...PLAIN, thresholds: { post: 0 } },
  },
  {
    code: "CAPABILITY_UNKNOWN",
    name: "in a condition",
    bad: lounge({ conditions: [{ kind: "approval", on: ["x"] }] }),
    about: { kind: "condition", channel: "lounge", index: 0 },
    good: lounge({ conditions: [{ kind: "approval", on: ["post"] }] }),
  },
  {
    code: "CAPABILITY_UNKNOWN",
    name: "in a ceiling",
    bad: { ...PLAIN, ceilings: { mute: { removes: ["x"] } } },
    about: { kind: "ceiling", id: "mute" },
    good: { ...PLAIN, ceilings: { mute: { removes: ["post"] } } },
  },
  {
    code: "ROLE_UNKNOWN",
    name: "of a member",
    bad: leo({ roles: ["fan", "fna"] }),
    about: { kind: "member", id: "leo" },
    by: [{ kind: "role", id: "fna" }],
  },
  {
    code: "ROLE_UNKNOWN",
    name: "of an override",
    bad: { ...PLAIN, overrides: [{ subject: { role: "fna" }, deny: ["post"] }] },
    about: { kind: "override", channel: null, subject: { role: "fna" }, index: 0 },
    by: [{ kind: "role", id: "fna" }],
    good: { ...PLAIN, overrides: [{ subject: { role: "fan" }, deny: ["post"] }] },
  },
  {
    code: "GROUP_UNKNOWN",
    name: "in a group",
    bad: { ...PLAIN, groups: { all: { groups: ["some"] } } },
    about: { kind: "group", id: "all" },
    by: [{ kind: "group", id: "some" }],
    good: { ...PLAIN, groups: { all: { groups: ["some"] }, some: { roles: ["fan"] } } },
  },
  {
    code: "CHANNEL_UNKNOWN",
    name: "of a grant",
    bad: leo({ grants: [{ id: "g", allow: ["assign"], channel: "attic" }] }),
    about: { kind: "grant", member: "leo", id: "g" },
    by: [{ kind: "channel", id: "attic" }],
  },
  {
    code: "CHANNEL_UNKNOWN",
    name: "as a parent",
    bad: lounge({ parent: "attic" }),
    about: { kind: "channel", id: "lounge" },
    by: [{ kind: "channel", id: "attic" }],
  },
  {
    code: "CEILING_UNKNOWN",
    name: "on a member",
    bad: leo({ limits: [{ ceiling: "mute" }] }),
    about: { kind: "limit", member: "leo", channel: null, index: 0 },
    by: [{ kind: "ceiling", id: "mute" }],
    good: { ...leo({ limits: [{ ceiling: "mute" }] }), ceilings: { mute: { removes: ["post"] } } },
  },
  {
    code: "MEMBER_UNKNOWN",
    name: "of an override",
    bad: lounge({ overrides: [{ subject: { member: "gus" }, deny: ["post"] }] }),
    about: { kind: "override", channel: "lounge", subject: { member: "gus" }, index: 0 },
    by: [{ kind: "member", id: "gus" }],
    good: lounge({ overrides: [{ subject: { member: "leo" }, deny: ["post"] }] }),
  },
  {
    code: "GROUP_CYCLE",
    name: "through another",
    bad: {
      ...PLAIN,
      groups: { a: { groups: ["b"] }, b: { groups: ["a"], roles: ["fan"] }, c: { groups: ["a"] } },
    },
    about: { kind: "group", id: "a" },
    by: [{ kind: "group", id: "b" }],
    good: { ...PLAIN, groups: { a: { groups: ["b"] }, b: { roles: ["fan"] }, c: { groups: ["a", "b"] } } },
  },
  {
    code: "PARENT_CYCLE",
    name: "of a channel with itself",
    bad: lounge({ parent: "lounge" }),
    about: { kind: "channel", id: "lounge" },
  },
  {
    code: "REQUIRES_CYCLE",
    name: "of two",
    bad: { ...PLAIN, capabilities: { ...PLAIN.capabilities, view: { requires: ["post"] } } },
    about: { kind: "capability", id: "view" },
    by: [{ kind: "capability", id: "post" }],
  },
  {
    code: "ROLE_UNUSED",
    name: "that nobody has",
    bad: { ...PLAIN, roles: { ...PLAIN.roles, press: { rank: 0, allow: ["view"] } } },
    about: { kind: "role", id: "press" },
  },
  {
    code: "OVERRIDE_DEAD",
    name: "that allows what everybody has anyway",
    bad: lounge({ overrides: [{ subject: { role: "fan" }, allow: ["post"] }] }),
    about: { kind: "override", channel: "lounge", subject: { role: "fan" }, index: 0 },
    good: {
      ...lounge({ overrides: [{ subject: { role: "lurker" }, allow: ["post"] }] }),
      // Nobody has it yet; whoever will, can post.
      roles: { ...PLAIN.roles, lurker: { rank: 0, allow: ["view"] } },
    },
  },
  {
    code: "OVERRIDE_DEAD",
    name: "that denies what nobody has",
    bad: { ...PLAIN, overrides: [{ subject: "everyone", deny: ["assign"] }] },
    about: { kind: "override", channel: null, subject: "everyone", index: 0 },
    good: {
      ...WITH_MOD,
      overrides: [{ subject: "everyone", deny: ["assign"] }],
    },
  },
  {
    code: "OVERRIDE_DEAD",
    name: "for a role that bypasses",
    bad: lounge({ overrides: [{ subject: { role: "host" }, deny: ["post"] }] }),
    about: { kind: "override", channel: "lounge", subject: { role: "host" }, index: 0 },
    good: {
      // A role that is there to take away, from whoever has another beside it.
      ...lounge({ overrides: [{ subject: { role: "muted" }, deny: ["post"] }] }),
      roles: { ...PLAIN.roles, muted: { rank: 0, allow: [] } },
    },
  },
  {
    code: "OVERRIDE_DEAD",
    name: "that a ceiling does not make so",
    bad: {
      ...lounge({ overrides: [{ subject: { role: "fan" }, deny: ["assign"] }] }),
      limits: [{ ceiling: "closed" }],
      ceilings: { closed: { keeps: [], hard: true } },
    },
    about: { kind: "override", channel: "lounge", subject: { role: "fan" }, index: 0 },
    good: {
      ...lounge({ overrides: [{ subject: { role: "fan" }, deny: ["post"] }] }),
      limits: [{ ceiling: "closed" }],
      ceilings: { closed: { keeps: [], hard: true } },
    },
  },
  {
    code: "OVERRIDE_SHADOWED",
    name: "by a later tier",
    bad: {
      ...lounge({
        overrides: [
          { subject: "everyone", allow: ["post"] },
          { subject: { role: "lurker" }, deny: ["post"] },
        ],
      }),
      roles: { ...PLAIN.roles, lurker: { rank: 0, allow: ["view"] } },
    },
    about: { kind: "override", channel: "lounge", subject: "everyone", index: 0 },
    by: [{ kind: "override", channel: "lounge", subject: { role: "lurker" }, index: 1 }],
    good: {
      ...lounge({ overrides: [{ subject: "everyone", allow: ["post"] }] }),
      roles: { ...PLAIN.roles, lurker: { rank: 0, allow: ["view"] } },
    },
  },
  {
    code: "OVERRIDE_SHADOWED",
    name: "by another for the same subject, and of two that say the same only one",
    bad: lounge({
      overrides: [
        { subject: { member: "leo" }, deny: ["post"] },
        { subject: { member: "leo" }, deny: ["post"] },
      ],
    }),
    about: { kind: "override", channel: "lounge", subject: { member: "leo" }, index: 0 },
    by: [{ kind: "override", channel: "lounge", subject: { member: "leo" }, index: 1 }],
    good: lounge({
      overrides: [
        { subject: { member: "leo" }, deny: ["post"], until: 10 },
        { subject: { member: "leo" }, deny: ["post"], from: 20 },
      ],
    }),
  },
  {
    code: "OVERRIDE_SHADOWED",
    name: "by one of the channel below",
    bad: {
      ...PLAIN,
      capabilities: { ...PLAIN.capabilities, draw: { kinds: ["board"] } },
      roles: { ...PLAIN.roles, fan: { rank: 0, allow: ["view", "post", "draw"] } },
      channels: {
        upstairs: { kind: "floor", overrides: [{ subject: { role: "fan" }, deny: ["draw"] }] },
        studio: {
          kind: "board",
          parent: "upstairs",
          overrides: [{ subject: { role: "fan" }, allow: ["draw"] }],
        },
      },
    },
    about: { kind: "override", channel: "upstairs", subject: { role: "fan" }, index: 0 },
    by: [{ kind: "override", channel: "studio", subject: { role: "fan" }, index: 0 }],
    good: {
      ...PLAIN,
      capabilities: { ...PLAIN.capabilities, draw: { kinds: ["board"] } },
      roles: { ...PLAIN.roles, fan: { rank: 0, allow: ["view", "post", "draw"] } },
      channels: {
        upstairs: { kind: "floor", overrides: [{ subject: { role: "fan" }, deny: ["draw"] }] },
        studio: { kind: "board", parent: "upstairs" },
      },
    },
  },
  {
    code: "GRANT_DEAD",
    name: "that gives what the roles give",
    bad: leo({ grants: [{ id: "g", allow: ["post"] }] }),
    about: { kind: "grant", member: "leo", id: "g" },
    good: leo({ grants: [{ id: "g", allow: ["assign"] }] }),
  },
  {
    code: "CAPABILITY_UNREACHABLE",
    name: "where nothing gives it",
    bad: { ...PLAIN, roles: { fan: { rank: 0, allow: ["view"] } }, members: { leo: { roles: ["fan"] } } },
    about: { kind: "capability", id: "post" },
    good: {
      ...PLAIN,
      roles: { fan: { rank: 0, allow: ["view"] } },
      members: { leo: { roles: ["fan"], grants: [{ id: "g", allow: ["assign"] }] } },
      thresholds: { post: 0 },
    },
  },
  {
    code: "CAPABILITY_UNREACHABLE",
    name: "where nothing gives what it requires with it",
    bad: {
      ...PLAIN,
      roles: { fan: { rank: 0, allow: ["view"], kinds: { talk: ["pin"] } }, host: PLAIN.roles.host },
      capabilities: {
        ...PLAIN.capabilities,
        draw: { kinds: ["board"] },
        pin: { kinds: ["talk"], requires: ["draw"] },
      },
    },
    about: { kind: "capability", id: "pin" },
    by: [{ kind: "capability", id: "draw" }],
    good: {
      ...PLAIN,
      capabilities: {
        ...PLAIN.capabilities,
        draw: { kinds: ["board"] },
        pin: { kinds: ["board"], requires: ["draw"] },
      },
    },
  },
  {
    code: "THRESHOLD_ABOVE_ALL",
    name: "that nobody reaches",
    bad: { ...PLAIN, thresholds: { post: 3 } },
    about: { kind: "threshold", channel: null, capability: "post" },
    good: { ...PLAIN, thresholds: { post: 2 } },
  },
  {
    code: "THRESHOLD_BELOW_ALL",
    name: "that everybody is above",
    bad: lounge({ thresholds: { post: -1 } }),
    about: { kind: "threshold", channel: "lounge", capability: "post" },
    good: lounge({ thresholds: { post: 0 } }),
  },
  {
    code: "WINDOW_NEVER_OPENS",
    name: "of a grant",
    bad: leo({ grants: [{ id: "g", allow: ["assign"], from: 5, until: 5 }] }),
    about: { kind: "grant", member: "leo", id: "g" },
    good: leo({ grants: [{ id: "g", allow: ["assign"], from: 5, until: 6 }] }),
  },
  {
    code: "WINDOW_NEVER_OPENS",
    name: "of an override, which still denies at the instant of its end",
    bad: lounge({ overrides: [{ subject: "everyone", deny: ["post"], from: 5, until: 4 }] }),
    about: { kind: "override", channel: "lounge", subject: "everyone", index: 0 },
    good: lounge({ overrides: [{ subject: "everyone", deny: ["post"], from: 5, until: 5 }] }),
  },
  {
    code: "WINDOW_OVER",
    name: "of a limit",
    bad: { ...leo({ limits: [{ ceiling: "mute", until: 9 }] }), ceilings: { mute: { removes: ["post"] } } },
    about: { kind: "limit", member: "leo", channel: null, index: 0 },
    good: { ...leo({ limits: [{ ceiling: "mute", until: 10 }] }), ceilings: { mute: { removes: ["post"] } } },
    at: 10,
  },
  {
    code: "WINDOW_OVER",
    name: "of a membership",
    bad: leo({ until: 10 }),
    about: { kind: "member", id: "leo" },
    good: leo({ until: 11 }),
    at: 10,
  },
  {
    code: "LOCKED_OUT",
    name: "where nobody has any power",
    bad: { ...PLAIN, members: { leo: { roles: ["fan"] } } },
    about: { kind: "space" },
    good: { ...WITH_MOD, members: { cora: { roles: ["mod"] } } },
  },
  {
    code: "LOCKED_OUT",
    name: "from the day on which the last host leaves",
    bad: { ...PLAIN, members: { ...PLAIN.members, ana: { roles: ["host"], until: 20 } } },
    about: { kind: "space" },
    from: 20,
    good: { ...WITH_MOD, members: { ...WITH_MOD.members, ana: { roles: ["host"], until: 20 } } },
    at: 10,
  },
  {
    code: "RANKED_WITH_BYPASS",
    name: "of a role",
    bad: { ...PLAIN, roles: { ...PLAIN.roles, fan: { ...PLAIN.roles.fan, rank: 2 } } },
    about: { kind: "role", id: "fan" },
    by: [{ kind: "role", id: "host" }],
    good: { ...PLAIN, roles: { ...PLAIN.roles, fan: { ...PLAIN.roles.fan, rank: 1 } } },
  },
  {
    code: "RANKED_WITH_BYPASS",
    name: "of a member",
    bad: leo({ rank: 2 }),
    about: { kind: "member", id: "leo" },
    by: [{ kind: "role", id: "host" }],
    good: leo({ rank: 1 }),
  },
  {
    code: "BYPASS_ASSIGNABLE",
    name: "by a moderator of a higher rank who lacks nothing",
    bad: { ...WITH_MOD, roles: { ...WITH_MOD.roles, mod: { ...WITH_MOD.roles.mod, rank: 3 } } },
    about: { kind: "role", id: "host" },
    by: [{ kind: "role", id: "mod" }],
    good: WITH_MOD,
  },
  {
    code: "BYPASS_ASSIGNABLE",
    name: "by whoever reaches a threshold",
    bad: {
      ...PLAIN,
      thresholds: { view: 3, post: 3, assign: 3 },
      members: { ...PLAIN.members, leo: { roles: ["fan"], rank: 3 } },
    },
    about: { kind: "role", id: "host" },
    by: [{ kind: "member", id: "leo" }],
    good: {
      ...PLAIN,
      thresholds: { view: 1, post: 1, assign: 1 },
      members: { ...PLAIN.members, leo: { roles: ["fan"], rank: 1 } },
    },
  },
  {
    code: "POWER_FOR_EVERYONE",
    name: "by an override",
    bad: { ...PLAIN, overrides: [{ subject: "everyone", allow: ["assign"] }] },
    about: { kind: "power", change: "role.assign" },
    by: [{ kind: "override", channel: null, subject: "everyone", index: 0 }],
    good: { ...PLAIN, overrides: [{ subject: { role: "fan" }, allow: ["assign"] }] },
  },
  {
    code: "POWER_FOR_EVERYONE",
    name: "by a threshold",
    bad: { ...PLAIN, thresholds: { assign: 0 } },
    about: { kind: "power", change: "role.assign" },
    by: [{ kind: "threshold", channel: null, capability: "assign" }],
    good: { ...PLAIN, thresholds: { assign: 1 } },
  },
  {
    code: "POWER_FOR_EVERYONE",
    name: "by every role",
    bad: {
      ...WITH_MOD,
      roles: { ...WITH_MOD.roles, fan: { rank: 0, allow: ["view", "post", "assign"] } },
    },
    about: { kind: "power", change: "role.assign" },
    by: [
      { kind: "role", id: "fan" },
      { kind: "role", id: "mod" },
    ],
    good: WITH_MOD,
  },
  {
    code: "COALITION_GAINS",
    name: "by giving what another's capability requires",
    bad: {
      ...WITH_MOD,
      roles: {
        ...WITH_MOD.roles,
        fan: { rank: 0, allow: ["post"] },
        mod: { rank: 1, allow: ["view", "assign"] },
      },
      powers: { "grant.give": "assign" },
    },
    about: { kind: "role", id: "fan" },
    by: [
      { kind: "capability", id: "post" },
      { kind: "role", id: "mod" },
    ],
    good: {
      ...WITH_MOD,
      roles: { ...WITH_MOD.roles, fan: { rank: 0, allow: ["post"] } },
      powers: { "grant.give": "assign" },
    },
  },
];

const of = (code: LintCode, findings: readonly Finding[]) => findings.filter((one) => one.code === code);

describe("each finding, and the same without what is to be found", () => {
  test.each(CASES)("$code $name", ({ code, bad, about, by, from, good = PLAIN, at }) => {
    const found = of(code, lint(bad, at));
    expect(found[0]).toMatchObject({ code, level: LINTS[code].level, about, ...(by && { by }) });
    expect(found[0]?.from).toBe(from);
    expect(found[0]?.message).toMatch(/^[A-Za-z].{10,}\.$/);
    expect(of(code, lint(good, at))).toEqual([]);
  });

  test("every code is among them, and says what to do", () => {
    expect([...new Set(CASES.map(({ code }) => code))].sort()).toEqual(Object.keys(LINTS).sort());
    for (const { means, todo } of Object.values(LINTS)) {
      expect(means).toMatch(/^[A-Z].{20,}\.$/);
      expect(todo).toMatch(/^[A-Z].{10,}\.$/);
    }
  });
});

describe("nothing is found", () => {
  test("in plain spaces", () => {
    expect(lint(PLAIN)).toEqual([]);
    expect(lint(WITH_MOD)).toEqual([]);
  });

  test("in spaces of the built-in roles, at whatever stage", () => {
    const space = aSpace();
    for (const stage of ["staging", "live", "archived"] as const) {
      expect(lint(accessOf({ ...space, stage }), NOW)).toEqual([]);
      expect(lint(accessOf({ ...space, stage }))).toEqual([]);
    }
    const alone = { ...space, members: { ana: space.members["ana"]! }, channels: {} };
    expect(lint(accessOf(alone), NOW)).toEqual([]);
  });

  test("in a space in which somebody was timed out and may post elsewhere", () => {
    const space = given(aSpace()).space;
    const gus = { ...space.members["gus"]!, limits: [{ ceiling: "timeout", until: NOW + 1000 }] };
    const news = {
      ...space.channels["news"]!,
      overrides: [{ subject: { member: "gus" }, allow: ["message.post"] }],
    };
    const used = {
      ...space,
      members: { ...space.members, gus },
      channels: { ...space.channels, news },
    };
    expect(lint(accessOf(used), NOW)).toEqual([]);
    expect(lint(accessOf(used), NOW + 1001).map(({ code }) => code)).toEqual(["WINDOW_OVER"]);
  });
});

test("a way to gain by helping each other is one that checkChange leaves open", () => {
  const { bad } = CASES.find(({ code }) => code === "COALITION_GAINS")!;
  const access = compile(bad);
  const change: Change = { type: "grant.give", member: "leo", grant: { id: "g", allow: ["view"] } };
  expect(["leo", "cora"].map((member) => can(access, member, "post", "lounge"))).toEqual([false, false]);
  expect(checkChange(access, "cora", change)).toEqual({ ok: true });
  expect(can(compile(applyChange(bad, change)), "leo", "post", "lounge")).toBe(true);
});

test("where several roles together do it, it is about the member who has them", () => {
  const findings = lint({
    ...WITH_MOD,
    roles: {
      ...WITH_MOD.roles,
      mod: { rank: 3, allow: ["assign"] },
      fan: { rank: 0, allow: ["view", "post"] },
    },
    members: { ...WITH_MOD.members, cora: { roles: ["mod", "fan"] } },
  });
  expect(of("BYPASS_ASSIGNABLE", findings)[0]?.by).toEqual([{ kind: "member", id: "cora" }]);
});

test("a bypass role that is reported may indeed be handed out by somebody who does not bypass", () => {
  const { bad } = CASES.find(({ code }) => code === "BYPASS_ASSIGNABLE")!;
  const change: Change = { type: "role.assign", member: "leo", roles: ["host"] };
  expect(checkChange(compile(bad), "cora", change)).toEqual({ ok: true });
  expect(checkChange(compile(WITH_MOD), "cora", change).ok).toBe(false);
});

test("a snapshot or an access, it says the same, and leaves both as they were", () => {
  const { bad } = CASES[0]!;
  const copy = structuredClone(bad);
  const access = compile(bad);
  expect(lint(access)).toEqual(lint(bad));
  expect(bad).toEqual(copy);
});

describe("what is said is true", { timeout: 30_000 }, () => {
  /** With the powers that make a change possible at all. */
  const powered = snapshots.map(
    (snapshot): Snapshot => ({
      ...snapshot,
      powers: { "role.assign": "configure", "override.set": "moderate", "grant.give": "invite" },
    }),
  );

  /** The snapshot without what these findings are about. */
  function without(snapshot: Snapshot, ...gone: readonly Finding[]): Snapshot {
    const isGone = (part: Part) => gone.some(({ about }) => JSON.stringify(about) === JSON.stringify(part));
    const rest = (channel: string | null, { overrides = [] }: Pick<Snapshot, "overrides">) =>
      overrides.filter(({ subject }, index) => !isGone({ kind: "override", channel, subject, index }));
    return {
      ...snapshot,
      overrides: rest(null, snapshot),
      channels: Object.fromEntries(
        Object.entries(snapshot.channels).map(([id, one]) => [id, { ...one, overrides: rest(id, one) }]),
      ),
      members: Object.fromEntries(
        Object.entries(snapshot.members).map(([member, { grants = [], ...one }]) => [
          member,
          { ...one, grants: grants.filter(({ id }) => !isGone({ kind: "grant", member, id })) },
        ]),
      ),
    };
  }

  /** Everything that everybody may do, as text. */
  function everything(snapshot: Snapshot, at: number | undefined): string {
    const access = compile(snapshot);
    const places = [undefined, ...Object.keys(snapshot.channels)];
    return Object.keys(snapshot.members)
      .flatMap((member) =>
        places.flatMap((channel) =>
          Object.keys(snapshot.capabilities).map((name) => (can(access, member, name, channel, at) ? 1 : 0)),
        ),
      )
      .join("");
  }

  const from = (at: number | undefined) => [
    undefined,
    ...INSTANTS.filter((one) => at === undefined || one >= at),
    ...(at === undefined ? [0, 1000] : [at, 1000]),
  ];

  test("without an override or a grant that is reported, alone or with all others, nobody may do anything else", () => {
    let count = 0;
    fc.assert(
      fc.property(powered, instant, (snapshot, at) => {
        const dead = lint(snapshot, at).filter(({ code }) =>
          ["OVERRIDE_DEAD", "OVERRIDE_SHADOWED", "GRANT_DEAD"].includes(code),
        );
        count += dead.length;
        for (const then of from(at)) {
          const expected = everything(snapshot, then);
          for (const one of dead) expect(everything(without(snapshot, one), then)).toBe(expected);
          expect(everything(without(snapshot, ...dead), then)).toBe(expected);
        }
      }),
      { numRuns: 50 },
    );
    expect(count).toBeGreaterThan(10);
  });

  test("an override that names nothing is always found", () => {
    fc.assert(
      fc.property(powered, (snapshot) => {
        const findings = lint(snapshot).filter(({ about }) => about.kind === "override");
        Object.entries(snapshot.channels).forEach(([channel, { overrides = [] }]) => {
          overrides.forEach(({ subject, allow = [], deny = [] }, index) => {
            if (subject === "everyone" || !("member" in subject) || allow.length + deny.length > 0) return;
            if (!Object.hasOwn(snapshot.members, subject.member)) return;
            expect(
              findings.some(
                ({ about }) =>
                  about.kind === "override" && about.channel === channel && about.index === index,
              ),
            ).toBe(true);
          });
        });
      }),
    );
  });

  test("what is out of everybody's reach, nobody has, whatever their roles", () => {
    fc.assert(
      fc.property(powered, instant, (snapshot, at) => {
        const unreachable = of("CAPABILITY_UNREACHABLE", lint(snapshot, at));
        const all = { ...snapshot.members, everything: { roles: Object.keys(snapshot.roles) } };
        const access = compile({ ...snapshot, members: all });
        for (const { about } of unreachable) {
          if (about.kind !== "capability") throw new Error("about something else");
          for (const then of from(at)) {
            for (const member of Object.keys(all)) {
              for (const channel of [undefined, ...Object.keys(snapshot.channels)]) {
                expect(can(access, member, about.id, channel, then)).toBe(false);
              }
            }
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test("an entry whose window is over or never opens gives nothing from then on", () => {
    fc.assert(
      fc.property(powered, fc.constantFrom(...INSTANTS), (snapshot, at) => {
        const over = lint(snapshot, at).filter(({ code }) => code.startsWith("WINDOW_"));
        for (const then of [at, ...INSTANTS.filter((one) => one > at), 1000]) {
          expect(everything(without(snapshot, ...over), then)).toBe(everything(snapshot, then));
        }
      }),
    );
  });

  test("where a lock-out is reported nobody may change anything, at once or from the instant that is named", () => {
    fc.assert(
      fc.property(powered, fc.constantFrom(...INSTANTS), (snapshot, at) => {
        const [locked] = of("LOCKED_OUT", lint(snapshot, at));
        const access = compile(snapshot);
        const isLocked = (then: number) =>
          Object.entries(snapshot.members).every(
            ([id, { roles, until = Number.POSITIVE_INFINITY }]) =>
              then >= until ||
              (!roles.some((role) => Object.hasOwn(snapshot.roles, role) && snapshot.roles[role]?.bypass) &&
                ["configure", "moderate"].every((power) =>
                  [undefined, ...Object.keys(snapshot.channels)].every(
                    (channel) => !can(access, id, power, channel, then),
                  ),
                )),
          );
        if (Object.keys(snapshot.members).length === 0) expect(locked).toBeUndefined();
        else if (!locked) expect(isLocked(at) || isLocked(10_000)).toBe(false);
        else if (locked.from === undefined) expect(isLocked(at)).toBe(true);
        else {
          expect(isLocked(at)).toBe(false);
          expect(isLocked(locked.from)).toBe(true);
          expect(isLocked(10_000)).toBe(true);
        }
      }),
    );
  });

  test("no snapshot is too strange", () => {
    fc.assert(
      fc.property(powered, instant, (snapshot, at) => {
        const findings = lint(snapshot, at);
        expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
        expect(lint(update(compile(snapshot), { ...snapshot, powers: POWERS as never }), at)).toBeDefined();
      }),
    );
  });
});
