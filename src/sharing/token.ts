import { equalInConstantTime, sha256Hex } from "../kernel/secret.js";

/**
 * What an invite token says in the clear. The space is in it, so that redeeming needs no look-up by token, and
 * the secret is in it, of which a space keeps only the hash.
 */
export type InviteToken = { readonly space: string; readonly invite: string; readonly secret: string };

/** Every token starts with this, so that scanners can find one that leaked into a repository or a log. */
const PREFIX = "csinv1_";
const MIN_SECRET = 20;

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
  return PREFIX + [space, invite, secret].map(encode).join(".");
}

/** Reads a token, or `undefined` where it is not one. That says nothing yet about whether it is genuine. */
export function readInviteToken(token: string): InviteToken | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  const [space, invite, secret, ...more] = token.slice(PREFIX.length).split(".").map(decode);
  if (!space || !invite || !secret || secret.length < MIN_SECRET || more.length > 0) return undefined;
  return { space, invite, secret };
}

/** The hash under which a space keeps a token. */
export function hashToken(token: string): string {
  return sha256Hex(token);
}

/** Whether this is the token that was hashed, compared in constant time. */
export function isToken(token: string, hash: string): boolean {
  return equalInConstantTime(hashToken(token), hash);
}

// encodeURIComponent leaves "." alone, which separates the parts here.
function encode(part: string): string {
  return encodeURIComponent(part).replaceAll(".", "%2E");
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
