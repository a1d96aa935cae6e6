import { equalInConstantTime, sha256Hex } from "../kernel/secret.js";

// Tokens of links: a prefix that scanners recognise, then the space, what the link is, and a secret, each encoded.

const MIN_SECRET = 20;

/** What a token says in the clear: where it belongs, what it opens there, and the secret. */
export type TokenParts = { readonly space: string; readonly id: string; readonly secret: string };

/** Writes a token that is safe in a URL. */
export function writeToken(prefix: string, { space, id, secret }: TokenParts): string {
  return prefix + [space, id, secret].map(encode).join(".");
}

/** Reads a token, or `undefined` where it is not one with this prefix. That says nothing yet about whether it is genuine. */
export function readToken(prefix: string, token: string): TokenParts | undefined {
  // Tokens come from outside, and not every caller has types.
  if (typeof token !== "string" || !token.startsWith(prefix)) return undefined;
  const [space, id, secret, ...more] = token.slice(prefix.length).split(".").map(decode);
  if (!space || !id || !secret || secret.length < MIN_SECRET || more.length > 0) return undefined;
  return { space, id, secret };
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
