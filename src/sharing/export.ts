import { zoneOf } from "../kernel/zone.js";
import type { Slice, SliceMessage } from "./slice.js";

/** A slice as JSON, indented, with a final line break. The same slice gives the same bytes. */
export function sliceToJson(slice: Slice): string {
  return `${JSON.stringify(slice, null, 2)}\n`;
}

/**
 * A slice as Markdown to read. Text of messages is escaped, so that nothing in it becomes markup, an image or
 * HTML on the page where it is shown.
 *
 * `timeZone` is the zone in which times are written, as IANA name.
 */
export function sliceToMarkdown(
  slice: Slice,
  { timeZone = "UTC" }: { timeZone?: string | undefined } = {},
): string {
  const zone = zoneOf(timeZone);
  const local = (at: number) => new Date(at + zone.offsetAt(at)).toISOString().slice(0, 16).replace("T", " ");
  const lines = [`# ${plain(slice.title)}`, ""];
  lines.push(`${slice.messages.length} messages, times in ${timeZone}.`, "");
  for (const message of slice.messages) lines.push(...showMessage(message, local(message.at)), "");
  const redacted = Object.values(slice.redactions).reduce((all, count) => all + count, 0);
  const notes = [
    ...(redacted > 0 ? [`${redacted} redactions`] : []),
    ...(slice.leftOut > 0 ? [`${slice.leftOut} answered messages left out`] : []),
  ];
  if (notes.length > 0) lines.push("---", "", `${notes.join(", ")}.`, "");
  return lines.join("\n");
}

function showMessage(message: SliceMessage, time: string): string[] {
  const flags = [...(message.pinned ? ["pinned"] : []), ...(message.edited ? ["edited"] : [])];
  const reply = message.replyTo === null ? "" : ` (answers ${message.replyTo})`;
  const head = `**${plain(message.author ?? "notice")}** · ${time} · ${message.id}${reply}`;
  const lines = [flags.length > 0 ? `${head} · ${flags.join(", ")}` : head, ""];
  if (message.body !== "")
    lines.push(...message.body.split("\n").map((line) => (line === "" ? ">" : `> ${plain(line)}`)));
  if (message.poll) {
    lines.push(`> ${plain(message.poll.question)}`, ">");
    message.poll.options.forEach((option, index) => {
      const votes = message.poll?.votes[index] ?? 0;
      lines.push(`> - ${plain(option)}: ${votes}`);
    });
  }
  for (const { kind, name } of message.attachments)
    lines.push(`> *${kind}${name === null ? "" : `: ${plain(name)}`}*`);
  return lines;
}

function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+\-.!|~&]/g, (character) => {
    if (character === "<") return "&lt;";
    if (character === ">") return "&gt;";
    if (character === "&") return "&amp;";
    return `\\${character}`;
  });
}
