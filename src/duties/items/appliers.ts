import { entry } from "../../kernel/record.js";
import type { Appliers, Folding } from "../../model/folding.js";
import type { Item, ItemEvents } from "../../model/items.js";
import type { Space } from "../../model/space.js";

/** What the events of items and checklists change. */
export const itemAppliers: Appliers<keyof ItemEvents> = {
  "item.raised": (folding, { at, by, data: { item: id, ...what } }) =>
    folding.put("items", id, {
      ...what,
      id,
      titledBy: by,
      status: "open",
      raisedAt: at,
      raisedBy: by,
      acknowledgedAt: null,
      acknowledgedBy: null,
      doneAt: null,
      doneBy: null,
      reopenings: 0,
    }),

  "item.acknowledged": (folding, { at, by, data }) =>
    change(folding, data.item, (item, space) => ({
      status: "acknowledged",
      acknowledgedAt: at,
      acknowledgedBy: by,
      owner: ownerOf(space, item) ?? by,
    })),

  "item.completed": (folding, { at, by, data }) =>
    change(folding, data.item, () => ({ status: "done", doneAt: at, doneBy: by })),

  "item.reopened": (folding, { data }) =>
    change(folding, data.item, ({ acknowledgedAt, reopenings }) => ({
      status: acknowledgedAt === null ? "open" : "acknowledged",
      doneAt: null,
      doneBy: null,
      reopenings: reopenings + 1,
    })),

  "item.dropped": (folding, { data }) =>
    change(folding, data.item, () => ({ status: "dropped", doneAt: null, doneBy: null })),

  "item.changed": (folding, { by, data: { item, ...changes } }) =>
    change(folding, item, () => (changes.title === undefined ? changes : { ...changes, titledBy: by })),

  "checklist.opened": (folding, { at, by, data: { checklist: id, channel, title } }) =>
    folding.put("checklists", id, { id, channel, title, openedAt: at, openedBy: by, closedAt: null }),

  "checklist.closed": (folding, { at, data }) => {
    const checklist = entry(folding.space.checklists, data.checklist);
    if (checklist) folding.put("checklists", checklist.id, { ...checklist, closedAt: at });
  },
};

/** Who owns an item, if they are still there. */
function ownerOf(space: Space, { owner }: Item): string | null {
  return owner !== null && entry(space.members, owner) ? owner : null;
}

function change(folding: Folding, id: string, by: (item: Item, space: Space) => Partial<Item>): void {
  const item = entry(folding.space.items, id);
  if (item) folding.put("items", id, { ...item, ...by(item, folding.space) });
}
