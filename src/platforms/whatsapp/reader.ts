import { ImportError } from "../../kernel/errors.js";
import { wallClockReader } from "../../kernel/wall-clock.js";
import { zoneOf } from "../../kernel/zone.js";
import type { ChatHistory, ChatMessage } from "../../model/history.js";
import type { MessageKind } from "../../model/message.js";
import { newBody } from "./body.js";
import { callResult, isMarked, lastQuoted, readContent, readNotice } from "./content.js";
import { clockReader, type OrderDecision } from "./dates.js";
import { emptyHeader, type Header, mayBegin, readHeader, Style } from "./header.js";
import { newIdentity } from "./identity.js";
import { judgePasted } from "./pasted.js";
import { meetPeople, type Writer } from "./people.js";
import type { Survey } from "./survey.js";
import { collectWarnings } from "./warnings.js";

/** Reads the messages of a chat that has been surveyed. */
export type Reader = {
  /** Reads all whole lines of the text. Gives how far it came; what is left must come again, with more behind it. */
  read(text: string, final: boolean, output: ChatMessage[]): number;
  summary(): Omit<ChatHistory, "messages" | "platform">;
};

/** What a decoder puts where bytes are no text. */
const REPLACEMENT = "\ufffd";

/** Makes a reader. `messageLimit` is in UTF-16 code units. */
export function createReader(survey: Survey, timeZone: string | undefined, messageLimit: number): Reader {
  const instantOf = timeZone === undefined ? undefined : wallClockReader(zoneOf(timeZone));
  const header = emptyHeader();
  const clock = clockReader();
  const pasted = judgePasted();
  const people = meetPeople();
  const body = newBody();
  const identity = newIdentity();
  const warnings = collectWarnings();
  let name: string | undefined;
  let groupName: string | undefined;

  let line = 0;
  let damaged = false;
  let style = -1;
  let decision: OrderDecision = { order: null, assumed: false };

  // The message that is being read.
  let open = false;
  let messageLine = 0;
  let wallClock: string | null = null;
  let at: number | undefined;
  let clockCode = 0;
  let writer: Writer | undefined;

  function begin(text: string): number {
    open = true;
    messageLine = line;
    readClock();
    const named = people.find(text, header.rest, header.style, survey);
    writer = named?.writer;
    if (writer?.isGuess) warnings.add("AMBIGUOUS_AUTHOR", line);
    return body.begin(named ? named.end + 1 : header.rest, (header.style & Style.BRACKET) !== 0);
  }

  function readClock(): void {
    wallClock = clock.wallClock;
    at = undefined;
    if (wallClock === null) {
      warnings.add("AMBIGUOUS_DATES", line);
      clockCode = packed(header);
      return;
    }
    if (decision.assumed) warnings.add("ASSUMED_DATE_ORDER", line);
    clockCode = (clock.local / 1_000) | 0;
    if (!instantOf) return;
    const { at: instant, kind } = instantOf(clock.local);
    at = instant;
    if (kind !== "once") warnings.add(kind === "repeated" ? "REPEATED_HOUR" : "SKIPPED_HOUR", line);
  }

  /** A line that begins no message belongs to the one before it, or to none. Gives where it ends. */
  function goOn(text: string, start: number): number {
    const code = text.charCodeAt(start);
    const blank = code === 10 || (code === 13 && text.charCodeAt(start + 1) === 10);
    if (open) {
      if (!blank) return body.add(start);
      body.addBlank();
    }
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    if (!open && text.slice(start, end).trim() !== "") warnings.add("UNPARSED_LINES", line);
    return end;
  }

  /** Completes the message that has been read. Most are plain texts; all else is made elsewhere. */
  function finish(output: ChatMessage[]): void {
    if (!open) return;
    open = false;
    const { raw, plain } = body.finish();
    if (damaged && raw.includes(REPLACEMENT)) warnings.add("INVALID_CHARACTERS", messageLine);
    output.push(
      writer === undefined ? notice(raw, undefined) : plain ? said(writer, raw) : looked(writer, raw),
    );
  }

  /** A message that needs a closer look. */
  function looked(by: Writer, raw: string): ChatMessage {
    const content = readContent(raw);
    if (isMarked(raw) && (content?.kind ?? "text") === "text" && isNotice(raw, by)) return notice(raw, by);
    if (!content) return said(by, raw);
    const { body: text, kind, ...rest } = content;
    if (rest.attachmentRejected) warnings.add("UNSAFE_ATTACHMENT", messageLine);
    if (kind === "text") by.speaks = true;
    return written(by, text, kind, rest);
  }

  /** iPhones put notices under the name of the group, the contact, or whoever did it, with a mark before them. */
  function isNotice(raw: string, { author, speaks }: Writer): boolean {
    const { body: text, event } = readNotice(raw);
    return event !== "other" || !speaks || text.startsWith(author.name);
  }

  function notice(raw: string, under: Writer | undefined): ChatMessage {
    const { body: text, event } = readNotice(raw);
    const call = under ? undefined : callResult(text);
    if (event === "group-created" || event === "subject-changed") name = lastQuoted(text) ?? name;
    const kind = call ? "call" : "system";
    return {
      id: identity.of(clockCode, 0),
      wallClock,
      ...(at === undefined ? {} : { at }),
      author: null,
      body: text,
      kind,
      ...(call ? { call } : { event }),
      ...(under ? placeOf(under, text, event) : {}),
    };
  }

  function placeOf(
    { author, speaks }: Writer,
    text: string,
    event: string,
  ): { actor: string } | { groupName: string } {
    if (text.startsWith(author.name) || (speaks && event !== "encryption-notice"))
      return { actor: author.name };
    groupName ??= author.name;
    return { groupName: author.name };
  }

  function said(by: Writer, text: string): ChatMessage {
    by.speaks = true;
    const { author, person, hash } = by;
    if (author.phone !== undefined || author.unsaved) return written(by, text, "text", {});
    // Objects of one shape are cheaper to make and to read: the common ones are written out.
    people.count(person);
    const id = identity.of(clockCode, hash);
    return at === undefined
      ? { id, wallClock, author: author.name, body: text, kind: "text" }
      : { id, wallClock, at, author: author.name, body: text, kind: "text" };
  }

  function written(by: Writer, text: string, kind: MessageKind, rest: Partial<ChatMessage>): ChatMessage {
    const { author, person, hash } = by;
    people.count(person);
    return {
      id: identity.of(clockCode, hash),
      wallClock,
      ...(at === undefined ? {} : { at }),
      author: author.name,
      ...(author.phone === undefined ? {} : { authorPhone: author.phone }),
      ...(author.unsaved ? { authorUnsaved: true } : {}),
      body: text,
      kind,
      ...rest,
    };
  }

  /**
   * Reads the line at `position`; gives where the next one begins, -1 where it cannot be read yet. A function of
   * its own, because engines optimise one that is called a million times better than a loop that runs as often.
   */
  function readLine(
    text: string,
    position: number,
    limit: number,
    final: boolean,
    output: ChatMessage[],
  ): number {
    let end: number;
    if (mayBegin(text.charCodeAt(position)) && readHeader(text, position, limit, header)) {
      const verdict = pasted.judge(text, header, position, final);
      if (verdict === "wait") return -1;
      line += 1;
      if (header.style !== style) {
        style = header.style;
        decision = survey.orderOf(style);
      }
      if (verdict === "message" && clock.read(header, decision.order)) {
        finish(output);
        end = begin(text);
      } else {
        warnings.add(verdict === "message" ? "IMPOSSIBLE_DATES" : "PASTED_LINES", line);
        end = goOn(text, position);
      }
    } else {
      line += 1;
      end = goOn(text, position);
    }
    if (open && body.length() > messageLimit) refuseLength();
    return end + 1;
  }

  function refuseLength(): never {
    const where = open ? messageLine : line + 1;
    throw new ImportError(
      "IMPORT_LINE_TOO_LONG",
      `The message at line ${where} is longer than ${messageLimit} characters, which no chat allows. If you trust the file, raise limits.message.`,
      { line: where, limit: messageLimit },
    );
  }

  return {
    read(text, final, output) {
      damaged ||= text.includes(REPLACEMENT);
      const limit = final ? text.length : text.lastIndexOf("\n") + 1;
      if (text.length - limit > messageLimit) refuseLength();
      body.enter(text);
      let position = 0;
      while (position < limit) {
        const next = readLine(text, position, limit, final, output);
        if (next < 0) break;
        position = next;
      }
      if (final) finish(output);
      else if (open) body.leave();
      pasted.shift(position);
      return position;
    },
    summary() {
      const chat = name ?? groupName;
      return {
        ...(chat === undefined ? {} : { name: chat }),
        participants: people.list(),
        warnings: warnings.list(),
      };
    },
  };
}

/** A number for a reading whose day and month are not told apart. */
function packed({ first, second, third, hour, minute, second60 }: Header): number {
  return ((((first * 32 + second) * 256 + (third & 255)) * 24 + hour) * 3_600 + minute * 60 + second60) | 0;
}
