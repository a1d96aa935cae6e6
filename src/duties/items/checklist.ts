import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import { cleanName } from "../../kernel/text.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { findChecklist, forbidUnlessTheirs } from "./find.js";
import { readPlan } from "./plan.js";

/** Opens a list of items in a channel, for whoever may raise items and may pin there. */
export function openChecklist(
  space: Space,
  command: Command<"checklist.open">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, channel, title, items, id } = command;
  const { now, newId } = context;
  const refused =
    forbid(space, { member: by, capability: "item.raise", at: now }) ??
    refuseUnpinnable(space, command, context);
  if (refused) return refused;
  if (id !== undefined && entry(space.checklists, id)) return accept();
  const checklist = id ?? newId("chk");
  const events = [
    happened("checklist.opened", { checklist, channel, title: cleanName(title) }, command, context),
  ] as SpaceEvent[];
  for (const [index, plan] of items.entries()) {
    const planned = readPlan(space, plan, now, "checklist.open", `items.${index}.`);
    if ("ok" in planned) return planned;
    const data = { item: newId("itm"), ...planned, source: null, incident: null, checklist };
    events.push(happened("item.raised", data, command, context));
  }
  return accept(...events);
}

/** Takes no more items on a list: for who opened it, and for who manages items. Those on it stay as they are. */
export function closeChecklist(
  space: Space,
  command: Command<"checklist.close">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by } = command;
  const found = findChecklist(space, command.checklist);
  if ("ok" in found) return found;
  const forbidden = forbidUnlessTheirs(space, found.openedBy === by, by, context.now);
  if (forbidden) return forbidden;
  if (found.closedAt !== null) return accept();
  return accept(happened("checklist.closed", { checklist: found.id }, command, context));
}

function refuseUnpinnable(space: Space, { by, channel: id }: Command<"checklist.open">, { now }: Context) {
  const channel = entry(space.channels, id);
  if (!channel)
    return refuse("CHANNEL_UNKNOWN", `There is no channel ${JSON.stringify(id)}.`, { channel: id });
  if (channel.closedAt !== null)
    return refuse("CHANNEL_CLOSED", `The channel ${id} is closed.`, { channel: id });
  return forbid(space, { member: by, capability: "message.pin", channel: id, at: now });
}
