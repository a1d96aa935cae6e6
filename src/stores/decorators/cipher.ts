import { StoreError } from "../../kernel/errors.js";
import type { JsonValue } from "../../kernel/json.js";
import { fromBase64Url, toBase64Url } from "./base64url.js";
import type { Bytes, EncryptionKey, WebCrypto } from "./web-crypto.js";

/** What is kept in the place of a text: AES-GCM, as plain JSON. `iv` and `text` are base64url; the tag ends `text`. */
export type Sealed = {
  readonly enc: "AES-GCM";
  /** The version of this form. */
  readonly v: number;
  readonly iv: string;
  readonly text: string;
};

/**
 * What a text belongs to: the additional authenticated data. It is not kept with the text, and without exactly this
 * the text cannot be opened, so that nobody can put it elsewhere.
 */
export type Binding = readonly [kind: "event" | "snapshot", stream: string, id: string, ...JsonValue[]];

const VERSION = 1;

/** 96 bits, drawn at random: NIST SP 800-38D, sections 5.2.1.1 and 8.2.2. */
const IV_BYTES = 12;

/** Whether something is a sealed text, of this version or of another. */
export function isSealed(value: unknown): value is Sealed {
  if (typeof value !== "object" || value === null) return false;
  const { enc, v, iv, text } = value as { readonly [part in keyof Sealed]?: unknown };
  return enc === "AES-GCM" && typeof v === "number" && typeof iv === "string" && typeof text === "string";
}

/**
 * Encrypts a text.
 *
 * @throws StoreError `STORE_FAULT` where the key is none that can.
 */
export async function seal(
  web: WebCrypto,
  key: EncryptionKey,
  text: string,
  binding: Binding,
): Promise<Sealed> {
  const iv = web.getRandomValues(new Uint8Array(IV_BYTES));
  try {
    const sealed = await web.subtle.encrypt(parameters(iv, binding), key, bytesOf(text));
    return { enc: "AES-GCM", v: VERSION, iv: toBase64Url(iv), text: toBase64Url(new Uint8Array(sealed)) };
  } catch (cause) {
    const [, stream, id] = binding;
    throw new StoreError("STORE_FAULT", "The key cannot encrypt with AES-GCM.", { stream, id }, { cause });
  }
}

/**
 * Decrypts a text.
 *
 * @throws StoreError `STORE_CANNOT_DECRYPT` where it was sealed with another key or for something else, was changed, or
 *   has a form of a later version.
 */
export async function unseal(
  web: WebCrypto,
  key: EncryptionKey,
  { v, iv, text }: Sealed,
  binding: Binding,
): Promise<string> {
  const [ivBytes, sealed] = [fromBase64Url(iv), fromBase64Url(text)];
  if (v !== VERSION || !ivBytes || !sealed)
    throw cannotDecrypt(binding, "it is not in a form that is known here");
  try {
    const bytes = await web.subtle.decrypt(parameters(ivBytes, binding), key, sealed);
    return new TextDecoder().decode(new Uint8Array(bytes));
  } catch (cause) {
    throw cannotDecrypt(binding, "it was made with another key or for another event, or was changed", cause);
  }
}

export function cannotDecrypt([, stream, id]: Binding, why: string, cause?: unknown): StoreError {
  return new StoreError(
    "STORE_CANNOT_DECRYPT",
    `A stored payload cannot be decrypted: ${why}.`,
    { stream, id },
    { cause },
  );
}

function parameters(iv: Bytes, binding: Binding) {
  return { name: "AES-GCM", iv, additionalData: bytesOf(JSON.stringify(binding)) } as const;
}

function bytesOf(text: string): Bytes {
  return new TextEncoder().encode(text) as Bytes;
}
