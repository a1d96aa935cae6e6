import { type ById, entry, setEntry } from "../kernel/record.js";
import type { SpaceEvent, TimelineEvents } from "../model/events.js";
import type { Message, Timeline } from "../model/message.js";

type TimelineType = keyof TimelineEvents;
/** What one event makes of the message it is about; `undefined` where it was never posted, as far as is known. */
type Change<T extends TimelineType> = (message: Message, event: SpaceEvent<T>) => Message;

const changes: { readonly [T in Exclude<TimelineType, "message.posted">]: Change<T> } = {
  "message.edited": (message, { at, data }) =>
    message.deletedAt === null ? { ...message, body: data.body, editedAt: at } : message,
  "message.deleted": (message, { at }) => ({
    ...message,
    kind: "deleted",
    body: "",
    attachments: [],
    poll: null,
    votes: {},
    reactions: {},
    pinned: false,
    deletedAt: at,
  }),
  "message.pinned": (message) => (message.deletedAt === null ? { ...message, pinned: true } : message),
  "message.unpinned": (message) => ({ ...message, pinned: false }),
  "poll.voted": (message, { by, data }) =>
    message.poll ? { ...message, votes: replaced(message.votes, by, data.choices) } : message,
  "reaction.added": (message, { by, data }) => react(message, data.emoji, by, true),
  "reaction.removed": (message, { by, data }) => react(message, data.emoji, by, false),
  "media.opened": (message) => message,
};

/**
 * The messages of a channel after more events, given in the order of the stream. Total, like `fold` of a space:
 * what is erased or unknown is passed over. Linear in the number of events.
 *
 * ```ts
 * const lounge = foldTimeline(emptyTimeline("lounge"), events);
 * messagesOf(lounge).map((message) => message.body);
 * ```
 */
export function foldTimeline(timeline: Timeline, events: readonly SpaceEvent[]): Timeline {
  const messages: Record<string, Message> = { ...timeline.messages };
  let { count } = timeline;
  for (const event of events) {
    if (event.type === "message.posted") {
      if (!entry(messages, event.id)) setEntry(messages, event.id, posted(timeline.channel, count++, event));
      continue;
    }
    const change = entry<unknown>(changes, event.type) as Change<keyof typeof changes> | undefined;
    if (!change || event.data === null) continue;
    const about = event as SpaceEvent<keyof typeof changes>;
    const message = entry(messages, about.data.message);
    if (message) setEntry(messages, message.id, change(message, about));
  }
  return { channel: timeline.channel, messages, count };
}

function posted(channel: string, sequence: number, event: SpaceEvent<"message.posted">): Message {
  const { id, at, data } = event;
  const blank = {
    id,
    channel,
    at,
    sequence,
    author: null,
    authorName: null,
    replyTo: null,
    attachments: [],
    poll: null,
    votes: {},
    reactions: {},
    pinned: false,
    editedAt: null,
    deletedAt: null,
    source: null,
  };
  // An erased message stays as the trace that there was one.
  if (data === null) return { ...blank, kind: "deleted", body: "", deletedAt: at };
  const {
    author,
    authorName = null,
    kind,
    body,
    replyTo = null,
    attachments = [],
    poll = null,
    source = null,
  } = data;
  return {
    ...blank,
    author,
    authorName,
    kind,
    body,
    replyTo,
    attachments,
    poll,
    source,
    editedAt: data.edited ? at : null,
    deletedAt: kind === "deleted" ? at : null,
  };
}

function react(message: Message, emoji: string, by: string, add: boolean): Message {
  const others = (entry(message.reactions, emoji) ?? []).filter((member) => member !== by);
  return { ...message, reactions: replaced(message.reactions, emoji, add ? [...others, by] : others) };
}

/** The record with an entry replaced, or without it where nothing is left. */
function replaced<T>(record: ById<readonly T[]>, id: string, value: readonly T[]): ById<readonly T[]> {
  const copy: Record<string, readonly T[]> = { ...record };
  if (value.length === 0) delete copy[id];
  else setEntry(copy, id, value);
  return copy;
}
