import { refuse } from "../../kernel/outcome.js";
import type { TextEdit } from "../../model/drafts.js";

/** The text with edits made in it. They must be in order and lie within it. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, text: put } of edits) {
    parts.push(text.slice(from, start), put);
    from = end;
  }
  return parts.join("") + text.slice(from);
}

/** The refusal of edits that reach beyond the text, or cut a character in two. */
export function refuseMisfit(text: string, edits: readonly TextEdit[]) {
  const wrong = (path: string, expected: string) =>
    refuse("INVALID_COMMAND", `suggestion.make ${path} ${expected}.`, { issues: [{ path, expected }] });
  for (const [index, { start, end }] of edits.entries()) {
    if (end > text.length)
      return wrong(`edits.${index}.end`, `must be at most ${text.length}, the length of that revision`);
    for (const [key, at] of [["start", start] as const, ["end", end] as const]) {
      if (isWithinPair(text, at))
        return wrong(`edits.${index}.${key}`, "must not be within a surrogate pair");
    }
  }
  return undefined;
}

/** Whether this is between the two code units of one character, such as an emoji. */
function isWithinPair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(at - 1, 0), at + 1));
}
