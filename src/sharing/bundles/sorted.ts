import { setEntry } from "../../kernel/record.js";

/**
 * The same JSON value with the keys of every object in the order of their UTF-16 code units; itself where they are in order.
 * Keys that are whole numbers stay where the language puts them.
 */
export function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.some((item) => sorted(item) !== item) ? value.map(sorted) : value;
  const fields = value as { readonly [key: string]: unknown };
  const keys = Object.keys(fields);
  let inOrder = true;
  let before = "";
  for (const key of keys) {
    if (key < before || sorted(fields[key]) !== fields[key]) {
      inOrder = false;
      break;
    }
    before = key;
  }
  if (inOrder) return value;
  const copy: Record<string, unknown> = {};
  for (const key of keys.sort()) setEntry(copy, key, sorted(fields[key]));
  return copy;
}
