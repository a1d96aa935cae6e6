import { altered, invalid, tooLarge } from "./faults.js";

/** Cuts a text into lines as it comes in, holding one line at a time. */
export type LineSplitter = {
  /** The lines that this chunk completes. */
  push(chunk: Uint8Array | string): readonly string[];
  /** What stands after the last line end. */
  end(): string;
};

/** Starts with nothing. `limit` is the most UTF-16 code units that a line may have. */
export function lineSplitter(limit: number): LineSplitter {
  // A byte order mark is no part of a bundle: it is kept, and refused with the first line.
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let begun: string[] = [];
  let length = 0;
  let hasLine = false;
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw hasLine ? altered("it holds bytes that are no UTF-8 text") : invalid("it is no UTF-8 text");
    }
  };
  const keep = (text: string): void => {
    length += text.length;
    if (length > limit)
      throw hasLine ? tooLarge("A line of the bundle", limit) : invalid("its first line does not end");
    if (text !== "") begun.push(text);
  };
  return {
    push(chunk) {
      const text = typeof chunk === "string" ? chunk : decode(chunk);
      const lines: string[] = [];
      let start = 0;
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
        keep(text.slice(start, end));
        lines.push(begun.length === 1 ? (begun[0] ?? "") : begun.join(""));
        begun = [];
        length = 0;
        hasLine = true;
        start = end + 1;
      }
      keep(text.slice(start));
      return lines;
    },
    end: () => begun.join("") + decode(),
  };
}
