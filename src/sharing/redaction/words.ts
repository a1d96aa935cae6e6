/** A word or phrase to look for, in the form in which texts are compared. */
export type Term = {
  readonly text: string;
  /** Whether it counts inside other words too. */
  readonly anywhere: boolean;
};

/** A term that was found, from one place up to, not including, another. */
export type TermMatch<T extends Term> = { readonly term: T; readonly start: number; readonly end: number };

/** Scripts that put no space between words, and Korean, which writes particles onto names. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Hangul}]/u;
/** Scripts that write small words such as "and" onto the next one. */
const PREFIXING = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const LETTER = /[\p{L}\p{M}]/u;
const MARK = /\p{M}/u;
const NUMBER = /\p{N}/u;

/** Terms by their characters, one after the other. */
type Node<T> = { readonly next: Map<string, Node<T>>; term?: T };

/**
 * Looks for many terms at once: at each place the longest that fits, also where it overlaps the one before. Of terms with the
 * same text the first counts. Takes time in proportion to the text, however many terms there are.
 */
export function termFinder<T extends Term>(terms: readonly T[]): (text: string) => readonly TermMatch<T>[] {
  const root: Node<T> = { next: new Map() };
  for (const term of terms) {
    let node = root;
    for (let i = 0; i < term.text.length; i++) {
      const unit = term.text.charAt(i);
      const next = node.next.get(unit) ?? { next: new Map() };
      node.next.set(unit, next);
      node = next;
    }
    // A phrase, which counts anywhere, before a name.
    if (node !== root && (!node.term || (term.anywhere && !node.term.anywhere))) node.term = term;
  }
  return (text) => {
    const found: TermMatch<T>[] = [];
    for (let start = 0; start < text.length; start++) {
      const match = longestAt(root, text, start);
      if (match) found.push(match);
    }
    return found;
  };
}

function longestAt<T extends Term>(root: Node<T>, text: string, start: number): TermMatch<T> | undefined {
  let longest: TermMatch<T> | undefined;
  let begins: boolean | undefined;
  let node = root.next.get(text.charAt(start));
  for (let at = start + 1; node; at++) {
    const { term } = node;
    if (term?.anywhere) longest = { term, start, end: at };
    else if (term) {
      begins ??= isStart(text, start);
      const end = begins ? endOf(text, at) : undefined;
      if (end !== undefined) longest = { term, start, end };
    }
    node = at < text.length ? node.next.get(text.charAt(at)) : undefined;
  }
  return longest;
}

/**
 * The end of a name that may end here, its genitive and the number of a user name included (`Maras`, `mara99`); `undefined`
 * where the word goes on.
 */
function endOf(text: string, at: number): number | undefined {
  let end = at;
  while (NUMBER.test(charAt(text, end))) end += charAt(text, end).length;
  if (isEdge(text, end)) return end;
  return text[at] === "S" && isEdge(text, at + 1) ? at + 1 : undefined;
}

function isStart(text: string, at: number): boolean {
  return isEdge(text, at) || (PREFIXING.test(charBefore(text, at)) && PREFIXING.test(charAt(text, at)));
}

/** Whether a word may begin or end at this place. */
function isEdge(text: string, at: number): boolean {
  const before = charBefore(text, at);
  const after = charAt(text, at);
  if (MARK.test(after)) return false;
  if (!LETTER.test(before) || !LETTER.test(after)) return !(NUMBER.test(before) && NUMBER.test(after));
  return UNSPACED.test(before) || UNSPACED.test(after);
}

function charAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
}

function charBefore(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(at - 2, at) : text.slice(Math.max(0, at - 1), at);
}
