import { InvalidInputError } from "../../kernel/errors.js";
import { quote } from "../../kernel/text.js";
import type { Redaction } from "../../model/slices.js";
import type { PatternEngine } from "./patterns.js";
import { foldText } from "./skeleton.js";
import type { Term } from "./words.js";

/** What a finding comes from. */
export type RuleName =
  | "people"
  | "phrases"
  | "patterns"
  | "links"
  | "emails"
  | "phones"
  | "amounts"
  | "addresses";

/** A name or phrase that is to go: whose name it is, or what stands in its place. */
export type SecretTerm = Term & { readonly person: string | null; readonly as: string };

/** A compiled pattern. */
export type SecretPattern = { readonly find: ReturnType<PatternEngine>; readonly as: string };

const MIN_NAME_PART = 3;
/** Parts of names that are words of their own in sentences. */
const PARTICLES: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "VON",
  "VAN",
  "DER",
  "DEN",
  "DEL",
  "DOS",
  "DAS",
  "BIN",
  "BINT",
  "IBN",
  "TEN",
  "TER",
  "LES",
  "THE",
  "AND",
  "UND",
]);
/** What stands in the place of what has no kind. */
const REDACTED = "[redacted]";

const WORDS: ReadonlySet<unknown> = /* @__PURE__ */ new Set<Redaction>([
  "people",
  "links",
  "emails",
  "phones",
  "amounts",
  "addresses",
  "attachments",
]);

/**
 * Makes sure that every rule is one: of a rule that is passed over nothing would be taken out.
 *
 * @throws InvalidInputError `INVALID_INPUT` where one is none.
 */
export function ensureRules(rules: readonly Redaction[]): void {
  for (const rule of rules) {
    const isNamed =
      typeof rule === "object" &&
      rule !== null &&
      ("person" in rule || "phrase" in rule || "pattern" in rule);
    if (!isNamed && !WORDS.has(rule))
      throw new InvalidInputError("INVALID_INPUT", `There is no redaction ${quote(rule)}.`);
  }
}

/** The names and phrases that rules speak of: whole names first, because somebody may be called what is a part of another. */
export function termsOf(
  rules: readonly Redaction[],
  people: ReadonlyMap<string, string>,
): readonly SecretTerm[] {
  const wholes: SecretTerm[] = [];
  const parts: SecretTerm[] = [];
  const name = (person: string, spellings: readonly string[]): void => {
    const term = (text: string): SecretTerm => ({ text, anywhere: false, person, as: "" });
    for (const spelling of spellings) {
      const whole = foldText(spelling).trim();
      wholes.push(term(whole));
      for (const part of partsOf(whole)) parts.push(term(part));
    }
  };
  for (const rule of rules) {
    if (rule === "people") {
      for (const [person, known] of people) name(person, [known, idOf(person)]);
    } else if (typeof rule === "object" && "person" in rule) {
      const { person, alsoKnownAs = [] } = rule;
      name(person, [people.get(person) ?? person, idOf(person), ...alsoKnownAs]);
    } else if (typeof rule === "object" && "phrase" in rule) {
      wholes.push({
        ...{ text: foldText(rule.phrase).trim(), anywhere: true, person: null },
        as: rule.as ?? REDACTED,
      });
    }
  }
  return [...wholes, ...parts];
}

/** The patterns among the rules, compiled. */
export function patternsOf(
  rules: readonly Redaction[],
  engine: PatternEngine | undefined,
): readonly SecretPattern[] {
  return rules.flatMap((rule) => {
    if (typeof rule !== "object" || !("pattern" in rule)) return [];
    if (!engine) {
      throw new InvalidInputError(
        "INVALID_INPUT",
        `The redaction ${quote(rule.pattern)} is a pattern, which needs an engine: patterns: linearPatterns, from "chat-spaces/patterns".`,
      );
    }
    const find = engine(rule.pattern.normalize("NFKC"), { ignoreCase: rule.ignoreCase ?? false });
    return [{ find, as: rule.as ?? REDACTED }];
  });
}

/** The people that rules name. */
export function peopleIn(rules: readonly Redaction[]): readonly string[] {
  return rules.flatMap((rule) => (typeof rule === "object" && "person" in rule ? [rule.person] : []));
}

/** The parts of a name that say whose it is. */
function partsOf(name: string): readonly string[] {
  return name
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((part) => part.length >= MIN_NAME_PART && /\p{L}/u.test(part) && !PARTICLES.has(part));
}

/** What of an id is a name: without the platform in front that an import puts there. */
function idOf(person: string): string {
  return person.slice(person.lastIndexOf(":") + 1);
}
