/** FNV-1a in 32 bits, over the code units of a text. Texts with the same hash are rare, not impossible. */
export function hash(text: string): number {
  let result = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    result = Math.imul(result ^ text.charCodeAt(index), 0x01000193);
  }
  return result | 0;
}
