import { type Summary, summariseSorted } from "./quantiles.js";

/**
 * Summarises values by key: `keys[i]` is the key of `values[i]`. Values are put side by side by key and sorted there,
 * so that nothing is allocated for a value: O(n log n), two numbers for a value.
 */
export function summariseBy<K>(keys: readonly K[], values: readonly number[]): ReadonlyMap<K, Summary> {
  const groups = new Map<K, number>();
  const sizes: number[] = [];
  const groupOf = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const key = keys[i] as K;
    let group = groups.get(key);
    if (group === undefined) {
      group = sizes.length;
      groups.set(key, group);
      sizes.push(0);
    }
    groupOf[i] = group;
    sizes[group] = (sizes[group] ?? 0) + 1;
  }
  const next: number[] = [];
  let total = 0;
  for (const size of sizes) {
    next.push(total);
    total += size;
  }
  const sorted = new Float64Array(total);
  for (let i = 0; i < values.length; i++) {
    const group = groupOf[i] ?? 0;
    const place = next[group] ?? 0;
    sorted[place] = values[i] ?? 0;
    next[group] = place + 1;
  }
  // Each group now ends where the next one begins.
  const summaries = new Map<K, Summary>();
  for (const [key, group] of groups) {
    const end = next[group] ?? 0;
    summaries.set(key, summariseSorted(sorted.subarray(end - (sizes[group] ?? 0), end).sort()));
  }
  return summaries;
}

/** How many there are of each key. */
export function countBy<K>(keys: readonly K[]): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** In the order of names, what has none at the end. */
export function byName(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}
