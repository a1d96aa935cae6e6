import type { Message } from "../../model/message.js";
import { termsOf } from "./terms.js";

/** The words of a message. Those of one part stand next to one another, those of different parts do not. */
export type Words = {
  /** What it says: body, question and options of a poll, names of files. */
  readonly said: readonly (readonly string[])[];
  /** What its author is called. It counts less. */
  readonly by: readonly string[];
};

/** What a message has to say of itself to be found. */
export type Searchable = Pick<
  Message,
  "kind" | "body" | "author" | "authorName" | "attachments" | "poll" | "deletedAt"
>;

/** Names of members, by id. Authors of imports bring their own. */
export type Names = ReadonlyMap<string, string>;

/** Whether a message can be found at all: what was deleted and notices of the platform cannot. */
export function isSearchable({ kind, deletedAt }: Searchable): boolean {
  return deletedAt === null && kind !== "deleted" && kind !== "system";
}

/** The words by which a message is found. */
export function wordsOf(message: Searchable, names: Names | undefined): Words {
  const { body, poll, attachments, author, authorName } = message;
  const texts = [
    body,
    ...(poll ? [...(poll.question === body ? [] : [poll.question]), ...poll.options] : []),
    ...attachments.map(({ name }) => name ?? ""),
  ];
  const name = authorName ?? (author === null ? "" : (names?.get(author) ?? author));
  return { said: texts.map(termsOf).filter((terms) => terms.length > 0), by: termsOf(name) };
}
