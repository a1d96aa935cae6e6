import type { Duration, Instant, InstantInput } from "../kernel/time.js";
import type { MessageRef } from "./duties.js";

/** Something to be done: raised from a message, about an incident, on a checklist, or by itself. */
export type Item = {
  readonly id: string;
  readonly title: string;
  /** Who wrote the title as it is. */
  readonly titledBy: string;
  /** The duty that answers for it, and who of it; both may be nobody. */
  readonly duty: string | null;
  readonly owner: string | null;
  readonly dueAt: Instant | null;
  readonly source: MessageRef | null;
  /** The incident that it was raised about. */
  readonly incident: string | null;
  readonly checklist: string | null;
  readonly status: "open" | "acknowledged" | "done" | "dropped";
  readonly raisedAt: Instant;
  readonly raisedBy: string;
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgedBy: string | null;
  readonly doneAt: Instant | null;
  readonly doneBy: string | null;
  readonly reopenings: number;
};

/** A list of items, pinned in a channel. */
export type Checklist = {
  readonly id: string;
  readonly channel: string;
  readonly title: string;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly closedAt: Instant | null;
};

type Of = { readonly item: string };

/** The events of items and checklists. */
export type ItemEvents = {
  "item.raised": Of & {
    readonly title: string;
    readonly duty: string | null;
    readonly owner: string | null;
    readonly dueAt: Instant | null;
    readonly source: MessageRef | null;
    readonly incident: string | null;
    readonly checklist: string | null;
  };
  "item.acknowledged": Of;
  "item.completed": Of;
  "item.reopened": Of;
  "item.dropped": Of;
  "item.changed": Of & {
    readonly title?: string;
    readonly duty?: string | null;
    readonly owner?: string | null;
    readonly dueAt?: Instant | null;
  };
  "checklist.opened": { readonly checklist: string; readonly channel: string; readonly title: string };
  "checklist.closed": { readonly checklist: string };
};

/** Who is to do something, and until when. */
export type ItemPlan = {
  readonly title: string;
  readonly duty?: string | undefined;
  readonly owner?: string | undefined;
  readonly dueAt?: InstantInput | undefined;
  /** Instead of `dueAt`: so long after it was raised. */
  readonly dueIn?: Duration | undefined;
};

/** The commands of items and checklists. */
export type ItemCommands = {
  "item.raise": ItemPlan & {
    /** The message that asks for it. */
    readonly source?: MessageRef | undefined;
    /** The incident that it is about. */
    readonly incident?: string | undefined;
    readonly checklist?: string | undefined;
    readonly id?: string | undefined;
  };
  /** Say that one has seen it and will do it. Who acknowledges an item without an owner becomes its owner. */
  "item.acknowledge": Of;
  "item.complete": Of;
  /** Say that it has to be done after all, or again. */
  "item.reopen": Of;
  /** Say that it need not be done. */
  "item.drop": Of;
  "item.change": Of & {
    readonly title?: string | undefined;
    readonly duty?: string | null | undefined;
    readonly owner?: string | null | undefined;
    readonly dueAt?: InstantInput | null | undefined;
  };
  /** Open a list of items in a channel. */
  "checklist.open": {
    readonly channel: string;
    readonly title: string;
    readonly items: readonly ItemPlan[];
    readonly id?: string | undefined;
  };
  /** Take no more items on a list. Those that are on it stay as they are. */
  "checklist.close": { readonly checklist: string };
};
