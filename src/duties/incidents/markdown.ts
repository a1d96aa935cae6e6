import { cleanName, stripInvisible } from "../../kernel/text.js";

// Text of people within a Markdown document of ours. CommonMark lets any ASCII punctuation be escaped.

/** What means something wherever it stands: emphasis, code, links, HTML, tables, headings, links without brackets. */
const ANYWHERE = /[\\`*_{}[\]<>#!|~&:^$]/g;
/** What means something at the beginning of a line: lists, rules, and the underlines that make headings. */
const AT_START = /^[-+=]/;
const NUMBERED = /^(\d+)([.)])/;
const LINES = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;

/** A text on one line. */
export function inline(text: string): string {
  return escaped(cleanName(text)) || "(no text)";
}

/** A text as a quotation of a list item, with empty lines around it; nothing where there is nothing to see. */
export function quotation(text: string): readonly string[] {
  const lines = stripInvisible(text)
    .trim()
    .split(LINES)
    .map((line) => `  > ${escaped(cleanName(line))}`.trimEnd());
  return lines.some((line) => line !== "  >") ? ["", ...lines, ""] : [];
}

function escaped(line: string): string {
  return line.replace(ANYWHERE, "\\$&").replace(AT_START, "\\$&").replace(NUMBERED, "$1\\$2");
}
