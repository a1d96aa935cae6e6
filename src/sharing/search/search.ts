import type { Message } from "../../model/message.js";
import { isSearchable, type Names, type Words, wordsOf } from "./document.js";
import { contains, matches } from "./matching.js";
import { readQuery, type SearchQuery } from "./query.js";
import { wordIndex } from "./word-index.js";

/** How `searchMessages` looks. */
export type MessageSearchOptions = {
  /** Whether words of five letters or more may be misspelt a little. Such messages come last. Default `false`. */
  readonly typos?: boolean | undefined;
  /** Names of members, by id, so that messages are found by their authors. Authors of imports bring their own. */
  readonly names?: Names | undefined;
};

/** A message that was found, and how well it fits: more is better. Compare scores within one answer only. */
export type MessageHit = { readonly message: Message; readonly score: number };

/**
 * Searches messages for words: those that fit best first, and of those that fit alike the newest.
 *
 * ```ts
 * searchMessages(messages, 'refund "spring kit" -test'); // [{ message, score }]
 * ```
 *
 * All words must occur, in the body, a poll, the name of a file, or the name of the author, which counts less. The last
 * word may be the beginning of one; `"words in quotes"` must stand together; `-word` must not occur. Case, accents and
 * invisible characters make no difference. Deleted messages and notices of the platform are never found, and an empty
 * query finds nothing. Of a query the first 32 words count. Linear in the length of all messages: for a channel that is
 * searched again and again there is `search` of a handle.
 */
export function searchMessages(
  messages: readonly Message[],
  query: string,
  { typos = false, names }: MessageSearchOptions = {},
): readonly MessageHit[] {
  const wanted = readQuery(query);
  if (wanted.wanted.length === 0) return [];
  const index = wordIndex();
  const all = new Map<string, { readonly message: Message; readonly words: Words }>();
  for (const [place, message] of messages.entries()) {
    if (!isSearchable(message)) continue;
    const words = wordsOf(message, names);
    if (words.said.length === 0) continue;
    // By place: messages of several channels may have the same ids.
    all.set(String(place), { message, words });
    index.put({ id: String(place), words: words.said.flat().join(" "), aside: words.by.join(" ") });
  }
  return index
    .find(wanted, { typos })
    .flatMap(({ id, score }) => {
      const { message, words } = all.get(id) ?? {};
      return message && words && fits(words, wanted, typos) ? [{ message, score }] : [];
    })
    .sort(byRank);
}

function fits(words: Words, query: SearchQuery, typos: boolean): boolean {
  if (!typos) return matches(words, query);
  // Words on their own were found by the index, misspelt or not.
  const parts = [...words.said, words.by];
  const has = (phrase: SearchQuery["wanted"][number]) => parts.some((part) => contains(part, phrase));
  return (
    query.wanted.every((phrase) => phrase.terms.length === 1 || has(phrase)) && !query.unwanted.some(has)
  );
}

/** The better one first, then the newer one, then the one whose id and channel come first. */
function byRank(one: MessageHit, other: MessageHit): number {
  return (
    other.score - one.score ||
    other.message.at - one.message.at ||
    compare(one.message.id, other.message.id) ||
    compare(one.message.channel, other.message.channel)
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
