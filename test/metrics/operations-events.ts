import {
  type EventData,
  type EventType,
  type MessageKind,
  mergeOperations,
  type OperationsEvent,
  type OperationsOptions,
  type OperationsReport,
  operations,
  prepareOperations,
} from "chat-spaces";

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** The instant at which these tests begin: a Friday. */
export const T = Date.parse("2026-05-01T08:00:00Z");
export const AS_OF = Date.parse("2026-06-01T00:00:00Z");

/** An event, with an id of its own and the revision that it gets where it is put. */
export type Happening = { readonly channel: string | null; readonly event: OperationsEvent };

let count = 0;

/** Something that happened in the charter. */
export function did<K extends EventType>(type: K, at: number, by: string, data: EventData[K]): Happening {
  count += 1;
  return { channel: null, event: { id: `evt_${count}`, type, at, by, data } as OperationsEvent };
}

/** A message. */
export function said(
  id: string,
  at: number,
  author: string | null,
  {
    replyTo,
    kind = "text",
    channel = "lounge",
  }: { replyTo?: string; kind?: MessageKind; channel?: string } = {},
): Happening {
  const data = { author, kind, body: id, ...(replyTo === undefined ? {} : { replyTo }) };
  return { channel, event: { id, type: "message.posted", at, by: "x", data } };
}

/** A deletion. */
export function deleted(message: string, at: number, channel = "lounge"): Happening {
  return {
    channel,
    event: { id: `${message}~deleted`, type: "message.deleted", at, by: "x", data: { message } },
  };
}

const ITEM = { title: "Answer", owner: null, dueAt: null, incident: null, checklist: null };

/** An item, from a message of the lounge where one is named. */
export function raised(
  item: string,
  at: number,
  by: string,
  {
    message,
    duty = null,
    ...more
  }: { message?: string; duty?: string | null; dueAt?: number; owner?: string } = {},
): Happening {
  const source = message === undefined ? null : { channel: "lounge", message };
  return did("item.raised", at, by, { item, ...ITEM, ...more, duty, source });
}

/** An incident. */
export function declared(
  incident: string,
  at: number,
  by: string,
  more: Partial<EventData["incident.declared"]> = {},
): Happening {
  const rest = { title: "Down", severity: 2, duty: "ops", channel: null, source: null, text: "" } as const;
  return did("incident.declared", at, by, { incident, occurredAt: at, ...rest, ...more });
}

/** A draft in the studio. */
export function proposed(draft: string, at: number, by: string): Happening {
  const rest = { target: null, title: "Text", body: "Text", attachments: [], incident: null, rule: null };
  return did("draft.proposed", at, by, { draft, channel: "studio", ...rest });
}

export const submitted = (draft: string, at: number, by: string): Happening =>
  did("draft.submitted", at, by, { draft, revision: 1, deadline: null });

export const judged = (
  draft: string,
  at: number,
  by: string,
  verdict: EventData["verdict.given"]["verdict"],
): Happening => did("verdict.given", at, by, { draft, revision: 1, verdict, note: null });

export const approved = (draft: string, at: number, by: string): Happening =>
  did("draft.approved", at, by, { draft, revision: 1 });

/** A handoff of a duty from ana to sam, that stands for a week. */
export function offered(
  handoff: string,
  at: number,
  more: Partial<EventData["handoff.offered"]> = {},
): Happening {
  const rest = { of: { duty: "ops" }, from: "ana", to: "sam", note: null, window: null, items: [] };
  return did("handoff.offered", at, "ana", { handoff, ...rest, expiresAt: at + 7 * DAY, ...more });
}

/** With revisions, as a store has them: 1, 2, 3, ... in each stream. */
export function stored(happenings: readonly Happening[]): readonly Happening[] {
  const heads = new Map<string | null, number>();
  return happenings.map(({ channel, event }) => {
    const revision = (heads.get(channel) ?? 0) + 1;
    heads.set(channel, revision);
    return { channel, event: { ...event, revision } };
  });
}

/** The facts of what happened, each stream in one go. */
export function factsOf(happenings: readonly Happening[]) {
  const channels = new Set(happenings.map(({ channel }) => channel));
  return mergeOperations(
    ...[...channels].map((channel) =>
      prepareOperations(
        channel,
        happenings.filter((one) => one.channel === channel).map(({ event }) => event),
      ),
    ),
  );
}

/** The report of what happened, in this order. */
export function report(
  happenings: readonly Happening[],
  options: Partial<OperationsOptions> = {},
): OperationsReport {
  return operations(factsOf(stored(happenings)), {
    timeZone: "UTC",
    asOf: AS_OF,
    exclude: ["bot"],
    ...options,
  });
}
