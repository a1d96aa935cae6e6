/**
 * Characters that change how text around them is shown without being seen themselves: bidirectional marks,
 * embeddings, overrides and isolates (Unicode UAX #9), zero-width space, word joiner, soft hyphen, BOM. The
 * joiners U+200C and U+200D stay: Persian spelling and many emoji need them.
 */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;
const CONTROL = /\p{Cc}/gu;
const SPACES = /\s+/g;

/**
 * A name as it is safe to show beside others: composed (NFC), without invisible and control characters, with
 * single spaces. `"\u202eana"` cannot pretend to be another name after this. May come out empty.
 */
export function cleanName(name: string): string {
  return stripInvisible(name.normalize("NFC").replace(SPACES, " ")).replace(CONTROL, "").trim();
}

/** The text without invisible characters (see {@link cleanName}); line breaks and everything visible stay. */
export function stripInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}
