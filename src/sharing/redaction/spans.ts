import { findKind, KINDS, type KindRule, PLACEHOLDERS } from "./kinds.js";
import type { RuleName, SecretPattern, SecretTerm } from "./rules.js";
import { foldText, skeletonOf } from "./skeleton.js";
import type { TermMatch } from "./words.js";

/** A stretch of a text that is to go, and what for. */
export type Span = {
  readonly start: number;
  readonly end: number;
  readonly rule: RuleName;
  /** Whose name it is. */
  readonly person: string | null;
  /** What stands in its place, where it is no name. */
  readonly as: string;
  /** Names this finding wherever it is: the rule and what was found, as texts are compared. */
  readonly key: string;
};

/** Where in a slice something was found. */
export type FindingField =
  | "title"
  | "by"
  | "recipient"
  | "channel"
  | "author"
  | "body"
  | "poll"
  | "attachment";

/** What to look for. */
export type Search = {
  readonly terms: (folded: string) => readonly TermMatch<SecretTerm>[];
  readonly patterns: readonly SecretPattern[];
  readonly kinds: ReadonlySet<KindRule>;
  /** Keys of findings that stay. */
  readonly spare: ReadonlySet<string>;
};

/** Everything in a text that is to go, in order; what overlaps is one stretch, under the rule of its longest part. */
export function spansIn(text: string, { terms, patterns, kinds, spare }: Search): readonly Span[] {
  const found: Span[] = [];
  const add = (
    rule: RuleName,
    [start, end]: readonly [number, number],
    person: string | null,
    as: string,
  ) => {
    const key = `${rule}:${foldText(text.slice(start, end))}`;
    if (start < end && !spare.has(key)) found.push({ start, end, rule, person, as, key });
  };
  const folded = skeletonOf(text, "folded");
  for (const { term, start, end } of terms(folded.text)) {
    add(term.person === null ? "phrases" : "people", folded.original(start, end), term.person, term.as);
  }
  if (patterns.length > 0 || kinds.size > 0) {
    const shape = skeletonOf(text, "shape");
    for (const { find, as } of patterns) {
      for (const [start, end] of find(shape.text)) add("patterns", shape.original(start, end), null, as);
    }
    for (const kind of KINDS) {
      if (!kinds.has(kind)) continue;
      for (const [start, end] of findKind(kind, shape.text))
        add(kind, shape.original(start, end), null, PLACEHOLDERS[kind]);
    }
  }
  return merged(found.sort((a, b) => a.start - b.start || b.end - a.end));
}

function merged(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  let longest = 0;
  for (const span of spans) {
    const last = all.at(-1);
    const length = span.end - span.start;
    if (!last || span.start >= last.end) {
      all.push(span);
      longest = length;
      continue;
    }
    const { rule, person, as, key } = length > longest ? span : last;
    longest = Math.max(longest, length);
    all[all.length - 1] = { start: last.start, end: Math.max(last.end, span.end), rule, person, as, key };
  }
  return all;
}
