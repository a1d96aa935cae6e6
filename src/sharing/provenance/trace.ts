import type { Slice } from "../slices/slice.js";
import { codesIn } from "./marks.js";
import { baseOf, type Wording } from "./wording.js";

/** A copy that was given out, and to whom. */
export type Copy = { readonly who: string; readonly slice: Slice };

/** Somebody whose copy a text may be from. */
export type Suspect = {
  readonly who: string;
  /** By the code in it, or, where that is gone, by how it is typeset. */
  readonly by: "code" | "wording";
  /** How many places in which copies differ were compared, and how many of them are as in this copy. */
  readonly matched: number;
  readonly compared: number;
};

/** How short a text may be that is looked for, in UTF-16 code units: shorter ones stand anywhere. */
const SHORTEST = 8;

/**
 * Whose marked copy a text was taken from, the likeliest first; whose copy does not fit at all is left out. A code is as good
 * as certain. Where codes were stripped, how the text is typeset decides: who has the most `matched` of the same `compared`,
 * the surer the further ahead of the next. Nothing is said of a text that no copy has.
 *
 * ```ts
 * traceLeak(pasted, copies)[0]; // { who: "acme", by: "code", matched: 1, compared: 1 }
 * ```
 */
export function traceLeak(text: string, copies: readonly Copy[]): readonly Suspect[] {
  const codes = codesIn(text);
  const leak = baseOf(text, { flat: true });
  const wordings = copies.map(({ slice }) => slice.messages.map(({ body }) => baseOf(body, { flat: true })));
  const telling = tellingSites(wordings.flat());
  const suspects = copies.map(({ who, slice }, index): Suspect => {
    const own = slice.messages.some(({ body }) => [...codesIn(body)].some((code) => codes.has(code)));
    return own
      ? { who, by: "code", matched: 1, compared: 1 }
      : { who, by: "wording", ...compare(leak, wordings[index] ?? [], telling) };
  });
  return suspects
    .filter(({ matched }) => matched > 0)
    .sort((a, b) => Number(b.by === "code") - Number(a.by === "code") || b.matched - a.matched);
}

/** Of each text the places at which some copy is not typeset plainly: only these can tell copies apart. */
function tellingSites(wordings: readonly Wording[]): ReadonlyMap<string, ReadonlySet<number>> {
  const telling = new Map<string, Set<number>>();
  for (const { text, sites } of wordings) {
    const places = telling.get(text) ?? new Set();
    telling.set(text, places);
    for (const [place, way] of sites) if (way === 1) places.add(place);
  }
  return telling;
}

function compare(
  leak: Wording,
  copy: readonly Wording[],
  telling: ReadonlyMap<string, ReadonlySet<number>>,
): { readonly matched: number; readonly compared: number } {
  let matched = 0;
  let compared = 0;
  for (const { text, sites } of copy) {
    const at = text.length < SHORTEST ? -1 : leak.text.indexOf(text);
    if (at < 0) continue;
    for (const place of telling.get(text) ?? []) {
      const found = leak.sites.get(at + place);
      if (found === undefined) continue;
      compared++;
      if (found === sites.get(place)) matched++;
    }
  }
  return { matched, compared };
}
