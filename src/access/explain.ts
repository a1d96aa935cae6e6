import type { Instant } from "../kernel/time.js";
import type { Override, Settings } from "../model/access.js";
import { covers, has } from "./bits.js";
import { cellOf, conditionsFor, fold, isRaw, lineOf } from "./cells.js";
import { type Change, sameSubject } from "./change.js";
import type { Access, CompiledMember, CompiledRole, CompiledSettings, Step } from "./compiled.js";
import { guardAgainst, type Judgement, judge, meet, type TraceStep } from "./decide.js";
import type { Decision, Question } from "./question.js";

/** What would have to happen, beside time and a yes, is a change that somebody can make. */
export type Remedy<C extends string = string> =
  | Change<C>
  | { readonly type: "wait"; readonly until: Instant }
  | { readonly type: "approve" };

/** A decision, everything that had a say in it in order, and what would turn it into a yes. */
export type Explained<C extends string = string> = Decision & {
  /** Each step starts from the answer that the one before it left; the last leaves the decision's. */
  readonly trace: readonly TraceStep[];
  /**
   * The smallest sets of changes after which the same question is answered with yes: any one of them is enough.
   * Empty where it is a yes already, or where no change of permissions helps.
   */
  readonly wouldAllow: readonly (readonly Remedy<C>[])[];
};

/** How many roles are looked through for one that would help. */
const MOST_ROLES = 32;

/**
 * Decides, and shows how it came to that.
 *
 * ```ts
 * const { effect, trace, wouldAllow } = explain(access, question);
 * wouldAllow[0]; // [{ type: "limit.lift", member: "leo", ceiling: "timeout" }]
 * ```
 */
export function explain<C extends string>(access: Access<C>, question: Question<C>): Explained<C> {
  const judgement = judge(access as Access, question);
  const { decision, trace } = judgement;
  const wouldAllow = decision.effect === "allow" ? [] : remedies(access as Access, question, judgement);
  return { ...decision, trace, wouldAllow: wouldAllow as Explained<C>["wouldAllow"] };
}

function remedies(access: Access, question: Question, judgement: Judgement): readonly (readonly Remedy[])[] {
  const { member, place, index, decision, steps } = judgement;
  if (!member || !place || decision.code === "MEMBERSHIP_ENDED") return [];
  const needed = wanted(access, index, place.kind);
  // What a kind of channel does not have, and what is not there at all, no change of permissions brings.
  if (
    !needed ||
    steps.some(({ stage, words }) => stage === "kind" && needed.some((one) => has(words, one)))
  ) {
    return [];
  }
  const asked: Asked = { access, question, index, needed, place };
  const found: (readonly Remedy[])[] = [];
  const asTheyAre = wayFor(asked, member);
  if (asTheyAre) {
    const { missing, rest } = asTheyAre;
    found.push([...overridesFor(access, member, place, missing), ...rest]);
  }
  for (const { id } of rolesToTry(asked, member)) {
    const set = member.set.plus.get(id) ?? access.setOf([...member.set.ids, id]);
    member.set.plus.set(id, set);
    const way = wayFor(asked, { ...member, set, rank: member.data.rank ?? set.rank, cells: new Map() });
    if (!way || way.missing.length > 0) continue;
    const roles = [...member.data.roles, id];
    found.push([{ type: "role.assign", member: member.id, roles }, ...way.rest]);
  }
  const smallest = Math.min(...found.map((changes) => changes.length));
  return found.filter((changes) => changes.length === smallest);
}

type Asked = {
  readonly access: Access;
  readonly question: Question;
  readonly index: number;
  readonly needed: readonly number[];
  readonly place: CompiledSettings;
};

/** What somebody would still have to be given, and what would have to happen beside; `undefined` where no change helps. */
function wayFor(
  { access, question, index, needed, place }: Asked,
  member: CompiledMember,
): { readonly missing: readonly number[]; readonly rest: readonly Remedy[] } | undefined {
  const beside = askedBeside(access, question, index, member, place);
  if (!beside) return undefined;
  const wait = beside.find((remedy) => remedy.type === "wait");
  if (wait) {
    // Then is when they will ask: by then something else may be given, or in the way.
    const later = { ...question, at: wait.until };
    if (wait.until >= member.until) return undefined;
    if (askedBeside(access, later, index, member, place)?.some(({ type }) => type === "wait") !== false)
      return undefined;
  }
  const { steps } = cellOf(access, member, place, wait?.until ?? question.at);
  return {
    missing: missingIn(access, steps, needed),
    rest: [...lifts(steps, needed, member, place), ...beside],
  };
}

/** The capability and all that it requires, by index; `undefined` where it requires what there is not. */
function wanted({ vocabulary }: Access, index: number, kind: string | null): readonly number[] | undefined {
  const needed = vocabulary.needsIn(kind)[index];
  if (!needed) return [index];
  if (!covers(vocabulary.all, needed)) return undefined;
  return vocabulary.names.flatMap((_, i) => (i === index || has(needed, i) ? [i] : []));
}

function missingIn(access: Access, steps: readonly Step[], needed: readonly number[]): readonly number[] {
  const raw = fold(access, steps, isRaw);
  return needed.filter((one) => !has(raw, one));
}

/** Overrides for the member alone, which come last: with them nothing else given or denied matters. */
function overridesFor(
  { vocabulary, space }: Access,
  { id }: CompiledMember,
  place: CompiledSettings,
  missing: readonly number[],
): readonly Change[] {
  const subject = { member: id };
  const change = (channel: string | null, indices: readonly number[], data: Settings): readonly Change[] =>
    indices.length === 0
      ? []
      : [
          {
            type: "override.set",
            channel,
            subject,
            overrides: [
              ...(data.overrides ?? []).filter((override) => sameSubject(override.subject, subject)),
              { allow: indices.map((index) => vocabulary.names[index] ?? "") },
            ].map(({ subject: _, ...override }: Partial<Override>) => override),
          },
        ];
  if (place.id === null) return change(null, missing, place.data);
  return [
    ...change(
      place.id,
      missing.filter((index) => has(vocabulary.inChannels, index)),
      place.data,
    ),
    ...change(
      null,
      missing.filter((index) => !has(vocabulary.inChannels, index)),
      space.data,
    ),
  ];
}

/** Every ceiling that is in the way, taken off. */
function lifts(
  steps: readonly Step[],
  needed: readonly number[],
  member: CompiledMember,
  place: CompiledSettings,
): readonly Change[] {
  const found = new Map<string, Change>();
  for (const { stage, cause, words } of steps) {
    if ((stage !== "ceiling" && stage !== "gate") || cause.kind !== "limit") continue;
    if (!needed.some((one) => has(words, one))) continue;
    const on =
      cause.on === "member"
        ? { member: member.id }
        : cause.on === "channel" && place.id !== null
          ? { channel: place.id }
          : {};
    found.set(`${cause.on} ${cause.id}`, { type: "limit.lift", ceiling: cause.id, ...on });
  }
  return [...found.values()];
}

/** Roles that might help, the lowest first. Not those that give everything: that is no remedy. */
function rolesToTry(asked: Asked, member: CompiledMember): readonly CompiledRole[] {
  const { access } = asked;
  const mayHelp = helpers(asked, member);
  return Object.keys(access.snapshot.roles)
    .slice(0, MOST_ROLES)
    .flatMap((id) => access.role(id) ?? [])
    .filter((role) => !role.bypass && !member.set.ids.has(role.id) && mayHelp(role))
    .sort((a, b) => a.rank - b.rank);
}

/** Which roles are worth trying: where only what roles give themselves can help, those that give all that is missing. */
function helpers(
  { access, question, index, needed, place }: Asked,
  member: CompiledMember,
): (role: CompiledRole) => boolean {
  const line = lineOf(access, place);
  const limits = [access.space.limits, place.limits, member.limits].flat();
  const cell = cellOf(access, member, place, question.at);
  const others =
    !cell.always ||
    guardAgainst(access, member, place, index, question) !== undefined ||
    line.some(({ byGroup, thresholds }) => byGroup.size > 0 || thresholds.length > 0) ||
    [...limits, ...access.space.conditions, ...place.conditions].some(({ exempt }) => exempt !== undefined);
  if (others) return () => true;
  const missing = missingIn(access, cell.steps, needed);
  if (missing.length === 0) return () => false;
  return (role) => {
    const given = [role.step, place.kind === null ? undefined : role.inKind(place.kind)];
    for (const { byRole } of line) for (const { allow } of byRole.get(role.id) ?? []) given.push(allow);
    return missing.every((one) => given.some((step) => step && has(step.words, one)));
  };
}

/** What conditions ask for beside; `undefined` where they, or a guard, are about more than permissions. */
function askedBeside(
  access: Access,
  question: Question,
  index: number,
  member: CompiledMember,
  place: CompiledSettings,
): readonly Remedy[] | undefined {
  if (guardAgainst(access, member, place, index, question)) return undefined;
  let approve = false;
  let until: Instant | undefined;
  for (const condition of conditionsFor(access, member, place)) {
    if (!has(condition.words, index)) continue;
    const met = meet(condition, member, question);
    if (met.effect === "pending") approve = true;
    else if (met.effect === "deny" && met.until === Number.POSITIVE_INFINITY) return undefined;
    else if (met.effect === "deny") until = Math.max(until ?? met.until, met.until);
  }
  return [
    ...(until === undefined ? [] : [{ type: "wait", until } as const]),
    ...(approve ? [{ type: "approve" } as const] : []),
  ];
}
