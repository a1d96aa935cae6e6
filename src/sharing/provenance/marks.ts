import { sha256 } from "../../kernel/sha256.js";
import type { Slice } from "../slices/slice.js";
import { baseOf, worded } from "./wording.js";

// Four characters that no font shows (Unicode: function application, invisible times, separator and plus), two bits each.
const SYMBOLS = ["\u2061", "\u2062", "\u2063", "\u2064"] as const;
const SYMBOLS_OF_CODE = 16;
const CODE = /[\u2061-\u2064]{16}/g;
/** How far the codes of a long text are apart, in UTF-16 code units. */
const EVERY = 240;

/** Whose copy it is: what a mark is made from. */
export type MarkOf = {
  /** The seed of the slice's record. */
  readonly seed: string;
  readonly share: string;
  /** Who reads it: a member, or what the host calls who holds the link. */
  readonly reader: string;
};

/**
 * A copy that tells whose it is. Every text carries a code that cannot be seen, and is typeset in a way of its own: which
 * apostrophes, dashes and spaces it has follows from the reader. Not a word is changed. `traceLeak` reads both.
 */
export function markSlice(slice: Slice, of: MarkOf): Slice {
  const key = sha256(JSON.stringify([of.seed, of.share, of.reader, "mark"]));
  const code = codeOf(key);
  const messages = slice.messages.map((message) => ({
    ...message,
    body: withCode(worded(baseOf(message.body).text, key, message.id), code),
  }));
  return { ...slice, messages };
}

/** The codes that stand in a text. */
export function codesIn(text: string): ReadonlySet<string> {
  return new Set(text.match(CODE));
}

function codeOf(key: Uint8Array): string {
  return Array.from({ length: SYMBOLS_OF_CODE }, (_, index) => {
    const byte = key[index >> 2] ?? 0;
    return SYMBOLS[(byte >> ((index & 3) * 2)) & 3] ?? SYMBOLS[0];
  }).join("");
}

/** Puts the code behind words: behind the first, and then now and again. */
function withCode(text: string, code: string): string {
  if (text === "") return text;
  let next = 0;
  const marked = text.replace(/\s(?=\S)/gu, (space, at: number) => {
    if (at < next) return space;
    next = at + EVERY;
    return code + space;
  });
  return next === 0 ? text + code : marked;
}
