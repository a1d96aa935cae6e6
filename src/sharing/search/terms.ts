import { lazily } from "../../kernel/schema.js";
import { stripInvisible } from "../../kernel/text.js";

/** How long a word may be, in code points. What is longer is cut, in texts and in queries alike. */
const LONGEST = 64;
/** How many words of one text are looked at. */
const MOST = 10_000;

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const MARKED = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;
/** They join letters of one word, and whether they are written is a matter of taste. */
const JOINERS = /[\u200c\u200d]/g;
/** Scripts that write their words without anything between. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** One character of theirs, or what stands between those. */
const PIECES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

// The language of no country, so that the same text has the same words on every machine.
const segmenter = lazily(() =>
  typeof Intl.Segmenter === "function" ? new Intl.Segmenter("und", { granularity: "word" }) : undefined,
);

/**
 * The words of a text, as they are compared: without regard to case, to compatible forms (`ﬁ`, full-width letters), to
 * invisible characters, and, in Latin, Greek and Cyrillic, to accents. `Café` and `CAFE` are both `cafe`. Texts in
 * scripts that put nothing between words are split by `Intl.Segmenter`, where there is none into single characters.
 */
export function termsOf(text: string): readonly string[] {
  const terms: string[] = [];
  for (const [run] of fold(text).matchAll(WORD)) {
    for (const word of UNSPACED.test(run) ? split(run) : [run]) {
      if (terms.length === MOST) return terms;
      terms.push(word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word);
    }
  }
  return terms;
}

function fold(text: string): string {
  return (
    stripInvisible(text)
      .replace(JOINERS, "")
      .normalize("NFKD")
      // Up and down again is how case is folded without a table: ß becomes ss. The sigma at the end of a word is a sigma.
      .toUpperCase()
      .toLowerCase()
      .replaceAll("ς", "σ")
      .normalize("NFKD")
      .replace(MARKED, "$1")
      .normalize("NFKC")
  );
}

function split(run: string): readonly string[] {
  const words = segmenter()?.segment(run);
  if (!words) return run.match(PIECES) ?? [];
  return [...words].flatMap(({ segment }) => segment.match(WORD) ?? []);
}
