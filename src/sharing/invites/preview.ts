import { type Refusal, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { TicketTerms } from "../../model/invites.js";
import type { Space } from "../../model/space.js";
import { isFull } from "../../model/waiting.js";
import { findInvite, refuseEnded, refuseFull, refuseIssuer, refusePrivate } from "./find.js";

/** What somebody may know of a space who holds an invite and is no member. */
export type InvitePreview = {
  readonly space: { readonly id: string; readonly name: string };
  readonly role: string;
  /** The duty that comes with it. */
  readonly duty: string | null;
  /** The names of the only channels it opens; `null` is all that the role may see, which are not named here. */
  readonly channels: readonly string[] | null;
  readonly expiresAt: Instant | null;
  /** Whether somebody has to say yes first. */
  readonly approval: boolean;
  /** Whether who comes too late waits for a place. */
  readonly waitlist: boolean;
  /** Whether there is a place now. How many is not said. */
  readonly free: boolean;
  /** What has to be paid. */
  readonly ticket: TicketTerms | null;
};

/** The preview, or why there is none. */
export type Previewed =
  | { readonly ok: true; readonly preview: InvitePreview }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * What an invite is, for whoever holds its token, before they sign in or join: enough to decide, and nothing of who and what
 * is in the space. Refused as redeeming would be, whoever it is. Pure.
 *
 * ```ts
 * const previewed = previewInvite(space, token, now);
 * if (previewed.ok) show(previewed.preview.space.name, previewed.preview.role);
 * ```
 */
export function previewInvite(space: Space, token: string, now: Instant): Previewed {
  const invite = findInvite(space, token);
  if ("ok" in invite) return invite;
  if (space.stage === "archived")
    return refuse("SPACE_ARCHIVED", "The space is archived: nothing in it can change.", { space: space.id });
  const refused = refuseEnded(invite, now) ?? refusePrivate(space) ?? refuseIssuer(space, invite, now);
  if (refused) return refused;
  const free = !isFull(space, invite, now);
  if (!free && !invite.waitlist) return refuseFull(invite);
  const { role, duty, channels, expiresAt, approval, waitlist, ticket } = invite;
  return {
    ok: true,
    preview: {
      ...{ space: { id: space.id, name: space.name }, role, duty },
      channels: channels?.flatMap((id) => entry(space.channels, id)?.name ?? []) ?? null,
      ...{ expiresAt, approval, waitlist, free, ticket },
    },
  };
}
