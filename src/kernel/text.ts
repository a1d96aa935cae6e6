/**
 * Characters that change how text around them is shown without being seen themselves: bidirectional marks,
 * embeddings, overrides and isolates (Unicode UAX #9), zero-width space, word joiner, soft hyphen, BOM. The
 * joiners U+200C and U+200D stay: Persian spelling and many emoji need them.
 */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;
/** Control characters that are no white space. */
const CONTROL = /[^\P{Cc}\s]/gu;
const SPACES = /\s+/g;
/**
 * One character that shows nothing, as the source of a regular expression with the flag `u`: what Unicode calls default
 * ignorable, the joiners and variation selectors included, marks of annotations, controls that are no white space.
 */
export const HIDDEN = "(?:[\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb]|[^\\P{Cc}\\s])";
/** The flags of England, Scotland and Wales are spelt in characters that are hidden elsewhere. */
const FLAG = "\\u{1f3f4}\\u{e0067}\\u{e0062}[\\u{e0061}-\\u{e007a}]{3}\\u{e007f}";
const HIDDEN_OR_FLAG = /* @__PURE__ */ new RegExp(`${FLAG}|${HIDDEN}+`, "gu");
/** What shapes the letter or emoji before it: variation selectors, and joiners. */
const SELECTOR = /[\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const JOINER = /[\u200c\u200d]/;
/** How much of a text is quoted in a message. */
const QUOTED = 80;

/**
 * A name as it is safe to show beside others: composed (NFC), without invisible and control characters, with
 * single spaces. `"\u202eana"` cannot pretend to be another name after this. May come out empty.
 */
export function cleanName(name: string): string {
  // Composed last: what cannot be seen may stand between a letter and its accent, or between two spaces.
  return stripInvisible(name).replace(CONTROL, "").replace(SPACES, " ").trim().normalize("NFC");
}

/** The text without invisible characters (see {@link cleanName}); line breaks and everything visible stay. */
export function stripInvisible(text: string): string {
  return text.replace(INVISIBLE, "");
}

/**
 * The text without anything in it that could hide something. Of variation selectors and joiners, which Persian spelling and
 * many emoji need, one each in a row stays: a row of them can spell a text of its own.
 */
export function stripHidden(text: string): string {
  return text.replace(HIDDEN_OR_FLAG, (found) =>
    found.startsWith("\u{1f3f4}")
      ? found
      : (SELECTOR.exec(found)?.[0] ?? "") + (JOINER.exec(found)?.[0] ?? ""),
  );
}

/** A value as a message names it: short, whatever it is, and without asking it to describe itself. */
export function quote(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, QUOTED));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid date" : value.toISOString();
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
