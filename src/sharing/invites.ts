import type { Capability } from "../access/capabilities.js";
import type { Change } from "../access/change.js";
import { forbid, forbidChange } from "../access/guard.js";
import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import { cleanName } from "../kernel/text.js";
import { toMilliseconds } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Invite, Space } from "../model/space.js";
import { hashToken, isToken, readInviteToken } from "./token.js";

/** Gives out a link. Whoever gives it out must outrank the role it gives. */
export function createInvite(
  space: Space,
  command: Command<"invite.create">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, token, role = "guest", expiresIn, maxUses = null, campaign = null } = command;
  const forbidden =
    forbid(space, { member: by, capability: "member.invite", at: context.now }) ??
    forbidChange(space, by, joining(role), context.now);
  if (forbidden) return forbidden;
  if (space.visibility === "private") {
    return refuse("INVITES_DISABLED", "This space is private: its hosts add members one by one.", {
      space: space.id,
    });
  }
  const parts = readInviteToken(token);
  if (!parts || parts.space !== space.id || entry(space.invites, parts.invite)) {
    const expected = "must be a new token of this space, from inviteToken()";
    return refuse("INVALID_COMMAND", `invite.create token ${expected}.`, {
      issues: [{ path: "token", expected }],
    });
  }
  return accept(
    happened(
      "invite.created",
      {
        invite: parts.invite,
        role,
        hash: hashToken(token),
        expiresAt: expiresIn === undefined ? null : context.now + toMilliseconds(expiresIn),
        maxUses,
        campaign,
      },
      command,
      context,
    ),
  );
}

/**
 * Joins by a link. One person uses it once; a use is counted in the same commit that makes them a member, so
 * that the limit holds however many redeem at once.
 */
export function redeemInvite(
  space: Space,
  command: Command<"invite.redeem">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, token, name } = command;
  const parts = readInviteToken(token);
  if (parts && parts.space !== space.id) {
    return refuse("INVITE_OTHER_SPACE", "This invite is for another space.", { space: space.id });
  }
  const invite = parts && entry(space.invites, parts.invite);
  if (!invite || !isToken(token, invite.hash)) {
    return refuse(
      "INVITE_INVALID",
      "This invite link is not valid. Copy the whole link again, or ask for a new one.",
    );
  }
  const ended = refuseEnded(invite, context.now);
  if (ended) return ended;
  if (entry(space.members, by)) {
    return refuse("ALREADY_A_MEMBER", `${by} is a member of this space already.`, { member: by });
  }
  // A link gives what whoever gave it out could still give by hand.
  if (forbidChange(space, invite.createdBy, joining(invite.role), context.now)) {
    return refuse("INVITE_REVOKED", "Whoever gave this invite out can no longer do so. Ask for a new one.", {
      invite: invite.id,
    });
  }
  return accept<SpaceEvent>(
    happened("invite.redeemed", { invite: invite.id, member: by }, command, context),
    happened(
      "member.joined",
      {
        member: by,
        name: name === undefined ? null : cleanName(name),
        roles: [invite.role],
        invite: invite.id,
        campaign: invite.campaign,
      },
      command,
      context,
    ),
  );
}

/** What a link does when somebody follows it, whoever it may be. */
function joining(role: string): Change<Capability> {
  return { type: "member.add", member: "", data: { roles: [role] } };
}

/** Ends a link. Who joined by it stays. Revoking twice changes nothing. */
export function revokeInvite(
  space: Space,
  command: Command<"invite.revoke">,
  context: Context,
): Outcome<SpaceEvent> {
  const forbidden = forbid(space, { member: command.by, capability: "member.invite", at: context.now });
  if (forbidden) return forbidden;
  const invite = entry(space.invites, command.invite);
  if (!invite) {
    return refuse("INVITE_UNKNOWN", `There is no invite ${JSON.stringify(command.invite)}.`, {
      invite: command.invite,
    });
  }
  return invite.revokedAt === null
    ? accept(happened("invite.revoked", { invite: invite.id }, command, context))
    : accept();
}

function refuseEnded(invite: Invite, now: number) {
  const details = { invite: invite.id };
  if (invite.revokedAt !== null) return refuse("INVITE_REVOKED", "This invite has been revoked.", details);
  if (invite.expiresAt !== null && now >= invite.expiresAt) {
    const expiredAt = new Date(invite.expiresAt).toISOString();
    return refuse("INVITE_EXPIRED", `This invite ended at ${expiredAt}.`, { ...details, expiredAt });
  }
  if (invite.maxUses !== null && invite.uses >= invite.maxUses) {
    return refuse(
      "INVITE_EXHAUSTED",
      `This invite has been used ${invite.uses} of ${invite.maxUses} times.`,
      details,
    );
  }
  return undefined;
}
