import { entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import { none, union, type Words, without } from "./bits.js";
import { cellOf, fold, isRaw } from "./cells.js";
import { applyChange, type Change, channelIn, targetOf } from "./change.js";
import { update } from "./compile.js";
import type { Access, CompiledMember, CompiledSettings } from "./compiled.js";
import { below, newChannelIn, placesOf } from "./places.js";
import { first, namesOf, type Refused, refuse } from "./refused.js";
import type { AccessMember } from "./snapshot.js";

/**
 * What the change comes to, for everybody it reaches, now and at any time after: nobody has more than they had and
 * the actor has, the actor has no more than before, and nobody of the actor's rank or higher is touched.
 */
export function forbidEffects(
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

function equal(a: Words, b: Words): boolean {
  return a.every((word, i) => word === b[i]);
}
