import { entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { MessageRef } from "../model/duties.js";
import type { Space } from "../model/space.js";
import { escalationSteps } from "./escalation.js";
import { threadKey } from "./keys.js";
import { peopleOf } from "./people.js";
import { dutyOf, HOST } from "./rules.js";
import { holderOf } from "./tenure.js";

/** What somebody may answer for: a duty, a channel, a thread by its first message, or a single message of one. */
export type Target =
  | { readonly duty: string }
  | {
      readonly channel: string;
      readonly thread?: string | undefined;
      readonly message?: string | undefined;
    };

/** Who was asked, and from when on. */
export type Asked = { readonly duty: string; readonly people: readonly string[]; readonly from: Instant };

/** Who answers for something. */
export type Answer = {
  /** The duty that answers. */
  readonly duty: string;
  /** Who looks after it at that instant; nobody where it is vacant. */
  readonly people: readonly string[];
  /** Who was asked one after the other, the last of whom answers now. Just one where nothing was escalated. */
  readonly asked: readonly Asked[];
  /** Who is asked next, and when, if nobody acts. */
  readonly next: { readonly duty: string; readonly at: Instant } | null;
};

/**
 * Who answers for something at an instant. A message's own assignment comes before that of its thread, that before the
 * one of its channel; what nobody was named for is the host's. With `since`, the instant from which nobody has acted,
 * the way of escalation is followed as far as it has come.
 *
 * ```ts
 * whoAnswers(space, { channel: "lounge", message: "msg_1" }, now).people; // ["cid"]
 * whoAnswers(space, { duty: "ops" }, now, { since: asked }).asked.map(({ duty }) => duty); // ["ops", "host"]
 * ```
 */
export function whoAnswers(
  space: Space,
  target: Target,
  at: Instant,
  { since = at }: { readonly since?: Instant | undefined } = {},
): Answer {
  const { duty, person } = assignmentOf(space, target, at);
  const first = { duty, people: person === null ? peopleOf(space, duty, at) : [person], from: since };
  const steps = escalationSteps(space, dutyOf(space, duty), since);
  const asked: readonly Asked[] = [
    first,
    ...steps
      .filter((step) => step.at <= at)
      .map(({ to, at: from }) => ({ duty: to, people: peopleOf(space, to, at), from })),
  ];
  const next = steps[asked.length - 1];
  const { duty: last, people } = asked.at(-1) ?? first;
  return { duty: last, people, asked, next: next ? { duty: next.to, at: next.at } : null };
}

/** The duty that was named for something, and the person of it, where there is one. */
function assignmentOf(
  space: Space,
  target: Target,
  at: Instant,
): { readonly duty: string; readonly person: string | null } {
  if ("duty" in target) return { duty: target.duty, person: null };
  const { channel, thread, message } = target;
  let person: string | null = null;
  for (const id of [message, thread]) {
    const own = id === undefined ? undefined : entry(space.threads, threadKey({ channel, message: id }));
    if (!own) continue;
    person ??= holderOf(space, own.tenures, at);
    if (own.duty !== null) return { duty: own.duty, person };
    if (person !== null) break;
  }
  return { duty: entry(space.channels, channel)?.duty ?? HOST, person };
}

/** Whether a member is among those who answer for a thread at an instant. */
export function answersFor(
  space: Space,
  { channel, message }: MessageRef,
  member: string,
  at: Instant,
): boolean {
  return whoAnswers(space, { channel, message }, at).people.includes(member);
}
