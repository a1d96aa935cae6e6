/**
 * Compiles a regular expression of the team's into a function that finds what it fits: places in the text, from a start up
 * to, not including, an end, in UTF-16 code units. Must take time in proportion to the length of the text whatever the
 * pattern: people write these rules, and a text may be hostile. `linearPatterns` of `chat-spaces/patterns` is one.
 */
export type PatternEngine = (
  pattern: string,
  options: { readonly ignoreCase: boolean },
) => (text: string) => readonly (readonly [start: number, end: number])[];
