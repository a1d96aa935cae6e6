import { entry } from "../../kernel/record.js";
import type { Checklist, Item } from "../../model/items.js";
import type { Space } from "../../model/space.js";

/** A checklist with what is on it, and how far it is. */
export type ChecklistView = Checklist & {
  /** Everything on it, dropped items too, in the order in which it was put there. */
  readonly items: readonly Item[];
  /** How many are done, of all that were not dropped. */
  readonly progress: { readonly done: number; readonly all: number };
};

/**
 * A checklist with its items, or `undefined` where there is none with this id.
 *
 * ```ts
 * checklistOf(space, "before-opening")?.progress; // { done: 2, all: 5 }
 * ```
 */
export function checklistOf(space: Space, id: string): ChecklistView | undefined {
  const checklist = entry(space.checklists, id);
  if (!checklist) return undefined;
  const items = Object.values(space.items)
    .filter((item) => item.checklist === id)
    .sort((a, b) => a.raisedAt - b.raisedAt);
  const done = items.filter(({ status }) => status === "done").length;
  const dropped = items.filter(({ status }) => status === "dropped").length;
  return { ...checklist, items, progress: { done, all: items.length - dropped } };
}
