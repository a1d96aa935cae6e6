import { linesOf } from "../../kernel/markdown.js";
import { cleanName } from "../../kernel/text.js";
import type { Slice, SliceMessage } from "../slices/slice.js";

// Texts of people as a rendering shows them. The marks by which a copy can be told (U+2061 to U+2064) stay.

/** Embeddings, overrides and isolates, which turn round what stands beside them, and controls that are no white space. */
const HARMFUL = /[\u202a-\u202e\u2066-\u206f\ufff9-\ufffb]|[^\P{Cc}\s]/gu;
/** How much of an answered message is repeated, in characters. */
const EXCERPT = 90;

/** The lines of a text, without anything that changes how other text is shown. */
export function shownLines(text: string): readonly string[] {
  const lines = linesOf(text).map((line) => line.replace(HARMFUL, "").trimEnd());
  const first = lines.findIndex((line) => line !== "");
  const last = lines.findLastIndex((line) => line !== "");
  return first < 0 ? [] : lines.slice(first, last + 1);
}

/** A name on one line; there is always something to see. */
export function shownName(name: string | null): string {
  return (name === null ? "" : cleanName(name)) || "(no name)";
}

/** The beginning of a text, on one line. */
function excerpt(text: string): string {
  const [line = ""] = shownLines(text);
  const characters = Array.from(line.trim());
  return characters.length > EXCERPT
    ? `${characters.slice(0, EXCERPT).join("").trimEnd()}\u2026`
    : line.trim();
}

/** What a message is in short, for whoever answers it. */
export function gist({ body, poll, attachments }: SliceMessage): string {
  const [attachment] = attachments;
  return excerpt(body) || excerpt(poll?.question ?? "") || (attachment ? shownName(attachment.kind) : "");
}

/** A message with its number in the slice, and the one it answers. */
export type NumberedMessage = {
  readonly number: number;
  readonly message: SliceMessage;
  readonly answers: { readonly number: number; readonly message: SliceMessage } | null;
};

/** Messages by number, from 1: what ids are is up to whoever wrote the slice. */
export function numbered({ messages }: Slice): readonly NumberedMessage[] {
  const byId = new Map(messages.map((message, index) => [message.id, { number: index + 1, message }]));
  return messages.map((message, index) => ({
    number: index + 1,
    message,
    answers: message.replyTo === null ? null : (byId.get(message.replyTo) ?? null),
  }));
}

/** What is to be said of a message beside what it says. */
export function flagsOf({ pinned, edited, context }: SliceMessage): readonly string[] {
  return [...(pinned ? ["pinned"] : []), ...(edited ? ["edited"] : []), ...(context ? ["for context"] : [])];
}

/** Whether messages come from several channels, so that each has to say from which. */
export function hasChannels({ messages }: Slice): boolean {
  return new Set(messages.map(({ channel }) => channel)).size > 1;
}
