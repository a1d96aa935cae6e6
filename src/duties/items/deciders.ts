import type { Deciders } from "../../model/decider.js";
import type { ItemCommands } from "../../model/items.js";
import { changeItem } from "./change.js";
import { closeChecklist, openChecklist } from "./checklist.js";
import { acknowledgeItem, completeItem, dropItem, reopenItem } from "./progress.js";
import { raiseItem } from "./raise.js";

/** How the commands of items and checklists are decided. */
export const itemDeciders: Deciders<keyof ItemCommands> = {
  "item.raise": raiseItem,
  "item.acknowledge": acknowledgeItem,
  "item.complete": completeItem,
  "item.reopen": reopenItem,
  "item.drop": dropItem,
  "item.change": changeItem,
  "checklist.open": openChecklist,
  "checklist.close": closeChecklist,
};
