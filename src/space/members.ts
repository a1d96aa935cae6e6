import { forbid, forbidChange } from "../access/guard.js";
import { eventsOfLeaving, refuseLeaving, refuseRemoving } from "../duties/leaving.js";
import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import { cleanName } from "../kernel/text.js";
import type { Command } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";
import { refuseBanned } from "../sharing/invites/banned.js";
import { eventsOfEntering } from "../sharing/invites/open-requests.js";

/** Enters a public space, as guest. */
export function join(space: Space, command: Command<"member.join">, context: Context): Outcome<SpaceEvent> {
  const { by, name } = command;
  const banned = refuseBanned(space, by, context.now);
  if (banned) return banned;
  if (entry(space.members, by)) return alreadyMember(by);
  if (space.visibility !== "public") {
    return refuse("JOIN_NEEDS_INVITE", "This space is joined by invite only.", {
      visibility: space.visibility,
    });
  }
  return accept(
    ...eventsOfEntering(space, by, command, context),
    joined(by, name, ["guest"], command, context),
  );
}

/** Lets somebody in without a link. Whoever does it must outrank the roles they give. */
export function addMember(
  space: Space,
  command: Command<"member.add">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, member, name, roles = ["guest"] } = command;
  const forbidden =
    forbid(space, { member: by, capability: "member.invite", at: context.now }) ??
    refuseBanned(space, member, context.now);
  if (forbidden) return forbidden;
  if (entry(space.members, member)) return alreadyMember(member);
  const unsafe = forbidChange(space, by, { type: "member.add", member, data: { roles } }, context.now);
  return (
    unsafe ??
    accept(
      ...eventsOfEntering(space, member, command, context),
      joined(member, name, roles, command, context),
    )
  );
}

/** Leaves the space, and every duty in it. One that must never be vacant has to have passed on before. */
export function leave(space: Space, command: Command<"member.leave">, context: Context): Outcome<SpaceEvent> {
  const { by } = command;
  if (!entry(space.members, by)) return unknownMember(by);
  return (
    forbidChange(space, by, { type: "member.remove", member: by }, context.now) ??
    refuseLeaving(space, by, context.now) ??
    accept(
      happened("member.left", { member: by }, command, context),
      ...eventsOfLeaving(space, by, command, context),
    )
  );
}

/**
 * Takes a member of a lower rank out of the space, and out of every duty in it. A required duty that is vacant then is so
 * on record; that of the host is given to somebody else before.
 */
export function removeMember(
  space: Space,
  command: Command<"member.remove">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, member } = command;
  if (by === member) return leave(space, { ...command, type: "member.leave" }, context);
  const forbidden = forbid(space, { member: by, capability: "member.remove", at: context.now });
  if (forbidden) return forbidden;
  if (!entry(space.members, member)) return unknownMember(member);
  return (
    forbidChange(space, by, { type: "member.remove", member }, context.now) ??
    refuseRemoving(space, member, context.now) ??
    accept(
      happened("member.removed", { member }, command, context),
      ...eventsOfLeaving(space, member, command, context),
    )
  );
}

/**
 * Sets the roles of a member. Everybody may step down; anything else needs the capability, a rank above the
 * member's, and every role that is new to the member must be the giver's to give.
 */
export function assignRoles(
  space: Space,
  command: Command<"role.assign">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, member: id } = command;
  const roles = [...new Set(command.roles)];
  const unsafe = forbidChange(space, by, { type: "role.assign", member: id, roles }, context.now);
  if (unsafe) return unsafe;
  const has = entry(space.members, id)?.roles ?? [];
  if (roles.length === has.length && roles.every((role) => has.includes(role))) return accept();
  return accept(happened("role.assigned", { member: id, roles }, command, context));
}

function joined(
  member: string,
  name: string | undefined,
  roles: readonly string[],
  command: { by: string; reason?: string | undefined },
  context: Context,
) {
  const shown = name === undefined ? null : cleanName(name);
  return happened(
    "member.joined",
    { member, name: shown, roles, invite: null, campaign: null },
    command,
    context,
  );
}

function unknownMember(member: string) {
  return refuse("MEMBER_UNKNOWN", `${JSON.stringify(member)} is not a member of this space.`, { member });
}

function alreadyMember(member: string) {
  return refuse("ALREADY_A_MEMBER", `${member} is a member of this space already.`, { member });
}
