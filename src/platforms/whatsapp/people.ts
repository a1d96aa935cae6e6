import type { Participant } from "../../model/history.js";
import { type Author, readAuthor } from "./authors.js";
import { hashOf } from "./identity.js";
import { beginsNotice, firstColon, MAX_NAME } from "./lines.js";
import type { Survey } from "./survey.js";

/** A name as the file writes it, with what was made of it. */
export type Writer = {
  /** The name as it is written, with what follows it. */
  readonly head: string;
  readonly author: Author;
  /** Shared by all spellings of one person. */
  readonly person: Person;
  /** Of the person's id. */
  readonly hash: number;
  /** Wrote something, so is a person and not a group that notices stand under. */
  speaks: boolean;
  /** Longer names begin with this one, so each line has to be looked at. */
  readonly isBase: boolean;
  /** The name has a colon in it, as far as can be told. */
  readonly isGuess: boolean;
};

/** How much somebody has said, and who was first. */
export type Person = { readonly author: Author; messages: number; rank: number };

/** The people of a chat. */
export type People = {
  /** Who wrote the line whose text begins at `start`, and where the name ends; `undefined` for a notice. */
  find(
    text: string,
    start: number,
    style: number,
    survey: Survey,
  ): { readonly writer: Writer; readonly end: number } | undefined;
  /** Counts a message. */
  count(person: Person): void;
  list(): readonly Participant[];
};

/** A hostile file may hold any number of names; a chat does not. */
const MAX_NAMES = 100_000;
/** More names than this that begin alike are looked up by the whole name. */
const MAX_CANDIDATES = 16;

/** Starts with nobody. */
export function meetPeople(): People {
  const writers = new Map<string, Writer>();
  // The same by their first characters: looked up for every message, without a copy of the name.
  const byFirst = new Map<number, Writer[]>();
  const persons = new Map<string, Person>();
  // Handed out again and again: one a line would be garbage.
  const found = { writer: undefined as unknown as Writer, end: 0 };
  let spoken = 0;

  const remember = (name: string, { roster, speakers }: Survey): Writer => {
    const author = readAuthor(name);
    const person = persons.get(author.id) ?? { author, messages: 0, rank: 0 };
    const writer = {
      head: `${name}: `,
      author,
      person,
      hash: hashOf(author.id),
      speaks: speakers.has(name),
      isBase: roster.mayBeLonger(name),
      isGuess: roster.isGuessed(name),
    };
    if (writers.size < MAX_NAMES) {
      writers.set(name, writer);
      if (!writer.isBase) byFirst.set(firstOf(name, 0), [...(byFirst.get(firstOf(name, 0)) ?? []), writer]);
      persons.set(author.id, person);
    }
    return writer;
  };

  return {
    find(text, start, style, survey) {
      const candidates = byFirst.get(firstOf(text, start));
      if (candidates && candidates.length <= MAX_CANDIDATES) {
        for (const candidate of candidates) {
          if (!text.startsWith(candidate.head, start)) continue;
          found.writer = candidate;
          found.end = start + candidate.head.length - 2;
          return found;
        }
      }
      const colon = firstColon(text, start, style);
      if (colon < 0) return undefined;
      found.end = colon;
      const short = text.slice(start, colon);
      const known = writers.get(short);
      if (known && !known.isBase) {
        found.writer = known;
        return found;
      }
      if (!known && beginsNotice(short)) return undefined;
      const line = text.slice(start, start + MAX_NAME + 2).split("\n", 1)[0] ?? "";
      const length = survey.roster.lengthOf(line);
      if (length <= short.length) {
        found.writer = known ?? remember(short, survey);
        return found;
      }
      const long = line.slice(0, length);
      found.writer = writers.get(long) ?? remember(long, survey);
      found.end = start + length;
      return found;
    },
    count(person) {
      if (person.messages === 0) person.rank = spoken++;
      person.messages += 1;
    },
    list: () =>
      [...persons.values()]
        .filter(({ messages }) => messages > 0)
        .sort((a, b) => a.rank - b.rank)
        .map(({ author, messages }) => ({ ...author, messages })),
  };
}

/** A number from the first two characters of a name. */
function firstOf(text: string, start: number): number {
  return (text.charCodeAt(start) << 16) | text.charCodeAt(start + 1);
}
