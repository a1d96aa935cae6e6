/**
 * Redactions that are regular expressions, matched in linear time.
 *
 * @module chat-spaces/patterns
 */

import { RE2JS } from "re2js";
import { InvalidInputError } from "../../kernel/errors.js";
import { quote } from "../../kernel/text.js";
import type { PatternEngine } from "../redaction/patterns.js";

export type { PatternEngine } from "../redaction/patterns.js";

/**
 * Compiles patterns with RE2, which takes time in proportion to the text whatever the pattern. It has no look-around and no
 * back-references; everything else is as usual, `\d`, `\b`, `\p{L}`, `(?i)` included.
 *
 * ```ts
 * const spaces = createSpaces({ store, patterns: linearPatterns });
 * await drop.slices.create({ by, title, channels, pick, redact: [{ pattern: "\\bPO-\\d+\\b", as: "[order]" }] });
 * ```
 *
 * @throws InvalidInputError `INVALID_INPUT` where the pattern is none, or one of those that take look-around or back-references.
 */
export const linearPatterns: PatternEngine = (pattern, { ignoreCase }) => {
  const compiled = compile(pattern, ignoreCase);
  return (text) => {
    const matcher = compiled.matcher(text);
    const found: (readonly [number, number])[] = [];
    while (matcher.find()) if (matcher.end() > matcher.start()) found.push([matcher.start(), matcher.end()]);
    return found;
  };
};

function compile(pattern: string, ignoreCase: boolean): RE2JS {
  try {
    return RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (cause) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      `${quote(pattern)} is not a pattern that can be matched in linear time: look-around and back-references cannot. Write it without them, or as a phrase.`,
      {},
      { cause },
    );
  }
}
