import { type ById, entry } from "../kernel/record.js";
import type { Limit, Role, Selector, Settings } from "../model/access.js";
import { add, common, complement, isEmpty, type Words } from "./bits.js";
import type {
  Access,
  CompiledLimit,
  CompiledMember,
  CompiledOverride,
  CompiledRole,
  CompiledSettings,
  CompiledVocabulary,
  RoleSet,
  Stage,
  Step,
} from "./compiled.js";
import type { Cause } from "./question.js";
import { namedIn } from "./selectors.js";
import type { AccessMember, Snapshot } from "./snapshot.js";

const NOBODY: ReadonlySet<string> = /* @__PURE__ */ new Set<string>();
const NOTHING: readonly never[] = [];

/** What settings, members and ceilings are compiled with. */
export type Context = Pick<Access, "vocabulary" | "limit"> & {
  readonly groups: ById<Selector>;
  readonly named: Set<string>;
};

function stepOf(stage: Stage, cause: Cause, gives: boolean, words: Words): Step {
  return { stage, cause, gives, words };
}

/** A role. */
export function compileRole(id: string, role: Role, vocabulary: CompiledVocabulary): CompiledRole {
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

/** A member. */
export function compileMember(
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

/** The settings of the space or of a channel. */
export function compileSettings(
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

/** A ceiling on something. */
export function compileLimit(
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

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  if (a.size === 0) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
