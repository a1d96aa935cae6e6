import type { Instant } from "../../kernel/time.js";
import { common, has, type Words } from "../bits.js";
import { can } from "../can.js";
import { cellOf, isMemberAt } from "../cells.js";
import type { Access, CompiledMember, CompiledSettings } from "../compiled.js";

/** What one member may do in one place after, and not before, and the other way round. */
export type Difference<C extends string = string> = {
  readonly member: string;
  /** `null` is the space as a whole. */
  readonly channel: string | null;
  readonly gained: readonly C[];
  readonly lost: readonly C[];
};

/**
 * What a change comes to for people: who may do what afterwards that they might not do before, and the other way
 * round. What `can` says before, plus what is gained, less what is lost, is what `can` says afterwards. Whoever came
 * has gained everything they may do, whoever went has lost it; likewise for a channel. No row says nothing.
 *
 * `then` is the instant that is asked about afterwards, where it is another one: with the same `access` twice, what
 * time alone changes.
 *
 * Rows are in the order of the ids of members, then of channels, the space first.
 *
 * Time: linear in members, plus the different sets of roles times channels. Members whom more than their roles
 * concerns (a grant, a ceiling, an override for them alone, a condition) are compared one by one in every channel.
 *
 * ```ts
 * diff(access, update(access, applyChange(access.snapshot, change)), now);
 * // [{ member: "leo", channel: "lounge", gained: [], lost: ["message.post"] }]
 * ```
 */
export function diff<C extends string>(
  before: Access<C>,
  after: Access<C>,
  at?: Instant,
  then: Instant | undefined = at,
): readonly Difference<C>[] {
  const sides = { before: before as Access, after: after as Access, at, then };
  const places = placesOf(sides);
  const named = new Set(
    places.flatMap(({ before: a, after: b }) => [...(a?.names ?? []), ...(b?.names ?? [])]),
  );
  // What differs for one differs for everybody with the same roles and nothing else.
  const known = new Map<string, readonly Row[] | null>();
  const all = idsOf(before.snapshot.members, after.snapshot.members).flatMap((id): Difference[] => {
    const pair: Pair<CompiledMember> = {
      before: present(sides.before.member(id), at),
      after: present(sides.after.member(id), then),
    };
    const isPlain = (pair.before?.plain ?? true) && (pair.after?.plain ?? true) && !named.has(id);
    const key = isPlain ? `${pair.before?.set.index} ${pair.after?.set.index}` : undefined;
    let rows = key === undefined ? null : known.get(key);
    if (rows === undefined) {
      rows = hasConditions(sides, pair, places) ? null : rowsOf(sides, pair, places);
      if (key !== undefined) known.set(key, rows);
    }
    rows ??= rowsOf(sides, pair, places);
    return rows.map((row) => ({ member: id, ...row }));
  });
  return all as readonly Difference<string>[] as readonly Difference<C>[];
}

type Sides = {
  readonly before: Access;
  readonly after: Access;
  readonly at: Instant | undefined;
  readonly then: Instant | undefined;
};

/** The same thing before and after, as far as it is there. */
type Pair<T> = { readonly before: T | undefined; readonly after: T | undefined };

type Row = Omit<Difference, "member">;

function rowsOf(sides: Sides, member: Pair<CompiledMember>, places: readonly Pair<CompiledSettings>[]) {
  return places.flatMap((place): Row[] => {
    const a = allowed(sides.before, member.before, place.before, sides.at);
    const b = allowed(sides.after, member.after, place.after, sides.then);
    const gained = missingIn(a, b);
    const lost = missingIn(b, a);
    if (gained.length === 0 && lost.length === 0) return [];
    return [{ channel: (place.before ?? place.after)?.id ?? null, gained, lost }];
  });
}

/** A set of capabilities with the vocabulary that its bits belong to; `undefined` is the empty set. */
type Allowed = { readonly access: Access; readonly words: Words } | undefined;

/** Everything of a place for which `can` is true there. */
function allowed(
  access: Access,
  member: CompiledMember | undefined,
  place: CompiledSettings | undefined,
  at: Instant | undefined,
): Allowed {
  if (!member || !place) return undefined;
  const { names, inChannels, inSpace } = access.vocabulary;
  const cell = cellOf(access, member, place, at);
  const words = common(cell.words, place.id === null ? inSpace : inChannels);
  if (words.some((word, i) => (word & (cell.conditional[i] as number)) !== 0)) {
    names.forEach((name, i) => {
      if (!has(words, i) || !has(cell.conditional, i)) return;
      if (!can(access, member.id, name, place.id ?? undefined, at)) {
        words[i >> 5] = (words[i >> 5] as number) & ~(1 << (i & 31));
      }
    });
  }
  return { access, words };
}

/** What is in `b` and not in `a`, in the order of the vocabulary of `b`. */
function missingIn(a: Allowed, b: Allowed): readonly string[] {
  if (!b) return [];
  const { names } = b.access.vocabulary;
  if (a && a.access.vocabulary === b.access.vocabulary) {
    if (b.words.every((word, i) => (word & ~(a.words[i] as number)) === 0)) return [];
    return names.filter((_, i) => has(b.words, i) && !has(a.words, i));
  }
  return names.filter((name, i) => has(b.words, i) && !includes(a, name));
}

function includes(set: Allowed, name: string): boolean {
  const index = set?.access.vocabulary.index.get(name);
  return set !== undefined && index !== undefined && has(set.words, index);
}

/** Whether more than the roles decides about something that this member has. */
function hasConditions(
  { before, after, at, then }: Sides,
  member: Pair<CompiledMember>,
  places: readonly Pair<CompiledSettings>[],
): boolean {
  const some = (
    access: Access,
    who: CompiledMember | undefined,
    place: CompiledSettings | undefined,
    when: Instant | undefined,
  ): boolean => {
    if (!who || !place) return false;
    const { words, conditional } = cellOf(access, who, place, when);
    return words.some((word, i) => (word & (conditional[i] as number)) !== 0);
  };
  return places.some(
    (place) => some(before, member.before, place.before, at) || some(after, member.after, place.after, then),
  );
}

function present(member: CompiledMember | undefined, at: Instant | undefined): CompiledMember | undefined {
  return member && isMemberAt(member, at) ? member : undefined;
}

/** The space, and every channel that is there before or after. */
function placesOf({ before, after }: Sides): readonly Pair<CompiledSettings>[] {
  const channels = idsOf(before.snapshot.channels, after.snapshot.channels);
  return [
    { before: before.space, after: after.space },
    ...channels.map((id) => ({ before: before.channel(id), after: after.channel(id) })),
  ];
}

/** The ids of both in an order that does not depend on which comes first. */
function idsOf(a: object, b: object): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}
