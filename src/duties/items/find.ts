import { forbid } from "../../access/guard.js";
import { type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Checklist, Item } from "../../model/items.js";
import type { Space } from "../../model/space.js";
import { refuseAbsent } from "../fitness.js";
import { peopleOf } from "../people.js";

type Refused = Extract<Outcome<never>, { ok: false }>;

/**
 * An item that `by` may act on at an instant: because they own it, look after its duty or raised it, or because they
 * may manage everybody's.
 */
export function findItem(space: Space, id: string, by: string, at: Instant): Item | Refused {
  const item = entry(space.items, id);
  if (!item) return refuse("ITEM_UNKNOWN", `There is no item ${JSON.stringify(id)}.`, { item: id });
  const { owner, raisedBy, duty } = item;
  const isTheirs =
    owner === by || raisedBy === by || (duty !== null && peopleOf(space, duty, at).includes(by));
  return forbidUnlessTheirs(space, isTheirs, by, at) ?? item;
}

/** A checklist, or the refusal of a command on one that is not there. */
export function findChecklist(space: Space, id: string): Checklist | Refused {
  return (
    entry(space.checklists, id) ??
    refuse("CHECKLIST_UNKNOWN", `There is no checklist ${JSON.stringify(id)}.`, { checklist: id })
  );
}

/** What is one's own needs no permission, save to be there; what is not takes the one to manage items. */
export function forbidUnlessTheirs(
  space: Space,
  isTheirs: boolean,
  by: string,
  at: Instant,
): Refused | undefined {
  if (isTheirs && !refuseAbsent(space, by, at)) return undefined;
  return forbid(space, { member: by, capability: "item.manage", at });
}

/** Whether nothing is to be done about an item any more. */
export function isSettled({ status }: Item): boolean {
  return status === "done" || status === "dropped";
}

/** The refusal of what makes no sense for an item that is done or dropped. */
export function refuseSettled(item: Item): Refused | undefined {
  const { id, status } = item;
  return isSettled(item)
    ? refuse("ITEM_SETTLED", `The item is ${status} already.`, { item: id, status })
    : undefined;
}
