import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Item } from "../../model/items.js";
import type { Space } from "../../model/space.js";
import { isOverdue } from "./lists.js";

/** An item as a flat row for a project tool or a spreadsheet. Instants are ISO text in UTC; what is not there is `null`. */
export type ItemRow = {
  readonly id: string;
  readonly title: string;
  readonly status: Item["status"];
  /** Whether it should have been done by now. */
  readonly overdue: boolean;
  readonly duty: string | null;
  readonly owner: string | null;
  /** What the owner is called, where they are a member that has a name. */
  readonly ownerName: string | null;
  readonly dueAt: string | null;
  readonly raisedAt: string;
  readonly raisedBy: string;
  readonly acknowledgedAt: string | null;
  readonly acknowledgedBy: string | null;
  readonly doneAt: string | null;
  readonly doneBy: string | null;
  readonly reopenings: number;
  readonly checklist: string | null;
  readonly checklistTitle: string | null;
  readonly incident: string | null;
  /** The message that asked for it. */
  readonly sourceChannel: string | null;
  readonly sourceMessage: string | null;
};

/**
 * All items, done and dropped ones too, as rows: always the same columns in the same order, the first raised first. `id`
 * stays the same, so that a later export updates what an earlier one made.
 *
 * ```ts
 * const [row] = itemRows(space, now);
 * row; // { id: "itm_1", title: "Answer the refunds", status: "open", overdue: true, duty: "ops", ... }
 * ```
 */
export function itemRows(space: Space, now: Instant): readonly ItemRow[] {
  return Object.values(space.items)
    .sort((a, b) => a.raisedAt - b.raisedAt)
    .map((item) => rowOf(space, item, now));
}

function rowOf(space: Space, item: Item, now: Instant): ItemRow {
  const { owner, checklist } = item;
  return {
    id: item.id,
    title: item.title,
    status: item.status,
    overdue: isOverdue(item, now),
    duty: item.duty,
    owner,
    ownerName: owner === null ? null : (entry(space.members, owner)?.name ?? null),
    dueAt: isoOf(item.dueAt),
    raisedAt: new Date(item.raisedAt).toISOString(),
    raisedBy: item.raisedBy,
    acknowledgedAt: isoOf(item.acknowledgedAt),
    acknowledgedBy: item.acknowledgedBy,
    doneAt: isoOf(item.doneAt),
    doneBy: item.doneBy,
    reopenings: item.reopenings,
    checklist,
    checklistTitle: checklist === null ? null : (entry(space.checklists, checklist)?.title ?? null),
    incident: item.incident,
    sourceChannel: item.source?.channel ?? null,
    sourceMessage: item.source?.message ?? null,
  };
}

function isoOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
