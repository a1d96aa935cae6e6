import { customAlphabet, nanoid } from "nanoid";
import type { Instant } from "../kernel/time.js";

// The one file of the core that asks the machine for the time or for randomness. Both can be handed in instead.

/** Crockford's base 32: no I, L, O or U, so that a link can be read aloud and typed from a poster. */
const newLinkId = /* @__PURE__ */ customAlphabet("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 10);

const SECRET_LENGTH = 32;

/** The clock of the machine. */
export function systemNow(): Instant {
  return Date.now();
}

/** A new id: the kind and 126 random bits. Links, which people see, get ten characters of base 32. */
export function randomId(prefix: string): string {
  return prefix === "lnk" ? newLinkId() : `${prefix}_${nanoid()}`;
}

/** 192 random bits, for tokens. */
export function randomSecret(): string {
  return nanoid(SECRET_LENGTH);
}
