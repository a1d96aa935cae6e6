import { accept, type Outcome } from "../../kernel/outcome.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { peopleOf } from "../people.js";
import { refuseUnknownMember } from "../refusals.js";
import { findHandled, refuseResolved } from "./find.js";
import { eventsOfEntering } from "./room.js";

/**
 * Makes a member lead it. They, and whoever looks after its duty by now, are let into its channel; to name the same
 * commander again does that for those who came on duty since.
 */
export function commandIncident(
  space: Space,
  command: Command<"incident.command">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, member } = command;
  const found = findHandled(space, command.incident, by, context.now);
  if ("ok" in found) return found;
  const refused = refuseResolved(found) ?? refuseUnknownMember(space, member);
  if (refused) return refused;
  const { id, commander, channel, duty } = found;
  const people = [member, ...peopleOf(space, duty, context.now)];
  return accept(
    ...(commander === member
      ? []
      : [happened("incident.commanded", { incident: id, member }, command, context)]),
    ...eventsOfEntering(space, channel, people, command, context),
  );
}

/** Says how bad it is, also when it is over: the record may be corrected. */
export function classifyIncident(
  space: Space,
  command: Command<"incident.classify">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, severity } = command;
  const found = findHandled(space, command.incident, by, context.now);
  if ("ok" in found) return found;
  if (found.severity === severity) return accept();
  return accept(happened("incident.classified", { incident: found.id, severity }, command, context));
}

/** Adds a line to its record, also when it is over: causes are often found later. */
export function updateIncident(
  space: Space,
  command: Command<"incident.update">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, text } = command;
  const found = findHandled(space, command.incident, by, context.now);
  if ("ok" in found) return found;
  return accept(happened("incident.updated", { incident: found.id, text }, command, context));
}
