import {
  applyChange,
  type Change,
  type Check,
  type CheckCode,
  checkChange,
  compile,
  defineCapabilities,
  type Snapshot,
} from "chat-spaces/access";
import { describe, expect, test } from "vitest";

const NOW = 1000;

const capabilities = defineCapabilities({
  "recipe.view": {},
  "recipe.edit": { requires: ["recipe.view"] },
  "recipe.rate": {},
  "recipe.sell": {},
  "kitchen.run": { scope: "space" },
  "kitchen.rule": { scope: "both" },
});
type Capability = keyof typeof capabilities;
type Rules = Snapshot<Capability>;

/** A kitchen of ana (who owns it), cora (who runs it), leo (who cooks) and gus (who eats). */
const kitchen: Rules = {
  capabilities,
  roles: {
    owner: { rank: 100, allow: [], bypass: true },
    chef: { rank: 50, allow: ["kitchen.run", "kitchen.rule", "recipe.view", "recipe.edit"] },
    cook: { rank: 20, allow: ["recipe.view", "recipe.edit"] },
    eater: { rank: 0, allow: ["recipe.view"] },
    seller: { rank: 10, allow: ["recipe.sell"] },
    regent: { rank: 200, allow: [] },
  },
  members: {
    ana: { roles: ["owner"] },
    cora: { roles: ["chef"] },
    cem: { roles: ["chef"] },
    leo: { roles: ["cook"] },
    gus: { roles: ["eater"] },
  },
  channels: { dinner: { kind: "meal" }, cellar: { kind: "store" } },
  ceilings: { timeout: { keeps: ["recipe.view"] }, hands: { removes: ["recipe.edit"] } },
  powers: {
    "role.define": "kitchen.run",
    "role.assign": "kitchen.run",
    "override.set": "kitchen.rule",
    "grant.give": "kitchen.run",
    "grant.revoke": "kitchen.run",
    "limit.put": "kitchen.run",
    "limit.lift": "kitchen.run",
    "member.add": "kitchen.run",
    "member.remove": "kitchen.run",
  },
};

function check(
  actor: string,
  change: Change<Capability>,
  rules: Rules = kitchen,
  at: number | undefined = NOW,
): Check {
  return checkChange(compile(rules), actor, change, at);
}

function expectSafe(actor: string, change: Change<Capability>, rules?: Rules): void {
  expect(check(actor, change, rules)).toEqual({ ok: true });
}

function expectRefused(
  code: CheckCode,
  actor: string,
  change: Change<Capability>,
  { about, capabilities, rules }: { about?: string; capabilities?: readonly string[]; rules?: Rules } = {},
): void {
  expect(check(actor, change, rules)).toMatchObject({
    ok: false,
    code,
    ...(about === undefined ? {} : { about }),
    ...(capabilities === undefined ? {} : { capabilities }),
  });
}

/** The kitchen with other settings of its dinner. */
function withDinner(settings: Partial<Rules["channels"][string]>): Rules {
  return { ...kitchen, channels: { ...kitchen.channels, dinner: { kind: "meal", ...settings } } };
}

function withMember(id: string, data: Partial<Rules["members"][string]>): Rules {
  const before = kitchen.members[id] ?? { roles: [] };
  return { ...kitchen, members: { ...kitchen.members, [id]: { ...before, ...data } } };
}

describe("every reason for which a change is refused", () => {
  const assign = (member: string, ...roles: string[]): Change => ({ type: "role.assign", member, roles });
  const timeout = { ceiling: "timeout" };

  test.each<readonly [CheckCode, string, Change, string]>([
    ["NOT_A_MEMBER", "nobody", assign("leo", "eater"), "nobody"],
    ["TARGET_UNKNOWN", "cora", assign("nobody", "eater"), "nobody"],
    ["TARGET_UNKNOWN", "cora", { type: "limit.put", member: "nobody", limit: timeout }, "nobody"],
    ["ROLE_UNKNOWN", "cora", assign("gus", "king"), "king"],
    [
      "ROLE_UNKNOWN",
      "cora",
      { type: "override.set", channel: null, subject: { role: "king" }, overrides: [] },
      "king",
    ],
    ["CHANNEL_UNKNOWN", "ana", { type: "limit.put", channel: "attic", limit: timeout }, "attic"],
    ["CEILING_UNKNOWN", "cora", { type: "limit.put", member: "gus", limit: { ceiling: "sky" } }, "sky"],
    ["ALREADY_A_MEMBER", "cora", { type: "member.add", member: "gus", data: { roles: [] } }, "gus"],
    ["NOT_ALLOWED", "leo", assign("gus", "cook"), "kitchen.run"],
    ["NOT_ALLOWED", "cora", { type: "ownership.pass", to: "leo", keep: [] }, "ownership.pass"],
    ["OUTRANKED", "cora", assign("ana", "eater"), "ana"],
    ["OUTRANKED", "cora", assign("cem", "eater"), "cem"],
    ["OUTRANKED", "cora", assign("gus", "chef"), "chef"],
    ["OUTRANKED", "cora", { type: "role.define", role: "boss", to: { rank: 50, allow: [] } }, "boss"],
    ["OUTRANKED", "cora", { type: "role.define", role: "owner", to: null }, "owner"],
    ["OUTRANKED", "cora", { type: "member.add", member: "new", data: { roles: [], rank: 50 } }, "new"],
    ["OUTRANKED", "cora", { type: "member.remove", member: "cem" }, "cem"],
    ["GIVES_MORE_THAN_OWN", "cora", assign("gus", "seller"), "gus"],
    ["RAISES_ONESELF", "ana", { type: "ownership.pass", to: "leo", keep: ["regent"] }, "regent"],
    [
      "TOUCHES_A_HIGHER",
      "cora",
      { type: "limit.put", channel: "dinner", limit: { ceiling: "hands" } },
      "cem",
    ],
    ["LAST_HOST", "ana", { type: "member.remove", member: "ana" }, "ana"],
    ["LAST_HOST", "ana", assign("ana", "eater"), "ana"],
  ])("%s: %s may not %j", (code, actor, change, about) => {
    expectRefused(code, actor, change as Change<Capability>, { about });
  });
});

describe("giving", () => {
  test("what one has may be given, what one lacks may not, and the refusal names it", () => {
    const give = (...allow: Capability[]): Change<Capability> => ({
      type: "grant.give",
      member: "gus",
      grant: { id: "g", allow },
    });
    expectSafe("cora", give("recipe.edit"));
    expectRefused("GIVES_MORE_THAN_OWN", "cora", give("recipe.edit", "recipe.sell"), {
      about: "gus",
      capabilities: ["recipe.sell"],
    });
    expectSafe("ana", give("recipe.sell"));
  });

  test("what is not to hold before tomorrow has to be one's own as well", () => {
    expectRefused("GIVES_MORE_THAN_OWN", "cora", {
      type: "override.set",
      channel: "dinner",
      subject: "everyone",
      overrides: [{ allow: ["recipe.sell"], from: NOW + 1 }],
    });
    expectRefused("GIVES_MORE_THAN_OWN", "cora", {
      type: "grant.give",
      member: "gus",
      grant: { id: "g", allow: ["recipe.sell"], from: NOW + 1, until: NOW + 2 },
    });
  });

  test("what one has for a while may be given for that while, and not for longer", () => {
    const rules = withMember("cora", { grants: [{ id: "a", allow: ["recipe.sell"], until: NOW + 10 }] });
    const give = (until: number): Change<Capability> => ({
      type: "grant.give",
      member: "gus",
      grant: { id: "g", allow: ["recipe.sell"], until },
    });
    expectSafe("cora", give(NOW + 10), rules);
    expectRefused("GIVES_MORE_THAN_OWN", "cora", give(NOW + 11), { rules });
  });

  test("nobody makes last what they themselves have for a while", () => {
    const rules = withMember("cora", { grants: [{ id: "a", allow: ["recipe.sell"], until: NOW + 10 }] });
    const change = {
      type: "grant.give",
      member: "cora",
      grant: { id: "b", allow: ["recipe.sell"] },
    } as const;
    expectRefused("RAISES_ONESELF", "cora", change, { rules, capabilities: ["recipe.sell"] });
  });

  test("what hides behind an override that ends counts as given", () => {
    const rules: Rules = {
      ...kitchen,
      overrides: [{ subject: { member: "gus" }, deny: ["recipe.sell"], until: NOW + 10 }],
    };
    const change = { type: "role.assign", member: "gus", roles: ["seller"] } as const;
    expectRefused("GIVES_MORE_THAN_OWN", "cora", change, { rules });
  });

  test("taking a deny away is giving", () => {
    const rules = withDinner({ overrides: [{ subject: { role: "eater" }, deny: ["recipe.sell"] }] });
    const clear = {
      type: "override.set",
      channel: "dinner",
      subject: { role: "eater" },
      overrides: [],
    } as const;
    expectRefused("GIVES_MORE_THAN_OWN", "cora", clear, { rules, capabilities: ["recipe.sell"] });
    expectSafe("ana", clear, rules);
    const mine = withDinner({ overrides: [{ subject: { role: "eater" }, deny: ["recipe.edit"] }] });
    expectSafe("cora", clear, mine);
  });

  test("so is making one shorter, and making what is allowed last longer", () => {
    const set = (override: object): Change<Capability> => ({
      type: "override.set",
      channel: "dinner",
      subject: { role: "eater" },
      overrides: [override],
    });
    const denied = withDinner({
      overrides: [{ subject: { role: "eater" }, deny: ["recipe.sell"], until: NOW + 9 }],
    });
    expectRefused("GIVES_MORE_THAN_OWN", "cora", set({ deny: ["recipe.sell"], until: NOW + 8 }), {
      rules: denied,
    });
    expectSafe("cora", set({ deny: ["recipe.sell"], until: NOW + 10 }), denied);
    const allowed = withDinner({
      overrides: [{ subject: { role: "eater" }, allow: ["recipe.sell"], until: NOW + 9 }],
    });
    expectRefused("GIVES_MORE_THAN_OWN", "cora", set({ allow: ["recipe.sell"] }), { rules: allowed });
    expectSafe("cora", set({ allow: ["recipe.sell"], until: NOW + 8 }), allowed);
  });

  test("a deny that is over may be cleared away by anybody who may set overrides", () => {
    const rules = withDinner({
      overrides: [{ subject: { role: "eater" }, deny: ["recipe.sell"], until: NOW - 1 }],
    });
    expectSafe(
      "cora",
      { type: "override.set", channel: "dinner", subject: { role: "eater" }, overrides: [] },
      rules,
    );
  });

  test("a role gives no more than its maker has, in a kind of channel that does not exist yet either", () => {
    const define = (kinds: { readonly [kind: string]: readonly Capability[] }): Change<Capability> => ({
      type: "role.define",
      role: "helper",
      to: { rank: 5, allow: [], kinds },
    });
    expectSafe("cora", define({ picnic: ["recipe.edit"] }));
    expectRefused("GIVES_MORE_THAN_OWN", "cora", define({ picnic: ["recipe.sell"] }), { about: "helper" });
    const forbidden: Rules = {
      ...kitchen,
      overrides: [{ subject: { role: "chef" }, deny: ["recipe.sell"] }],
      roles: {
        ...kitchen.roles,
        chef: { ...kitchen.roles["chef"]!, kinds: { picnic: ["recipe.sell"] } },
      },
    };
    expectRefused("GIVES_MORE_THAN_OWN", "cora", define({ picnic: ["recipe.sell"] }), { rules: forbidden });
  });

  test("a role that gives more in channels still to come is not given either", () => {
    const rules: Rules = {
      ...kitchen,
      roles: { ...kitchen.roles, guide: { rank: 1, allow: [], kinds: { picnic: ["recipe.sell"] } } },
    };
    expectRefused(
      "GIVES_MORE_THAN_OWN",
      "cora",
      { type: "role.assign", member: "gus", roles: ["guide"] },
      { rules },
    );
  });

  test("only who bypasses everything makes a role that does", () => {
    const change = {
      type: "role.define",
      role: "deputy",
      to: { rank: 40, allow: [], bypass: true },
    } as const;
    expectRefused("GIVES_MORE_THAN_OWN", "cora", change, { about: "deputy" });
    expectSafe("ana", change);
  });

  test("what one cannot use oneself one does not give, even if one has it by name", () => {
    const rules: Rules = {
      ...kitchen,
      roles: {
        ...kitchen.roles,
        chef: { rank: 50, allow: ["kitchen.run", "recipe.edit"] },
        maker: { rank: 1, allow: ["recipe.edit"] },
      },
    };
    // The chef may edit by name and view nothing, so edits nothing; the eater views.
    expectRefused(
      "GIVES_MORE_THAN_OWN",
      "cora",
      { type: "role.assign", member: "gus", roles: ["eater", "maker"] },
      { rules, capabilities: ["recipe.edit"] },
    );
  });

  test("nor does a host under a hard ceiling, by the hand of another host", () => {
    const change = { type: "member.add", member: "new", data: { roles: ["owner"] } } as const;
    expectSafe("ana", change);
    const banned: Rules = {
      ...withMember("ana", { limits: [{ ceiling: "ban" }] }),
      ceilings: { ban: { keeps: [], hard: true } },
    };
    expectRefused("GIVES_MORE_THAN_OWN", "ana", change, { rules: banned, about: "new" });
  });

  test("a role that is taken away sets everything to its default, and is judged by that", () => {
    const rules: Rules = {
      ...kitchen,
      collisions: "deny-wins",
      overrides: [
        { subject: { role: "quiet" }, deny: ["recipe.sell"] },
        { subject: { role: "eater" }, allow: ["recipe.sell"] },
      ],
      roles: { ...kitchen.roles, quiet: { rank: 1, allow: [] } },
      members: { ...kitchen.members, gus: { roles: ["eater", "quiet"] } },
    };
    expectRefused(
      "GIVES_MORE_THAN_OWN",
      "cora",
      { type: "role.define", role: "quiet", to: null },
      {
        rules,
        about: "gus",
      },
    );
    expectRefused(
      "GIVES_MORE_THAN_OWN",
      "cora",
      { type: "role.assign", member: "gus", roles: ["eater"] },
      { rules },
    );
  });
});

describe("oneself", () => {
  test("nobody lifts their own time-out, however they put it", () => {
    const rules = withMember("cora", { limits: [{ ceiling: "hands", until: NOW + 100 }] });
    const lift = (on: object): Change<Capability> => ({ type: "limit.lift", ceiling: "hands", ...on });
    expectRefused("RAISES_ONESELF", "cora", lift({ member: "cora" }), { rules });
    // A channel named beside does not make it less.
    expectRefused("RAISES_ONESELF", "cora", lift({ member: "cora", channel: "cellar" }), { rules });
    // Nor does a shorter one in its place.
    expectRefused(
      "RAISES_ONESELF",
      "cora",
      { type: "limit.put", member: "cora", limit: { ceiling: "hands", until: NOW + 1 } },
      { rules },
    );
    expectSafe("ana", lift({ member: "cora" }), rules);
  });

  test("what lay under a ceiling comes back to whose it was, though who lifts it lacks it", () => {
    const rules = withMember("leo", {
      grants: [{ id: "g", allow: ["recipe.sell"] }],
      limits: [{ ceiling: "timeout" }],
    });
    expectSafe("cora", { type: "limit.lift", member: "leo", ceiling: "timeout" }, rules);
  });

  test("everybody may step down and leave, with no power at all", () => {
    expectSafe("leo", { type: "role.assign", member: "leo", roles: [] });
    expectSafe("cora", { type: "role.assign", member: "cora", roles: ["cook"] });
    expectSafe("gus", { type: "member.remove", member: "gus" });
  });

  test("a lower role that gives something new is no step down", () => {
    expectRefused(
      "RAISES_ONESELF",
      "leo",
      { type: "role.assign", member: "leo", roles: ["cook", "seller"] },
      {
        capabilities: ["recipe.sell"],
      },
    );
  });

  test("nor is one that spares a condition", () => {
    const rules: Rules = {
      ...kitchen,
      roles: { ...kitchen.roles, trusted: { rank: 1, allow: [] } },
      conditions: [{ kind: "approval", on: ["recipe.edit"], exempt: { roles: ["trusted"] } }],
    };
    expectRefused(
      "RAISES_ONESELF",
      "leo",
      { type: "role.assign", member: "leo", roles: ["cook", "trusted"] },
      {
        rules,
        capabilities: ["recipe.edit"],
      },
    );
  });

  test("a role that takes something away cannot be laid down", () => {
    const rules: Rules = {
      ...kitchen,
      collisions: "deny-wins",
      overrides: [{ subject: { role: "eater" }, deny: ["recipe.edit"] }],
      members: { ...kitchen.members, leo: { roles: ["cook", "eater"] } },
    };
    expectRefused(
      "RAISES_ONESELF",
      "leo",
      { type: "role.assign", member: "leo", roles: ["cook"] },
      { rules },
    );
  });

  test("nobody makes themselves last longer or rank higher", () => {
    expectRefused("OUTRANKED", "cora", { type: "role.assign", member: "cora", roles: ["chef", "owner"] });
    expectRefused("OUTRANKED", "cora", { type: "role.define", role: "chef", to: { rank: 60, allow: [] } });
  });
});

describe("the last host", () => {
  const twoHosts = withMember("cem", { roles: ["owner"] });

  test("stays, and of two one may go", () => {
    expectRefused("LAST_HOST", "ana", { type: "member.remove", member: "ana" });
    expectSafe("ana", { type: "member.remove", member: "ana" }, twoHosts);
    expectSafe("ana", { type: "role.assign", member: "ana", roles: ["eater"] }, twoHosts);
  });

  test("one who will be gone tomorrow is none to leave the space to", () => {
    const rules = withMember("cem", { roles: ["owner"], until: NOW + 1 });
    expectRefused("LAST_HOST", "ana", { type: "member.remove", member: "ana" }, { rules });
    const passing = { type: "ownership.pass", to: "gus", keep: [] } as const;
    expectSafe("ana", passing);
    expectRefused("LAST_HOST", "ana", passing, { rules: withMember("gus", { until: NOW + 1 }) });
  });

  test("hosts do not remove one another", () => {
    expectRefused("OUTRANKED", "ana", { type: "member.remove", member: "cem" }, { rules: twoHosts });
  });

  test("a space that has no host, and a role for one, still changes", () => {
    const members = { cora: { roles: ["chef"] }, gus: { roles: ["eater"] } };
    expectSafe("cora", { type: "role.assign", member: "gus", roles: ["cook"] }, { ...kitchen, members });
  });

  test("ownership is passed whole, and what is kept is what one had, or less", () => {
    const pass = { type: "ownership.pass", to: "leo", keep: [] } as const;
    expectSafe("ana", pass);
    const after = applyChange(kitchen, pass, "ana");
    expect(after.members["leo"]?.roles).toEqual(["cook", "owner"]);
    expect(after.members["ana"]?.roles).toEqual([]);
    expectSafe("ana", { ...pass, keep: ["chef"] });
    expectRefused("RAISES_ONESELF", "ana", { ...pass, keep: ["regent"] });
    expectRefused("TARGET_UNKNOWN", "ana", { ...pass, to: "nobody" });
  });

  test("whoever passes on a place with less than everything gives no more than they have", () => {
    const rules: Rules = {
      ...kitchen,
      powers: { ...kitchen.powers, "ownership.pass": "kitchen.run" },
      roles: {
        ...kitchen.roles,
        chef: { ...kitchen.roles["chef"]!, allow: [...kitchen.roles["chef"]!.allow, "recipe.sell"] },
      },
      overrides: [{ subject: { member: "cora" }, deny: ["recipe.sell"] }],
    };
    expectRefused(
      "GIVES_MORE_THAN_OWN",
      "cora",
      { type: "ownership.pass", to: "leo", keep: [] },
      {
        rules,
        about: "leo",
        capabilities: ["recipe.sell"],
      },
    );
  });

  test("nobody gains by what they lay down when they pass their place on", () => {
    const rules: Rules = {
      ...kitchen,
      powers: { ...kitchen.powers, "ownership.pass": "kitchen.run" },
      collisions: "deny-wins",
      overrides: [{ subject: { role: "eater" }, deny: ["recipe.edit"] }],
      members: { ...kitchen.members, cora: { roles: ["chef", "eater"] } },
    };
    expectRefused(
      "RAISES_ONESELF",
      "cora",
      { type: "ownership.pass", to: "gus", keep: ["chef"] },
      {
        rules,
        about: "cora",
        capabilities: ["recipe.edit"],
      },
    );
  });
});

describe("settings that reach many", () => {
  test("do not touch anybody of the same rank or a higher one", () => {
    const deny = (role: string): Change<Capability> => ({
      type: "override.set",
      channel: "dinner",
      subject: { role },
      overrides: [{ deny: ["recipe.edit"] }],
    });
    expectSafe("cora", deny("cook"));
    expectRefused("TOUCHES_A_HIGHER", "cora", deny("chef"), { about: "cem", capabilities: ["recipe.edit"] });
  });

  test("are not changed where somebody of the same rank has locked them", () => {
    const mute = { type: "limit.put", channel: "dinner", limit: { ceiling: "hands" } } as const;
    const rules = (lockedBy: string): Rules => ({
      ...withDinner({ lockedBy }),
      ceilings: { hands: { removes: ["recipe.edit"], exempt: { rank: 50 } } },
    });
    expectRefused("LOCKED", "cora", mute, { rules: rules("cem"), about: "dinner" });
    expectRefused("LOCKED", "cora", mute, { rules: rules("gone") });
    expectSafe("cora", mute, rules("cora"));
    expectSafe("cora", mute, rules("leo"));
    expectSafe("ana", mute, rules("cem"));
    expectSafe("ana", mute, rules("gone"));
  });

  test("what hangs on somebody's permissions goes with them, and who ranks higher is not to be touched so", () => {
    const rules: Rules = {
      ...kitchen,
      members: {
        ...kitchen.members,
        cem: { roles: ["chef"], grants: [{ id: "g", allow: ["recipe.rate"], by: "leo", bound: true }] },
        leo: { roles: ["cook"], grants: [{ id: "h", allow: ["recipe.rate"] }] },
      },
    };
    expectRefused(
      "TOUCHES_A_HIGHER",
      "cora",
      { type: "grant.revoke", member: "leo", grant: "h" },
      {
        rules,
        about: "cem",
      },
    );
  });

  test("a channel-wide power is none over people", () => {
    const rules: Rules = {
      ...kitchen,
      powers: { ...kitchen.powers, "limit.put": "recipe.edit" },
    };
    const put = { type: "limit.put", limit: { ceiling: "timeout" } } as const;
    expectRefused("NOT_ALLOWED", "leo", { ...put, member: "gus", channel: "dinner" }, { rules });
    expectRefused("NOT_ALLOWED", "leo", { ...put, member: "gus" }, { rules });
  });
});

describe("hostile input", () => {
  test.each(["__proto__", "constructor", "toString", "hasOwnProperty", ""])(
    "%j is a name like any other",
    (id) => {
      const changes: readonly Change<Capability>[] = [
        { type: "role.define", role: id, to: null },
        { type: "role.assign", member: id, roles: [id] },
        { type: "role.assign", member: "gus", roles: [id] },
        { type: "override.set", channel: id, subject: { role: id }, overrides: [] },
        { type: "override.set", channel: null, subject: { member: id }, overrides: [] },
        { type: "grant.give", member: id, grant: { id, allow: [id as Capability], channel: id } },
        { type: "grant.revoke", member: id, grant: id },
        { type: "limit.put", member: id, limit: { ceiling: id } },
        { type: "limit.put", channel: id, limit: { ceiling: id } },
        { type: "limit.lift", ceiling: id },
        { type: "member.remove", member: id },
        { type: "ownership.pass", to: id, keep: [id] },
      ];
      for (const change of changes) {
        expect(check(id, change)).toMatchObject({ ok: false, code: "NOT_A_MEMBER", about: id });
        expect(check("ana", change)).toHaveProperty("ok");
        expect(check("gus", change).ok).toBe(false);
      }
      expectSafe("cora", { type: "role.define", role: id, to: { rank: 1, allow: ["recipe.view"] } });
      expectSafe("cora", { type: "member.add", member: id, data: { roles: ["eater"] } });
    },
  );

  test("a rank that is no number is not below anybody's", () => {
    const rank = Number.NaN;
    expectRefused("OUTRANKED", "cora", { type: "role.define", role: "odd", to: { rank, allow: [] } });
    expectRefused("OUTRANKED", "ana", { type: "role.define", role: "odd", to: { rank, allow: [] } });
    expectRefused(
      "OUTRANKED",
      "cora",
      { type: "member.remove", member: "gus" },
      { rules: withMember("gus", { rank }) },
    );
  });

  test("without an instant, what ends counts as not given, and as taken away", () => {
    const rules = withMember("cora", { grants: [{ id: "a", allow: ["recipe.sell"], until: NOW + 10 }] });
    const give = { type: "grant.give", member: "gus", grant: { id: "g", allow: ["recipe.sell"] } } as const;
    expect(checkChange(compile(rules), "cora", give)).toMatchObject({ code: "GIVES_MORE_THAN_OWN" });
    const leaving = withMember("cora", { until: NOW + 10 });
    expect(checkChange(compile(leaving), "cora", give)).toMatchObject({ code: "NOT_A_MEMBER" });
  });
});
