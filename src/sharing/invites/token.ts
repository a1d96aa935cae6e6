import { readToken, writeToken } from "../token.js";

export { hashToken, isToken } from "../token.js";

/**
 * What an invite token says in the clear. The space is in it, so that redeeming needs no look-up by token, and
 * the secret is in it, of which a space keeps only the hash.
 */
export type InviteToken = { readonly space: string; readonly invite: string; readonly secret: string };

/** Every token starts with this, so that scanners can find one that leaked into a repository or a log. */
const PREFIX = "csinv1_";

/**
 * Writes an invite token, safe to put into a URL.
 *
 * ```ts
 * inviteToken({ space: "spring-drop", invite: "inv_1", secret: newId("sec") });
 * // "csinv1_spring-drop.inv_1.sec_..."
 * ```
 *
 * The secret must be unguessable: at least 20 characters of a random source made for secrets.
 */
export function inviteToken({ space, invite, secret }: InviteToken): string {
  return writeToken(PREFIX, { space, id: invite, secret });
}

/** Reads a token, or `undefined` where it is not one. That says nothing yet about whether it is genuine. */
export function readInviteToken(token: string): InviteToken | undefined {
  const parts = readToken(PREFIX, token);
  return parts && { space: parts.space, invite: parts.id, secret: parts.secret };
}
