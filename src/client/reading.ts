import { type Facts, merge, prepare } from "../metrics/facts.js";
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

/** Every click and conversion. */
export async function readTraffic(session: Session): Promise<readonly TrafficEvent[]> {
  const all: TrafficEvent[] = [];
  for await (const page of session.pages(streams.traffic(session.id)))
    all.push(...(page as readonly TrafficEvent[]));
  return all;
}
