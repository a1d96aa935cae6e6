import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { findIncident, refuseMerged } from "../incidents/find.js";
import { findChecklist } from "./find.js";
import { readPlan } from "./plan.js";
import { refuseSource, refuseUnseen } from "./source.js";

/** Says that something is to be done. */
export function raiseItem(
  space: Space,
  command: Command<"item.raise">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, source = null, incident = null, checklist = null, id } = command;
  const { now, newId } = context;
  const forbidden = forbid(space, { member: by, capability: "item.raise", at: now });
  if (forbidden) return forbidden;
  if (id !== undefined && entry(space.items, id)) return accept();
  const planned = readPlan(space, command, now, "item.raise");
  if ("ok" in planned) return planned;
  const refused =
    refuseSource(space, source, by, now) ??
    refuseIncident(space, incident) ??
    refuseList(space, checklist, by, now);
  if (refused) return refused;
  const data = { item: id ?? newId("itm"), ...planned, source, incident, checklist };
  return accept(happened("item.raised", data, command, context));
}

function refuseIncident(space: Space, incident: string | null) {
  if (incident === null) return undefined;
  const found = findIncident(space, incident);
  return "ok" in found ? found : refuseMerged(space, found);
}

function refuseList(space: Space, checklist: string | null, by: string, at: Instant) {
  if (checklist === null) return undefined;
  const found = findChecklist(space, checklist);
  if ("ok" in found) return found;
  const unseen = refuseUnseen(space, found.channel, by, at);
  if (unseen) return unseen;
  return found.closedAt === null
    ? undefined
    : refuse("CHECKLIST_CLOSED", "The checklist takes no more items.", { checklist });
}
