import { verify } from "@noble/ed25519";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { InvalidInputError } from "../../kernel/errors.js";
import { entry } from "../../kernel/record.js";
import type { Slice } from "../slices/slice.js";
import { withSha512 } from "./ed25519.js";
import { fieldHash, messageLeaf, type Source, signedBytes, sourceHash } from "./leaf.js";
import type { Quote } from "./quote.js";
import { leavesOf } from "./seal.js";
import { isQuote, isSealed } from "./shapes.js";
import { rootFrom, rootOf } from "./tree.js";

/** Why something is not genuine. */
export type Flaw =
  /** It is not a slice or a quote, or has no seal. */
  | "NOT_SEALED"
  /** Something in it is not what was sealed: changed, added, left out or in another order. */
  | "ALTERED"
  /** The words are those of the space, but somebody else said them. */
  | "MISATTRIBUTED"
  /** The words are those of the space, but were said at another time. */
  | "MISDATED"
  /** The message is none of the slice that it is said to be from. */
  | "NOT_INCLUDED"
  /** Nobody signed it, or the signature is not that of the key. */
  | "NOT_SIGNED"
  /** It was signed, with a key that is none of the trusted ones. */
  | "UNTRUSTED";

/** Whether something is genuine: by whose key, or what is wrong with it, as a sentence for people. */
export type Verification =
  | { readonly genuine: true; readonly key: string }
  | { readonly genuine: false; readonly flaw: Flaw; readonly message: string };

/** Whose signatures count. */
export type VerifyOptions = {
  /** The public keys that are known to be the space's, each 64 hexadecimal digits. From the space itself, never from the copy. */
  readonly trusted: readonly string[];
};

/**
 * Checks a whole slice: that every message is as it was sealed, none added, left out or moved, under the title and the policy it
 * was given, and that a trusted key signed it. Takes anything for a slice, and never throws for it.
 *
 * ```ts
 * const checked = verifySlice(JSON.parse(file), { trusted: [key] });
 * if (!checked.genuine) warn(checked.message);
 * ```
 */
export function verifySlice(slice: unknown, options: VerifyOptions): Verification {
  const trusted = trustedIn(options);
  if (!isSealed(slice)) return flawed("NOT_SEALED", "This is not a slice with a seal.");
  const { seal } = slice;
  const { length } = slice.messages;
  if (seal.salts.length !== length || seal.sources.length !== length) {
    return flawed("ALTERED", "The seal is for another number of messages.");
  }
  const root = rootOf(leavesOf({ ...slice, seal: null } as Slice, seal.salts, seal.sources));
  if (bytesToHex(root) !== seal.root) return flawed("ALTERED", "Something in it is not what was sealed.");
  return checkSignature(seal, length + 1, trusted);
}

/**
 * Checks one quoted message: that it is in the slice word for word, said by whom and when it says, and that a trusted key
 * signed the slice. Takes anything, and never throws for it.
 */
export function verifyQuote(quote: unknown, options: VerifyOptions): Verification {
  const trusted = trustedIn(options);
  if (!isQuote(quote)) return flawed("NOT_SEALED", "This is not a quote with a proof.");
  const { message, salt, fields, source, index, size, path, root } = quote;
  const reached = rootFrom(messageLeaf(fields), index, size, path.map(hexToBytes));
  if (!reached || bytesToHex(reached) !== root) {
    return flawed("NOT_INCLUDED", "The message is none of the slice that it is said to be from.");
  }
  const said: readonly (readonly [string, unknown])[] = [...Object.entries(message), ["source", source]];
  const wrong = said
    .filter(([name, value]) => entry(fields, name) !== fieldHash(salt, name, value))
    .map(([name]) => name);
  if (said.length !== Object.keys(fields).length)
    return flawed("ALTERED", "It has other fields than were sealed.");
  if (wrong.length > 0) return misquoted(wrong);
  return checkSignature(quote, size, trusted);
}

/**
 * Whether a message that was redacted really said what somebody who has it now shows: its source and its salt, against the
 * hash that the slice or the quote has for it.
 */
export function verifySource(hash: string, salt: string, source: Source): boolean {
  return sourceHash(salt, source) === hash;
}

/** A text is no list of keys: whatever stands in it would be trusted. */
function trustedIn(options: VerifyOptions): readonly string[] {
  const trusted: unknown = options?.trusted;
  if (Array.isArray(trusted)) return trusted;
  throw new InvalidInputError("INVALID_INPUT", "Say whose keys are trusted: { trusted: [publicKey] }.");
}

function misquoted(wrong: readonly string[]): Verification {
  if (wrong.includes("body")) return flawed("ALTERED", "The words are not the ones that were sealed.");
  if (wrong.includes("author")) return flawed("MISATTRIBUTED", "Somebody else said it.");
  if (wrong.includes("at")) return flawed("MISDATED", "It was said at another time.");
  return flawed("ALTERED", `It is not what was sealed: ${wrong.join(", ")}.`);
}

type Signed = Pick<Quote, "root" | "key" | "signature">;

function checkSignature(
  { root, key, signature }: Signed,
  size: number,
  trusted: readonly string[],
): Verification {
  if (key === null || signature === null) return flawed("NOT_SIGNED", "Nobody signed it.");
  withSha512();
  // Strict (RFC 8032): exactly one text is the signature of a message, whoever checks it.
  if (!verify(hexToBytes(signature), signedBytes(root, size), hexToBytes(key), { zip215: false })) {
    return flawed("NOT_SIGNED", "The signature is not that of the key.");
  }
  if (!trusted.includes(key)) return flawed("UNTRUSTED", "It was signed with a key that is not trusted.");
  return { genuine: true, key };
}

function flawed(flaw: Flaw, message: string): Verification {
  return { genuine: false, flaw, message };
}
