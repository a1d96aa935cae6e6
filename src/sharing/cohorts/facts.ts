import type { Instant } from "../../kernel/time.js";
import type { SpaceEvent } from "../../model/events.js";

/**
 * What cohorts by rule need to know of what was said and sold, and nothing else. Plain data, so that a part can be prepared
 * elsewhere and shipped.
 */
export type CohortFacts = {
  /** When somebody was active in a channel: each instant once, in order. */
  readonly activity: readonly Activity[];
  readonly sales: readonly Sale[];
};

/** When a person was active in a channel. */
export type Activity = {
  readonly channel: string;
  readonly person: string;
  readonly at: readonly Instant[];
};

/** A sale or a refund. All of one order belong together. */
export type Sale = {
  /** The id of its event. */
  readonly id: string;
  readonly order: string;
  readonly kind: "sale" | "refund";
  /** Who bought, where the host says so. */
  readonly person: string | null;
  /** Minor units. */
  readonly amount: number;
  readonly at: Instant;
};

/**
 * Prepares the events of one stream: those of a channel, or, with `null`, those of the traffic.
 *
 * ```ts
 * const facts = mergeCohortFacts(cohortFacts("lounge", lounge), cohortFacts(null, traffic));
 * cohortMembers(space, "buyers", { at: now, facts });
 * ```
 *
 * Active is who posted, voted, reacted or opened something. Erased events leave nothing.
 */
export function cohortFacts(channel: string | null, events: readonly SpaceEvent[]): CohortFacts {
  const activity: Activity[] = [];
  const sales: Sale[] = [];
  for (const event of events) {
    if (event.data === null) continue;
    const person = channel === null ? null : activeIn(event);
    if (channel !== null && person !== null) activity.push({ channel, person, at: [event.at] });
    if (event.type !== "conversion.recorded" || event.data.kind === "signup") continue;
    const { order, kind, visitor, amount } = event.data;
    sales.push({ id: event.id, order, kind, person: visitor, amount: amount?.minor ?? 0, at: event.at });
  }
  return mergeCohortFacts({ activity, sales });
}

/** Joins the facts of several streams or shards. Order and repetition do not matter. */
export function mergeCohortFacts(...parts: readonly CohortFacts[]): CohortFacts {
  const instants = new Map<string, { readonly of: Activity; readonly at: Set<Instant> }>();
  const sales = new Map<string, Sale>();
  for (const part of parts) {
    for (const activity of part.activity) {
      const key = JSON.stringify([activity.channel, activity.person]);
      const known = instants.get(key) ?? { of: activity, at: new Set() };
      for (const at of activity.at) known.at.add(at);
      instants.set(key, known);
    }
    for (const sale of part.sales) sales.set(sale.id, sale);
  }
  return {
    activity: inOrder(instants).map(({ of: { channel, person }, at }) => ({
      channel,
      person,
      at: [...at].sort((one, other) => one - other),
    })),
    sales: inOrder(sales),
  };
}

function activeIn(event: SpaceEvent): string | null {
  switch (event.type) {
    case "message.posted":
      return event.data.author;
    case "poll.voted":
      return event.data.choices.length > 0 ? event.by : null;
    case "reaction.added":
    case "media.opened":
      return event.by;
    default:
      return null;
  }
}

/** The values in the order of their keys, so that the same facts always look the same. */
function inOrder<T>(map: ReadonlyMap<string, T>): readonly T[] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
}
