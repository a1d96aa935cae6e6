import type { Instant } from "../kernel/time.js";
import type { Period } from "../model/access.js";
import { add, common, covers, has, isEmpty, none, remove, type Words } from "./bits.js";
import type {
  Access,
  Cell,
  CompiledCondition,
  CompiledMember,
  CompiledOverride,
  CompiledSettings,
  Stage,
  Step,
} from "./compiled.js";

/** What those have themselves on whom grants hang, by their ids. */
type Vouched = ReadonlyMap<string, Words>;

type Clock = { readonly at: Instant | undefined; from: number; until: number };

/** What a member can do in a place, from memory where that still holds. */
export function cellOf(
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  at: Instant | undefined,
): Cell {
  const shared = isAlike(access, member) || (member.plain && !place.names.has(member.id));
  const known = shared ? place.cells[member.set.index] : member.cells.get(place);
  if (known && (known.always || holds(known, at))) return known;
  const cell = makeCell(access, member, place, at);
  if (holds(cell, at)) {
    if (shared) {
      place.cells[member.set.index] = cell;
      if (cell.always && isEmpty(cell.conditional)) place.sure[member.set.index] = cell.words[0];
    } else member.cells.set(place, cell);
  }
  return cell;
}

/** Whether no setting names a member with nothing but roles, so that others with the same roles have the same. */
export function isAlike({ parts: { named } }: Access, member: CompiledMember): boolean {
  if (member.asOf !== named.size) {
    member.asOf = named.size;
    member.isNamed = named.has(member.id);
  }
  return member.plain && !member.isNamed;
}

/** Whether a cell holds at an instant; without one, whether it always does. */
function holds({ always, from, until }: Cell, at: Instant | undefined): boolean {
  return at === undefined ? always : from <= at && at < until;
}

function makeCell(
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  at: Instant | undefined,
): Cell {
  const clock: Clock = { at, from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  const steps = stepsOf(access, member, place, clock);
  const { from, until } = clock;
  const words = close(access, fold(access, steps), place.kind);
  const conditional = conditionalWords(access, member, place);
  return {
    words,
    conditional,
    steps,
    from,
    until,
    always: from === Number.NEGATIVE_INFINITY && until === Number.POSITIVE_INFINITY,
  };
}

/**
 * Everything that has a say about a member in a place: the base, then the overrides from the outside in, then what
 * limits. Whatever is answered, whether a boolean, a list or an explanation, is read off this list.
 */
function stepsOf(
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  clock: Clock,
  vouched?: Vouched,
): readonly Step[] {
  const steps: Step[] = [];
  const { bypass } = member.set;
  if (bypass) steps.push(bypass.step);
  else {
    const line = lineOf(access, place);
    giveBase(steps, member, line, clock, vouched ?? wordsOfIssuers(access, member, place, clock));
    for (const scope of line) override(steps, access, member, scope, clock);
  }
  limit(steps, access, member, place, clock);
  if (place.outside) steps.push(place.outside);
  return steps;
}

/** What can be done after all steps, or after those of some stages. */
export function fold(
  { vocabulary }: Access,
  steps: readonly Step[],
  counts?: (stage: Stage) => boolean,
): Words {
  const words = none(vocabulary.all.length);
  for (const { stage, gives, words: these } of steps) {
    if (counts && !counts(stage)) continue;
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
  return fold(access, cellOf(access, member, place, at).steps, isRaw);
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

/** The conditions of the space and of the channel that hold for a member. */
export function conditionsFor(
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
): readonly CompiledCondition[] {
  const { conditions } = place.id === null ? place : access.space;
  const all =
    place.id === null || place.conditions.length === 0 ? conditions : [...conditions, ...place.conditions];
  if (all.length === 0 || member.set.bypass) return [];
  return all.filter(({ exempt }) => !access.selects(exempt, member));
}

/** What conditions, or somebody's lock, may stand against. */
function conditionalWords(access: Access, member: CompiledMember, place: CompiledSettings): Words {
  const { nothing, lockable } = access.vocabulary;
  const conditions = conditionsFor(access, member, place);
  if (conditions.length === 0 && place.data.lockedBy === undefined) return nothing;
  const words = nothing.slice();
  for (const condition of conditions) add(words, condition.words);
  if (place.data.lockedBy !== undefined) add(words, lockable);
  return words;
}

function giveBase(
  steps: Step[],
  member: CompiledMember,
  line: readonly CompiledSettings[],
  clock: Clock,
  vouched: Vouched,
): void {
  const place = line.at(-1);
  for (const role of member.set.roles) {
    steps.push(role.step);
    const inKind = place?.kind == null ? undefined : role.inKind(place.kind);
    if (inKind) steps.push(inKind);
  }
  for (const { thresholds } of line) {
    for (const { rank, step } of thresholds) if (member.rank >= rank) steps.push(step);
  }
  for (const grant of member.grants) {
    if (grant.channel !== undefined && grant.channel !== place?.id) continue;
    if (!gives(grant, clock)) continue;
    if (!grant.bound) steps.push(grant.step);
    else {
      const theirs = grant.by === undefined ? undefined : vouched.get(grant.by);
      if (theirs) steps.push({ ...grant.step, words: common(grant.step.words, theirs) });
    }
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
  if (!member.grants.some(({ bound }) => bound)) return known;
  const issuers = issuersOf(access, member);
  for (let grew = true; grew; ) {
    grew = false;
    for (const issuer of issuers) {
      const before = known.get(issuer.id);
      const hangs = issuer.grants.some(({ bound }) => bound);
      if ((before && !hangs) || !gives({ until: issuer.data.until }, clock)) continue;
      const words = fold(access, stepsOf(access, issuer, place, clock, known), isRaw);
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
  const allow = (): void => {
    for (const one of overrides) if (one.allow && gives(one, clock)) steps.push(one.allow);
  };
  const deny = (): void => {
    for (const one of overrides) if (one.deny && takes(one, clock)) steps.push(one.deny);
  };
  if (mode === "allow-wins") deny();
  allow();
  if (mode === "deny-wins") deny();
}

function limit(
  steps: Step[],
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  clock: Clock,
): void {
  for (const limits of [access.space.limits, place.id === null ? [] : place.limits, member.limits]) {
    for (const one of limits) {
      if ((member.set.bypass && !one.hard) || access.selects(one.exempt, member)) continue;
      if (takes(one, clock)) steps.push(one.step);
    }
  }
}

/** The space, the channels before this one from the outermost, and this one. */
export function lineOf(access: Access, place: CompiledSettings): readonly CompiledSettings[] {
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
