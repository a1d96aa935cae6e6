import { HIDDEN } from "../../kernel/text.js";

/** A text without what hides things in it, and where each of its parts stands in the text it was made from. */
export type Skeleton = {
  readonly text: string;
  /** The place in the original of what makes up the skeleton from one place up to, not including, another. */
  original(start: number, end: number): readonly [start: number, end: number];
};

/** How far a skeleton goes: `shape` keeps the case, `folded` does not. */
export type SkeletonKind = "shape" | "folded";

/** White space, or a character with its marks; what is hidden may stand anywhere between. */
const PARTS = /* @__PURE__ */ new RegExp(
  `(?:(?!${HIDDEN})\\s${HIDDEN}*)+|[^\\p{M}](?:\\p{M}|${HIDDEN})*|\\p{M}+`,
  "gsu",
);
const ALL_HIDDEN = /* @__PURE__ */ new RegExp(HIDDEN, "gu");
const SPACE = /* @__PURE__ */ new RegExp(`^(?!${HIDDEN})\\s`, "u");

/** Accents and whatever is drawn over or under a letter, in scripts that have no vowels among their marks. */
const ACCENTS = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu;

/**
 * The skeleton of a text: compatibility forms made one (NFKC: full-width letters, ligatures, superscripts), hidden characters
 * dropped, white space made one space. `folded` also makes upper and lower case one, and drops accents, so that every spelling of a text that people take for the same has the same one. Linear in its length.
 */
export function skeletonOf(text: string, kind: SkeletonKind): Skeleton {
  const starts: number[] = [];
  const ends: number[] = [];
  let skeleton = "";
  for (const { 0: part, index } of text.matchAll(PARTS)) {
    const bare = SPACE.test(part) ? " " : formOf(part.replace(ALL_HIDDEN, ""), kind);
    skeleton += bare;
    for (let i = 0; i < bare.length; i++) {
      starts.push(index);
      ends.push(index + part.length);
    }
  }
  return {
    text: skeleton,
    original: (start, end) => [starts[start] ?? text.length, ends[end - 1] ?? text.length],
  };
}

/** What is compared of a text: its folded skeleton, as one text. */
export function foldText(text: string): string {
  return skeletonOf(text, "folded").text;
}

function formOf(part: string, kind: SkeletonKind): string {
  if (kind === "shape") return part.normalize("NFKC");
  // Lower and then upper: so that ß, ſ, ς and the Kelvin sign come to what they are taken for.
  return part.normalize("NFKD").toLowerCase().toUpperCase().normalize("NFKD").replace(ACCENTS, "$1");
}
