import type { Instant } from "../kernel/time.js";
import type { DutyAt } from "./operations-channels.js";
import type { OperationsFact } from "./operations-facts.js";
import type { Frame } from "./operations-frame.js";
import type { ItemCase } from "./operations-items.js";
import { clocksOf, type Lag } from "./operations-lag.js";
import { type ActionKind, linksOf } from "./operations-links.js";
import type { TimelineFacts } from "./operations-timeline.js";
import { byChannel, NONE, trace } from "./operations-trace.js";

/**
 * How fast messages are acted on.
 *
 * A message has a clock where somebody else acted on it, or somebody, who may be its author or a bot, has flagged it:
 * has raised an item or an incident from it, or given its thread to a duty or a member. Notices of the platform and
 * messages of excluded accounts have none; a deleted message has one only where somebody acted on it.
 *
 * An action is a reply that names the message; raising an item or an incident from it, and whatever is done with that
 * later; giving its thread to somebody, offering it or taking it over. What the author or an excluded account does is
 * none, nor is a reply that was deleted.
 *
 * A message counts for the first duty that was named in flagging it, otherwise for the one that answered for its
 * channel when it was written.
 */
export type MessageFigures = {
  /** Handoff time: from a message to the first action. One that was acted on before it was written is an error. */
  readonly action: Lag;
  /** What the first actions were. */
  readonly actions: { readonly [kind in ActionKind]: number };
  /** Actions beyond the first, on those messages. */
  readonly further: number;
  /**
   * From a message to the completion of what was raised from it: of the last item, where there are several, and for the
   * last time. Items that were dropped are not waited for. What the author of the message completed is `untimed`.
   */
  readonly resolution: Lag;
};

/** The figures of messages. */
export function messageFigures(
  { timelines, facts, items }: MessageFacts,
  dutyAt: DutyAt,
  frame: Frame,
): MessageFigures {
  const action = clocksOf(frame, "messages.action");
  const resolution = clocksOf(frame, "messages.resolution");
  const actions = { reply: 0, item: 0, incident: 0, thread: 0 };
  let further = 0;
  const links = byChannel(linksOf(facts));
  const raised = itemsByMessage(items);
  for (const [channel, stretches] of byChannel(timelines)) {
    const traced = trace(stretches, links.get(channel) ?? [], frame);
    const { starts, authors, people, firsts, counts, actedAt, actedBy, acted } = traced;
    const { isFlagged, duties, deleted } = traced;
    for (let row = 0; row < starts.length; row++) {
      const first = firsts[row] ?? NONE;
      const start = starts[row] ?? Number.NaN;
      if ((first === NONE && isFlagged[row] === 0) || Number.isNaN(start)) continue;
      const duty = duties.get(row) ?? dutyAt(channel, start);
      if (first !== NONE) {
        if (action.stopped(start, actedAt[first] ?? start, people[actedBy[first] ?? NONE] ?? "", duty)) {
          actions[acted[first] ?? "reply"] += 1;
          further += (counts[row] ?? 1) - 1;
        }
      } else if (!deleted.has(row)) action.running(start, duty);
    }
    for (const [message, { open, last }] of raised.get(channel) ?? []) {
      const row = traced.rowOf(message) ?? NONE;
      const start = starts[row] ?? Number.NaN;
      if (Number.isNaN(start) || (deleted.has(row) && firsts[row] === NONE)) continue;
      const duty = duties.get(row) ?? dutyAt(channel, start);
      if (open) resolution.running(start, duty);
      else if (last === null) continue;
      else if (last.by === people[authors[row] ?? NONE]) resolution.untimed(start, last.at);
      else resolution.stopped(start, last.at, last.by, duty);
    }
  }
  return { action: action.lag(), actions, further, resolution: resolution.lag() };
}

/** What of the facts concerns messages; `facts` and `items` as they are in order. */
export type MessageFacts = {
  readonly timelines: readonly TimelineFacts[];
  readonly facts: readonly OperationsFact[];
  readonly items: readonly ItemCase[];
};

/** What was raised from a message: whether any of it is open, otherwise which of it was done last. */
type Todo = { open: boolean; last: { readonly at: Instant; readonly by: string } | null };

function itemsByMessage(items: readonly ItemCase[]): ReadonlyMap<string, ReadonlyMap<string, Todo>> {
  const channels = new Map<string, Map<string, Todo>>();
  for (const { source, end } of items) {
    if (source === null) continue;
    const messages = channels.get(source.channel) ?? new Map<string, Todo>();
    channels.set(source.channel, messages);
    const todo = messages.get(source.message) ?? { open: false, last: null };
    messages.set(source.message, todo);
    if (end === null) todo.open = true;
    else if (end.how === "done" && (todo.last === null || end.at > todo.last.at)) todo.last = end;
  }
  return channels;
}
