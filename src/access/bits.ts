// Sets of capabilities as bits in 32-bit words: every set operation is a few machine instructions.

/** A set of capabilities. */
export type Words = Int32Array;

/** Adds what is in `b`. */
export function add(a: Words, b: Words): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) | (b[i] as number);
}

/** Takes out what is in `b`. */
export function remove(a: Words, b: Words): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) & ~(b[i] as number);
}

/** What is in both. */
export function common(a: Words, b: Words): Words {
  return a.map((word, i) => word & (b[i] as number));
}

/** Whether the set has the capability with this index. */
export function has(words: Words, index: number): boolean {
  return (((words[index >> 5] as number) >>> (index & 31)) & 1) === 1;
}

/** Puts the capability with this index in. */
export function put(words: Words, index: number): void {
  words[index >> 5] = (words[index >> 5] as number) | (1 << (index & 31));
}

/** Whether there is nothing in it. */
export function isEmpty(words: Words): boolean {
  return words.every((word) => word === 0);
}

/** Whether everything in `b` is in `a`. */
export function covers(a: Words, b: Words): boolean {
  for (let i = 0; i < a.length; i++) if (((b[i] as number) & ~(a[i] as number)) !== 0) return false;
  return true;
}

/** Everything that is not in the set. Bits past the last capability are set too; they are never asked for. */
export function complement(words: Words): Words {
  return words.map((word) => ~word);
}
