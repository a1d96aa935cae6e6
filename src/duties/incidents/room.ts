import type { Capability } from "../../access/capabilities.js";
import { entry } from "../../kernel/record.js";
import { cleanName } from "../../kernel/text.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";

/** What the people of an incident may do in its channel. */
const TAKE_PART: readonly Capability[] = [
  "channel.view",
  "message.post",
  "message.pin",
  "media.open",
  "reaction.add",
  "poll.vote",
];

/** Opens the private channel of an incident: nobody sees it but these people, and who is above all rules. */
export function eventsOfRoom(
  { channel, title, ...act }: Command<"incident.declare">,
  people: Iterable<string>,
  context: Context,
): readonly SpaceEvent[] {
  if (!channel) return [];
  const { id, name = title, topic = null } = channel;
  const opened = { channel: id, name: cleanName(name), kind: "incident" as const, topic };
  const closed = { channel: id, override: { subject: "everyone" as const, deny: ["channel.view"] } };
  return [
    happened("channel.opened", opened, act, context),
    happened("override.changed", closed, act, context),
    ...[...new Set(people)].map((member) => letIn(id, member, act, context)),
  ];
}

/** Lets those of these people into the channel of an incident whom nobody has let in before. */
export function eventsOfEntering(
  space: Space,
  channel: string | null,
  people: Iterable<string>,
  act: { readonly by: string; readonly reason?: string | undefined },
  context: Context,
): readonly SpaceEvent[] {
  const room = channel === null ? undefined : entry(space.channels, channel);
  if (!room || room.closedAt !== null) return [];
  const isIn = new Set(
    (room.overrides ?? []).flatMap(({ subject, allow = [] }) =>
      typeof subject === "object" && "member" in subject && TAKE_PART.every((name) => allow.includes(name))
        ? [subject.member]
        : [],
    ),
  );
  return [...new Set(people)]
    .filter((member) => !isIn.has(member))
    .map((member) => letIn(room.id, member, act, context));
}

function letIn(
  channel: string,
  member: string,
  act: { readonly by: string; readonly reason?: string | undefined },
  context: Context,
): SpaceEvent {
  return happened(
    "override.changed",
    { channel, override: { subject: { member }, allow: TAKE_PART } },
    act,
    context,
  );
}
