import { Style } from "./header.js";
import { NOTICE_BEFORE_COLON } from "./words.js";

/** How long a name can be, in UTF-16 code units. WhatsApp allows 25 characters; address books allow more. */
export const MAX_NAME = 120;

/**
 * Where the first `: ` of the line stands, as far as a name can reach; -1 where there is none. A colon that ends
 * the line counts too (an empty message), and in bracketed headers one without a space behind it.
 */
export function firstColon(text: string, start: number, style: number): number {
  const limit = Math.min(text.length, start + MAX_NAME + 1);
  let bare = -1;
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) break;
    if (code !== 58) continue;
    const next = text.charCodeAt(at + 1);
    if (next === 32 || next === 10 || next === 13 || at + 1 === text.length) return at;
    if (bare < 0) bare = at;
  }
  return bare > start && style & Style.BRACKET ? bare : -1;
}

/**
 * Whether what stands before the first colon is not a name but the beginning of a notice, such as
 * `Mara changed the subject from "Club` or anything else with a quotation that is not closed.
 */
export function beginsNotice(before: string): boolean {
  let plain = 0;
  let open = 0;
  for (const character of before) {
    if (character === '"') plain += 1;
    else if (character === "“" || character === "„" || character === "«" || character === "「") open += 1;
    else if (character === "”" || character === "»" || character === "」") open -= 1;
  }
  return plain % 2 === 1 || open > 0 || NOTICE_BEFORE_COLON.test(before);
}
