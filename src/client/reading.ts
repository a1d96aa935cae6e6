import { openQuestions } from "../duties/questions.js";
import { type Facts, merge, prepare } from "../metrics/facts.js";
import { mergeOperations, type OperationsFacts, prepareOperations } from "../metrics/operations-facts.js";
import type { OpenItem } from "../model/duties.js";
import type { SpaceEvent, TimelineEvent, TrafficEvent } from "../model/events.js";
import { emptyTimeline, type Message, messagesOf } from "../model/message.js";
import { streams } from "../model/streams.js";
import { foldTimeline } from "../space/timeline.js";
import type { Session } from "./session.js";

/** The messages of a channel, in order. */
export async function readMessages(session: Session, channel: string): Promise<readonly Message[]> {
  const events: SpaceEvent[] = [];
  for await (const page of session.pages(streams.timeline(session.id, channel))) events.push(...page);
  return messagesOf(foldTimeline(emptyTimeline(channel), events));
}

/** How far back a question is looked for, in events of a channel. */
const RECENT = 1_000;

/** The most questions that a note lists, the latest of all. */
const MOST = 200;

/** The questions that are open in some channels, as far as their last events tell. */
export async function readQuestions(
  session: Session,
  channels: readonly string[],
): Promise<readonly OpenItem[]> {
  const open: OpenItem[] = [];
  for (const channel of channels) {
    const events = await session.latest(streams.timeline(session.id, channel), RECENT);
    open.push(...openQuestions(foldTimeline(emptyTimeline(channel), events)));
  }
  return open.sort((a, b) => a.since - b.since).slice(-MOST);
}

/** What the activity metrics need of some channels. */
export async function readFacts(session: Session, channels: readonly string[]): Promise<Facts> {
  const parts: Facts[] = [];
  for (const channel of channels) {
    for await (const page of session.pages(streams.timeline(session.id, channel))) {
      parts.push(prepare(channel, page as readonly TimelineEvent[]));
    }
  }
  return merge(...parts);
}

/** What the operational figures need of the charter and some channels. */
export async function readOperations(
  session: Session,
  channels: readonly string[],
): Promise<OperationsFacts> {
  const parts: OperationsFacts[] = [];
  for await (const page of session.pages(streams.charter(session.id)))
    parts.push(prepareOperations(null, page));
  for (const channel of channels) {
    for await (const page of session.pages(streams.timeline(session.id, channel)))
      parts.push(prepareOperations(channel, page));
  }
  return mergeOperations(...parts);
}

/** Every click and conversion. */
export async function readTraffic(session: Session): Promise<readonly TrafficEvent[]> {
  const all: TrafficEvent[] = [];
  for await (const page of session.pages(streams.traffic(session.id)))
    all.push(...(page as readonly TrafficEvent[]));
  return all;
}
