import { cleanName, stripInvisible } from "./text.js";

// Text of people within a Markdown document of ours. CommonMark lets any ASCII punctuation be escaped; other dialects do
// not know all of these escapes, so what begins HTML is an entity.

/** What means something wherever it stands: emphasis, code, links, tables, headings, mail addresses, mathematics. */
const ANYWHERE = /[\\`*_{}[\]#!|~&:^$@]/g;
/** What means something twice in a row: highlights, insertions, comments. */
const DOUBLED = /=(?==)|\+(?=\+)|%(?=%)/g;
/** What begins a link without brackets. */
const WWW = /(www)\./gi;
/** What means something at the beginning of a line: lists, rules, the underlines that make headings. */
const AT_START = /^(\s*)([-+=])/;
const NUMBERED = /^(\s*\d+)([.)])/;
const LINES = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** One line of text of which nothing is markup, whatever stands before or after that line. */
export function escapeMarkdown(line: string): string {
  return line
    .replace(ANYWHERE, "\\$&")
    .replace(DOUBLED, "\\$&")
    .replace(WWW, "$1\\.")
    .replace(AT_START, "$1\\$2")
    .replace(NUMBERED, "$1\\$2")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** The lines of a text, whatever ends them. */
export function linesOf(text: string): readonly string[] {
  return text.split(LINES);
}

/** A text on one line. */
export function inline(text: string): string {
  return escapeMarkdown(cleanName(text)) || "(no text)";
}

/** A text as a quotation of a list item, with empty lines around it; nothing where there is nothing to see. */
export function quotation(text: string): readonly string[] {
  const lines = linesOf(stripInvisible(text).trim()).map((line) =>
    `  > ${escapeMarkdown(cleanName(line))}`.trimEnd(),
  );
  return lines.some((line) => line !== "  >") ? ["", ...lines, ""] : [];
}
