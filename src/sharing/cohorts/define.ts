import { forbid } from "../../access/guard.js";
import { accept, type Outcome } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import { cleanName } from "../../kernel/text.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { findCohort, refuseInUse, refuseRule } from "./refusals.js";
import { readRule } from "./rules.js";

/** Names a segment, or says anew what it is. A list that is given a rule is a list no more: those on it are let go. */
export function defineCohort(
  space: Space,
  command: Command<"cohort.define">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, cohort } = command;
  const forbidden = forbid(space, { member: by, capability: "cohort.manage", at: context.now });
  if (forbidden) return forbidden;
  const rule = command.rule === undefined ? null : readRule(command.rule);
  const refused = rule && refuseRule(space, cohort, rule);
  if (refused) return refused;
  const known = entry(space.cohorts, cohort);
  const name = command.name === undefined ? (known?.name ?? cohort) : cleanName(command.name);
  if (known && known.name === name && JSON.stringify(known.rule) === JSON.stringify(rule)) return accept();
  return accept(happened("cohort.defined", { cohort, name, rule }, command, context));
}

/** Gives a segment up. Nobody belongs to it any more. */
export function dropCohort(
  space: Space,
  command: Command<"cohort.drop">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, cohort } = command;
  const forbidden = forbid(space, { member: by, capability: "cohort.manage", at: context.now });
  if (forbidden) return forbidden;
  const found = findCohort(space, cohort);
  if ("ok" in found) return found;
  return refuseInUse(space, cohort) ?? accept(happened("cohort.dropped", { cohort }, command, context));
}
