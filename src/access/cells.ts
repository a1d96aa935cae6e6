import type { Instant } from "../kernel/time.js";
import type { Period } from "../model/access.js";
import { add, common, complement, covers, has, isEmpty, remove, type Words } from "./bits.js";
import type { Access, Cell, CompiledMember, CompiledOverride, CompiledSettings } from "./compiled.js";
import type { Cause } from "./question.js";

/** The parts of a decision, in the order in which they are asked. */
export type Stage = "base" | "override" | "bypass" | "ceiling" | "gate" | "kind";

/** One entry that gives or takes away, in its turn. */
export type Step = {
  readonly stage: Stage;
  readonly cause: Cause;
  readonly gives: boolean;
  readonly words: Words;
};

/** Everything that has a say about a member in a place, in order, and for how long that stays so. */
export type Program = { readonly steps: readonly Step[]; readonly from: number; readonly until: number };

/** What those have themselves on whom grants hang, by their ids. */
type Vouched = ReadonlyMap<string, Words>;

type Clock = { readonly at: Instant | undefined; from: number; until: number };

/**
 * What has a say: the base, then the overrides from the outside in, then what limits. Everything else, whether a
 * boolean, a list or an explanation, is read off this list.
 */
export function programOf(
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  at: Instant | undefined,
  vouched?: Vouched,
): Program {
  const clock: Clock = { at, from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  const steps: Step[] = [];
  const { bypass } = member.set;
  if (bypass) {
    const cause: Cause = { kind: "role", id: bypass.id };
    steps.push({ stage: "bypass", cause, gives: true, words: access.vocabulary.all });
  } else {
    giveBase(steps, access, member, place, clock, vouched ?? wordsOfIssuers(access, member, place, clock));
    for (const scope of lineOf(access, place)) override(steps, access, member, scope, clock);
  }
  limit(steps, access, member, place, clock, bypass !== undefined);
  if (place.kind !== null && place.id !== null) {
    const words = complement(access.vocabulary.inKind(place.kind));
    steps.push({ stage: "kind", cause: { kind: "channel", id: place.id }, gives: false, words });
  }
  return { steps, from: clock.from, until: clock.until };
}

/** What can be done after all steps, or after those of some stages. */
export function fold(
  access: Access,
  steps: readonly Step[],
  counts: (stage: Stage) => boolean = () => true,
): Words {
  const words: Words = new Int32Array(access.vocabulary.all.length);
  for (const { stage, gives, words: these } of steps) {
    if (!counts(stage)) continue;
    if (gives) add(words, these);
    else remove(words, these);
  }
  return words;
}

/** What is given before anything limits it, and before what it requires is looked at. */
export function rawWords(
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  at: Instant | undefined,
): Words {
  return fold(access, programOf(access, member, place, at).steps, isRaw);
}

export function isRaw(stage: Stage): boolean {
  return stage === "base" || stage === "override" || stage === "bypass";
}

/** Takes out what lacks something that it requires. */
export function close({ vocabulary }: Access, words: Words, kind: string | null): Words {
  const closed = words.slice();
  vocabulary.needsIn(kind).forEach((needed, index) => {
    if (needed && has(words, index) && !covers(words, needed)) {
      closed[index >> 5] = (closed[index >> 5] as number) & ~(1 << (index & 31));
    }
  });
  return closed;
}

/** What a member can do in a place, from memory where that still holds. */
export function cellOf(
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  at: Instant | undefined,
): Cell {
  const shared = member.plain && !(place.names.size > 0 && place.names.has(member.id));
  const known = shared ? place.cells[member.set.index] : member.cells.get(place);
  if (known && holds(known, at)) return known;
  const { steps, from, until } = programOf(access, member, place, at);
  const cell: Cell = {
    words: close(access, fold(access, steps), place.kind),
    conditional: conditionalWords(access, member, place),
    from,
    until,
  };
  if (holds(cell, at)) {
    if (shared) place.cells[member.set.index] = cell;
    else member.cells.set(place, cell);
  }
  return cell;
}

/** The conditions of the space and of the channel that hold for a member. */
export function conditionsFor(access: Access, member: CompiledMember, place: CompiledSettings) {
  const scopes = place.id === null ? [place] : [access.space, place];
  return scopes.flatMap((scope) =>
    scope.conditions
      .filter(({ exempt }) => !member.set.bypass && !access.selects(exempt, member))
      .map((condition) => ({ condition, on: scope.id === null ? ("space" as const) : ("channel" as const) })),
  );
}

/** What conditions, or somebody's lock, may stand against. */
export function conditionalWords(access: Access, member: CompiledMember, place: CompiledSettings): Words {
  const words: Words = new Int32Array(access.vocabulary.all.length);
  for (const { condition } of conditionsFor(access, member, place)) add(words, condition.words);
  if (place.data.lockedBy !== undefined) add(words, access.vocabulary.lockable);
  return words;
}

function holds(cell: Cell, at: Instant | undefined): boolean {
  return at === undefined
    ? cell.from === Number.NEGATIVE_INFINITY && cell.until === Number.POSITIVE_INFINITY
    : cell.from <= at && at < cell.until;
}

function giveBase(
  steps: Step[],
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  clock: Clock,
  vouched: Vouched,
): void {
  const give = (cause: Cause, words: Words): void => {
    steps.push({ stage: "base", cause, gives: true, words });
  };
  for (const role of member.set.roles) {
    const cause: Cause = { kind: "role", id: role.id };
    give(cause, role.base);
    const inKind = place.kind === null ? undefined : role.inKind(place.kind);
    if (inKind) give(cause, inKind);
  }
  for (const scope of lineOf(access, place)) {
    for (const { rank, words } of scope.thresholds) {
      if (member.rank >= rank) give({ kind: "rank", rank }, words);
    }
  }
  for (const grant of member.grants) {
    if (grant.channel !== undefined && grant.channel !== place.id) continue;
    if (!gives(grant, clock)) continue;
    const theirs = grant.bound ? (grant.by === undefined ? undefined : vouched.get(grant.by)) : grant.words;
    if (theirs) give({ kind: "grant", id: grant.id }, common(grant.words, theirs));
  }
}

/**
 * Found by starting from nobody having anything by a grant that hangs on somebody, and going on until nothing is
 * added. So nobody vouches for themselves, alone or in a circle.
 */
function wordsOfIssuers(
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  clock: Clock,
): Vouched {
  const known = new Map<string, Words>();
  const issuers = issuersOf(access, member);
  for (let grew = true; grew; ) {
    grew = false;
    for (const issuer of issuers) {
      const before = known.get(issuer.id);
      const hangs = issuer.grants.some(({ bound }) => bound);
      if ((before && !hangs) || !gives({ until: issuer.data.until }, clock)) continue;
      const { steps, from, until } = programOf(access, issuer, place, clock.at, known);
      clock.from = Math.max(clock.from, from);
      clock.until = Math.min(clock.until, until);
      const words = fold(access, steps, isRaw);
      known.set(issuer.id, words);
      if (hangs && !(before ? covers(before, words) : isEmpty(words))) grew = true;
    }
  }
  return known;
}

/** Everybody on whom grants of a member hang, directly or through others: who hangs on nobody else comes first. */
function issuersOf(access: Access, member: CompiledMember): readonly CompiledMember[] {
  const found = new Set<CompiledMember>();
  const next = [member];
  for (let one = next.pop(); one !== undefined; one = next.pop()) {
    for (const { bound, by } of one.grants) {
      const issuer = bound && by !== undefined ? access.member(by) : undefined;
      if (!issuer || found.has(issuer)) continue;
      found.add(issuer);
      next.push(issuer);
    }
  }
  return [...found].reverse();
}

function override(
  steps: Step[],
  access: Access,
  member: CompiledMember,
  scope: CompiledSettings,
  clock: Clock,
): void {
  const { collisions = "allow-wins" } = access.snapshot;
  apply(steps, scope.everyone, clock, "allow-wins");
  if (collisions === "ranked") {
    for (const one of ranked(access, member, scope)) apply(steps, one, clock, "deny-wins");
  } else {
    apply(steps, ranked(access, member, scope).flat(), clock, collisions);
  }
  apply(steps, scope.byMember.get(member.id) ?? [], clock, "allow-wins");
}

/** The overrides for a member's roles and groups: groups first, then roles from the lowest rank to the highest. */
function ranked(
  access: Access,
  member: CompiledMember,
  scope: CompiledSettings,
): readonly (readonly CompiledOverride[])[] {
  const lists: (readonly CompiledOverride[])[] = [];
  if (scope.byGroup.size > 0) {
    for (const group of [...scope.byGroup.keys()].sort()) {
      if (access.selects({ groups: [group] }, member)) lists.push(scope.byGroup.get(group) ?? []);
    }
  }
  if (scope.byRole.size > 0) {
    const roles = member.set.roles.filter(({ id }) => scope.byRole.has(id));
    // Roles come sorted by id, and sorting keeps that order among equals.
    for (const { id } of roles.sort((a, b) => a.rank - b.rank)) lists.push(scope.byRole.get(id) ?? []);
  }
  return lists;
}

function apply(
  steps: Step[],
  overrides: readonly CompiledOverride[],
  clock: Clock,
  mode: "allow-wins" | "deny-wins",
): void {
  const step = ({ channel, subject }: CompiledOverride, gives: boolean, words: Words): Step => ({
    stage: "override",
    cause: { kind: "override", channel, subject },
    gives,
    words,
  });
  const allows: Step[] = [];
  const denies: Step[] = [];
  for (const one of overrides) {
    if (!isEmpty(one.deny) && takes(one, clock)) denies.push(step(one, false, one.deny));
    if (!isEmpty(one.allow) && gives(one, clock)) allows.push(step(one, true, one.allow));
  }
  if (mode === "allow-wins") steps.push(...denies, ...allows);
  else steps.push(...allows, ...denies);
}

function limit(
  steps: Step[],
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  clock: Clock,
  bypasses: boolean,
): void {
  const limits = [...access.space.limits, ...(place.id === null ? [] : place.limits), ...member.limits];
  for (const { on, ceiling, removes, exempt, hard, ...period } of limits) {
    if ((bypasses && !hard) || access.selects(exempt, member) || !takes(period, clock)) continue;
    const cause: Cause = { kind: "limit", on, id: ceiling };
    steps.push({ stage: hard ? "gate" : "ceiling", cause, gives: false, words: removes });
  }
}

/** The space, the channels before this one from the outermost, and this one. */
function lineOf(access: Access, place: CompiledSettings): readonly CompiledSettings[] {
  if (place.id === null) return [place];
  const line: CompiledSettings[] = [];
  for (let one: CompiledSettings | undefined = place; one; one = one.parent) line.push(one);
  line.push(access.space);
  return line.reverse();
}

/** Whether somebody is a member at an instant; without one, whether they are for good. */
export function isMemberAt({ until }: CompiledMember, at: Instant | undefined): boolean {
  return until === Number.POSITIVE_INFINITY || (at !== undefined && at < until);
}

// Both ask so that an instant that is none, such as NaN, neither gives nor lifts anything.

/** Whether what gives is on: `from <= at < until`. */
function gives({ from, until }: Period, clock: Clock): boolean {
  if (from === undefined && until === undefined) return true;
  const { at } = clock;
  note(clock, from);
  note(clock, until);
  return at !== undefined && (from === undefined || at >= from) && (until === undefined || at < until);
}

/** Whether what takes away is on: `from <= at <= until`. */
function takes({ from, until }: Period, clock: Clock): boolean {
  const over = until === undefined ? undefined : until + 1;
  const { at } = clock;
  note(clock, from);
  note(clock, over);
  if (at === undefined) return true;
  return !(from !== undefined && at < from) && !(over !== undefined && at >= over);
}

/** Notes that an answer changes at an instant, and so for how long the one at hand holds. */
function note(clock: Clock, edge: Instant | undefined): void {
  if (edge === undefined) return;
  const { at } = clock;
  if (at === undefined || edge > at) clock.until = Math.min(clock.until, edge);
  else if (edge <= at) clock.from = Math.max(clock.from, edge);
}
