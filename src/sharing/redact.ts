import { stripInvisible } from "../kernel/text.js";
import type { Message } from "../model/message.js";

/**
 * What to take out before sharing. A rule reaches everything a recipient would see: bodies, authors, polls.
 *
 * - `{ person }`: the member or author with this id, or who goes by this name, becomes `Person 1`, `Person 2`, ...
 *   wherever they are named, by full name or a part of it of three letters or more, in any case; `alsoKnownAs`
 *   adds other spellings.
 * - `"links"`, `"emails"`, `"phones"`, `"amounts"`: replaced by `[link]`, `[email]`, `[phone]`, `[amount]`.
 * - `"attachments"`: their file names go, their kinds stay.
 */
export type Redaction =
  | { readonly person: string; readonly alsoKnownAs?: readonly string[] | undefined }
  | "links"
  | "emails"
  | "phones"
  | "amounts"
  | "attachments";

/** Takes things out of texts, consistently over one slice, and counts what it took out. */
export type Redactor = {
  /** A text as the recipient may see it. */
  text(raw: string): string;
  /** The name under which an author appears. */
  author(message: Pick<Message, "author" | "authorName">): string | null;
  readonly attachments: boolean;
  /** How often each kind of rule applied: `people`, `links`, ... Whom it hid is not said. */
  counts(): { readonly [rule: string]: number };
};

// Every repetition is bounded and every pattern is anchored where a run of its characters begins, so that a
// hostile text costs time in proportion to its length.
const EMAIL = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/giu;
const LINK =
  /(?<![\p{L}\p{N}.@-])(?:[a-z][a-z0-9+.-]{1,15}:\/\/\S+|www\.\S+|(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?:[/:?#]\S*)?)/giu;
const CURRENCY_WORD =
  "EUR|USD|GBP|CHF|JPY|CNY|INR|BRL|MXN|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|TRY|ZAR|AED|SGD|HKD|KRW|euros?|dollars?|pounds?|bucks|cents?|pence|yen|rupees?|reais|pesos?";
const NUMBER = "\\p{Nd}(?:[\\p{Nd}.,'\\u00a0\\u202f]{0,24}\\p{Nd})?";
const AMOUNT = /* @__PURE__ */ new RegExp(
  `(?:\\p{Sc}|(?<![\\p{L}\\p{N}])(?:${CURRENCY_WORD}))\\s?${NUMBER}(?:\\s?(?:k|m|bn))?(?![\\p{L}\\p{N}])` +
    `|(?<![\\p{L}\\p{N}.,])${NUMBER}\\s?(?:k|m|bn)?\\s?(?:\\p{Sc}|(?:${CURRENCY_WORD})(?![\\p{L}\\p{N}]))`,
  "giu",
);
const PHONE =
  /(?<![\p{L}\p{N}+])(?:(?:\+|00)\p{Nd}(?:[\s()./-]{0,3}\p{Nd}){6,16}|\(?\p{Nd}(?:[\s()./-]{0,3}\p{Nd}){8,14})(?!\p{Nd})/gu;

const MIN_NAME_PART = 3;

/** A redactor for one slice. `people` are the names its authors go by. */
export function redactor(rules: readonly Redaction[], people: ReadonlyMap<string, string>): Redactor {
  const counts = new Map<string, number>();
  const has = (rule: Redaction) => rules.includes(rule);
  const count = (rule: string): void => {
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  };

  const pseudonyms = new Map<string, string>();
  const pseudonymOf = (person: string): string => {
    const name = pseudonyms.get(person) ?? `Person ${pseudonyms.size + 1}`;
    pseudonyms.set(person, name);
    return name;
  };
  const hidden = rules.flatMap((rule) => (typeof rule === "string" ? [] : [rule]));
  for (const { person } of hidden) pseudonymOf(person);
  const names = hidden.flatMap(({ person, alsoKnownAs = [] }) =>
    namesOf([people.get(person) ?? person, person, ...alsoKnownAs]).map((name) => ({ name, person })),
  );
  // Longer names first, so that "Mara Lind" is not left as "Person 1 Lind".
  names.sort((a, b) => b.name.length - a.name.length);
  const byName = new Map(names.map(({ name, person }) => [fold(name), person]));
  const NAME =
    names.length === 0
      ? null
      : new RegExp(
          `(?<![\\p{L}\\p{N}])(?:${names.map(({ name }) => literally(name)).join("|")})(?![\\p{L}\\p{N}])`,
          "giu",
        );

  const patterns: readonly (readonly ["emails" | "links" | "amounts" | "phones", RegExp, string])[] = [
    ["emails", EMAIL, "[email]"],
    ["links", LINK, "[link]"],
    ["amounts", AMOUNT, "[amount]"],
    ["phones", PHONE, "[phone]"],
  ];

  const text = (raw: string): string => {
    // What cannot be seen could hide a name from the patterns, so it goes first.
    let result = visible(raw);
    if (NAME) {
      result = result.replace(NAME, (found) => {
        const person = byName.get(fold(found)) ?? "";
        count("people");
        return pseudonymOf(person);
      });
    }
    for (const [rule, pattern, placeholder] of patterns) {
      if (!has(rule)) continue;
      result = result.replace(pattern, () => {
        count(rule);
        return placeholder;
      });
    }
    return result;
  };

  return {
    text,
    author({ author, authorName }) {
      if (author === null) return null;
      const name = visible(authorName ?? people.get(author) ?? author);
      const person = pseudonyms.has(author) ? author : byName.get(fold(name));
      if (person !== undefined) {
        count("people");
        return pseudonymOf(person);
      }
      const shown = text(name);
      // An author who goes by a number or an address stays one person, not one of many "[phone]".
      return shown === name ? name : pseudonymOf(author);
    },
    attachments: has("attachments"),
    counts: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function namesOf(spellings: readonly string[]): string[] {
  const all = spellings.flatMap((spelling) => {
    const whole = visible(spelling).trim();
    return [
      whole,
      ...whole.split(/[\s:]+/u).filter((part) => part.length >= MIN_NAME_PART && /\p{L}/u.test(part)),
    ];
  });
  return [...new Set(all.filter((name) => name !== ""))];
}

/** Composed last: what cannot be seen may stand between a letter and its accent. */
function visible(text: string): string {
  return stripInvisible(text).normalize("NFC");
}

/** One key for all that the pattern of names takes for the same: any case, any white space. */
function fold(name: string): string {
  return name.replace(/\s+/gu, " ").toLowerCase().toUpperCase();
}

function literally(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replace(/\s+/gu, "\\s+");
}
