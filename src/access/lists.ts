import type { Instant } from "../kernel/time.js";
import { can } from "./can.js";
import type { Access } from "./compiled.js";
import { decide } from "./decide.js";
import type { Decision, Question } from "./question.js";

/**
 * Everything a member may do: in a channel, or, without one, in the space as a whole. The same answers as `can`
 * gives one by one.
 */
export function capabilitiesOf<C extends string>(
  access: Access<C>,
  member: string,
  channel?: string,
  at?: Instant,
): readonly C[] {
  return names(access).filter((capability) => can(access, member, capability, channel, at));
}

/** Everybody who may do something, in the order of the snapshot. Time: linear in the number of members. */
export function whoCan<C extends string>(
  access: Access<C>,
  capability: C,
  channel?: string,
  at?: Instant,
): readonly string[] {
  return Object.keys(access.snapshot.members).filter((member) =>
    can(access, member, capability, channel, at),
  );
}

/** Every channel in which a member may do something, in the order of the snapshot. */
export function whereCan<C extends string>(
  access: Access<C>,
  member: string,
  capability: C,
  at?: Instant,
): readonly string[] {
  return Object.keys(access.snapshot.channels).filter((channel) =>
    can(access, member, capability, channel, at),
  );
}

/** Many questions at once, answered as `decide` answers each. */
export function canMany<C extends string>(
  access: Access<C>,
  questions: readonly Question<C>[],
): readonly Decision["effect"][] {
  return questions.map((question) => decide(access, question).effect);
}

function names<C extends string>(access: Access<C>): readonly C[] {
  return access.vocabulary.names as readonly C[];
}
