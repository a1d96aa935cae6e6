/** What is found by its form, whoever wrote it. */
export type KindRule = "emails" | "links" | "amounts" | "phones" | "addresses";

// Every repetition is bounded and every pattern is anchored where a run of its characters begins, so that a hostile text costs time
// in proportion to its length. They are matched on the shape of a text: compatibility forms made one, spaces single.

const DOT = "(?:\\.|\\[\\.\\]|\\(\\.\\)|[[(]dot[\\])])";
const LABEL = "[\\p{L}\\p{N}\\p{M}-]{1,63}";
const TOP = "(?:xn--[a-z0-9-]{2,59}|\\p{L}[\\p{L}\\p{M}]{1,23})";
const EMAIL = /* @__PURE__ */ new RegExp(
  `(?<![\\p{L}\\p{N}\\p{M}._%+-])[\\p{L}\\p{N}\\p{M}._%+-]{1,254}\\s?(?:@|[[(]\\s?at\\s?[\\])])\\s?(?:${LABEL}${DOT}){1,8}${TOP}`,
  "giu",
);
const LINK = /* @__PURE__ */ new RegExp(
  `(?<![\\p{L}\\p{N}\\p{M}.@-])(?:[a-z][a-z0-9+.-]{1,15}(?::|\\[:\\])\\/\\/\\S+|mailto:\\S+|www\\.\\S+|` +
    `(?:${LABEL}${DOT}){1,8}${TOP}(?![\\p{L}\\p{N}\\p{M}@])(?:[/:?#]\\S*)?)`,
  "giu",
);
const CURRENCY =
  "EUR|USD|GBP|CHF|JPY|CNY|INR|BRL|MXN|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|TRY|ZAR|AED|SGD|HKD|KRW|euros?|dollars?|pounds?|bucks|cents?|pence|yen|rupees?|reais|pesos?|kr|z\u0142|\u0440\u0443\u0431(?:\u043b\u0435\u0439|\u043b\u044f|\u043b\u044c)?|\u0631\u064a\u0627\u0644|\u062f\u0631\u0647\u0645|\u5186|\u5143|\uc6d0";
const NUMBER = "\\p{Nd}(?:[\\p{Nd}.,'\\u066b\\u066c ]{0,24}\\p{Nd})?";
const THOUSANDS = "(?:\\s?(?:k|m|bn|thousand|million|mio|mrd)(?![\\p{L}\\p{N}]))";
const AMOUNT = /* @__PURE__ */ new RegExp(
  `(?:\\p{Sc}|(?<![\\p{L}\\p{N}])(?:${CURRENCY}))\\s?${NUMBER}${THOUSANDS}?(?![\\p{L}\\p{N}])` +
    `|(?<![\\p{N}.,])${NUMBER}${THOUSANDS}?\\s?(?:\\p{Sc}|(?:${CURRENCY})(?![\\p{L}\\p{N}]))`,
  "giu",
);
/** With a country code; nine digits or more; a local number with its code, or in the form 555-0123. */
const PHONE =
  /(?<![\p{N}+])(?:(?:\+|00)\p{Nd}(?:[\s()./-]{0,3}\p{Nd}){6,18}|\(?\p{Nd}(?:[\s()./-]{0,3}\p{Nd}){8,18}|0\p{Nd}{1,4}[\s/-]\p{Nd}{3,8}|\p{Nd}{3}-\p{Nd}{4})(?!\p{Nd})/gu;
/** Dates and times have as many digits as numbers that can be called. */
const DATE =
  /(?<!\d)(?:(?:19|20)\d{2}([./-])(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([./-]) ?(?:0?[1-9]|1[0-2])\2 ?(?:19|20)\d{2})(?!\d)(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?/g;

const STREET =
  "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Sq|Way|Place|Pl|Terrace|Close|Crescent|Highway|Hwy|Parkway|Pkwy|Quay|Mews";
const TOWN = "\\p{Lu}[\\p{L}\\p{M}'.-]{1,30}(?: \\p{Lu}[\\p{L}\\p{M}'.-]{1,30})?";
const CODE = "(?:[A-Z]{1,3}-)?\\p{Nd}{4,5}";
/** A post code and a town behind a street. */
const PLACE = `(?:, ?(?:${CODE} )?${TOWN})?`;
const ADDRESSES = /* @__PURE__ */ [
  // 12 Main Street, 221B Baker St.
  `(?<![\\p{L}\\p{N}])\\p{Nd}{1,5}[A-Za-z]? (?:\\p{Lu}[\\p{L}\\p{M}'.-]{1,24} ){1,4}(?:${STREET})(?![\\p{L}])\\.?${PLACE}`,
  // Hauptstraße 12, Am-Ring 3a, Lange Straße 5
  `(?<![\\p{L}\\p{N}])(?:\\p{Lu}[\\p{L}\\p{M}-]{1,30}(?:straße|strasse|str\\.|weg|platz|allee|gasse|ufer|ring|damm)|\\p{Lu}[\\p{L}\\p{M}-]{1,30} (?:Straße|Strasse|Str\\.|Weg|Platz|Allee|Gasse|Ufer|Ring|Damm)) ?\\p{Nd}{1,4} ?[a-z]?(?![\\p{L}\\p{N}])${PLACE}`,
  // 12 bis rue de la Paix
  `(?<![\\p{L}\\p{N}])\\p{Nd}{1,4}(?: ?(?:bis|ter))?,? (?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Cc]hemin|[Qq]uai|[Ii]mpasse|[Aa]llée|[Rr]oute|[Cc]ours)(?: (?:d[eu]s?|la|le|les|l'|d'))*(?: ?\\p{Lu}[\\p{L}\\p{M}'-]{1,24}){1,4}${PLACE}`,
  // Calle de Alcalá 42, Via Roma, 7
  `(?<![\\p{L}\\p{N}])(?:[Cc]alle|[Aa]venida|[Pp]laza|[Pp]aseo|[Cc]arrer|[Vv]ia|[Vv]iale|[Cc]orso|[Pp]iazza|[Ll]argo) (?:(?:de|del|di|della|dei|la|las|los|el) ){0,3}(?:\\p{Lu}[\\p{L}\\p{M}'.-]{1,24} ?){1,4},? ?(?:n[.º°]{0,2} ?)?\\p{Nd}{1,4}(?![\\p{L}\\p{N}])${PLACE}`,
  "(?<![\\p{L}\\p{N}])(?:P\\.? ?O\\.? ?Box|Postfach|Apartado|Casella Postale|BP) \\p{Nd}[\\p{Nd} ]{0,8}",
  // Post codes that nothing else looks like: SW1A 1AA, NY 10001
  "(?<![\\p{L}\\p{N}])(?:[A-Z]{1,2}\\p{Nd}[A-Z\\p{Nd}]? \\p{Nd}[A-Z]{2}|[A-Z]{2} \\p{Nd}{5}(?:-\\p{Nd}{4})?)(?![\\p{L}\\p{N}])",
];

const PATTERNS: { readonly [kind in KindRule]: () => RegExp } = {
  emails: () => EMAIL,
  links: () => LINK,
  amounts: () => AMOUNT,
  phones: () => PHONE,
  addresses: () => {
    address ??= new RegExp(ADDRESSES.join("|"), "gu");
    return address;
  },
};
let address: RegExp | undefined;

/** The kinds, in the order in which one of two that find the same counts. */
export const KINDS = [
  "emails",
  "links",
  "amounts",
  "phones",
  "addresses",
] as const satisfies readonly KindRule[];

/** What stands in the place of each. */
export const PLACEHOLDERS: { readonly [kind in KindRule]: string } = {
  emails: "[email]",
  links: "[link]",
  amounts: "[amount]",
  phones: "[phone]",
  addresses: "[address]",
};

/** Where a kind of thing stands in the shape of a text. */
export function findKind(kind: KindRule, shape: string): readonly (readonly [start: number, end: number])[] {
  const text = kind === "phones" ? shape.replace(DATE, (date) => "|".repeat(date.length)) : shape;
  return Array.from(text.matchAll(PATTERNS[kind]()), ({ 0: found, index }) => [index, index + found.length]);
}
