import type { Slice } from "../slices/slice.js";
import { type Clock, clockOf } from "./clock.js";
import { type MessageStyle, messageHtml } from "./html-message.js";
import { bdi, escapeHtml } from "./html-text.js";
import { isDigits, type Note, notesOf } from "./notes.js";
import type { RenderOptions } from "./options.js";
import { counted } from "./poll.js";
import { hasChannels, numbered, shownLines, shownName } from "./shown.js";
import { STYLE } from "./style.js";

/** Nothing is loaded and nothing runs, whatever a browser might make of a text. */
const SECURITY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * A slice as a page: one file without scripts, that loads nothing, for phone, desktop and paper, light and dark. What people
 * wrote is text, also where it looks like markup or a link.
 *
 * ```ts
 * const page = sliceToHtml(slice, { timeZone: "Europe/Berlin" });
 * ```
 *
 * @throws InvalidInputError `INVALID_INPUT` where `timeZone` is not a zone.
 */
export function sliceToHtml(slice: Slice, { timeZone = "UTC" }: RenderOptions = {}): string {
  const clock = clockOf(timeZone);
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${SECURITY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="robots" content="noindex">',
    `<title>${escapeHtml(shownName(slice.title))}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    "<main>",
    headHtml(slice, timeZone),
    ...messagesHtml(slice, clock),
    "</main>",
    footHtml(slice, clock),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function headHtml({ title, recipient, messages, policy }: Slice, timeZone: string): string {
  const facts = [
    ...(recipient === null ? [] : [`<span>For <b>${bdi(recipient)}</b></span>`]),
    `<span>${counted(messages.length, "message")}</span>`,
    `<span>Times in ${escapeHtml(timeZone)}</span>`,
  ];
  const { disclosure } = policy;
  return [
    '<header class="head">',
    ...(disclosure ? [`<p class="disclosure">${bdi(disclosure)}</p>`] : []),
    `<h1 dir="auto" lang="">${escapeHtml(shownName(title))}</h1>`,
    `<p class="facts">${facts.join(" ")}</p>`,
    "</header>",
  ].join("\n");
}

function messagesHtml(slice: Slice, clock: Clock): readonly string[] {
  const people = new Map<string | null, number>();
  for (const { author } of slice.messages) if (!people.has(author)) people.set(author, people.size);
  const style: MessageStyle = { clock, people, channels: hasChannels(slice) };
  const lines: string[] = [];
  let day = "";
  for (const one of numbered(slice)) {
    const today = clock.day(one.message.at);
    if (today !== day) lines.push(...(day === "" ? [] : ["</ol>"]), `<h2>${today}</h2>`, "<ol>");
    day = today;
    lines.push(`<li>${messageHtml(one, style)}</li>`);
  }
  return day === "" ? ["<p>There are no messages.</p>"] : [...lines, "</ol>"];
}

function footHtml(slice: Slice, clock: Clock): string {
  const rows = notesOf(slice, clock).map(
    (note) => `<div><dt>${note.label}</dt><dd${attributesOf(note)}>${noteText(note)}</dd></div>`,
  );
  return ["<footer>", "<h2>About this copy</h2>", "<dl>", ...rows, "</dl>", "</footer>"].join("\n");
}

function attributesOf(note: Note): string {
  return isDigits(note) ? ' class="digits"' : ' dir="auto"';
}

function noteText({ text }: Note): string {
  return escapeHtml(shownLines(text).join("\n"));
}
