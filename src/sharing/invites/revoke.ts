import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Invite } from "../../model/invites.js";
import type { Space } from "../../model/space.js";

/** Ends a link, or all of a campaign, or all that somebody gave out. Who joined by them stays. Twice changes nothing. */
export function revokeInvite(
  space: Space,
  command: Command<"invite.revoke">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, invite: id, campaign, issuer } = command;
  const { now } = context;
  const forbidden = forbid(space, { member: by, capability: "member.invite", at: now });
  if (forbidden) return forbidden;
  if (id !== undefined && !entry(space.invites, id))
    return refuse("INVITE_UNKNOWN", `There is no invite ${JSON.stringify(id)}.`, { invite: id });
  const named =
    id === undefined
      ? Object.values(space.invites).filter(
          (one) =>
            (issuer === undefined ? one.campaign === campaign : one.createdBy === issuer) &&
            isUsable(one, now),
        )
      : [entry(space.invites, id)].filter((one) => one?.revokedAt === null);
  return accept(
    ...named.flatMap((one) =>
      one ? [happened("invite.revoked", { invite: one.id }, command, context)] : [],
    ),
  );
}

/** Whether somebody may still come in by it: by redeeming it, or from its waiting list, which goes on after its end. */
function isUsable({ revokedAt, expiresAt, waitlist }: Invite, now: Instant): boolean {
  return revokedAt === null && (expiresAt === null || now < expiresAt || waitlist);
}
