import type { Words } from "./document.js";
import type { Phrase, SearchQuery } from "./query.js";

/** Whether the words are what is looked for. An index only says where to look. */
export function matches({ said, by }: Words, { wanted, unwanted }: SearchQuery): boolean {
  const parts = [...said, by];
  const has = (phrase: Phrase): boolean => parts.some((part) => contains(part, phrase));
  return wanted.length > 0 && wanted.every(has) && !unwanted.some(has);
}

/** Whether the words of a phrase stand in a row somewhere. */
export function contains(part: readonly string[], { terms, prefix }: Phrase): boolean {
  const last = terms.length - 1;
  const fits = (start: number): boolean =>
    terms.every((term, index) => {
      const word = part[start + index];
      return index === last && prefix ? (word?.startsWith(term) ?? false) : word === term;
    });
  for (let start = 0; start + last < part.length; start++) if (fits(start)) return true;
  return false;
}
