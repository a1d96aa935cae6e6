import type { Bytes } from "./web-crypto.js";

// By hand, because platforms differ in what they have for it.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** In the place of a value, for characters that have none. */
const NONE = 64;

/** The value of each character below 128. */
const VALUES = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) => {
  const value = ALPHABET.indexOf(String.fromCharCode(code));
  return value < 0 ? NONE : value;
});

/** Bytes as base64url (RFC 4648, section 5) without padding. */
export function toBase64Url(bytes: Bytes): string {
  const codes = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let at = 0;
  for (let from = 0; from < bytes.length; from += 3) {
    const three = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    for (let shift = 18; shift >= 0 && at < codes.length; shift -= 6) {
      codes[at++] = ALPHABET.charCodeAt((three >> shift) & 63);
    }
  }
  return new TextDecoder().decode(codes);
}

/** The bytes, or `undefined` where the text is not what {@link toBase64Url} would have made of them. */
export function fromBase64Url(text: string): Bytes | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [at, held, bits] = [0, 0, 0];
  for (let index = 0; index < text.length; index++) {
    const value = VALUES[text.charCodeAt(index)] ?? NONE;
    if (value === NONE) return undefined;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 0xff;
  }
  const rest = held & ((1 << bits) - 1);
  return bits < 6 && rest === 0 ? bytes : undefined;
}
