import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import { toMilliseconds } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { TicketTerms } from "../../model/invites.js";
import type { Space } from "../../model/space.js";
import { refuseByPolicy } from "./policy.js";
import { refuseGifts } from "./terms.js";
import { hashToken, readInviteToken } from "./token.js";

/** Gives out a link. Whoever gives it out must be able to give by hand what it gives. */
export function createInvite(
  space: Space,
  command: Command<"invite.create">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, token, role = "guest", expiresIn, maxUses = null, person = null } = command;
  const { now } = context;
  const gifts = {
    role,
    duty: command.duty ?? null,
    cohorts: [...new Set(command.cohorts)],
    channels: command.channels ? [...new Set(command.channels)] : null,
  };
  const refused = refuseGifts(space, by, gifts, now);
  if (refused) return refused;
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
  const lives = expiresIn === undefined ? null : toMilliseconds(expiresIn);
  const terms = { person, maxUses, campaign: command.campaign ?? null, waitlist: command.waitlist ?? false };
  return (
    refuseByPolicy(space, terms, lives) ??
    accept(
      happened(
        "invite.created",
        {
          ...{ invite: parts.invite, hash: hashToken(token), ...gifts, ...terms },
          expiresAt: lives === null ? null : now + lives,
          approval: command.approval || (person === null && space.invitePolicy.approval),
          ticket: termsOf(command.ticket),
        },
        command,
        context,
      ),
    )
  );
}

function termsOf(ticket: Command<"invite.create">["ticket"]): TicketTerms | null {
  if (!ticket) return null;
  const { price = null, lasts = null, grace = 0 } = ticket;
  return { price, lasts: lasts === null ? null : toMilliseconds(lasts), grace: toMilliseconds(grace) };
}
