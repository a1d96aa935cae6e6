import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import { cleanName } from "../../kernel/text.js";
import { toInstant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { refuseSource } from "../items/source.js";
import { peopleOf } from "../people.js";
import { refuseUnknownMember } from "../refusals.js";
import { eventsOfRoom } from "./room.js";

/** The duty that answers for an incident, unless another is named. */
const OPS = "ops";

/**
 * Says that something has gone wrong, and opens a private channel for it where one is asked for. Nobody needs the
 * permission to open channels for that: whoever notices something must not have to look for a moderator first.
 */
export function declareIncident(
  space: Space,
  command: Command<"incident.declare">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, severity, text = "", duty = OPS, commander, source = null, channel } = command;
  const { now, newId } = context;
  const forbidden = forbid(space, { member: by, capability: "incident.declare", at: now });
  if (forbidden) return forbidden;
  if (command.id !== undefined && entry(space.incidents, command.id)) return accept();
  const occurredAt = command.occurredAt === undefined ? now : toInstant(command.occurredAt);
  const refused =
    refuseLater(occurredAt, now) ??
    refuseStrangers(space, [...(commander === undefined ? [] : [commander]), ...(channel?.members ?? [])]) ??
    refuseSource(space, source, by, now) ??
    refuseTaken(space, channel?.id);
  if (refused) return refused;
  const incident = command.id ?? newId("inc");
  const led = commander === undefined ? [] : [commander];
  const data = {
    incident,
    title: cleanName(command.title),
    severity,
    occurredAt,
    duty,
    channel: channel?.id ?? null,
    source,
    text,
  };
  return accept(
    happened("incident.declared", data, command, context),
    ...led.map((member) => happened("incident.commanded", { incident, member }, command, context)),
    ...eventsOfRoom(
      command,
      [by, ...led, ...peopleOf(space, duty, now), ...(channel?.members ?? [])],
      context,
    ),
  );
}

function refuseLater(occurredAt: number, now: number) {
  if (occurredAt <= now) return undefined;
  const expected = "must not be after now";
  return refuse("INVALID_COMMAND", `incident.declare occurredAt ${expected}.`, {
    issues: [{ path: "occurredAt", expected }],
  });
}

function refuseStrangers(space: Space, members: readonly string[]) {
  for (const member of members) {
    const refused = refuseUnknownMember(space, member);
    if (refused) return refused;
  }
  return undefined;
}

function refuseTaken(space: Space, channel: string | undefined) {
  return channel !== undefined && entry(space.channels, channel)
    ? refuse("CHANNEL_EXISTS", `There is a channel ${JSON.stringify(channel)} already.`, { channel })
    : undefined;
}
