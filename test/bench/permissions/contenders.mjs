// The same facts in the form of each contender. Contenders load when they are asked for: each is to be alone in its
// process.
import { NOW } from "./facts.mjs";

/** The facts as our library takes them. */
export function snapshotOf({ capabilities, roles, members, channels, overrides }) {
  return {
    capabilities: Object.fromEntries(capabilities.map((name) => [name, {}])),
    roles: Object.fromEntries(roles.map(({ id, rank, allow }) => [id, { rank, allow }])),
    members: Object.fromEntries(members.map(({ id, roles }) => [id, { roles }])),
    channels: Object.fromEntries(
      channels.map(({ id, overrides }) => [id, { kind: "discussion", overrides }]),
    ),
    overrides,
    powers: { "override.set": capabilities[0] },
  };
}

export async function ours(facts) {
  const { compile, can } = await import("../../../dist/access.js");
  const access = compile(snapshotOf(facts));
  return { access, can: (member, capability, channel) => can(access, member, capability, channel, NOW) };
}

/**
 * One ability per member, one subject type per channel. In CASL the last rule that fits wins, so rules come in the
 * order in which the facts apply. Everything is listed for each channel by name (`"each"`), which is looked up
 * fastest, or, where it holds in all of them, for the subject `all` (`"all"`), which is built fastest.
 */
export async function casl({ roles, members, channels, overrides }, form = "each") {
  const { createMongoAbility } = await import("@casl/ability");
  const everywhere = form === "all" ? "all" : channels.map(({ id }) => id);
  const base = new Map(roles.map(({ id, allow }) => [id, { action: allow, subject: everywhere }]));
  const scopes = [{ subject: everywhere, overrides }, ...channels.map(rename)].map(rulesOf);
  // What is the same for many members is one object that they share.
  const rulesFor = ({ id, roles }) => {
    const rules = roles.map((role) => base.get(role));
    for (const { everyone, byRole, byMember } of scopes) {
      rules.push(...everyone);
      const theirs = roles.flatMap((role) => byRole.get(role) ?? []);
      rules.push(...theirs.filter(({ inverted }) => inverted), ...theirs.filter(({ inverted }) => !inverted));
      rules.push(...(byMember.get(id) ?? []));
    }
    return rules;
  };
  const byId = new Map(members.map((member) => [member.id, member]));
  const build = (id) => createMongoAbility(rulesFor(byId.get(id)));
  const abilities = new Map();
  return {
    build,
    abilityOf(id) {
      let ability = abilities.get(id);
      if (!ability) {
        ability = build(id);
        abilities.set(id, ability);
      }
      return ability;
    },
    /** Abilities have to be there. */
    can: (member, capability, channel) => abilities.get(member).can(capability, channel),
  };
}

function rename({ id, overrides }) {
  return { subject: id, overrides };
}

function rulesOf({ subject, overrides }) {
  const everyone = [];
  const byRole = new Map();
  const byMember = new Map();
  for (const { subject: who, allow, deny } of overrides) {
    const rules = [
      ...(deny.length > 0 ? [{ action: deny, subject, inverted: true }] : []),
      ...(allow.length > 0 ? [{ action: allow, subject }] : []),
    ];
    if (who === "everyone") everyone.push(...rules);
    else if ("role" in who) byRole.set(who.role, rules);
    else byMember.set(who.member, rules);
  }
  return { everyone, byRole, byMember };
}

const CASBIN_MODEL = `
[request_definition]
r = sub, obj, act
[policy_definition]
p = priority, sub, obj, act, eft
[role_definition]
g = _, _
[policy_effect]
e = priority(p.eft) || deny
[matchers]
m = r.act == p.act && (p.obj == "*" || r.obj == p.obj) && g(r.sub, p.sub)
`;

/** Casbin with its cache. The first policy that fits wins, so what applies later has the lower number. */
export async function casbin({ roles, members, channels, overrides }) {
  const { newCachedEnforcer, newModelFromString, StringAdapter } = await import("casbin");
  const lines = [];
  const policies = (priority, who, where, what, effect) => {
    for (const capability of what) {
      lines.push(`p, ${priority}, ${who}, ${where}, ${capability}, ${effect}`);
    }
  };
  for (const { id, allow } of roles) policies(20, id, "*", allow, "allow");
  const scope = (first, where, list) => {
    for (const { subject, allow, deny } of list) {
      const [tier, who] =
        subject === "everyone"
          ? [4, "everyone"]
          : "role" in subject
            ? [2, subject.role]
            : [0, subject.member];
      policies(first + tier, who, where, allow, "allow");
      policies(first + tier + 1, who, where, deny, "deny");
    }
  };
  scope(10, "*", overrides);
  for (const { id, overrides } of channels) scope(1, id, overrides);
  for (const { id, roles } of members) {
    for (const role of [...roles, "everyone"]) lines.push(`g, ${id}, ${role}`);
  }
  const enforcer = await newCachedEnforcer(
    newModelFromString(CASBIN_MODEL),
    new StringAdapter(lines.join("\n")),
  );
  return { enforcer };
}

/** What one would write without a library: everything worked out beforehand, three look-ups and a bit. */
export function byHand({ capabilities, roles, members, channels, overrides }) {
  const bits = new Map(capabilities.map((name, i) => [name, i]));
  const rows = new Map(channels.map(({ id }, i) => [id, i]));
  const maskOf = (list) => list.reduce((mask, name) => mask | (1 << bits.get(name)), 0);
  const given = new Map(roles.map(({ id, allow }) => [id, maskOf(allow)]));
  const masks = new Map();
  for (const { id, roles } of members) {
    const apply = (mask, list) => {
      const fits = [
        ({ subject }) => subject === "everyone",
        ({ subject }) => roles.includes(subject.role),
        ({ subject }) => subject.member === id,
      ];
      for (const theirs of fits.map((fit) => list.filter(fit))) {
        for (const { deny } of theirs) mask &= ~maskOf(deny);
        for (const { allow } of theirs) mask |= maskOf(allow);
      }
      return mask;
    };
    const base = apply(
      roles.reduce((mask, role) => mask | given.get(role), 0),
      overrides,
    );
    masks.set(
      id,
      Int32Array.from(channels, ({ overrides }) => apply(base, overrides)),
    );
  }
  return {
    can: (member, capability, channel) =>
      ((masks.get(member)[rows.get(channel)] >>> bits.get(capability)) & 1) === 1,
  };
}
