// Sets of capabilities as bits in 32-bit words: every set operation is a few machine instructions.

/** A set of capabilities. A plain list is made faster, and takes less room, than a typed array of this size. */
export type Words = number[];

/** The set of nothing, for so many words. */
export function none(length: number): Words {
  const words: Words = [];
  for (let i = 0; i < length; i++) words.push(0);
  return words;
}

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

/** What is in either. */
export function union(a: Words, b: Words): Words {
  return a.map((word, i) => word | (b[i] as number));
}

/** What is in `a` and not in `b`. */
export function without(a: Words, b: Words): Words {
  return a.map((word, i) => word & ~(b[i] as number));
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
  for (let i = 0; i < words.length; i++) if (words[i] !== 0) return false;
  return true;
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
