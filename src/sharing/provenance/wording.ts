import { sha256 } from "../../kernel/sha256.js";

/** Ways to typeset the same: the first is the plain one. */
const WAYS: readonly (readonly [string, string])[] = [
  ["'", "\u2019"],
  ["...", "\u2026"],
  [" - ", " \u2013 "],
  [" ", "\u00a0"],
];
const INVISIBLE = /[\u2061-\u2064]+/gu;
/** Apostrophes within words, ellipses, dashes between words, and what stands between words. */
const SITE = /(?<=\p{L})['\u2019](?=\p{L})|\.{3}|\u2026| [-\u2013] |[\s\u00a0]+/gu;
/** Of the spaces between words only every so-many-th is a site: text must still wrap. */
const EVERY_SPACE = 6;

/** A text typeset plainly, and which way each of its sites was typeset: 0 or 1, by its place in the plain text. */
export type Wording = { readonly text: string; readonly sites: ReadonlyMap<number, 0 | 1> };

/**
 * Typesets a text plainly. With `flat`, line breaks and several spaces count as one space, as they do where text was copied
 * from a page.
 */
export function baseOf(text: string, { flat = false }: { flat?: boolean } = {}): Wording {
  const sites = new Map<number, 0 | 1>();
  const visible = text.replace(INVISIBLE, "");
  let plain = "";
  let from = 0;
  for (const match of visible.matchAll(SITE)) {
    plain += visible.slice(from, match.index);
    from = match.index + match[0].length;
    const way = wayOf(match[0]);
    if (way) {
      sites.set(plain.length, way[0] === match[0] ? 0 : 1);
      plain += way[0];
    } else plain += flat ? " " : match[0];
  }
  return { text: plain + visible.slice(from), sites };
}

/** Typesets a plain text in the way that follows from a key. */
export function worded(plain: string, key: Uint8Array, about: string): string {
  const bits = sha256(JSON.stringify([Array.from(key), about]));
  let site = 0;
  let spaces = 0;
  return plain.replace(SITE, (found) => {
    const way = wayOf(found);
    if (!way || (found === " " && ++spaces % EVERY_SPACE !== 0)) return found;
    const index = site++ % 256;
    return ((bits[index >> 3] ?? 0) >> (index & 7)) & 1 ? way[1] : way[0];
  });
}

function wayOf(found: string): readonly [string, string] | undefined {
  return WAYS.find((ways) => ways.includes(found));
}
