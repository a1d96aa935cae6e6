import { diff3Merge } from "node-diff3";

/** A word with the white space after it, so that white space alone is never taken for something in common. */
const WORD = /\S+\s*|\s+/g;

/**
 * How much comparing a merge may cost. The longest common subsequence of `node-diff3` takes, for each pair of equal
 * words, up to as many steps as the shorter text has words: with this much it is done in a fraction of a second.
 */
const MAX_COST = 500_000_000;

/**
 * A suggested text, made of an earlier one, as it is on the current one: a three-way merge, word by word. `null` where
 * both changed the same words, or words beside each other, or too much has changed to tell.
 *
 * ```ts
 * rebase("Opens at noon.", "It opens at noon.", "Opens at one."); // "It opens at one."
 * ```
 */
export function rebase(earlier: string, current: string, suggested: string): string | null {
  const [o, a, b] = [wordsOf(earlier), wordsOf(current), wordsOf(suggested)];
  const head = common(o, a, b, (words, index) => words[index]);
  const rest = [o, a, b].map((words) => words.slice(head)) as [string[], string[], string[]];
  const tail = common(...rest, (words, index) => words[words.length - 1 - index]);
  const [changedO, changedA, changedB] = rest.map((words) =>
    words.slice(0, words.length - tail),
  ) as typeof rest;
  if (costOf(changedO, changedA) + costOf(changedO, changedB) > MAX_COST) return null;
  const merged = diff3Merge(changedA, changedO, changedB);
  if (merged.some(({ conflict }) => conflict)) return null;
  const middle = merged.flatMap(({ ok = [] }) => ok);
  return [...o.slice(0, head), ...middle, ...o.slice(o.length - tail)].join("");
}

function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

/** How many words the three have in common from one end. */
function common(
  o: string[],
  a: string[],
  b: string[],
  at: (words: string[], index: number) => string | undefined,
): number {
  const most = Math.min(o.length, a.length, b.length);
  let count = 0;
  while (count < most && at(o, count) === at(a, count) && at(o, count) === at(b, count)) count++;
  return count;
}

function costOf(some: readonly string[], others: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of others) counts.set(word, (counts.get(word) ?? 0) + 1);
  const pairs = some.reduce((sum, word) => sum + (counts.get(word) ?? 0), 0);
  return pairs * Math.min(some.length, others.length);
}
