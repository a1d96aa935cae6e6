/** How many are worked on at once: enough to keep every core busy, and little to hold in memory. */
const BATCH = 500;

/** What comes of each, in order. WebCrypto works in parallel, on whatever it is given. */
export async function inBatches<Item, Result>(
  items: readonly Item[],
  act: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += BATCH) {
    results.push(...(await Promise.all(items.slice(from, from + BATCH).map(act))));
  }
  return results;
}
