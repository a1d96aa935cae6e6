import { forbid } from "../../access/guard.js";
import { accept, type Outcome } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { findList, refuseStrangers } from "./refusals.js";

/** Puts members on a list. Those who are on it already are passed over. */
export function addToCohort(
  space: Space,
  command: Command<"cohort.add">,
  context: Context,
): Outcome<SpaceEvent> {
  return change(space, command, context, "cohort.joined", (listed) => !listed);
}

/** Takes members off a list. Those who are not on it are passed over. */
export function removeFromCohort(
  space: Space,
  command: Command<"cohort.remove">,
  context: Context,
): Outcome<SpaceEvent> {
  return change(space, command, context, "cohort.left", (listed) => listed);
}

function change(
  space: Space,
  command: Command<"cohort.add" | "cohort.remove">,
  context: Context,
  type: "cohort.joined" | "cohort.left",
  isNew: (listed: boolean) => boolean,
): Outcome<SpaceEvent> {
  const { by, cohort } = command;
  const forbidden = forbid(space, { member: by, capability: "cohort.manage", at: context.now });
  if (forbidden) return forbidden;
  const found = findList(space, cohort);
  if ("ok" in found) return found;
  const refused = refuseStrangers(space, command.members);
  if (refused) return refused;
  const members = [...new Set(command.members)].filter((member) =>
    isNew(entry(space.members, member)?.cohorts?.includes(cohort) ?? false),
  );
  return members.length === 0 ? accept() : accept(happened(type, { cohort, members }, command, context));
}
