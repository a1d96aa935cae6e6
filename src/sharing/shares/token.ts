import { readToken, writeToken } from "../token.js";

/** What the token of a share says in the clear: the space, the share, and the secret, of which a space keeps only the hash. */
export type ShareToken = { readonly space: string; readonly share: string; readonly secret: string };

/** Every token starts with this, so that scanners can find one that leaked. */
const PREFIX = "csshr1_";

/** Writes the token of a link to a slice. The secret must be unguessable: 20 characters or more of a random source. */
export function shareToken({ space, share, secret }: ShareToken): string {
  return writeToken(PREFIX, { space, id: share, secret });
}

/** Reads a token, or `undefined` where it is not one. That says nothing yet about whether it is genuine. */
export function readShareToken(token: string): ShareToken | undefined {
  const parts = readToken(PREFIX, token);
  return parts && { space: parts.space, share: parts.id, secret: parts.secret };
}
