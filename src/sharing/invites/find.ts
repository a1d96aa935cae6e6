import { refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Invite } from "../../model/invites.js";
import type { Space } from "../../model/space.js";
import { forbidGiving } from "./giving.js";
import { isToken, readInviteToken } from "./token.js";

type Refused = ReturnType<typeof refuse>;

/** The invite that a token is of, or why it is of none. Which part of it is wrong is not said. */
export function findInvite(space: Space, token: string): Invite | Refused {
  const parts = readInviteToken(token);
  if (parts && parts.space !== space.id)
    return refuse("INVITE_OTHER_SPACE", "This invite is for another space.", { space: space.id });
  const invite = parts && entry(space.invites, parts.invite);
  if (invite && isToken(token, invite.hash)) return invite;
  return refuse(
    "INVITE_INVALID",
    "This invite link is not valid. Copy the whole link again, or ask for a new one.",
  );
}

/** The refusal of an invite that was revoked, or whose time is over. */
export function refuseEnded({ id, revokedAt, expiresAt }: Invite, now: Instant): Refused | undefined {
  if (revokedAt !== null) return refuse("INVITE_REVOKED", "This invite has been revoked.", { invite: id });
  if (expiresAt === null || now < expiresAt) return undefined;
  const ended = new Date(expiresAt).toISOString();
  return refuse("INVITE_EXPIRED", `This invite ended at ${ended}.`, { invite: id, expiredAt: ended });
}

/** The refusal of links to a space that has become private: its hosts add members one by one. */
export function refusePrivate({ id, visibility }: Space): Refused | undefined {
  return visibility === "private"
    ? refuse("INVITES_DISABLED", "This space has become private: its hosts add members one by one.", {
        space: id,
      })
    : undefined;
}

/** The refusal of an invite whose issuer could no longer give by hand what it gives. */
export function refuseIssuer(space: Space, invite: Invite, now: Instant): Refused | undefined {
  return forbidGiving(space, invite.createdBy, invite, now)
    ? refuse("INVITE_REVOKED", "Whoever gave this invite out can no longer do so. Ask for a new one.", {
        invite: invite.id,
      })
    : undefined;
}

/** The refusal of an invite that has no place left. */
export function refuseFull({ id }: Invite): Refused {
  return refuse("INVITE_EXHAUSTED", "This invite has been used as often as it allows.", { invite: id });
}
