import type { ImportWarning, ImportWarningCode } from "../../model/history.js";

const LINES_KEPT = 20;

const TEXTS: { readonly [code in ImportWarningCode]: (count: number, lines: string) => string } = {
  UNPARSED_LINES: (n, at) =>
    `${n} ${n === 1 ? "line" : "lines"} before the first message could not be read and ${n === 1 ? "was" : "were"} left out (${at}).`,
  AMBIGUOUS_DATES: (n, at) =>
    `The dates of ${n} messages can be read day first and month first, so their times are not known (${at}). Say which: dateOrder: "dmy" or "mdy".`,
  ASSUMED_DATE_ORDER: (n, at) =>
    `No date of ${n} messages settles whether the day or the month comes first; the likelier order was taken (${at}). To be sure, give dateOrder: "dmy" or "mdy".`,
  IMPOSSIBLE_DATES: (n, at) =>
    `${n} ${n === 1 ? "line looks" : "lines look"} like a message with a date that does not exist, and ${n === 1 ? "was" : "were"} kept as text (${at}).`,
  REPEATED_HOUR: (n, at) =>
    `${n} messages fall into the hour that was repeated when the clocks went back; they were put in the order of the file (${at}).`,
  SKIPPED_HOUR: (n, at) =>
    `${n} messages are from an hour that was skipped when the clocks went forward; they were moved to after it (${at}). Is the time zone right?`,
  PASTED_LINES: (n, at) =>
    `${n} ${n === 1 ? "line looks" : "lines look"} like messages of another export pasted into this one, and ${n === 1 ? "was" : "were"} kept as text (${at}).`,
  AMBIGUOUS_AUTHOR: (n, at) =>
    `The author of ${n} messages has a colon in the name, as far as can be told from so few lines (${at}).`,
  UNSAFE_ATTACHMENT: (n, at) =>
    `${n} ${n === 1 ? "attachment has a name" : "attachments have names"} that would lead outside the export's folder; ${n === 1 ? "it was" : "they were"} not taken over (${at}).`,
  INVALID_CHARACTERS: (n, at) =>
    `${n} ${n === 1 ? "line has" : "lines have"} bytes that are not text in the file's encoding (${at}). Was the file converted?`,
};

/** Collects what a parser is unsure of, by line. */
export type Warnings = {
  add(code: ImportWarningCode, line: number): void;
  list(): readonly ImportWarning[];
};

/** Starts collecting. */
export function collectWarnings(): Warnings {
  const found = new Map<ImportWarningCode, { count: number; lines: number[] }>();
  return {
    add(code, line) {
      let entry = found.get(code);
      if (!entry) {
        entry = { count: 0, lines: [] };
        found.set(code, entry);
      }
      entry.count += 1;
      if (entry.lines.length < LINES_KEPT) entry.lines.push(line);
    },
    list: () =>
      [...found].map(([code, { count, lines }]) => ({
        code,
        message: TEXTS[code](count, where(lines, count)),
        lines: [...lines],
        count,
      })),
  };
}

function where(lines: readonly number[], count: number): string {
  const shown = lines.slice(0, 3).join(", ");
  return `${count === 1 ? "line" : "lines"} ${shown}${count > 3 ? ", ..." : ""}`;
}
