import type { SpaceEvent } from "../model/events.js";
import { emptyTimeline, type Message, messagesOf } from "../model/message.js";
import type { Reach, SliceRecord } from "../model/slices.js";
import { streams } from "../model/streams.js";
import { foldTimeline } from "../space/timeline.js";
import type { Session } from "./session.js";

/** The messages of some channels, and how far each of them had come. */
export type SliceSources = { readonly messages: readonly Message[]; readonly until: readonly Reach[] };

/** Reads channels as they are. */
export async function readChannels(session: Session, channels: readonly string[]): Promise<SliceSources> {
  return readUntil(session, channels, []);
}

/** Reads what a slice is made of: its channels as they are, or, where it is frozen, as they were. */
export async function readSources(
  session: Session,
  { channels, mode, until }: SliceRecord,
): Promise<SliceSources> {
  return readUntil(session, channels, mode === "frozen" ? until : []);
}

async function readUntil(
  session: Session,
  channels: readonly string[],
  limits: readonly Reach[],
): Promise<SliceSources> {
  const messages: Message[] = [];
  const until: Reach[] = [];
  for (const channel of channels) {
    const limit = limits.find((reach) => reach.channel === channel)?.revision ?? Number.POSITIVE_INFINITY;
    const events: SpaceEvent[] = [];
    for await (const page of session.pages(streams.timeline(session.id, channel))) {
      // Revisions count from 1 without gaps.
      events.push(...page.slice(0, limit - events.length));
      if (events.length >= limit) break;
    }
    for (const message of messagesOf(foldTimeline(emptyTimeline(channel), events))) messages.push(message);
    until.push({ channel, revision: events.length });
  }
  // A sort keeps the order of those that are as old: channel by channel.
  return { messages: messages.sort((a, b) => a.at - b.at), until };
}
