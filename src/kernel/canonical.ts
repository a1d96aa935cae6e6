/**
 * A JSON value as the one text that stands for it (RFC 8785, JSON Canonicalization Scheme): no white space, the keys of
 * every object in the order of their UTF-16 code units, numbers as ECMAScript writes them. Equal values give equal texts, in
 * whatever order a store gave their keys back. Fields that are `undefined` are left out, as `JSON.stringify` does.
 */
export function canonicalJson(value: unknown): string {
  // What is in order already, as most events are, is written several times as fast by the machine itself.
  return isSorted(value) ? (JSON.stringify(value) ?? "null") : write(value);
}

function isSorted(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) {
    for (const item of value) if (!isSorted(item)) return false;
    return true;
  }
  let before = "";
  for (const key of Object.keys(value)) {
    // Keys that are whole numbers come first in an object, in an order of their own.
    if (key < before || !isSorted((value as { readonly [key: string]: unknown })[key])) return false;
    before = key;
  }
  return true;
}

function write(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  const fields = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${write(item)}`);
  return `{${fields.join(",")}}`;
}
