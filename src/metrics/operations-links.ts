import type { Instant } from "../kernel/time.js";
import type { MessageRef } from "../model/duties.js";
import type { OperationsFact } from "./operations-facts.js";

/** What somebody did about a message. */
export type ActionKind = "reply" | "item" | "incident" | "thread";

/** Something in the charter that has to do with a message. */
export type MessageLink = MessageRef & {
  readonly id: string;
  readonly at: Instant;
  readonly by: string;
  readonly kind: Exclude<ActionKind, "reply">;
  /** Whether it says that somebody is to do something about the message. */
  readonly flags: boolean;
  /** The duty that it names for the message. */
  readonly duty: string | null;
};

/**
 * What happened about messages, in order: items and incidents that were raised from one and all that happened to them,
 * threads that were given to somebody, offered and taken over.
 */
export function linksOf(facts: readonly OperationsFact[]): readonly MessageLink[] {
  const links: MessageLink[] = [];
  // Items, incidents and handoffs may have the same ids: each kind has its own.
  const items = new Map<string, MessageRef>();
  const incidents = new Map<string, MessageRef>();
  const handoffs = new Map<string, MessageRef>();
  for (const fact of facts) {
    const { type, data } = fact;
    const link = (
      about: MessageRef | undefined,
      kind: MessageLink["kind"],
      flags = false,
      duty: string | null = null,
    ): void => {
      if (about === undefined) return;
      const { id, at, by } = fact;
      links.push({ id, at, by, kind, flags, duty, channel: about.channel, message: about.message });
    };
    if (type === "item.raised") {
      if (!data.source || items.has(data.item)) continue;
      items.set(data.item, data.source);
      link(data.source, "item", true, data.duty);
    } else if (type === "incident.declared") {
      if (!data.source || incidents.has(data.incident)) continue;
      incidents.set(data.incident, data.source);
      link(data.source, "incident", true, data.duty);
    } else if (type === "handoff.offered") {
      if (!("thread" in data.of) || handoffs.has(data.handoff)) continue;
      handoffs.set(data.handoff, data.of.thread);
      link(data.of.thread, "thread", true);
    } else if (type === "thread.assigned") {
      // To take a thread from whoever had it asks nobody to do anything, and does nothing about it.
      if (data.duty != null || data.member != null) link(data, "thread", true, data.duty ?? null);
    } else if (type === "handoff.accepted") link(handoffs.get(data.handoff), "thread");
    else if ("item" in data) link(items.get(data.item), "item");
    else if ("incident" in data) link(incidents.get(data.incident), "incident");
  }
  return links;
}
