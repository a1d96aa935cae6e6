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
      /** The revision of its event, 0 where that is not known: tells what came first within one instant. */
      readonly revision: number;
      /** `null` for notices of the platform. */
      readonly author: string | null;
      readonly kind: MessageKind;
      readonly replyTo: string | null;
    }
  | { readonly fact: "deletion"; readonly id: string };

/** An event of a timeline, with its revision where it comes from a store. */
export type Prepared = TimelineEvent & { readonly revision?: number };

/**
 * Prepares a channel's events. Edits, votes and reactions leave no row: an edit neither moves a message nor
 * adds one. Erased events, whose payload is gone, leave none either.
 */
export function prepare(channel: string, events: readonly Prepared[]): Facts {
  const rows: FactRow[] = [];
  for (const { id, type, at, data, revision = 0 } of events) {
    if (data === null) continue;
    if (type === "message.posted") {
      const { author, kind, replyTo = null } = data;
      rows.push({ fact: "message", id, channel, at, revision, author, kind, replyTo });
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
