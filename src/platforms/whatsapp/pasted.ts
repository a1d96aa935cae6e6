import { emptyHeader, type Header, mayBegin, readHeader, Style } from "./header.js";

/** Whether a line that looks like a message is one; `wait` where the text that is there does not tell. */
export type Verdict = "message" | "text" | "wait";

/** Tells messages of a chat from messages of other chats that were pasted into it. */
export type PasteJudge = {
  /** Judges the line of `text` that begins at `start` with this header. Lines come in order. */
  judge(text: string, header: Header, start: number, final: boolean): Verdict;
  /** Says that what came before this place is gone: the rest of the text now begins at 0. */
  shift(by: number): void;
};

/** Headers of another style are pasted text if the chat's own style comes back within this many of them. */
const PASTED_RUN = 20;
/** How far to look for that, in UTF-16 code units. */
const LOOK_AHEAD = 1_048_576;

/**
 * Makes a judge. An export has one style of header, so a line in the chat's own style begins a message. One in
 * another style was pasted, unless the style has changed for good, as where two phones' exports were put
 * together.
 */
export function judgePasted(): PasteJudge {
  const ahead = emptyHeader();
  let style = -1;
  // Lines before these places have been found to be pasted, or to be messages.
  let pastedUntil = 0;
  let acceptedUntil = 0;

  return {
    judge(text, header, start, final) {
      if (header.style === style) return "message";
      if (style < 0 || start < acceptedUntil) {
        style = header.style;
        return "message";
      }
      // A header that ends in a space alone is believed only where the whole chat has it.
      if (start < pastedUntil || header.style & Style.SPACE_END) return "text";
      let others = 1;
      let next = lineAfter(text, start);
      while (next < text.length && next - start < LOOK_AHEAD && others <= PASTED_RUN) {
        if (mayBegin(text.charCodeAt(next)) && readHeader(text, next, text.length, ahead)) {
          if (ahead.style === style) {
            pastedUntil = next;
            return "text";
          }
          others += 1;
        }
        next = lineAfter(text, next);
      }
      if (next >= text.length && !final) return "wait";
      acceptedUntil = next;
      style = header.style;
      return "message";
    },
    shift(by) {
      pastedUntil -= by;
      acceptedUntil -= by;
    },
  };
}

function lineAfter(text: string, start: number): number {
  const newline = text.indexOf("\n", start);
  return newline < 0 ? text.length : newline + 1;
}
