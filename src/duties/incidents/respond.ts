import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { findHandled, refuseResolved } from "./find.js";

/** For how long an incident that comes back is still the same one. Later it is another, so that times mean something. */
const SAME_WITHIN = 24 * 3_600_000;

/** Says that somebody sees to it. The first to say so counts. */
export function acknowledgeIncident(
  space: Space,
  command: Command<"incident.acknowledge">,
  context: Context,
): Outcome<SpaceEvent> {
  const found = findHandled(space, command.incident, command.by, context.now);
  if ("ok" in found) return found;
  if (found.acknowledgedAt !== null) return accept();
  return (
    refuseResolved(found) ??
    accept(happened("incident.acknowledged", { incident: found.id }, command, context))
  );
}

/** Says that it does no more harm. Does not stand in for the acknowledgement, which says how soon somebody saw it. */
export function containIncident(
  space: Space,
  command: Command<"incident.contain">,
  context: Context,
): Outcome<SpaceEvent> {
  const { text = "" } = command;
  const found = findHandled(space, command.incident, command.by, context.now);
  if ("ok" in found) return found;
  const refused = refuseResolved(found);
  if (refused) return refused;
  if (found.containedAt !== null) return accept();
  return accept(happened("incident.contained", { incident: found.id, text }, command, context));
}

/** Says that it was put right, whether or not anybody had acknowledged it. */
export function resolveIncident(
  space: Space,
  command: Command<"incident.resolve">,
  context: Context,
): Outcome<SpaceEvent> {
  const { text = "" } = command;
  const found = findHandled(space, command.incident, command.by, context.now);
  if ("ok" in found) return found;
  if (found.resolvedAt !== null) return accept();
  return accept(happened("incident.resolved", { incident: found.id, text }, command, context));
}

/** Says that it was not put right after all: the same incident goes on. */
export function reopenIncident(
  space: Space,
  command: Command<"incident.reopen">,
  context: Context,
): Outcome<SpaceEvent> {
  const { text = "" } = command;
  const found = findHandled(space, command.incident, command.by, context.now);
  if ("ok" in found) return found;
  const { id, status, resolvedAt } = found;
  if (resolvedAt === null)
    return refuse("INCIDENT_NOT_RESOLVED", `The incident cannot be reopened: it is ${status}.`, {
      incident: id,
      status,
    });
  if (context.now - resolvedAt > SAME_WITHIN)
    return refuse("INCIDENT_LONG_RESOLVED", "The incident was resolved more than 24 hours ago.", {
      incident: id,
      resolvedAt,
    });
  return accept(happened("incident.reopened", { incident: id, text }, command, context));
}
