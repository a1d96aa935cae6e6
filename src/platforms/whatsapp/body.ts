import { BEGINNINGS, DELETED, LIVE_LOCATION } from "./words.js";

/**
 * The text of the message that is being read, line by line. It is cut out of the file once, at its end; nothing
 * goes through it character by character.
 */
export type Body = {
  /** Gets ready for a piece of text. */
  enter(text: string): void;
  /** Begins with the rest of the line that starts here; `bracketed` is how iPhones write. Gives where the line ends. */
  begin(start: number, bracketed: boolean): number;
  /** Goes on with a whole line. Gives where it ends. */
  add(start: number): number;
  /** Goes on with an empty line. */
  addBlank(): void;
  /** Keeps what there is: the piece of text it lies in is about to go. */
  leave(): void;
  /** How long it is so far, in UTF-16 code units. */
  length(): number;
  /**
   * The text, with `\n` for all line breaks and no white space at its ends; `plain` says whether nothing in it can
   * be the platform's, as in most.
   */
  finish(): { readonly raw: string; readonly plain: boolean };
};

/** Beyond any text; small enough to be a machine integer. */
const NOWHERE = 0x3fffffff;
/** Texts that stand for something else as a whole are not longer. */
const MAX_MARKER = 160;
/** What iPhones write at the end of a caption, `image omitted` in the longest language, with their mark before it. */
const MAX_ENDING = 28;
const LRM = 0x200e;

/** Makes a body to be used again and again. */
export function newBody(): Body {
  const markers = markersByFirstCode();
  const finished = { raw: "", plain: false };
  let text = "";
  /** What lay in pieces that are gone. */
  let kept = "";
  let start = -1;
  let stop = -1;
  let firstStop = -1;
  /** Line breaks since the last line that was not blank. */
  let breaks = 0;
  let isBracketed = false;
  /** The next `@` in the piece: looked up once for many messages. */
  let nextAt = -1;

  const takeLine = (from: number): number => {
    const newline = text.indexOf("\n", from);
    const end = newline < 0 ? text.length : newline;
    stop = end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    return end;
  };

  return {
    enter(piece) {
      text = piece;
      nextAt = -1;
    },
    begin(from, bracketed) {
      isBracketed = bracketed;
      kept = "";
      breaks = 0;
      start = from;
      while (text.charCodeAt(start) === 32) start += 1;
      const end = takeLine(start);
      firstStop = stop;
      return end;
    },
    add(from) {
      if (start < 0) {
        kept += "\n".repeat(breaks + 1);
        start = from;
      }
      breaks = 0;
      return takeLine(from);
    },
    addBlank: () => {
      breaks += 1;
    },
    leave() {
      if (start >= 0) kept += text.slice(start, stop);
      start = -1;
      stop = -1;
    },
    length: () => kept.length + stop - start,
    finish() {
      const here = start < 0 ? "" : text.slice(start, stop);
      if (kept === "" && text.charCodeAt(stop - 1) !== 32 && (stop === firstStop || !here.includes("\r"))) {
        finished.raw = here;
        finished.plain = here !== "" && isPlain();
      } else {
        finished.raw = (kept + here).replace(/\r\n?/g, "\n").trimEnd();
        finished.plain = false;
      }
      return finished;
    },
  };

  /** Quick questions only, each of which can be wrong in one direction: towards a closer look. */
  function isPlain(): boolean {
    const first = text.charCodeAt(start);
    const last = text.charCodeAt(stop - 1);
    if (first === LRM || first === 60 || isClosing(last) || isClosing(text.charCodeAt(firstStop - 1)))
      return false;
    if (isBracketed) {
      for (let at = Math.max(start, stop - MAX_ENDING); at < stop; at++)
        if (text.charCodeAt(at) === LRM) return false;
    }
    if (nextAt < start) {
      const found = text.indexOf("@", start);
      nextAt = found < 0 ? NOWHERE : found;
    }
    if (nextAt < stop) return false;
    // A place ends with the digits of its coordinates.
    if (last >= 48 && last <= 57 && text.slice(start, stop).includes("maps.google.com/")) return false;
    if (stop - start > MAX_MARKER) return true;
    const candidates = markers.get(first);
    if (candidates) for (const marker of candidates) if (text.startsWith(marker, start)) return false;
    return true;
  }
}

/** What the platform's words end with, on the first line or the last: `>`, `)`, `:`, or a space behind one of them. */
function isClosing(code: number): boolean {
  return code === 62 || code === 41 || code === 58 || code === 32;
}

/** How texts that stand for something else begin, by their first character. */
function markersByFirstCode(): ReadonlyMap<number, readonly string[]> {
  const map = new Map<number, string[]>();
  const add = (marker: string): void => {
    const code = marker.charCodeAt(0);
    const others = map.get(code) ?? [];
    if (!others.some((other) => marker.startsWith(other))) map.set(code, [...others, marker]);
  };
  for (const marker of ["null", ...BEGINNINGS, ...DELETED]) add(marker);
  for (const phrase of LIVE_LOCATION) {
    add(phrase);
    add(phrase.charAt(0).toUpperCase() + phrase.slice(1));
  }
  return map;
}
