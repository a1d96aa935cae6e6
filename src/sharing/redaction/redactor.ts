import { stripHidden } from "../../kernel/text.js";
import type { Message } from "../../model/message.js";
import type { Redaction } from "../../model/slices.js";
import type { KindRule } from "./kinds.js";
import { KINDS } from "./kinds.js";
import type { PatternEngine } from "./patterns.js";
import { pseudonyms } from "./pseudonyms.js";
import { ensureRules, patternsOf, peopleIn, type RuleName, termsOf } from "./rules.js";
import { foldText } from "./skeleton.js";
import { type Search, type Span, spansIn } from "./spans.js";
import { termFinder } from "./words.js";

/** Takes things out of texts, consistently over one slice, and counts what it took out. */
export type Redactor = {
  /** A text as the recipient may see it. */
  text(raw: string): string;
  /** A text of the frame, such as that of the lawyers: phrases go, and names, which may be words in it, stay. */
  frame(raw: string): string;
  /** The name under which an author appears. */
  author(message: Pick<Message, "author" | "authorName">): string | null;
  /** The name of a file, or `null` where it goes. */
  fileName(raw: string | null): string | null;
  /** How much was taken out so far. */
  readonly total: number;
  /** How often each kind of rule applied: `people`, `links`, ... Whom it hid is not said. */
  counts(): { readonly [rule: string]: number };
};

/** What a redactor works by. */
export type RedactorOptions = {
  readonly rules: readonly Redaction[];
  /** The names people go by, by id: members and the authors of imports. */
  readonly people: ReadonlyMap<string, string>;
  /** Keys of findings that stay. */
  readonly spare?: readonly string[] | undefined;
  readonly patterns?: PatternEngine | undefined;
  /** Told of everything that is taken out of a text, with what stands in its place. */
  readonly onFinding?: ((text: string, span: Span, replacement: string) => void) | undefined;
};

/** How often a text is looked through again, because what stands in the place of one thing made another. */
const PASSES = 3;

/** A redactor for one slice. */
export function redactor({ rules, people, spare = [], patterns, onFinding }: RedactorOptions): Redactor {
  ensureRules(rules);
  const terms = termsOf(rules, people);
  const search: Search = {
    terms: termFinder(terms),
    patterns: patternsOf(rules, patterns),
    kinds: new Set(KINDS.filter((kind: KindRule) => rules.includes(kind))),
    spare: new Set(spare),
  };
  // What stands in the place of names may look like a number; only what is secret by itself is looked for again.
  const again: Search = { ...search, patterns: [], kinds: new Set() };
  const phrasesAlone: Search = { ...again, terms: termFinder(terms.filter(({ anywhere }) => anywhere)) };
  const names = pseudonyms(terms.map(({ text }) => text));
  for (const person of peopleIn(rules)) names.of(person);
  const hidden = new Set(terms.flatMap(({ person }) => person ?? []));
  const everybody = rules.includes("people");
  const counts = new Map<RuleName | "attachments", number>();
  let total = 0;
  const count = (rule: RuleName | "attachments"): void => {
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
    total++;
  };

  const replaced = (text: string, spans: readonly Span[]): string => {
    let result = "";
    let from = 0;
    for (const span of spans) {
      const replacement = span.person === null ? names.safe(span.as) : names.of(span.person);
      count(span.rule);
      onFinding?.(text, span, replacement);
      result += text.slice(from, span.start) + replacement;
      from = span.end;
    }
    return result + text.slice(from);
  };

  const within = (raw: string, first: Search, then: Search): string => {
    if (rules.length === 0) return raw;
    let result = raw;
    for (let pass = 0; pass < PASSES; pass++) {
      const spans = spansIn(result, pass === 0 ? first : then);
      if (spans.length === 0) return stripHidden(result).normalize("NFC");
      result = replaced(result, spans);
    }
    // What is left of one keeps making another: then nothing of the text can stay.
    return spansIn(result, then).length === 0 ? stripHidden(result).normalize("NFC") : names.mask;
  };
  const text = (raw: string): string => within(raw, search, again);

  return {
    text,
    frame: (raw) => within(raw, phrasesAlone, phrasesAlone),
    author({ author, authorName }) {
      if (author === null) return null;
      const name = authorName ?? people.get(author) ?? author;
      if (everybody || hidden.has(author)) {
        count("people");
        return names.of(author);
      }
      if (spansIn(name, search).length === 0) return text(name);
      count("people");
      // Somebody who goes by a hidden name is who is meant by it; by a number or an address, one person, not one of many "[phone]".
      const [match] = search.terms(foldText(name));
      return names.of(match?.term.person ?? author);
    },
    fileName(raw) {
      if (raw === null) return null;
      if (!rules.includes("attachments")) return text(raw);
      count("attachments");
      return null;
    },
    get total() {
      return total;
    },
    counts: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
