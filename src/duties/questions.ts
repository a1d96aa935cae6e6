import { entry } from "../kernel/record.js";
import type { OpenItem } from "../model/duties.js";
import { type Message, messagesOf, type Timeline } from "../model/message.js";

/** The most of a question that a note repeats, in characters. */
const TITLE = 200;

/** Latin, Greek, Armenian, Arabic, Ethiopic and full-width ones. */
const QUESTION_MARK = /[?\u037e\u055e\u061f\u1367\uff1f]/u;

/**
 * Messages of a channel that ask something and to which nobody else has replied or reacted: what is said in them has a
 * question mark, of whichever script.
 */
export function openQuestions(timeline: Timeline): readonly OpenItem[] {
  const messages = messagesOf(timeline);
  const answered = new Set<string>();
  for (const { replyTo, author } of messages) {
    if (replyTo !== null && entry(timeline.messages, replyTo)?.author !== author) answered.add(replyTo);
  }
  return messages
    .filter((message) => asks(message) && !answered.has(message.id) && !hasReaction(message))
    .map(({ id, body, at, author }) => ({
      kind: "question",
      id,
      title: [...body.replace(/\s+/g, " ").trim()].slice(0, TITLE).join(""),
      by: author ?? "",
      since: at,
      dueAt: null,
    }));
}

function asks({ kind, body, author }: Message): boolean {
  return kind === "text" && author !== null && QUESTION_MARK.test(body);
}

function hasReaction({ reactions, author }: Message): boolean {
  return Object.values(reactions).some((people) => people.some((person) => person !== author));
}
