import { cleanName } from "../../kernel/text.js";
import { MAX_NAME } from "./lines.js";

/** Who wrote, as a header names them. */
export type Author = {
  /** What identifies the person: the number where there is one, otherwise the name. */
  readonly id: string;
  readonly name: string;
  readonly phone?: string;
  readonly unsaved?: true;
};

const PHONE = /^\+\d[\d ()./-]{5,24}\d$/;
/** `~` before the name somebody gave themselves, for people who are not in the address book. */
const UNSAVED = /^~\s*/u;

/** Cleans the name in a header: `~` and invisible marks go, spaces become plain, numbers also get E.164 form. */
export function readAuthor(raw: string): Author {
  const shown = cleanName(raw);
  const unsaved = UNSAVED.test(shown);
  const name = unsaved ? shown.replace(UNSAVED, "") : shown;
  const flags = unsaved ? { unsaved: true as const } : {};
  if (!PHONE.test(name)) return { id: name, name, ...flags };
  const phone = `+${name.replace(/\D/g, "")}`;
  return { id: phone, name, phone, ...flags };
}

/**
 * Who may be the author of a line, decided over many lines: names may contain `: `, and so may what people
 * write.
 */
export type Roster = {
  /** Takes note of what follows a header. */
  add(rest: string): void;
  /** Settles the names. Call once, after the last `add`. */
  settle(): void;
  /** How many characters of this text are the author's name, -1 where there is no author. */
  lengthOf(rest: string): number;
  /** Whether longer names begin with this one, so that each line with it has to be looked at. */
  mayBeLonger(name: string): boolean;
  /** Whether a name with `: ` in it rests on how it looks, not on how often it occurs. */
  isGuessed(name: string): boolean;
};

const MAX_COLONS = 4;
/** A longer name that all lines of the shorter one have is the name, from this many lines on. */
const ENOUGH_LINES = 5;

/** Starts a roster. */
export function createRoster(): Roster {
  const counts = new Map<string, number>();
  const longer = new Set<string>();
  const bases = new Set<string>();
  const guessed = new Set<string>();

  return {
    add(rest) {
      for (const length of prefixes(rest)) {
        const name = rest.slice(0, length);
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    },
    settle() {
      // Shorter names come first, so that a name can grow by one part after the other.
      const names = [...counts.keys()]
        .filter((name) => name.includes(": "))
        .sort((a, b) => a.length - b.length);
      for (const name of names) {
        const base = name.slice(0, name.lastIndexOf(": "));
        const lines = counts.get(base) ?? 0;
        if (lines !== counts.get(name) || (base.includes(": ") && !longer.has(base))) continue;
        const part = name.slice(base.length + 2);
        if (lines < ENOUGH_LINES ? !looksLikeName(part) : !mayBeName(part)) continue;
        longer.add(name);
        bases.add(base);
        if (lines < ENOUGH_LINES) guessed.add(name);
      }
      counts.clear();
    },
    lengthOf(rest) {
      let best = -1;
      for (const length of prefixes(rest)) {
        if (best >= 0 && !longer.has(rest.slice(0, length))) break;
        best = length;
      }
      return best;
    },
    mayBeLonger: (name) => bases.has(name),
    isGuessed: (name) => guessed.has(name),
  };
}

/** Lengths of the texts before each `: `, the first few of them, as long as they could be names. */
function* prefixes(rest: string): Generator<number> {
  let from = 0;
  for (let colons = 0; colons < MAX_COLONS; colons++) {
    const colon = rest.indexOf(": ", from);
    if (colon < 1 || colon > MAX_NAME) return;
    yield colon;
    from = colon + 2;
  }
}

/** Nothing that the platform or a link begins with: somebody may send nothing but pictures. */
function mayBeName(part: string): boolean {
  return !/^[\u200e<@\p{Ll}]|:\/\//u.test(part);
}

/** `Room 2`, `North Team`: two words or more, each with a capital or a digit in front. Not `note`, not `Question`. */
function looksLikeName(part: string): boolean {
  const words = part.split(" ");
  return words.length >= 2 && words.every((word) => /^[\p{Lu}\p{N}]/u.test(word));
}
