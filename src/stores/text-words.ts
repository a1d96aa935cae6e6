const encoder = new TextEncoder();

/**
 * A word as it can stand in the query language of any database: `a` to `y` and digits as they are, every other byte as `z`
 * and two hexadecimal digits. A word begins with another exactly where this does.
 */
export function encodeWord(word: string): string {
  let code = "";
  for (const byte of encoder.encode(word)) {
    const plain = (byte >= 0x61 && byte <= 0x79) || (byte >= 0x30 && byte <= 0x39);
    code += plain ? String.fromCharCode(byte) : `z${byte.toString(16).padStart(2, "0")}`;
  }
  return code;
}

/** Words with single spaces between, each as {@link encodeWord} writes it. */
export function encodeWords(words: string): string {
  return words.split(" ").map(encodeWord).join(" ");
}
