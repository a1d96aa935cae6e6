import { foldText } from "./skeleton.js";

/** What stands in the place of people and of other things, without giving away what it hides. */
export type Pseudonyms = {
  /** The name under which a person appears: the same one every time. */
  of(person: string): string;
  /** A placeholder, or the mask where the placeholder would say what is hidden. */
  safe(placeholder: string): string;
  /** What says nothing at all. */
  readonly mask: string;
};

const MASKS = ["███", "***", "---"] as const;

/** Pseudonyms that hold none of these terms, which are given in the form in which texts are compared. */
export function pseudonyms(terms: readonly string[]): Pseudonyms {
  const secrets = terms.filter((term) => term !== "");
  const known = new Map<string, boolean>();
  const isSafe = (text: string): boolean => {
    const folded = foldText(text);
    const safe = known.get(folded) ?? !secrets.some((term) => folded.includes(term));
    known.set(folded, safe);
    return safe;
  };
  const mask = MASKS.find(isSafe) ?? "";
  const names = new Map<string, string>();
  return {
    mask,
    of(person) {
      const before = names.get(person);
      if (before !== undefined) return before;
      const number = names.size + 1;
      const name = [`Person ${number}`, `P${number}`, `${mask}${number}`].find(isSafe) ?? mask;
      names.set(person, name);
      return name;
    },
    safe: (placeholder) => (isSafe(placeholder) ? placeholder : mask),
  };
}
