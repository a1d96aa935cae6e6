import type { Instant } from "../kernel/time.js";
import type { Condition } from "../model/access.js";
import { covers, has } from "./bits.js";
import { cellOf, conditionsFor, fold, isMemberAt } from "./cells.js";
import type { Access, CompiledMember, CompiledSettings, Step } from "./compiled.js";
import type { Cause, Decision, DecisionCode, Question } from "./question.js";

/** One entry that named the capability, and what it made of the answer. */
export type TraceStep = {
  readonly stage: Step["stage"] | "own" | "requirement" | "condition" | "guard";
  readonly by: Cause;
  readonly before: Decision["effect"];
  readonly after: Decision["effect"];
  /** Given where this step is the last to have changed the answer. */
  readonly code: DecisionCode;
};

/** A decision with everything that had a say in it. */
export type Judgement = {
  readonly decision: Decision;
  readonly trace: readonly TraceStep[];
  readonly index: number;
  readonly member: CompiledMember | undefined;
  readonly place: CompiledSettings | undefined;
  /** What gave or took away anything in this place, in order. */
  readonly steps: readonly Step[];
};

/**
 * Whether a member may do something, why, and until when. In order: the question must make sense; what the roles,
 * the rank and the grants give; overrides from the space inwards, for everyone, for roles and groups, for the
 * member; ceilings; what the capability requires; conditions; and, where it acts on somebody, whether they may.
 * Whatever is unknown is denied. Never throws.
 *
 * ```ts
 * decide(access, { member: "leo", capability: "message.post", channel: "lounge", at: now });
 * // { effect: "deny", code: "LIMITED", by: [{ kind: "limit", on: "member", id: "timeout" }], validUntil: 1777654801000 }
 * ```
 */
export function decide<C extends string>(access: Access<C>, question: Question<C>): Decision {
  return judge(access as Access, question).decision;
}

/** The decision with its trace: what `decide` gives and `explain` shows. */
export function judge(access: Access, question: Question): Judgement {
  const { vocabulary } = access;
  const index = vocabulary.index.get(question.capability) ?? -1;
  const member = access.member(question.member);
  const refuse = (code: DecisionCode, by: readonly Cause[] = [], place?: CompiledSettings): Judgement => ({
    decision: { effect: "deny", code, by, validUntil: null },
    trace: [],
    index,
    member,
    place,
    steps: [],
  });
  if (index < 0) return refuse("CAPABILITY_UNKNOWN");
  if (!member) return refuse("NOT_A_MEMBER");
  const { at, channel } = question;
  if (channel === undefined && !has(vocabulary.inSpace, index)) return refuse("CHANNEL_NEEDED");
  const place = placeOf(access, index, channel);
  if (!place) return refuse("CHANNEL_UNKNOWN");
  if (!isMemberAt(member, at)) {
    return refuse("MEMBERSHIP_ENDED", [{ kind: "member", id: member.id }], place);
  }

  const { steps, until } = cellOf(access, member, place, at);
  const track = tracker();
  traceBit(track, access, steps, index, place.kind);
  ownThing(track, access, steps, index, place.kind, question);
  let ends = Math.min(until, member.until);
  if (track.effect() !== "deny") {
    for (const condition of conditionsFor(access, member, place)) {
      const { kind, where, words } = condition;
      if (!has(words, index)) continue;
      const { effect, code, until: edge } = meet(condition, member, question);
      ends = Math.min(ends, edge);
      track.note(
        "condition",
        { kind: "condition", on: where, id: kind },
        worse(track.effect(), effect),
        code,
        effect,
      );
    }
    const held = guardAgainst(access, member, place, index, question);
    if (held && track.effect() !== "deny")
      track.note("guard", { kind: "member", id: held.by }, "deny", held.code);
  }
  const validUntil = at === undefined || ends === Number.POSITIVE_INFINITY ? null : ends;
  return {
    decision: { ...track.decision(member), validUntil },
    trace: track.steps,
    index,
    member,
    place,
    steps,
  };
}

/** Where a question about this capability is answered: in the space, or in the channel it names. */
export function placeOf(
  access: Access,
  index: number,
  channel: string | undefined,
): CompiledSettings | undefined {
  const { inChannels, inSpace } = access.vocabulary;
  if (channel !== undefined && has(inChannels, index))
    return access.channels.get(channel) ?? access.channel(channel);
  return has(inSpace, index) ? access.space : undefined;
}

type Tracker = {
  readonly steps: readonly TraceStep[];
  effect(): Decision["effect"];
  /** `says` is what the step comes to by itself: only one that says what the answer is has decided it. */
  note(
    stage: TraceStep["stage"],
    by: Cause,
    after: Decision["effect"],
    code: DecisionCode,
    says?: Decision["effect"],
  ): void;
  decision(member: CompiledMember): Omit<Decision, "validUntil">;
};

/** Follows the answer through the steps. Starts from no: what nothing gives is denied. */
function tracker(): Tracker {
  const steps: TraceStep[] = [];
  let effect: Decision["effect"] = "deny";
  let deciding: TraceStep[] = [];
  return {
    steps,
    effect: () => effect,
    note(stage, by, after, code, says = after) {
      const step: TraceStep = { stage, by, before: effect, after, code };
      steps.push(step);
      if (after !== effect) deciding = [step];
      else if (deciding[0] && says === after && areAlike(deciding[0].stage, stage)) deciding.push(step);
      effect = after;
    },
    decision({ set }) {
      const [first] = deciding;
      if (first) return { effect, code: first.code, by: distinct(deciding.map(({ by }) => by)) };
      return { effect, code: "NOT_GRANTED", by: set.roles.map(({ id }) => ({ kind: "role", id })) };
    },
  };
}

/** Whether causes of these stages are named together: ceilings are one kind of thing to people, hard or not. */
function areAlike(a: TraceStep["stage"], b: TraceStep["stage"]): boolean {
  const isCeiling = (stage: TraceStep["stage"]): boolean => stage === "ceiling" || stage === "gate";
  return a === b || (isCeiling(a) && isCeiling(b));
}

/** Each cause once: a role may give the same in two ways, and a subject may have two overrides. */
function distinct(causes: readonly Cause[]): readonly Cause[] {
  if (causes.length < 2) return causes;
  const known = new Set(causes);
  return known.size < 2
    ? [...known]
    : [...new Map([...known].map((cause) => [JSON.stringify(cause), cause])).values()];
}

function traceBit(
  track: Tracker,
  access: Access,
  steps: readonly Step[],
  index: number,
  kind: string | null,
): void {
  for (const { stage, cause, gives, words } of steps) {
    if (has(words, index)) track.note(stage, cause, gives ? "allow" : "deny", CODE_OF[stage][gives ? 0 : 1]);
  }
  const needed = access.vocabulary.needsIn(kind)[index];
  if (!needed || track.effect() === "deny") return;
  const words = fold(access, steps);
  if (covers(words, needed)) return;
  const missing = access.vocabulary.names.filter((_, i) => has(needed, i) && !has(words, i));
  for (const id of missing)
    track.note("requirement", { kind: "capability", id }, "deny", "REQUIREMENT_MISSING");
  if (missing.length === 0) {
    // It requires something that is not in the vocabulary.
    const id = access.vocabulary.names[index] ?? "";
    track.note("requirement", { kind: "capability", id }, "deny", "REQUIREMENT_MISSING");
  }
}

const CODE_OF: { readonly [stage in Step["stage"]]: readonly [DecisionCode, DecisionCode] } = {
  base: ["GRANTED", "NOT_GRANTED"],
  bypass: ["BYPASSED", "NOT_GRANTED"],
  override: ["GRANTED", "DENIED"],
  ceiling: ["GRANTED", "LIMITED"],
  gate: ["GRANTED", "LIMITED"],
  kind: ["GRANTED", "NOT_APPLICABLE"],
};

/** For what is one's own, another capability may suffice. */
function ownThing(
  track: Tracker,
  access: Access,
  steps: readonly Step[],
  index: number,
  kind: string | null,
  { own }: Question,
): void {
  const name = access.vocabulary.definitions[index]?.own;
  const other = name === undefined ? undefined : access.vocabulary.index.get(name);
  if (own !== true || name === undefined || other === undefined || track.effect() !== "deny") return;
  const theirs = tracker();
  traceBit(theirs, access, steps, other, kind);
  if (theirs.effect() === "allow") track.note("own", { kind: "capability", id: name }, "allow", "OWN");
}

/** What a condition comes to. */
type Met = { readonly effect: Decision["effect"]; readonly code: DecisionCode; readonly until: number };

/** Whether a condition is met. One that cannot be looked at, because the question says too little, is not. */
export function meet(
  condition: Condition,
  member: CompiledMember,
  question: Pick<Question, "at" | "lastAt" | "madeAt" | "accountAt">,
): Met {
  const { at } = question;
  const never = Number.POSITIVE_INFINITY;
  const unknown: Met = { effect: "deny", code: "CONTEXT_NEEDED", until: never };
  const from = (edge: Instant | undefined, code: DecisionCode): Met => {
    if (at === undefined || edge === undefined) return unknown;
    return at >= edge
      ? { effect: "allow", code: "GRANTED", until: never }
      : { effect: "deny", code, until: edge };
  };
  switch (condition.kind) {
    case "approval":
      return { effect: "pending", code: "NEEDS_APPROVAL", until: never };
    case "slow-mode": {
      const { lastAt } = question;
      if (lastAt === null) return { effect: "allow", code: "GRANTED", until: never };
      return from(lastAt === undefined ? undefined : lastAt + condition.every, "SLOW_MODE");
    }
    case "age": {
      const since = condition.of === "account" ? question.accountAt : member.data.joinedAt;
      return from(since === undefined ? undefined : since + condition.atLeast, "TOO_NEW");
    }
    case "time-limit": {
      const { madeAt } = question;
      if (at === undefined || madeAt === undefined) return unknown;
      const end = madeAt + condition.within;
      return at < end
        ? { effect: "allow", code: "GRANTED", until: end }
        : { effect: "deny", code: "TOO_LATE", until: never };
    }
    default:
      return condition satisfies never;
  }
}

function worse(a: Decision["effect"], b: Decision["effect"]): Decision["effect"] {
  if (a === "deny" || b === "deny") return "deny";
  return a === "pending" ? a : b;
}

/** Who is in the way of acting on somebody, or on what somebody has locked; `undefined` where nobody is. */
export function guardAgainst(
  access: Access,
  member: CompiledMember,
  place: CompiledSettings,
  index: number,
  { target }: Question,
): { readonly by: string; readonly code: DecisionCode } | undefined {
  const { guard: kind, sparesBypass } = access.vocabulary.definitions[index] ?? {};
  if (kind === "lock-holder") {
    const by = lockedAgainst(access, member, place);
    return by === undefined ? undefined : { by, code: "LOCKED" };
  }
  if ((kind === undefined && !sparesBypass) || target === undefined || target === member.id) return undefined;
  const other = access.member(target);
  if (!other) return { by: target, code: "TARGET_UNKNOWN" };
  if (sparesBypass && other.set.bypass) return { by: target, code: "OUTRANKED" };
  if (kind === undefined) return undefined;
  if (kind === "appointed" && other.data.appointedBy !== undefined) {
    const boss = member.set.bypass !== undefined && member.rank > other.rank;
    return boss || hasAppointed(access, member.id, other) ? undefined : { by: target, code: "NOT_APPOINTED" };
  }
  return member.rank > other.rank ? undefined : { by: target, code: "OUTRANKED" };
}

/** Who has locked the settings of a place against this member; `undefined` where they may change them. */
export function lockedAgainst(
  access: Access,
  member: CompiledMember,
  { data: { lockedBy } }: CompiledSettings,
): string | undefined {
  if (lockedBy === undefined || lockedBy === member.id) return undefined;
  const holder = access.member(lockedBy);
  const above = holder ? member.rank > holder.rank : member.set.bypass !== undefined;
  return above ? undefined : lockedBy;
}

/** Whether one appointed the other, directly or through others. */
function hasAppointed(access: Access, by: string, member: CompiledMember): boolean {
  const seen = new Set<string>();
  for (let one: CompiledMember | undefined = member; one; ) {
    const { appointedBy }: { readonly appointedBy?: string | undefined } = one.data;
    if (appointedBy === undefined || seen.has(appointedBy)) return false;
    if (appointedBy === by) return true;
    seen.add(appointedBy);
    one = access.member(appointedBy);
  }
  return false;
}
