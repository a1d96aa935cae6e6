import { entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { Grant, Override, Period, Role } from "../model/access.js";
import { common, none, union, type Words, without } from "./bits.js";
import { can } from "./can.js";
import { cellOf, fold, isMemberAt, isRaw, rawWords } from "./cells.js";
import { applyChange, type Change, sameSubject } from "./change.js";
import { update } from "./compile.js";
import type { Access, CompiledMember, CompiledSettings } from "./compiled.js";
import { guardAgainst, lockedAgainst } from "./decide.js";
import type { AccessMember } from "./snapshot.js";

/** Why a change is not safe. */
export type CheckCode =
  | "NOT_A_MEMBER"
  | "TARGET_UNKNOWN"
  | "ROLE_UNKNOWN"
  | "CHANNEL_UNKNOWN"
  | "CEILING_UNKNOWN"
  | "ALREADY_A_MEMBER"
  | "NOT_ALLOWED"
  | "OUTRANKED"
  | "GIVES_MORE_THAN_OWN"
  | "RAISES_ONESELF"
  | "TOUCHES_A_HIGHER"
  | "LAST_HOST"
  | "LOCKED";

/** Whether a change may be made, or why not. */
export type Check =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: CheckCode;
      /** The member, role, channel or ceiling it is about. */
      readonly about: string;
      /** What would be given and is not the actor's to give. */
      readonly capabilities: readonly string[];
    };

const OK: Check = { ok: true };

/**
 * Whether somebody may change who may do what.
 *
 * - It takes the power: the capability that the snapshot's `powers` name, or a role that bypasses.
 * - Nobody gives what they lack, then or later: what ends for the actor ends for whom they give it to. Taking a deny
 *   away, or a ceiling off, is giving.
 * - Nobody acts on an equal or a higher, save on oneself to step down; nobody comes out higher than who acts, save
 *   by the hand of one who bypasses. Nobody raises themselves.
 * - What is removed is set to its default, and judged by what that comes to.
 * - Where somebody bypasses everything, somebody always will: the last host stays.
 *
 * Time: linear in members times channels for changes that concern everybody, since it compares what all of them
 * may do before and after.
 *
 * ```ts
 * checkChange(access, "cora", { type: "role.assign", member: "leo", roles: ["host"] }, now);
 * // { ok: false, code: "OUTRANKED", about: "host", capabilities: [] }
 * ```
 */
export function checkChange<C extends string>(
  access: Access<C>,
  actor: string,
  change: Change<C>,
  at?: Instant,
): Check {
  const now = access as Access;
  const who = now.member(actor);
  if (!who || !isMemberAt(who, at)) return refuse("NOT_A_MEMBER", actor);
  return (
    forbidPowerless(now, who, change as Change, at) ??
    forbidUnknown(now, change as Change) ??
    forbidRanks(now, who, change as Change) ??
    forbidGiving(now, who, change as Change, at) ??
    forbidEffects(now, who, change as Change, at) ??
    OK
  );
}

type Refused = Extract<Check, { ok: false }>;

function refuse(code: CheckCode, about: string, capabilities: readonly string[] = []): Refused {
  return { ok: false, code, about, capabilities };
}

/** What a change names has to be there. */
function forbidUnknown(access: Access, change: Change): Refused | undefined {
  const target = targetOf(change);
  if (change.type === "member.add") {
    // Another's roles, grants and ceilings each take a power of their own to change.
    if (access.member(change.member)) return refuse("ALREADY_A_MEMBER", change.member);
  } else if (target !== undefined && !access.member(target)) return refuse("TARGET_UNKNOWN", target);
  const channel = channelIn(change);
  if (channel !== undefined && !access.channel(channel)) return refuse("CHANNEL_UNKNOWN", channel);
  const ceiling = change.type === "limit.put" ? change.limit.ceiling : undefined;
  if (ceiling !== undefined && !entry(access.snapshot.ceilings ?? {}, ceiling))
    return refuse("CEILING_UNKNOWN", ceiling);
  const unknown = rolesIn(change).find((role) => !access.role(role));
  return unknown === undefined ? undefined : refuse("ROLE_UNKNOWN", unknown);
}

/** The power to make such a change, and, of a locked channel, the key. */
function forbidPowerless(
  access: Access,
  who: CompiledMember,
  change: Change,
  at: Instant | undefined,
): Refused | undefined {
  const power = access.snapshot.powers?.[change.type];
  const channel = channelIn(change);
  const place = channel === undefined ? undefined : access.channel(channel);
  if (place?.id && lockedAgainst(access, who, place) !== undefined) return refuse("LOCKED", place.id);
  if (stepsDown(access, who, change)) return undefined;
  const mayOn = (place: string | undefined): boolean =>
    power !== undefined && can(access, who.id, power, place, at);
  if (!who.set.bypass && !mayOn(channel)) return refuse("NOT_ALLOWED", power ?? change.type);
  // What it takes to act on a member holds for changing what they may do as well.
  const target = targetOf(change);
  const index = power === undefined ? undefined : access.vocabulary.index.get(power);
  if (target === undefined || index === undefined || !access.member(target)) return undefined;
  const question = { member: who.id, capability: power ?? "", target };
  const held = guardAgainst(access, who, place ?? access.space, index, question);
  return held && held.code !== "LOCKED" ? refuse("OUTRANKED", held.by) : undefined;
}

/** Everybody may take roles of a lower rank for their own, and leave. */
function stepsDown(access: Access, who: CompiledMember, change: Change): boolean {
  if (change.type === "member.remove") return change.member === who.id;
  return (
    change.type === "role.assign" &&
    change.member === who.id &&
    change.roles.every((role) => who.set.ids.has(role) || (access.role(role)?.rank ?? who.rank) < who.rank)
  );
}

/** Whom the change acts on, and what it makes of them. */
function forbidRanks(access: Access, who: CompiledMember, change: Change): Refused | undefined {
  const target = targetOf(change);
  const other = target === undefined ? undefined : access.member(target);
  if (other && other.id !== who.id && !(other.rank < who.rank)) return refuse("OUTRANKED", other.id);
  const tooHigh = (rank: number): boolean => !(who.set.bypass ? rank <= who.rank : rank < who.rank);
  if (change.type === "role.define") {
    const before = access.role(change.role);
    if (before && !(before.rank < who.rank)) return refuse("OUTRANKED", change.role);
    if (change.to && tooHigh(change.to.rank)) return refuse("OUTRANKED", change.role);
  }
  if (change.type === "member.add" && change.data.rank !== undefined && tooHigh(change.data.rank))
    return refuse("OUTRANKED", change.member);
  if (change.type !== "role.assign" && change.type !== "member.add") return undefined;
  const before = other?.set.ids;
  const high = rolesIn(change).find((id) => !before?.has(id) && tooHigh(access.role(id)?.rank ?? 0));
  return high === undefined ? undefined : refuse("OUTRANKED", high);
}

/** What the change itself gives, whoever it may reach and whenever: nobody writes down what they do not have. */
function forbidGiving(
  access: Access,
  who: CompiledMember,
  change: Change,
  at: Instant | undefined,
): Refused | undefined {
  if (change.type === "ownership.pass") {
    const more = change.keep.find((role) => !who.set.ids.has(role));
    return more === undefined ? undefined : refuse("RAISES_ONESELF", more);
  }
  if (who.set.bypass) return undefined;
  switch (change.type) {
    case "role.define":
      return forbidRole(access, who, change, at);
    case "override.set":
      return forbidOverrides(access, who, change, at);
    case "grant.give":
      return forbidGrant(access, who, change.member, change.grant, at);
    case "member.add":
      return first(change.data.grants ?? [], (grant) => forbidGrant(access, who, change.member, grant, at));
    default:
      return undefined;
  }
}

function forbidRole(
  access: Access,
  who: CompiledMember,
  { role, to }: Extract<Change, { type: "role.define" }>,
  at: Instant | undefined,
): Refused | undefined {
  if (to?.bypass) return refuse("GIVES_MORE_THAN_OWN", role);
  const { vocabulary, snapshot } = access;
  const old = entry(snapshot.roles, role);
  const givenBy = (one: Role | null | undefined, kind: string | null): Words =>
    union(
      vocabulary.given(one?.allow),
      common(vocabulary.given(kind === null ? [] : entry(one?.kinds ?? {}, kind)), vocabulary.inChannels),
    );
  const places = [
    access.space,
    ...placesOf(access),
    ...Object.keys(to?.kinds ?? {}).map(newChannelIn(access)),
  ];
  return first(places, (place) => {
    const added = without(givenBy(to, place.kind), givenBy(old, place.kind));
    return forbidWords(access, rawWords(access, who, place, at), place, added, role);
  });
}

function forbidOverrides(
  access: Access,
  who: CompiledMember,
  { channel, subject, overrides }: Extract<Change, { type: "override.set" }>,
  at: Instant | undefined,
): Refused | undefined {
  const { vocabulary } = access;
  const place = channel === null ? access.space : access.channel(channel);
  if (!place) return undefined;
  const old = (place.data.overrides ?? []).filter((one) => sameSubject(one.subject, subject));
  const isOver = ({ until }: Period): boolean => at !== undefined && until !== undefined && until < at;
  /** What is in some of these and not, for at least as long, in one of those. */
  const beyond = (these: readonly Entry[], those: readonly Entry[], words: (one: Entry) => Words): Words =>
    these
      .filter((one) => !isOver(one))
      .map((one) =>
        those
          .filter((other) => outlasts(other, one))
          .reduce((left, other) => without(left, words(other)), words(one)),
      )
      .reduce(union, vocabulary.named([]));
  const more = union(
    beyond(overrides, old, ({ allow }) => vocabulary.given(allow)),
    beyond(old, overrides, ({ deny }) => vocabulary.named(deny)),
  );
  const places = channel === null ? [place, ...placesOf(access)] : [place, ...below(access, place)];
  return first(places, (one) =>
    forbidWords(access, rawWords(access, who, one, at), one, more, nameOf(subject)),
  );
}

type Entry = Omit<Override, "subject">;

/** Whether one holds whenever the other does. */
function outlasts(one: Period, other: Period): boolean {
  return (
    (one.from === undefined || (other.from !== undefined && one.from <= other.from)) &&
    (one.until === undefined || (other.until !== undefined && other.until <= one.until))
  );
}

function forbidGrant(
  access: Access,
  who: CompiledMember,
  member: string,
  { allow, channel }: Grant,
  at: Instant | undefined,
): Refused | undefined {
  const words = access.vocabulary.given(allow);
  const only = channel === undefined ? undefined : access.channel(channel);
  const places = only ? [only] : [access.space, ...placesOf(access)];
  return first(places, (place) =>
    forbidWords(access, rawWords(access, who, place, at), place, words, member),
  );
}

/**
 * What the change comes to, for everybody it reaches, now and at any time after: nobody has more than they had and
 * the actor has, the actor has no more than before, and nobody of the actor's rank or higher is touched.
 */
function forbidEffects(
  access: Access,
  who: CompiledMember,
  change: Change,
  at: Instant | undefined,
): Refused | undefined {
  const after = update(access, applyChange(access.snapshot, change, who.id));
  if (losesItsHosts(access, after, at)) return refuse("LAST_HOST", who.id);
  const places = placesReached(access, after, change);
  const seen = new Set<string>();
  for (const id of membersReached(access, who, change)) {
    const before = access.member(id);
    const then = after.member(id);
    if (!then) continue;
    if (before?.plain && then.plain && id !== who.id && !isNamed(id, access, after)) {
      // What holds for one holds for everybody with the same roles and nothing else.
      const roles = `${before.set.index} ${then.set.index}`;
      if (seen.has(roles)) continue;
      seen.add(roles);
    }
    const higher = id !== who.id && before !== undefined && !(before.rank < who.rank);
    if (id === who.id && then.rank > who.rank) return refuse("RAISES_ONESELF", id);
    if (higher && then.rank !== before.rank) return refuse("TOUCHES_A_HIGHER", id);
    if (id !== who.id && !higher && then.rank > who.rank) return refuse("OUTRANKED", id);
    const refused = first(places, ([place, placeThen]) =>
      forbidEffect(access, after, { who, before, then, higher, place, placeThen }, at),
    );
    if (refused) return refused;
  }
  return undefined;
}

/** Whom the change can make a difference to: those it is about, and those who were given what hangs on others. */
function membersReached({ snapshot }: Access, who: CompiledMember, change: Change): readonly string[] {
  const target = targetOf(change);
  const members = Object.entries<AccessMember>(snapshot.members);
  if (target === undefined) return members.map(([id]) => id);
  const bound = members.filter(([, { grants }]) => grants?.some((grant) => grant.bound)).map(([id]) => id);
  return [...new Set([target, ...(change.type === "ownership.pass" ? [who.id] : []), ...bound])];
}

/** Where it can make a difference, as it was and as it is then: in channels, too, that are still to be opened. */
function placesReached(
  access: Access,
  after: Access,
  change: Change,
): readonly (readonly [CompiledSettings, CompiledSettings])[] {
  const channel = channelIn(change);
  const place = channel === undefined ? undefined : access.channel(channel);
  const known = place ? [place, ...below(access, place)] : placesOf(access);
  const pairs = known.flatMap((one) => {
    const then = one.id === null ? undefined : after.channel(one.id);
    return then ? [[one, then] as const] : [];
  });
  if (place) return pairs;
  const kinds = new Set(
    [access, after].flatMap(({ snapshot }) =>
      Object.values(snapshot.roles).flatMap((role) => Object.keys(role.kinds ?? {})),
    ),
  );
  const fresh = [...kinds].map((kind) => [newChannelIn(access)(kind), newChannelIn(after)(kind)] as const);
  return [[access.space, after.space], ...pairs, ...fresh];
}

/** Channels that nothing has been said about yet, by the settings of the space and their kind. */
const newChannels = /* @__PURE__ */ new WeakMap<CompiledSettings, Map<string, CompiledSettings>>();

/** A channel of some kind that nothing has been said about yet: there everybody has what the space and roles give. */
function newChannelIn({ space }: Access): (kind: string) => CompiledSettings {
  const known = newChannels.get(space) ?? new Map<string, CompiledSettings>();
  newChannels.set(space, known);
  return (kind) => {
    const channel = known.get(kind) ?? { ...space, kind, cells: [], sure: [] };
    known.set(kind, channel);
    return channel;
  };
}

/** Whether a setting, before or after, names this member, so that others with the same roles tell nothing. */
function isNamed(id: string, ...both: readonly Access[]): boolean {
  return both.some((access) => [access.space, ...placesOf(access)].some(({ names }) => names.has(id)));
}

type Affected = {
  readonly who: CompiledMember;
  readonly before: CompiledMember | undefined;
  readonly then: CompiledMember;
  readonly higher: boolean;
  readonly place: CompiledSettings;
  readonly placeThen: CompiledSettings;
};

/** What somebody has in a place: before anything limits it, after that, and what of it no condition stands against. */
type Share = { readonly raw: Words; readonly usable: Words; readonly free: Words; readonly until: number };

function shareOf(
  access: Access,
  member: CompiledMember | undefined,
  place: CompiledSettings,
  at: Instant | undefined,
): Share {
  if (!member) {
    const nothing = none(access.vocabulary.all.length);
    return { raw: nothing, usable: nothing, free: nothing, until: Number.POSITIVE_INFINITY };
  }
  const { words: usable, conditional, steps, until } = cellOf(access, member, place, at);
  return { raw: fold(access, steps, isRaw), usable, free: without(usable, conditional), until };
}

/** What a change makes of somebody in a place, at every instant from which on something else holds there. */
function forbidEffect(
  access: Access,
  after: Access,
  { who, before, then, higher, place, placeThen }: Affected,
  at: Instant | undefined,
): Refused | undefined {
  for (let now = at; ; ) {
    const had = shareOf(access, before, place, now);
    const has = shareOf(after, then, placeThen, now);
    const own = shareOf(access, who, place, now);
    const refused = forbidShare(access, { who, then, higher }, had, has, own);
    if (refused) return refused;
    const next = Math.min(had.until, has.until, own.until);
    if (now === undefined || next === Number.POSITIVE_INFINITY) return undefined;
    now = next;
  }
}

function forbidShare(
  access: Access,
  { who, then, higher }: Pick<Affected, "who" | "then" | "higher">,
  had: Share,
  has: Share,
  own: Share,
): Refused | undefined {
  const [raw, usable, free] = [
    without(has.raw, had.raw),
    without(has.usable, had.usable),
    without(has.free, had.free),
  ];
  if (higher) {
    return equal(had.raw, has.raw) && equal(had.usable, has.usable)
      ? undefined
      : refuse("TOUCHES_A_HIGHER", then.id, namesOf(access, without(had.usable, has.usable)));
  }
  if (then.id === who.id) {
    const more = namesOf(access, union(raw, union(usable, free)));
    return more.length === 0 ? undefined : refuse("RAISES_ONESELF", who.id, more);
  }
  // What lay dormant under a ceiling may come back to who had it; anything new has to be of use to the actor as well.
  const more = namesOf(access, union(without(raw, own.raw), without(without(usable, had.raw), own.usable)));
  return more.length === 0 ? undefined : refuse("GIVES_MORE_THAN_OWN", then.id, more);
}

function forbidWords(
  access: Access,
  own: Words,
  { id }: CompiledSettings,
  words: Words,
  about: string,
): Refused | undefined {
  const { inChannels } = access.vocabulary;
  // What is written down for the space holds in channels that are still to come.
  const reach = id === null ? words : common(words, inChannels);
  const names = namesOf(access, without(reach, own));
  return names.length === 0 ? undefined : refuse("GIVES_MORE_THAN_OWN", about, names);
}

/** Whether somebody bypasses everything now, or for good, and nobody does after the change. */
function losesItsHosts(access: Access, after: Access, at: Instant | undefined): boolean {
  return [at, undefined].some((when) => someBypass(access, when) && !someBypass(after, when));
}

function someBypass({ snapshot }: Access, at: Instant | undefined): boolean {
  return Object.values(snapshot.members).some(
    (member) =>
      (member.until === undefined || (at !== undefined && at < member.until)) &&
      member.roles.some((role) => entry(snapshot.roles, role)?.bypass),
  );
}

/** The channel it is about: what is put on a member holds everywhere, whatever channel is named beside. */
function channelIn(change: Change): string | undefined {
  if (!("channel" in change) || ("member" in change && change.member !== undefined)) return undefined;
  return change.channel ?? undefined;
}

function targetOf(change: Change): string | undefined {
  switch (change.type) {
    case "role.assign":
    case "grant.give":
    case "grant.revoke":
    case "member.add":
    case "member.remove":
      return change.member;
    case "limit.put":
    case "limit.lift":
      return change.member;
    case "override.set":
      return typeof change.subject === "object" && "member" in change.subject
        ? change.subject.member
        : undefined;
    case "ownership.pass":
      return change.to;
    case "role.define":
      return undefined;
    default:
      return change satisfies never;
  }
}

function rolesIn(change: Change): readonly string[] {
  if (change.type === "role.assign") return change.roles;
  if (change.type === "member.add") return change.data.roles;
  if (change.type === "ownership.pass") return change.keep;
  if (change.type !== "override.set" || typeof change.subject !== "object") return [];
  return "role" in change.subject ? [change.subject.role] : [];
}

/** Every channel. */
function placesOf(access: Access): readonly CompiledSettings[] {
  return Object.keys(access.snapshot.channels).flatMap((id) => access.channel(id) ?? []);
}

/** The channels that take over the overrides of this one. */
function below(access: Access, place: CompiledSettings): readonly CompiledSettings[] {
  return placesOf(access).filter((one) => {
    for (let parent = one.parent; parent; parent = parent.parent) if (parent.id === place.id) return true;
    return false;
  });
}

function first<T, R>(list: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function nameOf(subject: Override["subject"]): string {
  if (subject === "everyone") return subject;
  if ("role" in subject) return subject.role;
  return "group" in subject ? subject.group : subject.member;
}

function namesOf({ vocabulary }: Access, words: Words): readonly string[] {
  return vocabulary.names.filter((_, i) => ((words[i >> 5] ?? 0) >>> (i & 31)) & 1);
}

function equal(a: Words, b: Words): boolean {
  return a.every((word, i) => word === b[i]);
}
