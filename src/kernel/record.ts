/** Plain data keyed by ids. Ids are the host's and may be any string, `__proto__` included. */
export type ById<T> = { readonly [id: string]: T };

/**
 * The entry with this id, or `undefined`.
 *
 * Use it instead of `record[id]`, which finds `Object.prototype` under `__proto__` and functions under
 * `constructor` or `toString`.
 */
export function entry<T>(record: ById<T>, id: string): T | undefined {
  return Object.hasOwn(record, id) ? record[id] : undefined;
}

/** Sets an own property whatever the id is; a plain assignment to `__proto__` would change the prototype. */
export function setEntry<T>(record: Record<string, T>, id: string, value: T): void {
  if (id === "__proto__") {
    Object.defineProperty(record, id, { value, enumerable: true, configurable: true, writable: true });
  } else {
    record[id] = value;
  }
}
