import { termsOf } from "./terms.js";

/** Words that stand next to one another. A word alone is the usual case. */
export type Phrase = {
  readonly terms: readonly string[];
  /** Whether the last of them may be the beginning of a longer word. */
  readonly prefix: boolean;
};

/** What somebody looks for: all of `wanted`, and none of `unwanted`. */
export type SearchQuery = { readonly wanted: readonly Phrase[]; readonly unwanted: readonly Phrase[] };

/** How much of a query is read, and how many of its words. Nobody looks for more. */
const LONGEST = 4_096;
const MOST = 32;

const QUOTES = /[“”„‟«»＂]/g;
/** Something in quotes, also in quotes that were never closed, or a word. A minus before either excludes it. */
const PART = /(-?)"([^"]*)(?:"|$)|([^\s"]+)/g;

/**
 * Reads what somebody typed: words that must all occur, `"words in quotes"` that must stand together, `-word` that must
 * not occur. The last word may be the beginning of one, unless it is in quotes. Everything else is just text.
 */
export function readQuery(text: string): SearchQuery {
  const wanted: Phrase[] = [];
  const unwanted: Phrase[] = [];
  const typed = text.slice(0, LONGEST).replace(QUOTES, '"').trimEnd();
  let room = MOST;
  for (const part of typed.matchAll(PART)) {
    const [whole, minus, quoted, word = ""] = part;
    const not = minus === "-" || (word.length > 1 && word.startsWith("-"));
    const terms = termsOf(quoted ?? word).slice(0, room);
    if (terms.length === 0) continue;
    room -= terms.length;
    const last = part.index + whole.length === typed.length;
    (not ? unwanted : wanted).push({ terms, prefix: quoted === undefined && last && !not });
  }
  return { wanted, unwanted };
}
