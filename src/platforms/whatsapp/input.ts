import { ImportError } from "../../kernel/errors.js";
import type { WhatsAppLimits } from "./parser.js";

/**
 * What an export can be handed in as: its text; the bytes of the text or of the zip the phone made; a `File` or
 * `Blob`; a web stream or any async iterable of bytes or text, such as a Node stream.
 */
export type WhatsAppInput =
  | string
  | Uint8Array
  | ArrayBuffer
  | BlobLike
  | WebStreamLike
  | AsyncIterable<Uint8Array | string>;

/** A `Blob` or `File`. */
export type BlobLike = {
  /** Its bytes. */
  stream(): WebStreamLike;
};

/** A web `ReadableStream`. */
export type WebStreamLike = {
  /** Takes hold of the stream. */
  getReader(): {
    /** The next piece. */
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | string | undefined }>;
    /** Called where nobody reads on. */
    cancel(reason?: unknown): Promise<unknown>;
  };
};

/** The text of an export in pieces, and the name of the file it came from, where a zip says it. */
export type TextSource = { readonly pieces: AsyncIterable<string>; readonly fileName?: string | undefined };

/**
 * How many bytes are decoded at a time. Where texts are dropped again soon, small ones, which the garbage collector
 * lets go of for free; where they are kept, ones that are too large for it to move about.
 */
export const PieceSize = { DROPPED: 32_768, KEPT: 1_048_576 } as const;
const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04] as const;
const BYTES_TO_SNIFF = 64;
const LINE_FEED = 10;

/** Opens an input: unpacks a zip, finds out the encoding, and gives the text in pieces. */
export async function openInput(
  input: WhatsAppInput,
  pieceSize: number,
  limits: WhatsAppLimits = {},
): Promise<TextSource> {
  const chunks = chunksOf(input)[Symbol.asyncIterator]();
  const { head, rest } = await peek(chunks);
  if (typeof head === "string") return { pieces: joinLines(oneLineEnd(textOf(head, rest))) };
  if (!ZIP_MAGIC.every((byte, index) => head[index] === byte)) {
    return { pieces: oneLineEnd(decode(head, rest, pieceSize)) };
  }
  // A zip is read from its end, where it lists what it has; so all of it must be there.
  const { unzipChat } = await import("./zip.js");
  const { bytes, fileName } = unzipChat(await collect(head, rest, limits.archive), limits.text);
  return { pieces: oneLineEnd(decode(bytes, none(), pieceSize)), fileName };
}

type Chunk = Uint8Array | string;

async function* chunksOf(input: WhatsAppInput): AsyncGenerator<Chunk> {
  if (typeof input === "string" || input instanceof Uint8Array) yield input;
  else if (input instanceof ArrayBuffer) yield new Uint8Array(input);
  else if (has(input, "stream")) yield* readerChunks((input as BlobLike).stream());
  else if (has(input, "getReader")) yield* readerChunks(input as WebStreamLike);
  else if (typeof input === "object" && input !== null && Symbol.asyncIterator in input) yield* input;
  else {
    throw new ImportError(
      "IMPORT_UNSUPPORTED_INPUT",
      "Hand in the export as text, bytes, a File or Blob, a stream, or an async iterable of bytes or text.",
    );
  }
}

async function* readerChunks(stream: WebStreamLike): AsyncGenerator<Chunk> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      if (value !== undefined) yield value;
    }
  } finally {
    // Whoever stops reading early must not leave the source open.
    if (!ended) await reader.cancel();
  }
}

/** The first bytes, enough to tell what they are, and what follows them. */
async function peek(chunks: AsyncIterator<Chunk>): Promise<{ head: Chunk; rest: AsyncIterable<Chunk> }> {
  const rest: AsyncIterable<Chunk> = { [Symbol.asyncIterator]: () => chunks };
  let head: Chunk = new Uint8Array(0);
  while (head.length < BYTES_TO_SNIFF) {
    const { done, value } = await chunks.next();
    if (done) return { head, rest };
    if (typeof value === "string") {
      if (head.length > 0) throw mixed();
      return { head: value, rest };
    }
    if (!(value instanceof Uint8Array)) throw mixed();
    head = head.length === 0 ? value : concat([head, value]);
  }
  return { head, rest };
}

async function* textOf(head: string, rest: AsyncIterable<Chunk>): AsyncGenerator<string> {
  try {
    yield head.charCodeAt(0) === 0xfeff ? head.slice(1) : head;
    for await (const chunk of rest) {
      if (typeof chunk !== "string") throw mixed();
      yield chunk;
    }
  } finally {
    await letGo(rest);
  }
}

/** Closes the source when reading stops, also where it stops before the source was asked for more. */
async function letGo(rest: AsyncIterable<Chunk>): Promise<void> {
  await rest[Symbol.asyncIterator]().return?.();
}

async function* decode(
  head: Uint8Array,
  rest: AsyncIterable<Chunk>,
  pieceSize: number,
): AsyncGenerator<string> {
  const encoding = encodingOf(head);
  const decoder = new TextDecoder(encoding);
  if (encoding === "utf-8") {
    for await (const lines of wholeLines(head, rest, pieceSize)) yield decoder.decode(lines);
    return;
  }
  // In UTF-16 the byte of a line break can be half of another character, so the decoder has to keep count.
  async function* decoded(): AsyncGenerator<string> {
    for await (const bytes of bytesOf(head, rest)) yield decoder.decode(bytes, { stream: true });
    yield decoder.decode();
  }
  yield* joinLines(decoded());
}

/** Texts that end where lines end, of texts that end anywhere. */
async function* joinLines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let open: string[] = [];
  let openLength = 0;
  for await (const text of texts) {
    const end = text.lastIndexOf("\n") + 1;
    if (end > 0 || openLength > PieceSize.KEPT) {
      yield open.length === 0 ? text.slice(0, end) : open.join("") + text.slice(0, end);
      open = [];
      openLength = 0;
    }
    if (end < text.length) {
      open.push(text.slice(end));
      openLength += text.length - end;
    }
  }
  if (openLength > 0) yield open.join("");
}

/**
 * Cuts bytes where lines end, so that each piece is text by itself: runtimes decode that faster than a stream of
 * anything, and the parser need not join texts, which would be slower to read.
 */
async function* wholeLines(
  head: Uint8Array,
  rest: AsyncIterable<Chunk>,
  pieceSize: number,
): AsyncGenerator<Uint8Array> {
  let open: Uint8Array[] = [];
  let openSize = 0;
  for await (const bytes of bytesOf(head, rest)) {
    const first = bytes.indexOf(LINE_FEED) + 1;
    // A line that does not end is passed on in parts; the parser knows how long one may be.
    if (first === 0 && openSize + bytes.length < pieceSize) {
      open.push(bytes);
      openSize += bytes.length;
      continue;
    }
    const start = openSize > 0 ? first || endOfCharacter(bytes, bytes.length) : 0;
    if (openSize > 0) yield concat([...open, bytes.subarray(0, start)]);
    let at = start;
    for (let next = cut(bytes, at, pieceSize); next > at; next = cut(bytes, at, pieceSize)) {
      yield bytes.subarray(at, next);
      at = next;
    }
    open = at < bytes.length ? [bytes.subarray(at)] : [];
    openSize = bytes.length - at;
  }
  if (openSize > 0) yield concat(open);
}

/** Where the last line that begins at `start` or after it, and ends within a piece's length, ends. */
function cut(bytes: Uint8Array, start: number, pieceSize: number): number {
  const limit = Math.min(start + pieceSize, bytes.length);
  const last = bytes.lastIndexOf(LINE_FEED, limit - 1) + 1;
  if (last > start) return last;
  const next = bytes.indexOf(LINE_FEED, limit) + 1;
  return next > 0 || limit - start < pieceSize ? Math.max(next, start) : endOfCharacter(bytes, limit);
}

/** The last place up to `end` where a character of UTF-8 ends. */
function endOfCharacter(bytes: Uint8Array, end: number): number {
  for (let back = 1; back <= 4 && back <= end; back++) {
    const byte = bytes[end - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return size > back ? end - back : end;
  }
  return end;
}

async function* bytesOf(head: Uint8Array, rest: AsyncIterable<Chunk>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for await (const chunk of rest) {
      if (!(chunk instanceof Uint8Array)) throw mixed();
      yield chunk;
    }
  } finally {
    await letGo(rest);
  }
}

/** UTF-8 unless a byte order mark, or every other byte being zero, says UTF-16. */
function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const start = head.subarray(0, BYTES_TO_SNIFF);
  let even = 0;
  let odd = 0;
  start.forEach((byte, index) => {
    if (byte === 0) index % 2 === 0 ? even++ : odd++;
  });
  if (odd > start.length / 4 && even === 0) return "utf-16le";
  if (even > start.length / 4 && odd === 0) return "utf-16be";
  return "utf-8";
}

/** Texts whose lines end in a lone CR, as an old Mac wrote them, get line breaks that all else is written for. */
async function* oneLineEnd(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let carriageReturns: boolean | undefined;
  for await (const piece of pieces) {
    if (piece === "") continue;
    carriageReturns ??= piece.includes("\r") && !piece.includes("\n");
    yield carriageReturns ? piece.replaceAll("\r", "\n") : piece;
  }
}

const MAX_ARCHIVE = 2 ** 31;

async function collect(
  head: Uint8Array,
  rest: AsyncIterable<Chunk>,
  limit = MAX_ARCHIVE,
): Promise<Uint8Array> {
  const parts = [head];
  let size = head.length;
  for (;;) {
    if (size > limit) {
      throw new ImportError(
        "IMPORT_TOO_LARGE",
        `The zip is larger than ${limit} bytes. If you trust it, raise limits.archive.`,
        { limit },
      );
    }
    const part = await nextOf(rest);
    if (part === undefined) return concat(parts);
    if (!(part instanceof Uint8Array)) throw mixed();
    parts.push(part);
    size += part.length;
  }
}

async function nextOf(rest: AsyncIterable<Chunk>): Promise<Chunk | undefined> {
  const { done, value } = await rest[Symbol.asyncIterator]().next();
  return done ? undefined : value;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function has(value: unknown, method: string): boolean {
  return typeof (value as { [name: string]: unknown } | null)?.[method] === "function";
}

function mixed(): ImportError {
  return new ImportError(
    "IMPORT_UNSUPPORTED_INPUT",
    "The stream must give either text or bytes (Uint8Array), and nothing else.",
  );
}

async function* none(): AsyncGenerator<never> {}
