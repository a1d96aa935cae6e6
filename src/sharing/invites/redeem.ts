import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { cleanName } from "../../kernel/text.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { isMember } from "../../model/standing.js";
import { isFull } from "../../model/waiting.js";
import { refuseBanned } from "./banned.js";
import { findInvite, refuseEnded, refuseFull, refuseIssuer, refusePrivate } from "./find.js";
import { joinBy } from "./join.js";
import { eventsOfEntering, openRequestsOf } from "./open-requests.js";
import { refuseUnpaid } from "./unpaid.js";

/**
 * Joins by a link, or asks to where somebody has to say yes first or no place is free. One person uses it once; a place
 * is taken in the same commit that makes them a member, so that the limit holds however many redeem at once.
 */
export function redeemInvite(
  space: Space,
  command: Command<"invite.redeem">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, token, note = null } = command;
  const { now } = context;
  const invite = findInvite(space, token);
  if ("ok" in invite) return invite;
  const banned = refuseBanned(space, by, now);
  if (banned) return banned;
  if (isMember(space, by, now))
    return refuse("ALREADY_A_MEMBER", `${by} is a member of this space already.`, { member: by });
  const ended = refuseEnded(invite, now) ?? refusePrivate(space);
  if (ended) return ended;
  if (invite.person !== null && invite.person !== by)
    return refuse("INVITE_NOT_YOURS", "This invite is for somebody else.", { invite: invite.id });
  const refused = refuseIssuer(space, invite, now);
  if (refused) return refused;
  if (openRequestsOf(space, by).some((request) => request.invite === invite.id)) return accept();
  const unpaid = refuseUnpaid(space, invite, by, now);
  if (unpaid) return unpaid;

  const name = command.name === undefined ? null : cleanName(command.name);
  const ask = (status: "pending" | "waiting") =>
    accept<SpaceEvent>(
      happened(
        "request.made",
        { request: context.newId("req"), member: by, name, invite: invite.id, status, note },
        command,
        context,
      ),
    );
  if (isFull(space, invite, now)) return invite.waitlist ? ask("waiting") : refuseFull(invite);
  if (invite.approval) return ask("pending");
  return accept(
    ...eventsOfEntering(space, by, command, context),
    ...joinBy(space, invite, { member: by, name, giver: invite.createdBy }, command, context),
  );
}
