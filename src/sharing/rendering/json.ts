import type { Slice } from "../slices/slice.js";

/** What ends a script, a comment or a section of a page, ends a line of a program, or turns text round. */
const RISKY = /[<>\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * A slice as JSON, indented, with a final line break. The same slice gives the same bytes, and reading them gives the slice.
 * Characters that could mean something where JSON is put into a page are written as `\u003c`.
 *
 * ```ts
 * JSON.parse(sliceToJson(slice)); // the slice
 * ```
 */
export function sliceToJson(slice: Slice): string {
  const json = JSON.stringify(slice, null, 2).replace(
    RISKY,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${json}\n`;
}
