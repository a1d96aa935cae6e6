import type { Instant } from "../../kernel/time.js";
import type { Override, Period, Settings } from "../../model/access.js";
import { covers, has, union, without } from "../bits.js";
import { can } from "../can.js";
import { isMemberAt, rawWords } from "../cells.js";
import { applyChange, type Change } from "../change.js";
import { checkChange } from "../check.js";
import { compile, update } from "../compile.js";
import type { Access, CompiledMember, CompiledSettings } from "../compiled.js";
import type { AccessChannel, AccessMember, ChangeType, Snapshot } from "../snapshot.js";
import { unlimited } from "./dead.js";
import { type Finding, finding, type Part, partName } from "./findings.js";
import { differentPeople, membersAmong, placesOf, withImaginedChannels } from "./imagined.js";
import { overrideIsOver, upper } from "./names.js";

// Who can change who may do what: nobody, or more people than was meant.

/** What it takes so that a space does not stay as it is for ever. */
const NEEDED = ["role.define", "role.assign", "override.set"] as const satisfies readonly ChangeType[];

/** Kinds of change by which one changes what others may do. Letting people in is commonly open to everybody. */
const STRONG = [
  ...NEEDED,
  "grant.give",
  "grant.revoke",
  "limit.put",
  "limit.lift",
  "member.remove",
  "ownership.pass",
] as const satisfies readonly ChangeType[];

/** Kinds of change by which one gives something to somebody. */
const GIVING = ["role.assign", "override.set", "grant.give"] as const satisfies readonly ChangeType[];

/** Nobody can change anything, now or once what ends has ended. */
export function lockOut(access: Access, at: Instant | undefined): readonly Finding[] {
  const { snapshot } = access;
  const ids = Object.keys(snapshot.members);
  if (ids.length === 0) return [];
  const isLocked = (then: Instant | undefined): boolean => {
    const there = ids.flatMap((id) => {
      const member = access.member(id);
      return member && isMemberAt(member, then) ? [member] : [];
    });
    if (there.some(({ set }) => set.bypass)) return false;
    return !there.some(({ id }) => NEEDED.some((type) => hasPower(access, id, type, then)));
  };
  const space: Part = { kind: "space" };
  if (isLocked(at)) return [finding("LOCKED_OUT", space, "Nobody can change roles or overrides.")];
  if (at === undefined) return [];
  const edges = edgesIn(snapshot).filter((edge) => edge > at);
  let from: Instant | undefined;
  for (const edge of edges.reverse()) {
    if (!isLocked(edge)) break;
    from = edge;
  }
  if (from === undefined) return [];
  const message = "There comes a time from which on nobody can change roles or overrides.";
  return [finding("LOCKED_OUT", space, message, [], from)];
}

/** Every instant at which somebody's permissions may change, in order. */
function edgesIn(snapshot: Snapshot): Instant[] {
  const settings: readonly Settings[] = [snapshot, ...Object.values<Settings>(snapshot.channels)];
  const periods: readonly Period[] = [
    ...Object.values<AccessMember>(snapshot.members).flatMap(({ until, grants = [], limits = [] }) => [
      { until },
      ...grants,
      ...limits,
    ]),
    ...settings.flatMap(({ overrides = [], limits = [] }) => [...overrides, ...limits]),
  ];
  // What takes away still holds at the instant of its end.
  const edges = periods.flatMap(({ from, until }) => [from, until, until === undefined ? until : until + 1]);
  return [...new Set(edges.filter((edge) => edge !== undefined))].sort((a, b) => a - b);
}

function hasPower(access: Access, member: string, type: ChangeType, at: Instant | undefined): boolean {
  const power = access.snapshot.powers?.[type];
  if (power === undefined) return false;
  return placesOf(access).some(({ id }) => can(access, member, power, id ?? undefined, at));
}

/** Roles and members that do not bypass and rank with what does. */
export function highRanks({ roles, members }: Snapshot): readonly Finding[] {
  const all = Object.entries(roles);
  const bypassing = all.filter(([, role]) => role.bypass);
  const look = (about: Part, rank: number): readonly Finding[] => {
    const reached = bypassing.filter(([, role]) => rank >= role.rank);
    if (reached.length === 0) return [];
    const by = reached.map(([id]): Part => ({ kind: "role", id }));
    const message = `${upper(about)} ranks with ${by.map(partName).join(", ")}, and does not bypass.`;
    return [finding("RANKED_WITH_BYPASS", about, message, by)];
  };
  const hosts = new Set(bypassing.map(([id]) => id));
  return [
    ...all.flatMap(([id, role]) => (role.bypass ? [] : look({ kind: "role", id }, role.rank))),
    ...Object.entries<AccessMember>(members).flatMap(([id, member]) =>
      member.rank === undefined || member.roles.some((role) => hosts.has(role))
        ? []
        : look({ kind: "member", id }, member.rank),
    ),
  ];
}

/** Powers that everybody has. */
export function powersForEveryone(access: Access, at: Instant | undefined): readonly Finding[] {
  const { snapshot, vocabulary } = access;
  const ranks = Object.values(snapshot.roles).map(({ rank }) => rank);
  const lowest = ranks.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const roles = Object.keys(snapshot.roles).flatMap((id) => access.role(id) ?? []);
  const ordinary = roles.filter(({ bypass }) => !bypass);
  return STRONG.flatMap((change): readonly Finding[] => {
    const power = snapshot.powers?.[change];
    const index = power === undefined ? undefined : vocabulary.index.get(power);
    if (power === undefined || index === undefined) return [];
    const by: Part[] = [];
    for (const { id: channel, data, thresholds } of placesOf(access)) {
      for (const [i, override] of (data.overrides ?? []).entries()) {
        if (override.subject !== "everyone" || overrideIsOver(override, at)) continue;
        if (!has(vocabulary.given(override.allow), index)) continue;
        by.push({ kind: "override", channel, subject: "everyone", index: i });
      }
      if (thresholds.some(({ rank, step }) => rank <= lowest && has(step.words, index))) {
        by.push({ kind: "threshold", channel, capability: power });
      }
    }
    // Where there is one role beside those that bypass, it is as likely the moderators' as everybody's.
    if (ordinary.length > 1 && ordinary.every(({ step }) => has(step.words, index))) {
      by.push(...ordinary.map(({ id }): Part => ({ kind: "role", id })));
    }
    if (by.length === 0) return [];
    const about: Part = { kind: "power", change };
    return [finding("POWER_FOR_EVERYONE", about, `Everybody may ${power}, which is ${partName(about)}.`, by)];
  });
}

/** What a few people can do together that none of them can do, in spite of `checkChange`. */
export function escalations(snapshot: Snapshot, at: Instant | undefined): readonly Finding[] {
  const cast = castOf(snapshot);
  const actors = cast.people.filter(({ id }) => {
    const member = cast.access.member(id);
    return member && !member.set.bypass && isMemberAt(member, at);
  });
  const able = actors.filter(({ id }) => GIVING.some((type) => hasPower(cast.access, id, type, at)));
  return [...assignableBypass(cast, able, at), ...coalitions(cast, able, at)];
}

/** A member of the cast, and the part of the snapshot that they stand for. */
type Person = { readonly id: string; readonly part: Part };

/** A smaller space in which everybody differs from everybody else, with newcomers, to try changes in. */
type Cast = { readonly access: Access; readonly people: readonly Person[]; readonly newcomer: string };

function castOf(snapshot: Snapshot): Cast {
  // Ceilings come and go; what can be done once they are off is what counts.
  const { channels, ...rest } = withImaginedChannels(snapshot);
  const unlimitedChannels = Object.fromEntries(
    Object.entries<AccessChannel>(channels).map(([id, channel]) => [id, { ...channel, limits: [] }]),
  );
  const stage: Snapshot = { ...rest, channels: unlimitedChannels, limits: [] };
  const members: Record<string, AccessMember> = {};
  const free = (name: string): string => {
    let id = name;
    while (Object.hasOwn(snapshot.members, id)) id += "'";
    return id;
  };
  const everybody = differentPeople(compile(stage));
  const people = everybody.map((one): Person => {
    if ("member" in one) return { id: one.member, part: { kind: "member", id: one.member } };
    const id = free(`anybody with ${JSON.stringify(one.roles)}`);
    members[id] = { roles: one.roles };
    const [role, ...others] = one.roles;
    const isRole = role !== undefined && others.length === 0;
    // With several roles, or none, it is about the member who has them.
    return { id, part: isRole ? { kind: "role", id: role } : { kind: "member", id: one.like ?? "" } };
  });
  const newcomer = free("a newcomer");
  members[newcomer] = { roles: [] };
  return {
    access: compile({ ...stage, members: { ...membersAmong(everybody, snapshot), ...members } }),
    people,
    newcomer,
  };
}

function assignableBypass(
  { access, newcomer }: Cast,
  actors: readonly Person[],
  at: Instant | undefined,
): readonly Finding[] {
  return Object.entries(access.snapshot.roles).flatMap(([role, { bypass }]): readonly Finding[] => {
    if (!bypass) return [];
    const change: Change = { type: "role.assign", member: newcomer, roles: [role] };
    const able = actors.filter(({ id }) => checkChange(access, id, change, at).ok);
    if (able.length === 0) return [];
    const by = distinct(able.map(({ part }) => part));
    const message = `The role ${role} may be handed out by ${by.map(partName).join(", ")}.`;
    return [finding("BYPASS_ASSIGNABLE", { kind: "role", id: role }, message, by)];
  });
}

function coalitions(
  { access, people }: Cast,
  actors: readonly Person[],
  at: Instant | undefined,
): readonly Finding[] {
  const { names } = access.vocabulary;
  const found = new Map<string, Finding>();
  const keyOf = (part: Part, index: number): string => JSON.stringify([part, index]);
  // Roles first: what is found for a role is not said again for each member who has it.
  const ordered = [...people].sort((a, b) => Number(b.part.kind === "role") - Number(a.part.kind === "role"));
  for (const { id, part } of ordered) {
    const member = access.member(id);
    if (!member || member.set.bypass) continue;
    for (const place of placesOf(access)) {
      for (const index of dormantIn(access, member, place, at)) {
        const key = keyOf(part, index);
        if (
          found.has(key) ||
          [...member.set.ids].some((role) => found.has(keyOf({ kind: "role", id: role }, index)))
        )
          continue;
        const helper = actors.find((actor) => wakes(access, actor.id, member, place, index, at));
        if (!helper) continue;
        const capability: Part = { kind: "capability", id: names[index] ?? "" };
        const message = `${upper(part)} cannot use ${capability.id} until ${partName(helper.part)}, who lacks it, gives what it requires.`;
        found.set(key, finding("COALITION_GAINS", part, message, [capability, helper.part]));
      }
    }
  }
  return [...found.values()];
}

/** What is given to somebody in a place and of no use to them, because they lack what it requires. */
function dormantIn(
  access: Access,
  actor: CompiledMember,
  place: CompiledSettings,
  at: Instant | undefined,
): readonly number[] {
  const { vocabulary } = access;
  const raw = rawWords(access, actor, place, at);
  const usable = unlimited(access, actor, place, at);
  const here = place.id === null ? vocabulary.inSpace : vocabulary.inChannels;
  const inKind = place.kind === null ? vocabulary.all : vocabulary.inKind(place.kind);
  return vocabulary.names.flatMap((_, index) =>
    has(here, index) && has(inKind, index) && has(raw, index) && !has(usable, index) ? [index] : [],
  );
}

/** Whether somebody who cannot do it themselves may give a member what it takes, so that the member can. */
function wakes(
  access: Access,
  actor: string,
  member: CompiledMember,
  place: CompiledSettings,
  index: number,
  at: Instant | undefined,
): boolean {
  const { vocabulary } = access;
  const helper = access.member(actor);
  const needed = vocabulary.needsIn(place.kind)[index];
  if (!helper || !needed || actor === member.id || helper.rank <= member.rank) return false;
  const theirs = unlimited(access, helper, place, at);
  const raw = rawWords(access, member, place, at);
  const missing = without(needed, raw);
  if (has(theirs, index) || !covers(theirs, missing)) return false;
  const allow = vocabulary.names.filter((_, i) => has(missing, i));
  const capability = vocabulary.names[index] ?? "";
  const channel = place.id ?? undefined;
  const own = (place.data.overrides ?? []).filter(
    ({ subject }) => subject !== "everyone" && "member" in subject && subject.member === member.id,
  );
  const roles = Object.keys(access.snapshot.roles).filter((id) => {
    const role = access.role(id);
    if (!role) return false;
    const inKind = place.kind === null ? undefined : role.inKind(place.kind);
    return covers(inKind ? union(role.step.words, inKind.words) : role.step.words, missing);
  });
  const changes: readonly Change[] = [
    { type: "grant.give", member: member.id, grant: { id: "given", allow, channel } },
    {
      type: "override.set",
      channel: place.id,
      subject: { member: member.id },
      overrides: [...own, { allow }].map(({ subject: _, ...override }: Partial<Override>) => override),
    },
    ...roles.map(
      (role): Change => ({ type: "role.assign", member: member.id, roles: [...member.data.roles, role] }),
    ),
  ];
  return changes.some(
    (change) =>
      checkChange(access, actor, change, at).ok &&
      can(update(access, applyChange(access.snapshot, change, actor)), member.id, capability, channel, at),
  );
}

function distinct(parts: readonly Part[]): readonly Part[] {
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
}
