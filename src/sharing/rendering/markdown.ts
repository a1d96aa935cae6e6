import { escapeMarkdown } from "../../kernel/markdown.js";
import type { Slice, SliceMessage } from "../slices/slice.js";
import { type Clock, clockOf } from "./clock.js";
import { isDigits, notesOf, summaryOf } from "./notes.js";
import type { RenderOptions } from "./options.js";
import { counted, pollResults } from "./poll.js";
import {
  flagsOf,
  gist,
  hasChannels,
  type NumberedMessage,
  numbered,
  shownLines,
  shownName,
} from "./shown.js";

/**
 * A slice as Markdown to read. What people wrote is escaped, so that nothing in it becomes markup, a link, an image or HTML on
 * the page where it is shown.
 *
 * ```ts
 * const text = sliceToMarkdown(slice, { timeZone: "Europe/Berlin" });
 * ```
 *
 * @throws InvalidInputError `INVALID_INPUT` where `timeZone` is not a zone.
 */
export function sliceToMarkdown(slice: Slice, { timeZone = "UTC" }: RenderOptions = {}): string {
  const clock = clockOf(timeZone);
  const channels = hasChannels(slice);
  const lines = [`# ${name(slice.title)}`, ""];
  const { disclosure } = slice.policy;
  if (disclosure) lines.push(`**Disclosure:** ${name(disclosure)}`, "");
  lines.push(escapeMarkdown(summaryOf(slice, timeZone)), "");
  let day = "";
  for (const one of numbered(slice)) {
    const today = clock.day(one.message.at);
    if (today !== day) lines.push(`## ${today}`, "");
    day = today;
    lines.push(...messageLines(one, clock, channels), "");
  }
  lines.push("---", "");
  for (const note of notesOf(slice, clock)) {
    const [first = "", ...more] = isDigits(note) ? [`\`${word(note.text)}\``] : escaped(note.text);
    lines.push(`- **${note.label}:** ${first}`, ...more.map((line) => `  ${line}`.trimEnd()));
  }
  return `${lines.join("\n")}\n`;
}

function messageLines({ number, message, answers }: NumberedMessage, clock: Clock, channels: boolean) {
  const { author, at, channel } = message;
  const parts = [
    `**${number}. ${name(author)}**`,
    clock.time(at),
    ...(channels ? [`in ${name(channel)}`] : []),
    ...(answers ? [`answers ${answers.number}`] : []),
    ...flagsOf(message),
  ];
  const blocks = [
    answers ? [`*${name(answers.message.author)}: ${escapeMarkdown(gist(answers.message))}*`] : [],
    escaped(message.body),
    ...(message.poll ? pollBlocks(message.poll) : []),
    message.attachments.map(
      ({ kind, name: file }) => `- ${name(kind)}${file === null ? "" : `: ${name(file)}`}`,
    ),
  ].filter((block) => block.length > 0);
  const quoted = blocks.flatMap((block, index) => (index === 0 ? block : ["", ...block]));
  return [parts.join(" \u00b7 "), "", ...quoted.map((line) => (line === "" ? ">" : `> ${line}`))];
}

function pollBlocks(poll: NonNullable<SliceMessage["poll"]>): readonly (readonly string[])[] {
  const results = pollResults(poll).map(
    ({ option, votes, percent }) => `- ${name(option)}: ${counted(votes, "vote")} (${percent}%)`,
  );
  return [[`**Poll:** ${name(poll.question)}`], results];
}

/** The lines of a text, each on a line of its own; spaces before them are kept, and do not make code of them. */
function escaped(text: string): readonly string[] {
  const lines = shownLines(text);
  return lines.map((line, index) => {
    const indented = line.replace(/^[\s\u2061-\u2064]+/, (space) => space.replace(/\s/g, "\u00a0"));
    const next = lines[index + 1];
    return escapeMarkdown(indented) + (line !== "" && next ? "  " : "");
  });
}

function name(text: string | null): string {
  return escapeMarkdown(shownName(text));
}

/** A text in which nothing can end code. */
function word(text: string): string {
  return shownName(text).replaceAll("`", "'");
}
