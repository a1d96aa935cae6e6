/** What a rendered slice is made of, as Markdown reads it. */
export type ReadMarkdown = {
  /** Lines in which something means something that is not ours. */
  readonly unescaped: readonly string[];
  readonly headings: number;
  readonly messages: number;
};

/** What we write ourselves at the beginning of a line, and what may stand behind it. */
const FRAME = [
  /^# /,
  /^## /,
  /^\*\*Disclosure:\*\* /,
  /^---$/,
  /^- \*\*(?:Redacted|Left out|Terms|Legal|Made|Frozen|Copy):\*\* ?/,
  /^- \*\*(?:Seal|Key):\*\* `[^`\n]*`$/,
  /^> \*\*Poll:\*\* /,
  /^> - /,
  /^>$/,
  /^> /,
  /^ {2}(?! )/,
];
const MESSAGE = /^\*\*\d+\. (.*?)\*\* \u00b7 /;
const ANSWER = /^> \*((?!\*).*)\*$/;

export function readMarkdown(text: string): ReadMarkdown {
  const lines = text.split("\n");
  return {
    unescaped: lines.filter((line) => !isPlain(line)),
    headings: lines.filter((line) => /^ {0,3}#/.test(line)).length,
    messages: lines.filter((line) => MESSAGE.test(line)).length,
  };
}

function isPlain(line: string): boolean {
  if (line === "") return true;
  const message = MESSAGE.exec(line);
  if (message) return isText(message[1] ?? "") && isText(line.slice(message[0].length));
  const answer = ANSWER.exec(line);
  if (answer && isText(answer[1] ?? "")) return true;
  const frame = FRAME.find((one) => one.test(line));
  const rest = frame ? line.replace(frame, "") : line;
  return isText(rest) && !/^\s*(?:[-+=]|\d+[.)])/.test(rest) && !/^(?: {4}|\t)/.test(rest);
}

function isText(text: string): boolean {
  const bare = text.replace(/\\[!-/:-@[-`{-~]|&[lg]t;/g, " ");
  return !/[\\`*_{}[\]<>#!|~&^$@]|==|\+\+|%%|:\/\/|www\.|[\u202a-\u202e\u2066-\u2069\r\v\f\u0085\u2028\u2029]/i.test(
    bare,
  );
}
