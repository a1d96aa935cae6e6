import { ImportError } from "../../kernel/errors.js";
import type { ChatHistory, ChatMessage } from "../../model/history.js";
import type { DateOrder } from "./dates.js";
import { createReader, type Reader } from "./reader.js";
import { type Survey, surveyChat } from "./survey.js";

/** What may be said about an export that it does not say itself, and how much of it is taken. */
export type WhatsAppOptions = {
  /** The IANA zone of the phone that made the export. With it, messages have `at`. */
  readonly timeZone?: string | undefined;
  /** Which number of a date is the day, for exports whose dates do not settle it. */
  readonly dateOrder?: DateOrder | undefined;
  readonly limits?: WhatsAppLimits | undefined;
};

/** How much is taken from an untrusted file before it is refused. */
export type WhatsAppLimits = {
  /** UTF-16 code units of one message. Default 1,048,576; WhatsApp's own limit is 65,536. */
  readonly message?: number | undefined;
  /** Bytes of text inside a zip. Default 1 GiB. */
  readonly text?: number | undefined;
  /** Bytes of a zip, which is held in memory. Default 2 GiB. */
  readonly archive?: number | undefined;
};

/** Reads an export piece by piece. */
export type Parser = {
  /** Takes a piece of the text; adds the messages that are complete by now to `output`. */
  push(piece: string, output: ChatMessage[]): void;
  /** Adds the last messages. */
  end(output: ChatMessage[]): void;
  /** What is known beside the messages. */
  summary(): Omit<ChatHistory, "messages">;
};

const MESSAGE_LIMIT = 1_048_576;
/** How much is looked through before the first message is read, and how much at most if dates stay unclear. */
const SURVEY = 262_144;
const SURVEY_MAX = 33_554_432;

/** Makes a parser for one export. */
export function createParser({ timeZone, dateOrder, limits = {} }: WhatsAppOptions = {}): Parser {
  const messageLimit = limits.message ?? MESSAGE_LIMIT;
  let reader: Reader | undefined;
  // Pieces that wait for the survey. They are not joined for reading: a joined text is slower to go through.
  let waiting: string[] = [];
  let waitingLength = 0;
  let surveyAt = SURVEY;
  // What a piece ended with that was not a whole line, or cannot be judged yet.
  let rest = "";

  const read = (pieces: readonly string[], final: boolean, output: ChatMessage[]): void => {
    for (const piece of pieces) {
      const text = rest === "" ? piece : rest + piece;
      rest = text.slice(reader?.read(text, false, output));
    }
    if (final) reader?.read(rest, true, output);
  };

  /** Surveys what has come so far and reads it, where that is enough to go by. */
  const start = (final: boolean, output: ChatMessage[]): void => {
    let survey: Survey;
    for (;;) {
      survey = surveyChat(waiting, surveyAt, dateOrder);
      if (survey.certain || surveyAt >= SURVEY_MAX) break;
      const all = surveyAt >= waitingLength;
      surveyAt *= 2;
      if (!all) continue;
      if (final) break;
      return;
    }
    if (survey.headers === 0) {
      if (final || waitingLength > messageLimit) throw notAnExport();
      return;
    }
    reader = createReader(survey, timeZone, messageLimit);
    const pieces = waiting;
    waiting = [];
    read(pieces, final, output);
  };

  return {
    push(piece, output) {
      if (reader) {
        read([piece], false, output);
        return;
      }
      waiting.push(piece);
      waitingLength += piece.length;
      if (waitingLength >= surveyAt) start(false, output);
    },
    end(output) {
      if (reader) read([], true, output);
      else if (waiting.every((piece) => piece.trim() === "")) {
        throw new ImportError("IMPORT_EMPTY", "The file is empty.");
      } else start(true, output);
    },
    summary: () => ({ platform: "whatsapp", participants: [], warnings: [], ...reader?.summary() }),
  };
}

function notAnExport(): ImportError {
  return new ImportError(
    "IMPORT_NOT_AN_EXPORT",
    "No line of this file looks like a WhatsApp message. Hand in the text or the zip that WhatsApp's “Export chat” makes.",
  );
}
