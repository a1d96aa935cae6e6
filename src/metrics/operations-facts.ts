import type { Instant } from "../kernel/time.js";
import type { EventData, EventType, SpaceEvent } from "../model/events.js";
import { type TimelineFacts, timelineFacts } from "./operations-timeline.js";

const same = <T>(data: T): T => data;

/**
 * What is kept of which event of a charter: nothing that anybody wrote. The order is the one in which events of one
 * instant are taken where their revisions do not tell.
 */
const KEPT = {
  "channel.assigned": same<EventData["channel.assigned"]>,
  "thread.assigned": same<EventData["thread.assigned"]>,
  "handoff.offered": ({ handoff, of, expiresAt }: EventData["handoff.offered"]) => ({
    handoff,
    of,
    expiresAt,
  }),
  "handoff.accepted": same<EventData["handoff.accepted"]>,
  "handoff.declined": same<EventData["handoff.declined"]>,
  "handoff.withdrawn": same<EventData["handoff.withdrawn"]>,
  "handoff.lapsed": same<EventData["handoff.lapsed"]>,
  "handoff.returned": same<EventData["handoff.returned"]>,
  "incident.declared": ({ incident, occurredAt, duty, source }: EventData["incident.declared"]) => ({
    incident,
    occurredAt,
    duty,
    source,
  }),
  "incident.acknowledged": same<EventData["incident.acknowledged"]>,
  "incident.commanded": ofIncident<EventData["incident.commanded"]>,
  "incident.classified": ofIncident<EventData["incident.classified"]>,
  "incident.contained": ofIncident<EventData["incident.contained"]>,
  "incident.updated": ofIncident<EventData["incident.updated"]>,
  "incident.resolved": ofIncident<EventData["incident.resolved"]>,
  "incident.reopened": ofIncident<EventData["incident.reopened"]>,
  "incident.merged": same<EventData["incident.merged"]>,
  "item.raised": ({ item, duty, owner, dueAt, source }: EventData["item.raised"]) => ({
    item,
    duty,
    owner,
    dueAt,
    source,
  }),
  "item.changed": ({ title: _, ...changes }: EventData["item.changed"]) => changes,
  "item.acknowledged": same<EventData["item.acknowledged"]>,
  "item.completed": same<EventData["item.completed"]>,
  "item.reopened": same<EventData["item.reopened"]>,
  "item.dropped": same<EventData["item.dropped"]>,
  "draft.proposed": ({ draft, channel }: EventData["draft.proposed"]) => ({ draft, channel }),
  "suggestion.made": ({ draft, suggestion }: EventData["suggestion.made"]) => ({ draft, suggestion }),
  "draft.revised": ({ draft, keeps, suggestion }: EventData["draft.revised"]) => ({
    draft,
    keeps,
    suggestion,
  }),
  "draft.submitted": ofDraft<EventData["draft.submitted"]>,
  "verdict.given": ({ draft, verdict }: EventData["verdict.given"]) => ({ draft, verdict }),
  "draft.approved": ofDraft<EventData["draft.approved"]>,
  "draft.published": ofDraft<EventData["draft.published"]>,
  "draft.withdrawn": ofDraft<EventData["draft.withdrawn"]>,
} as const satisfies { readonly [K in EventType]?: (data: EventData[K]) => object };

function ofIncident<T extends { readonly incident: string }>({ incident }: T) {
  return { incident };
}

function ofDraft<T extends { readonly draft: string }>({ draft }: T) {
  return { draft };
}

/** Events of a charter that the operational figures are made of. */
export type OperationsEventType = keyof typeof KEPT;

/** What is left of an event of a charter: when, by whom, about what. */
export type OperationsFact<T extends OperationsEventType = OperationsEventType> = {
  [K in T]: {
    readonly id: string;
    readonly type: K;
    readonly at: Instant;
    readonly by: string;
    /** Its place in the charter; 0 where that is not known. */
    readonly revision: number;
    readonly data: Readonly<ReturnType<(typeof KEPT)[K]>>;
  };
}[T];

/**
 * What the operational figures need to know of a space, and nothing else. Plain data, so that a shard can be prepared
 * elsewhere and shipped.
 */
export type OperationsFacts = {
  readonly timelines: readonly TimelineFacts[];
  readonly charter: readonly OperationsFact[];
};

/** An event with its revision where it comes from a store. */
export type OperationsEvent = SpaceEvent & { readonly revision?: number };

const KEEPERS = new Map<string, (data: never) => object>(Object.entries(KEPT));
const RANKS = new Map<string, number>(Object.keys(KEPT).map((type, rank) => [type, rank]));

/**
 * Prepares events of one stream of a space: of its charter, with `null` for the channel, or of the timeline of a
 * channel. Hand them in as a store gives them, with their revisions: those say what came first within one instant, and
 * spare looking for what was handed in twice.
 *
 * Nothing that anybody wrote is kept, and nothing of erased events, whose payload is gone. Cost: O(n); of a message
 * stays its id, and two numbers.
 */
export function prepareOperations(
  channel: string | null,
  events: readonly OperationsEvent[],
): OperationsFacts {
  if (channel !== null) return { timelines: timelineFacts(channel, events), charter: [] };
  const charter: OperationsFact[] = [];
  for (const { id, type, at, by, revision = 0, data } of events) {
    const keep = KEEPERS.get(type);
    if (!keep || data === null) continue;
    charter.push({ id, type, at, by, revision, data: keep(data as never) } as unknown as OperationsFact);
  }
  return { timelines: [], charter };
}

/**
 * Joins the facts of several streams or shards of one space. Order and repetition do not matter: what happened is put
 * in order, and every event counted once, when the figures are made.
 */
export function mergeOperations(...parts: readonly OperationsFacts[]): OperationsFacts {
  return {
    timelines: parts.flatMap(({ timelines }) => timelines),
    charter: parts.flatMap(({ charter }) => charter),
  };
}

/** What happened up to an instant, each event once, in the order of the charter. Its clocks may differ a little. */
export function charterInOrder({ charter }: OperationsFacts, asOf: Instant): readonly OperationsFact[] {
  const known = charter.filter(({ at }) => at <= asOf);
  let last = 0;
  for (const { revision } of known) {
    if (revision <= last) return distinct(known).sort(inOrder);
    last = revision;
  }
  return known;
}

function distinct(facts: readonly OperationsFact[]): OperationsFact[] {
  const byId = new Map<string, OperationsFact>();
  for (const fact of facts) {
    const known = byId.get(fact.id);
    if (known === undefined || known.revision < fact.revision) byId.set(fact.id, fact);
  }
  return [...byId.values()];
}

function inOrder(a: OperationsFact, b: OperationsFact): number {
  return (
    a.revision - b.revision ||
    a.at - b.at ||
    (RANKS.get(a.type) ?? 0) - (RANKS.get(b.type) ?? 0) ||
    (a.id < b.id ? -1 : 1)
  );
}
