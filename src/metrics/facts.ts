import type { Instant } from "../kernel/time.js";
import type { TimelineEvent } from "../model/events.js";
import type { MessageKind } from "../model/message.js";

/**
 * What the activity metrics need to know of a channel's events, and nothing else: one row per message, and one
 * per deletion. Plain data, so that a shard can be prepared elsewhere and shipped.
 */
export type Facts = { readonly rows: readonly FactRow[] };

/** A message, or that one was deleted. */
export type FactRow =
  | {
      readonly fact: "message";
      readonly id: string;
      readonly channel: string;
      readonly at: Instant;
      /** `null` for notices of the platform. */
      readonly author: string | null;
      readonly kind: MessageKind;
      readonly replyTo: string | null;
    }
  | { readonly fact: "deletion"; readonly id: string };

/**
 * Prepares a channel's events. Edits, votes and reactions leave no row: an edit neither moves a message nor
 * adds one. Erased events, whose payload is gone, leave none either.
 */
export function prepare(channel: string, events: readonly TimelineEvent[]): Facts {
  const rows: FactRow[] = [];
  for (const { id, type, at, data } of events) {
    if (data === null) continue;
    if (type === "message.posted") {
      const { author, kind, replyTo = null } = data;
      rows.push({ fact: "message", id, channel, at, author, kind, replyTo });
    } else if (type === "message.deleted") {
      rows.push({ fact: "deletion", id: data.message });
    }
  }
  return { rows };
}

/**
 * Joins the facts of several channels or shards. Order and repetition do not matter: the metrics sort by instant
 * and count every message once.
 */
export function merge(...parts: readonly Facts[]): Facts {
  return { rows: parts.flatMap(({ rows }) => rows) };
}
