import type { Instant } from "../../kernel/time.js";
import type { Item } from "../../model/items.js";
import type { Space } from "../../model/space.js";
import { isSettled } from "./find.js";

/** Which items: those of a duty, those of an owner. `null` is those without. */
export type ItemFilter = {
  readonly duty?: string | null | undefined;
  readonly owner?: string | null | undefined;
};

/**
 * The items that are still to be done, those that are due first at the top and those without a date at the end.
 *
 * ```ts
 * openItems(space, { owner: "cid" }).map(({ title }) => title); // ["Answer the refunds", "Tidy up"]
 * openItems(space, { owner: null }); // what nobody has taken
 * ```
 */
export function openItems(space: Space, { duty, owner }: ItemFilter = {}): readonly Item[] {
  return Object.values(space.items)
    .filter(
      (item) =>
        !isSettled(item) &&
        (duty === undefined || item.duty === duty) &&
        (owner === undefined || item.owner === owner),
    )
    .sort((a, b) => byDue(a, b) || a.raisedAt - b.raisedAt);
}

/** The items that should have been done by now, the longest overdue first. What is due at this instant is. */
export function overdue(space: Space, now: Instant): readonly Item[] {
  return openItems(space).filter((item) => isOverdue(item, now));
}

/** Whether an item is still to be done at an instant by which it was due. */
export function isOverdue(item: Item, now: Instant): boolean {
  return item.dueAt !== null && item.dueAt <= now && !isSettled(item);
}

function byDue(a: Item, b: Item): number {
  if (a.dueAt === b.dueAt) return 0;
  if (a.dueAt === null) return 1;
  return b.dueAt === null ? -1 : a.dueAt - b.dueAt;
}
