import type { Slice } from "../slices/slice.js";
import { type Clock, clockOf } from "./clock.js";
import { notesOf, summaryOf } from "./notes.js";
import type { RenderOptions } from "./options.js";
import { counted, pollResults } from "./poll.js";
import { flagsOf, hasChannels, type NumberedMessage, numbered, shownLines, shownName } from "./shown.js";

/** What people wrote is indented, so that none of it can pass for the beginning of another message. */
const INDENT = "    ";

/**
 * A slice as plain text, for a mail or a terminal.
 *
 * ```ts
 * const text = sliceToText(slice, { timeZone: "Europe/Berlin" });
 * ```
 *
 * @throws InvalidInputError `INVALID_INPUT` where `timeZone` is not a zone.
 */
export function sliceToText(slice: Slice, { timeZone = "UTC" }: RenderOptions = {}): string {
  const clock = clockOf(timeZone);
  const channels = hasChannels(slice);
  const title = shownName(slice.title);
  const lines = [title, "=".repeat(Math.min(72, Array.from(title).length)), ""];
  const { disclosure } = slice.policy;
  if (disclosure) lines.push(`Disclosure: ${shownName(disclosure)}`, "");
  lines.push(summaryOf(slice, timeZone), "");
  let day = "";
  for (const one of numbered(slice)) {
    const today = clock.day(one.message.at);
    if (today !== day) lines.push(`--- ${today} ---`, "");
    day = today;
    lines.push(...messageLines(one, clock, channels), "");
  }
  lines.push("---", "");
  for (const { label, text } of notesOf(slice, clock)) {
    const [first = "", ...more] = shownLines(text);
    lines.push(`${label}: ${first}`, ...more.map(indented));
  }
  return `${lines.join("\n")}\n`;
}

function messageLines({ number, message, answers }: NumberedMessage, clock: Clock, channels: boolean) {
  const { author, at, channel, body, poll, attachments } = message;
  const flags = [
    ...(answers ? [`answers [${answers.number}]`] : []),
    ...(channels ? [`in ${shownName(channel)}`] : []),
    ...flagsOf(message),
  ];
  const about = flags.length > 0 ? ` (${flags.join(", ")})` : "";
  return [
    `[${number}] ${clock.time(at)} ${shownName(author)}${about}`,
    ...shownLines(body).map(indented),
    ...(poll ? [indented(`Poll: ${shownName(poll.question)}`)] : []),
    ...(poll
      ? pollResults(poll).map(({ option, votes, percent }) =>
          indented(`- ${shownName(option)}: ${counted(votes, "vote")} (${percent}%)`),
        )
      : []),
    ...attachments.map(({ kind, name }) =>
      indented(`[${shownName(kind)}${name === null ? "" : `: ${shownName(name)}`}]`),
    ),
  ];
}

function indented(line: string): string {
  return line === "" ? "" : INDENT + line;
}
