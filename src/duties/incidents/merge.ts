import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { findHandled, findIncident, forbidHandling, refuseMerged } from "./find.js";

/**
 * Says that an incident is a duplicate of another, which goes on for both. Whoever does has to be somebody who may deal
 * with either. As neither may be part of another before, merging never runs in a circle.
 */
export function mergeIncident(
  space: Space,
  command: Command<"incident.merge">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, into } = command;
  const duplicate = findIncident(space, command.incident);
  if ("ok" in duplicate) return duplicate;
  if (duplicate.id === into) {
    const expected = "must be another incident";
    return refuse("INVALID_COMMAND", `incident.merge into ${expected}.`, {
      issues: [{ path: "into", expected }],
    });
  }
  const forbidden = forbidHandling(space, duplicate, by, context.now);
  if (forbidden) return forbidden;
  if (duplicate.mergedInto === into) return accept();
  const merged = refuseMerged(space, duplicate);
  if (merged) return merged;
  const target = findHandled(space, into, by, context.now);
  if ("ok" in target) return target;
  return accept(happened("incident.merged", { incident: duplicate.id, into }, command, context));
}
