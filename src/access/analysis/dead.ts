import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Override, Period, Settings } from "../../model/access.js";
import { add, type Words } from "../bits.js";
import { cellOf, close, fold } from "../cells.js";
import { sameSubject } from "../change.js";
import { compile, update } from "../compile.js";
import type { Access, CompiledMember, CompiledSettings } from "../compiled.js";
import { ROLES } from "../roles.js";
import type { AccessMember, Snapshot } from "../snapshot.js";
import { type Finding, finding, type Part, partName } from "./findings.js";
import {
  differentPeople,
  freeId,
  membersAmong,
  personOf,
  type Somebody,
  withImaginedChannels,
} from "./imagined.js";
import { grantIsOver, isThere, overrideIsOver, upper } from "./names.js";

// What has no effect. Ceilings are left out throughout: they come and go, and only take away, so what changes
// nothing without them changes nothing under them.

/** Up to so many roles, people with any two of them are imagined; with more, only those that an override is for. */
const MOST_ROLES = 24;

/** Roles that nobody has. */
export function unusedRoles({ roles, members }: Snapshot): readonly Finding[] {
  const had = new Set(Object.values<AccessMember>(members).flatMap((member) => member.roles));
  return Object.keys(roles)
    .filter((id) => !had.has(id) && entry(roles, id) !== entry<unknown>(ROLES, id))
    .map((id) => finding("ROLE_UNUSED", { kind: "role", id }, `Nobody has the role ${id}.`));
}

/** Overrides and grants without which everybody might do the same. */
export function deadEntries(snapshot: Snapshot, at: Instant | undefined): readonly Finding[] {
  const all = compile(withImaginedChannels(snapshot));
  const people = differentPeople(all);
  const as = freeId(all);
  // Of those who are like one another only the roles are needed, however many they are.
  const whole = compile({ ...all.snapshot, members: membersAmong(people, snapshot) });
  // Each has to be dead as things are, and with those gone that were found before it: both of a pair of the same
  // would otherwise be reported, and removing both would change something.
  let pruned = whole;
  const isDead = (
    without: (from: Snapshot) => Snapshot,
    who: readonly Somebody[],
    channels: readonly (string | null)[],
  ): boolean => {
    const rest = update(whole, without(whole.snapshot));
    if (!same(whole, rest, who, channels, at)) return false;
    if (pruned === whole) {
      pruned = rest;
      return true;
    }
    const prunedRest = update(pruned, without(pruned.snapshot));
    if (!same(pruned, prunedRest, who, channels, at)) return false;
    pruned = prunedRest;
    return true;
  };

  const overrides = overridesIn(snapshot).flatMap(({ channel, override, index }): readonly Finding[] => {
    const about: Part = { kind: "override", channel, subject: override.subject, index };
    if (overrideIsOver(override, at) || !isThere(snapshot, override)) return [];
    const who = concerned(whole, people, as, override);
    const channels = affected(whole, channel);
    if (!isDead((from) => withoutOverride(from, channel, override), who, channels)) return [];
    const by = shadowsOf(whole, channel, override, who, at);
    const name = upper(about);
    return by.length > 0
      ? [finding("OVERRIDE_SHADOWED", about, `${name} is overruled by ${by.map(partName).join(", ")}.`, by)]
      : [finding("OVERRIDE_DEAD", about, `${name} changes nothing for anybody.`)];
  });

  const vouched = people.filter((one) => "member" in one && hasBound(entry(snapshot.members, one.member)));
  const grants = Object.entries<AccessMember>(snapshot.members).flatMap(([member, { grants = [] }]) =>
    grants.flatMap((grant): readonly Finding[] => {
      if (grantIsOver(grant, at)) return [];
      if (grant.channel !== undefined && !Object.hasOwn(snapshot.channels, grant.channel)) return [];
      const channels = grant.channel === undefined ? affected(whole, null) : [grant.channel];
      const without = (from: Snapshot): Snapshot => {
        const data = entry<AccessMember>(from.members, member);
        const rest = { ...data, grants: data?.grants?.filter((one) => one !== grant) } as AccessMember;
        return { ...from, members: { ...from.members, [member]: rest } };
      };
      if (!isDead(without, [{ member }, ...vouched], channels)) return [];
      const about: Part = { kind: "grant", member, id: grant.id };
      return [finding("GRANT_DEAD", about, `${upper(about)} changes nothing.`)];
    }),
  );
  return [...overrides, ...grants];
}

type Placed = { readonly channel: string | null; readonly override: Override; readonly index: number };

function overridesIn(snapshot: Snapshot): readonly Placed[] {
  const list = (channel: string | null, { overrides = [] }: Settings): readonly Placed[] =>
    overrides.map((override, index) => ({ channel, override, index }));
  return [
    ...list(null, snapshot),
    ...Object.entries<Settings>(snapshot.channels).flatMap(([id, channel]) => list(id, channel)),
  ];
}

function withoutOverride(snapshot: Snapshot, channel: string | null, ...gone: readonly Override[]): Snapshot {
  const rest = ({ overrides = [] }: Settings) => overrides.filter((one) => !gone.includes(one));
  if (channel === null) return { ...snapshot, overrides: rest(snapshot) };
  const data = entry(snapshot.channels, channel);
  if (!data) return snapshot;
  return {
    ...snapshot,
    channels: { ...snapshot.channels, [channel]: { ...data, overrides: rest(data) } },
  };
}

/** Everybody for whom the override can make a difference, imagined people included. */
function concerned(
  access: Access,
  people: readonly Somebody[],
  as: string,
  { subject }: Override,
): readonly Somebody[] {
  const { snapshot } = access;
  const bound = people.filter((one) => "member" in one && hasBound(entry(snapshot.members, one.member)));
  if (subject !== "everyone" && "member" in subject) return [{ member: subject.member }, ...bound];
  const roles = Object.keys(snapshot.roles);
  const first = subject !== "everyone" && "role" in subject ? [subject.role] : roles;
  const pairs =
    first.length > MOST_ROLES
      ? []
      : first.flatMap((a) => roles.filter((b) => b !== a).map((b) => ({ roles: [a, b], as })));
  const selected = (one: Somebody): boolean => {
    const person = personOf(access, one);
    if (!person || person.set.bypass) return false;
    if (subject === "everyone") return true;
    return "role" in subject
      ? person.set.ids.has(subject.role)
      : access.selects({ groups: [subject.group] }, person);
  };
  return [...[...people, { roles: [], as }, ...pairs].filter(selected), ...bound];
}

function hasBound(member: AccessMember | undefined): boolean {
  return member?.grants?.some(({ bound }) => bound) ?? false;
}

/** Where the settings of a channel count: there and below it; those of the space everywhere. */
function affected(access: Access, channel: string | null): readonly (string | null)[] {
  if (channel === null) return [null, ...Object.keys(access.snapshot.channels)];
  return Object.keys(access.snapshot.channels).filter((id) => {
    for (let one = access.channel(id); one; one = one.parent) if (one.id === channel) return true;
    return false;
  });
}

/** The overrides of which each alone, or which together, keep this one from having an effect. */
function shadowsOf(
  whole: Access,
  channel: string | null,
  override: Override,
  who: readonly Somebody[],
  at: Instant | undefined,
): readonly Part[] {
  const { snapshot } = whole;
  const channels = affected(whole, channel);
  const words = wordsOf(whole, override);
  const later = overridesIn(snapshot).filter(
    (one) =>
      one.override !== override &&
      channels.includes(one.channel) &&
      (one.channel !== channel ||
        sameSubject(one.override.subject, override.subject) ||
        tier(one.override) > tier(override)) &&
      wordsOf(whole, one.override).some((word, i) => (word & (words[i] as number)) !== 0),
  );
  const hide = (some: readonly Placed[]): boolean => {
    const without = some.reduce((from, one) => withoutOverride(from, one.channel, one.override), snapshot);
    const base = update(whole, without);
    return !same(base, update(base, withoutOverride(without, channel, override)), who, channels, at);
  };
  const single = later.filter((one) => hide([one]));
  const shadows = single.length > 0 ? single : later.length > 1 && hide(later) ? later : [];
  return shadows.map(({ channel: there, override: { subject }, index }) => ({
    kind: "override",
    channel: there,
    subject,
    index,
  }));
}

function tier({ subject }: Override): number {
  if (subject === "everyone") return 0;
  return "member" in subject ? 2 : 1;
}

function wordsOf({ vocabulary }: Access, { allow, deny }: Override): Words {
  const words = vocabulary.given(allow);
  add(words, vocabulary.named(deny));
  return words;
}

/** Whether these people can do the same in both, now and at every later instant at which something changes. */
function same(
  a: Access,
  b: Access,
  who: readonly Somebody[],
  channels: readonly (string | null)[],
  at: Instant | undefined,
): boolean {
  return channels.every((channel) => {
    const [placeA, placeB] = [placeIn(a, channel), placeIn(b, channel)];
    if (!placeA || !placeB) return placeA === placeB;
    return who.every((one) => {
      const [personA, personB] = [personOf(a, one), personOf(b, one)];
      if (!personA || !personB) return personA === personB;
      return instantsOf(a, personA, placeA, at).every((then) => {
        const wordsA = unlimited(a, personA, placeA, then);
        const wordsB = unlimited(b, personB, placeB, then);
        return wordsA.every((word, i) => word === wordsB[i]);
      });
    });
  });
}

/** What somebody can do in a place while no ceiling is on. */
export function unlimited(
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  at: Instant | undefined,
): Words {
  const { steps } = cellOf(access, member, place, at);
  return close(
    access,
    fold(access, steps, (stage) => stage !== "ceiling" && stage !== "gate"),
    place.kind,
  );
}

/** Instants of which at least one lies in every stretch of time in which the answers about a member stay the same. */
function instantsOf(
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  at: Instant | undefined,
): readonly (Instant | undefined)[] {
  const periods: Period[] = [...(access.space.data.overrides ?? [])];
  for (let one: CompiledSettings | undefined = place; one && one.id !== null; one = one.parent) {
    periods.push(...(one.data.overrides ?? []));
  }
  periods.push(...member.grants);
  if (member.grants.some(({ bound }) => bound)) {
    for (const { grants = [], until } of Object.values<AccessMember>(access.snapshot.members)) {
      periods.push(...grants, { until });
    }
  }
  const edges = periods.flatMap(({ from, until }) => [
    ...(from === undefined ? [] : [from]),
    ...(until === undefined ? [] : [until, until + 1]),
  ]);
  if (edges.length === 0) return [undefined];
  const start = at ?? edges.reduce((a, b) => Math.min(a, b)) - 1;
  return [undefined, ...new Set([start, ...edges.filter((edge) => edge > start)])];
}

function placeIn(access: Access, channel: string | null): CompiledSettings | undefined {
  return channel === null ? access.space : access.channel(channel);
}
