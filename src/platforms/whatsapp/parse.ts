import type { ChatHistory, ChatMessage } from "../../model/history.js";
import { openInput, PieceSize, type WhatsAppInput } from "./input.js";
import { createParser, type Parser, type WhatsAppOptions } from "./parser.js";

/** The messages of an export, batch by batch, and what is known beside them. */
export type WhatsAppStream = AsyncIterable<readonly ChatMessage[]> & {
  /** Name, participants and warnings as far as the file has been read; complete once the last batch is out. */
  summary(): Omit<ChatHistory, "messages">;
};

/**
 * Reads a WhatsApp chat export, text or zip, of any phone and language.
 *
 * ```ts
 * const history = await parseWhatsApp(file, { timeZone: "Europe/Berlin" });
 * history.messages[0]; // { id, wallClock: "2024-06-14T21:07:00", at, author: "Mara", body: "see you", kind: "text" }
 * ```
 *
 * The export holds local times without a zone: give the zone of the phone that made it, and messages get `at`.
 * Where day and month cannot be told apart, `wallClock` is `null` and a warning asks for `dateOrder`. Messages
 * keep the order of the file.
 *
 * @throws ImportError where the file cannot be a chat: empty, not an export, a damaged, unsafe or oversized zip.
 */
export async function parseWhatsApp(
  input: WhatsAppInput,
  options: WhatsAppOptions = {},
): Promise<ChatHistory> {
  const parser = createParser(options);
  const { pieces, fileName } = await openInput(input, PieceSize.KEPT, options.limits);
  // One list for each piece, joined at the end: a list that has grown old costs more at every message that is new.
  const batches: ChatMessage[][] = [];
  for await (const piece of pieces) {
    const batch: ChatMessage[] = [];
    parser.push(piece, batch);
    batches.push(batch);
  }
  const last: ChatMessage[] = [];
  parser.end(last);
  const messages = [...batches, last].flat();
  const { platform, name, participants, warnings } = summaryOf(parser, fileName);
  return { platform, ...(name === undefined ? {} : { name }), participants, messages, warnings };
}

/**
 * Reads a WhatsApp chat export in batches, in memory that does not grow with the file: for exports that are
 * larger than they should be. The text of a zip is streamed too; the zip itself is held.
 *
 * ```ts
 * const stream = streamWhatsApp(createReadStream("chat.txt"), { timeZone: "Europe/Berlin" });
 * for await (const messages of stream) await save(messages);
 * console.log(stream.summary().warnings);
 * ```
 *
 * @throws ImportError as {@link parseWhatsApp} does, from the iteration.
 */
export function streamWhatsApp(input: WhatsAppInput, options: WhatsAppOptions = {}): WhatsAppStream {
  const parser = createParser(options);
  let fileName: string | undefined;

  async function* batches(): AsyncGenerator<readonly ChatMessage[]> {
    const source = await openInput(input, PieceSize.DROPPED, options.limits);
    fileName = source.fileName;
    let batch: ChatMessage[] = [];
    for await (const piece of source.pieces) {
      parser.push(piece, batch);
      if (batch.length === 0) continue;
      yield batch;
      batch = [];
    }
    parser.end(batch);
    if (batch.length > 0) yield batch;
  }

  const iterator = batches();
  return { [Symbol.asyncIterator]: () => iterator, summary: () => summaryOf(parser, fileName) };
}

function summaryOf(parser: Parser, fileName: string | undefined): Omit<ChatHistory, "messages"> {
  const { name = nameInFile(fileName), ...rest } = parser.summary();
  return { ...(name === undefined ? {} : { name }), ...rest };
}

/** `WhatsApp Chat with Reading Club.txt` names the chat where no notice in it does. */
const FILE_NAMES =
  /^(?:WhatsApp[ _]Chat[ _](?:with|mit|-|con|met)[ _]|Chat[ _]de[ _]WhatsApp[ _]con[ _]|Chat[ _]WhatsApp[ _]con[ _]|Conversa[ _]d[oe][ _]WhatsApp[ _]com[ _]|Discussion[ _]WhatsApp[ _]avec[ _]|Чат[ _]WhatsApp[ _]с[ _]|与)(.+?)(?: ?的[ _]WhatsApp[ _]聊天)?(?: \(\d+\))?\.txt$/u;

function nameInFile(fileName: string | undefined): string | undefined {
  return fileName === undefined ? undefined : FILE_NAMES.exec(fileName)?.[1];
}
