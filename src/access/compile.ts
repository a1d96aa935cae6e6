import { type ById, entry } from "../kernel/record.js";
import type { Limit, Role, Selector, Settings } from "../model/access.js";
import { add, common, complement, isEmpty, none, put, type Words } from "./bits.js";
import { bound } from "./can.js";
import type {
  Access,
  Bound,
  CompiledLimit,
  CompiledMember,
  CompiledOverride,
  CompiledRole,
  CompiledSettings,
  CompiledVocabulary,
  Parts,
  RoleSet,
  Stage,
  Step,
} from "./compiled.js";
import type { Cause } from "./question.js";
import type { AccessChannel, AccessMember, Snapshot } from "./snapshot.js";
import type { CapabilityDefinition } from "./vocabulary.js";

const NOBODY: ReadonlySet<string> = /* @__PURE__ */ new Set<string>();
const NOTHING: readonly never[] = [];

/**
 * Makes a snapshot ready for many questions. Takes next to no time by itself, however large the snapshot is:
 * members, roles and channels are compiled when they are first asked about. The snapshot must not be changed afterwards.
 *
 * ```ts
 * const access = compile(snapshot);
 * can(access, "leo", "message.post", "lounge", now);
 * ```
 */
export function compile<C extends string>(snapshot: Snapshot<C>): Access<C> {
  return build(snapshot, compileVocabulary(snapshot.capabilities), newParts());
}

function newParts(): Parts {
  return {
    named: new Set(),
    roles: new Map(),
    sets: new Map(),
    members: new WeakMap(),
    channels: new WeakMap(),
  };
}

/**
 * The same for a snapshot that came out of another by changing it. Members and channels that are the same objects
 * in both are not compiled again, unless what all of them depend on has changed: the roles, the groups, the
 * ceilings, or the settings of the space.
 */
export function update<C extends string>(access: Access<C>, snapshot: Snapshot<C>): Access<C> {
  const before = access.snapshot;
  if (before === snapshot) return access;
  const same = (key: keyof Snapshot): boolean => before[key] === snapshot[key];
  if (!same("capabilities")) return compile(snapshot);
  const shared =
    same("roles") &&
    same("groups") &&
    same("ceilings") &&
    same("overrides") &&
    same("limits") &&
    same("conditions") &&
    same("thresholds") &&
    same("collisions");
  return build(
    snapshot,
    access.vocabulary,
    shared ? access.parts : newParts(),
    shared ? access.space : undefined,
  );
}

function build<C extends string>(
  snapshot: Snapshot<C>,
  vocabulary: CompiledVocabulary,
  parts: Parts,
  settings?: CompiledSettings,
): Access<C> {
  const members = new Map<string, CompiledMember>();
  const channels = new Map<string, CompiledSettings>();

  const role = (id: string): CompiledRole | undefined => {
    const known = parts.roles.get(id);
    if (known) return known;
    const definition = entry<Role>(snapshot.roles, id);
    if (!definition) return undefined;
    const made = compileRole(id, definition, vocabulary);
    parts.roles.set(id, made);
    return made;
  };

  const setOf = (ids: readonly string[]): RoleSet => {
    // Roles that are not there make no difference, so that there are no more sets than there are roles for.
    const roles = [...new Set(ids)].flatMap((id) => role(id) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
    const [first] = roles;
    const key = roles.length === 1 && first ? `1${first.id}` : JSON.stringify(roles.map(({ id }) => id));
    const known = parts.sets.get(key);
    if (known) return known;
    const made: RoleSet = {
      index: parts.sets.size,
      roles,
      ids: new Set(roles.map(({ id }) => id)),
      rank: roles.reduce((highest, { rank }) => Math.max(highest, rank), Number.NEGATIVE_INFINITY),
      bypass: roles.find(({ bypass }) => bypass),
      plus: new Map(),
    };
    parts.sets.set(key, made);
    return made;
  };

  const member = (id: string): CompiledMember | undefined => {
    const known = members.get(id);
    if (known) return known;
    const data = entry<AccessMember>(snapshot.members, id);
    if (!data) return undefined;
    let made = parts.members.get(data);
    // What is bound to another member's permissions holds only as long as nothing else changes either.
    if (!made || made.id !== id || made.grants.some(({ bound }) => bound)) {
      made = compileMember(id, data, setOf(data.roles), context);
      parts.members.set(data, made);
    }
    members.set(id, made);
    return made;
  };

  const limit = (one: Limit, on: "space" | "channel" | "member"): CompiledLimit =>
    compileLimit(one, on, snapshot as Snapshot, vocabulary);
  const context: Context = { vocabulary, groups: snapshot.groups ?? {}, limit, named: parts.named };
  const space = settings ?? compileSettings(null, null, snapshot as Settings, undefined, context);

  const access: Access<C> = {
    snapshot,
    vocabulary,
    space,
    members,
    channels,
    member,
    channel(id) {
      const known = channels.get(id);
      if (known) return known;
      // From the outermost in, however many there are: each needs the one before it.
      let parent: CompiledSettings | undefined;
      for (const [one, data] of lineTo(id, snapshot.channels)) {
        let made = channels.get(one) ?? parts.channels.get(data);
        if (!made || made.id !== one || made.parent !== parent) {
          made = compileSettings(one, data.kind, data, parent ?? space, context);
          parts.channels.set(data, made);
        }
        channels.set(one, made);
        parent = made;
      }
      return parent;
    },
    role,
    setOf,
    limit,
    selects: (selector, who) => selects(selector, who, snapshot.groups ?? {}),
    of: (id, channel, at) => bound(access as Access, id, channel, at) as Bound<C>,
    parts,
  };
  return access;
}

/** What settings, members and ceilings are compiled with. */
type Context = Pick<Access, "vocabulary" | "limit"> & {
  readonly groups: ById<Selector>;
  readonly named: Set<string>;
};

function compileVocabulary(definitions: ById<CapabilityDefinition>): CompiledVocabulary {
  const names = Object.keys(definitions);
  const index = new Map(names.map((name, i) => [name, i]));
  const list = names.map((name) => entry(definitions, name) ?? {});
  // One bit at least is nobody's: what needs it can never be met.
  const empty = (): Words => none((names.length >> 5) + 1);
  const named = (some: readonly string[] | undefined): Words => {
    const words = empty();
    for (const name of some ?? NOTHING) {
      const i = index.get(name);
      if (i !== undefined) put(words, i);
    }
    return words;
  };
  const kinds = new Map<string, Words>();
  // What a capability leads to by following `implies` or `requires`, itself not included unless it comes back to it.
  const reach = (
    start: number,
    along: (one: CapabilityDefinition) => readonly string[],
  ): readonly string[] => {
    const reached = new Set<string>();
    const next = [...along(list[start] ?? {})];
    for (let name = next.pop(); name !== undefined; name = next.pop()) {
      if (reached.has(name)) continue;
      reached.add(name);
      next.push(...along(list[index.get(name) ?? -1] ?? {}));
    }
    return [...reached];
  };
  const implied = list.map(({ implies }, i) =>
    implies?.length ? named(reach(i, (one) => one.implies ?? NOTHING)) : undefined,
  );
  const needsIn = (kind: string | null): readonly (Words | undefined)[] => {
    const required = ({ requires = NOTHING, requiresIn }: CapabilityDefinition): readonly string[] => {
      const more = kind === null || !requiresIn ? undefined : entry(requiresIn, kind);
      return more ? [...requires, ...more] : requires;
    };
    return list.map((one, i) => {
      if (required(one).length === 0) return undefined;
      const needed = reach(i, required);
      // A requirement that does not exist can never be met: not even by the capability itself.
      return needed.every((name) => index.has(name)) ? named(needed) : complement(empty());
    });
  };
  const needsByKind = new Map([[null as string | null, needsIn(null)]]);
  const kindsMatter = list.some(({ requiresIn }) => requiresIn !== undefined);
  return {
    names,
    index,
    definitions: list,
    all: named(names),
    nothing: empty(),
    inSpace: named(names.filter((_, i) => list[i]?.scope === "space" || list[i]?.scope === "both")),
    inChannels: named(names.filter((_, i) => list[i]?.scope !== "space")),
    lockable: named(names.filter((_, i) => list[i]?.guard === "lock-holder")),
    needsIn(kind) {
      const key = kindsMatter ? kind : null;
      let known = needsByKind.get(key);
      if (!known) {
        known = needsIn(key);
        needsByKind.set(key, known);
      }
      return known;
    },
    named,
    given(some) {
      const words = named(some);
      for (const name of some ?? NOTHING) {
        const more = implied[index.get(name) ?? -1];
        if (more) add(words, more);
      }
      return words;
    },
    inKind(kind) {
      let words = kinds.get(kind);
      if (!words) {
        // What is asked about the space is the same seen from any channel.
        words = named(
          names.filter((_, i) => list[i]?.scope === "space" || (list[i]?.kinds?.includes(kind) ?? true)),
        );
        kinds.set(kind, words);
      }
      return words;
    },
  };
}

function stepOf(stage: Stage, cause: Cause, gives: boolean, words: Words): Step {
  return { stage, cause, gives, words };
}

function compileRole(id: string, role: Role, vocabulary: CompiledVocabulary): CompiledRole {
  const kinds = new Map<string, Step>();
  const cause: Cause = { kind: "role", id };
  const bypass = role.bypass === true;
  return {
    id,
    rank: role.rank,
    bypass,
    step: bypass
      ? stepOf("bypass", cause, true, vocabulary.all)
      : stepOf("base", cause, true, vocabulary.given(role.allow)),
    inKind(kind) {
      const names = role.kinds && entry(role.kinds, kind);
      if (!names) return undefined;
      let step = kinds.get(kind);
      if (!step) {
        step = stepOf("base", cause, true, common(vocabulary.given(names), vocabulary.inChannels));
        kinds.set(kind, step);
      }
      return step;
    },
  };
}

function compileMember(
  id: string,
  data: AccessMember,
  set: RoleSet,
  { vocabulary, limit }: Context,
): CompiledMember {
  const { rank, until = Number.POSITIVE_INFINITY, grants, limits } = data;
  const given = grants?.length
    ? grants.map((grant) => {
        const all = vocabulary.given(grant.allow);
        const words = grant.channel === undefined ? all : common(all, vocabulary.inChannels);
        return { ...grant, step: stepOf("base", { kind: "grant", id: grant.id }, true, words) };
      })
    : NOTHING;
  const plain = rank === undefined && given.length === 0 && !limits?.length;
  return {
    id,
    data,
    set,
    rank: rank ?? set.rank,
    until,
    plain,
    grants: given,
    limits: limits?.length ? limits.map((one) => limit(one, "member")) : NOTHING,
    cells: new WeakMap(),
    isNamed: false,
    asOf: 0,
  };
}

function compileSettings(
  id: string | null,
  kind: string | null,
  data: Settings,
  /** What comes before these settings: the parent, the space, or, for the space itself, nothing. */
  before: CompiledSettings | undefined,
  { vocabulary, groups, limit, named }: Context,
): CompiledSettings {
  const on = id === null ? ("space" as const) : ("channel" as const);
  const reach = id === null ? vocabulary.all : vocabulary.inChannels;
  const within = (words: Words): Words => common(words, reach);
  const everyone: CompiledOverride[] = [];
  const byRole = new Map<string, CompiledOverride[]>();
  const byGroup = new Map<string, CompiledOverride[]>();
  const byMember = new Map<string, CompiledOverride[]>();
  for (const { subject, allow, deny, from, until } of data.overrides ?? NOTHING) {
    const cause: Cause = { kind: "override", channel: id, subject };
    const step = (gives: boolean, words: Words): Step | undefined =>
      isEmpty(words) ? undefined : stepOf("override", cause, gives, words);
    const made: CompiledOverride = {
      from,
      until,
      allow: step(true, within(vocabulary.given(allow))),
      deny: step(false, within(vocabulary.named(deny))),
    };
    if (subject === "everyone") everyone.push(made);
    else if ("role" in subject) push(byRole, subject.role, made);
    else if ("group" in subject) push(byGroup, subject.group, made);
    else push(byMember, subject.member, made);
  }
  const limits = (data.limits ?? NOTHING).map((one) => limit(one, on));
  const conditions = (data.conditions ?? NOTHING).map((condition) => ({
    ...condition,
    where: on,
    words: within(vocabulary.named(condition.on)),
  }));
  const selectors: Selector[] = [...limits, ...conditions].flatMap(({ exempt }) => exempt ?? NOTHING);
  if (byGroup.size > 0) selectors.push({ groups: [...byGroup.keys()] });
  const own = namedIn(selectors, groups, byMember.keys());
  for (const name of own) named.add(name);
  return {
    id,
    kind,
    data,
    parent: before?.id === null ? undefined : before,
    everyone,
    byRole,
    byGroup,
    byMember,
    limits,
    conditions,
    thresholds: Object.entries(data.thresholds ?? {}).flatMap(([name, rank]) =>
      rank === undefined
        ? NOTHING
        : { rank, step: stepOf("base", { kind: "rank", rank }, true, within(vocabulary.given([name]))) },
    ),
    outside:
      kind === null || id === null
        ? undefined
        : stepOf("kind", { kind: "channel", id }, false, complement(vocabulary.inKind(kind))),
    names: union(before?.names ?? NOBODY, own),
    cells: [],
    sure: [],
  };
}

function compileLimit(
  limit: Limit,
  on: "space" | "channel" | "member",
  { ceilings = {} }: Snapshot,
  vocabulary: CompiledVocabulary,
): CompiledLimit {
  // A ceiling that nobody has defined is one under which nothing can be done.
  const { keeps, removes, exempt, hard = false } = entry(ceilings, limit.ceiling) ?? { hard: true };
  const words = vocabulary.named(removes);
  if (keeps || !removes) add(words, complement(vocabulary.named(keeps)));
  const reach = on === "channel" ? vocabulary.inChannels : vocabulary.all;
  const cause: Cause = { kind: "limit", on, id: limit.ceiling };
  const step = stepOf(hard ? "gate" : "ceiling", cause, false, common(words, reach));
  return { ...limit, step, exempt, hard };
}

/** A channel and those before it, the outermost first. A channel that would be before itself has none before it. */
function lineTo(
  id: string,
  channels: ById<AccessChannel>,
): readonly (readonly [id: string, channel: AccessChannel])[] {
  const line = new Map<string, AccessChannel>();
  let next: string | undefined = id;
  for (let one = entry(channels, id); one && next !== undefined && !line.has(next); ) {
    line.set(next, one);
    next = one.parent;
    one = next === undefined ? undefined : entry(channels, next);
  }
  const outwards = [...line];
  // Where the way comes back to a channel, it ends with the first of the circle that it came to.
  const circle = outwards.findIndex(([one]) => one === next);
  return (circle < 0 ? outwards : outwards.slice(0, circle + 1)).reverse();
}

function selects(
  selector: Selector | undefined,
  member: Pick<CompiledMember, "id" | "set" | "rank">,
  groups: ById<Selector>,
): boolean {
  if (selector === undefined) return false;
  for (const one of withGroups([selector], groups)) {
    if (one === "everyone") return true;
    const { roles, members, rank } = one;
    if (
      (rank !== undefined && member.rank >= rank) ||
      members?.includes(member.id) ||
      roles?.some((role) => member.set.ids.has(role))
    ) {
      return true;
    }
  }
  return false;
}

/** These selectors, and those of all groups they name. A group that names itself adds nobody by that. */
function* withGroups(selectors: readonly Selector[], groups: ById<Selector>): Iterable<Selector> {
  const seen = new Set<string>();
  const next = [...selectors];
  for (let selector = next.pop(); selector !== undefined; selector = next.pop()) {
    yield selector;
    if (selector === "everyone") continue;
    for (const group of selector.groups ?? NOTHING) {
      if (seen.has(group)) continue;
      seen.add(group);
      const named = entry(groups, group);
      if (named !== undefined) next.push(named);
    }
  }
}

/** Every member that selectors name, in groups too. */
function namedIn(
  selectors: readonly Selector[],
  groups: ById<Selector>,
  more: Iterable<string>,
): ReadonlySet<string> {
  const names = new Set(more);
  for (const selector of withGroups(selectors, groups)) {
    if (selector !== "everyone") for (const member of selector.members ?? NOTHING) names.add(member);
  }
  return names;
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  if (a.size === 0) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
