import type { ById } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";

/**
 * What a message is. `deleted` is one whose content is gone, `empty` one whose content the source did not carry
 * (a view-once photo, say), `system` a notice of the platform that nobody wrote.
 */
export type MessageKind =
  | "text"
  | "media"
  | "poll"
  | "location"
  | "contact"
  | "call"
  | "system"
  | "deleted"
  | "empty";

/** A file that belongs to a message, by its name: the library never holds the bytes. */
export type Attachment = {
  /** `null` where an import did not keep the name. */
  readonly name: string | null;
  readonly kind: MediaKind;
  readonly size?: number;
};

/** What an attachment shows. */
export type MediaKind =
  | "image"
  | "video"
  | "video-note"
  | "audio"
  | "gif"
  | "sticker"
  | "document"
  | "contact"
  | "unknown";

/** A question with choices. `tally` counts votes that came with an import, whose voters are not known. */
export type Poll = {
  readonly question: string;
  readonly options: readonly string[];
  /** Whether a member may choose several options. */
  readonly multiple: boolean;
  readonly tally?: readonly number[];
};

/** Where an imported message comes from. `id` is stable: the same message of a later export has the same. */
export type MessageSource = {
  readonly platform: string;
  readonly id: string;
  /** Local time as the platform wrote it, such as `2024-06-14T21:07:00`. */
  readonly wallClock?: string;
  /** What the platform said beyond the text: what a notice tells (`member-added`), how a call went. */
  readonly note?: string;
};

/** A message as it stands after everything that happened to it. */
export type Message = {
  readonly id: string;
  readonly channel: string;
  readonly at: Instant;
  /** Its place among the messages of the channel in the order they came in: 0, 1, 2, ... */
  readonly sequence: number;
  /** A member, a person of an import, or `null` for notices of the platform. */
  readonly author: string | null;
  readonly authorName: string | null;
  readonly kind: MessageKind;
  readonly body: string;
  readonly replyTo: string | null;
  readonly attachments: readonly Attachment[];
  readonly poll: Poll | null;
  /** What each voter chose, as indexes into the poll's options. */
  readonly votes: ById<readonly number[]>;
  /** Who reacted with which emoji. */
  readonly reactions: ById<readonly string[]>;
  readonly pinned: boolean;
  readonly editedAt: Instant | null;
  readonly deletedAt: Instant | null;
  readonly source: MessageSource | null;
};

/** The messages of one channel, by id; `messagesOf` gives them in order. May be a part of what the channel holds. */
export type Timeline = {
  readonly channel: string;
  readonly messages: ById<Message>;
  /** How many messages came in, the deleted ones included. */
  readonly count: number;
};

/** A channel before anything was said in it. */
export function emptyTimeline(channel: string): Timeline {
  return { channel, messages: {}, count: 0 };
}

/**
 * The messages of a timeline in the order they were said: by instant, and within one, which may be a whole minute
 * in an import, in the order they came in.
 */
export function messagesOf(timeline: Timeline): readonly Message[] {
  return Object.values(timeline.messages).sort((a, b) => a.at - b.at || a.sequence - b.sequence);
}
