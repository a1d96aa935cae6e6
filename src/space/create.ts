import { createLink } from "../attribution/links.js";
import { assignDuty } from "../duties/assign.js";
import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { id, parse, sentence } from "../kernel/schema.js";
import { cleanName } from "../kernel/text.js";
import type { Command } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";
import { fold } from "./evolve.js";
import { openChannel } from "./life.js";
import { addMember } from "./members.js";

/**
 * Opens a space. The creator becomes its host, by role and by duty; then everything the plan asks for is decided
 * as if the host did it step by step, so that a plan can make nothing that its creator could not.
 */
export function createSpace(
  space: Space,
  command: Command<"space.create">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, reason, template: plan } = command;
  const named = parse(id(), space.id);
  if (!named.ok)
    return refuse("INVALID_COMMAND", `The id of the space ${sentence(named.issues)}.`, {
      issues: named.issues,
    });
  const made: SpaceEvent[] = [
    happened(
      "space.created",
      {
        name: cleanName(command.name ?? plan?.name ?? space.id),
        visibility: command.visibility ?? plan?.visibility ?? "private",
        timeZone: command.timeZone ?? plan?.timeZone ?? "UTC",
        exportPolicy: command.exportPolicy ?? plan?.exportPolicy ?? "hosts",
        template: plan?.template ?? null,
      },
      command,
      context,
    ),
    happened(
      "member.joined",
      { member: by, name: null, roles: ["host"], invite: null, campaign: null },
      command,
      context,
    ),
    happened("duty.assigned", { duty: "host", member: by }, command, context),
  ];
  let state = fold(space, made);
  const act = { by, reason };
  const steps: readonly ((now: Space) => Outcome<SpaceEvent>)[] = [
    ...(plan?.channels ?? []).map(
      ({ id: channel, name, kind, topic }) =>
        (now: Space) =>
          openChannel(now, { ...act, type: "channel.open", channel, name, kind, topic }, context),
    ),
    ...(plan?.members ?? [])
      .filter((member) => member.id !== by)
      .map(
        ({ id: member, name, roles }) =>
          (now: Space) =>
            addMember(now, { ...act, type: "member.add", member, name, roles }, context),
      ),
    ...(plan?.duties ?? []).map(
      ({ duty, member }) =>
        (now: Space) =>
          assignDuty(now, { ...act, type: "duty.assign", duty, member }, context),
    ),
    ...(plan?.links ?? []).map(
      (link) => (now: Space) => createLink(now, { ...act, ...link, type: "link.create" }, context),
    ),
  ];
  for (const step of steps) {
    const outcome = step(state);
    if (!outcome.ok) return outcome;
    made.push(...outcome.events);
    state = fold(state, outcome.events);
  }
  return accept(...made);
}
