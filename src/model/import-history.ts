import * as z from "zod/mini";
import { ImportError } from "../kernel/errors.js";
import { isWellFormed } from "../kernel/json.js";
import { entry } from "../kernel/record.js";
import { type Issue, id, lazily, must, parse, sentence } from "../kernel/schema.js";
import { type Instant, readInstant } from "../kernel/time.js";
import { localOf, wallClockReader } from "../kernel/wall-clock.js";
import { zoneOf } from "../kernel/zone.js";
import type { SpaceEvent } from "./events.js";
import type { ChatHistory, ChatMessage } from "./history.js";
import type { Attachment, MessageKind, Poll } from "./message.js";

/** How a history becomes events. */
export type ImportOptions = {
  /** Who brings it in. Default `import`. */
  readonly by?: string | undefined;
  /**
   * Who is who: the ids or names of participants to members of the space. Whoever is not listed gets the id
   * `<platform>:<participant>`, so that nobody becomes a member by being called like one.
   */
  readonly people?: { readonly [participant: string]: string } | undefined;
  /** The zone of the phone that exported the chat, for histories that were parsed without one. */
  readonly timeZone?: string | undefined;
};

const MAX_ISSUES = 10;

const messageSchema = lazily(() =>
  z.object({
    id: id(),
    wallClock: z.nullable(
      z.string().check(must(isWallClock, "must be local time such as 2024-06-14T21:07:00")),
    ),
    at: z.optional(z.int().check(must((at) => readInstant(at) !== undefined, "must be an instant"))),
    author: z.nullable(z.string().check(z.maxLength(1_024))),
    authorPhone: z.optional(z.string()),
    body: z.string(),
    kind: z.enum(["text", "media", "poll", "location", "contact", "call", "system", "deleted", "empty"]),
    event: z.optional(z.string()),
    attachment: z.optional(z.string()),
    media: z.optional(z.object({ kind: z.string(), name: z.optional(z.string()) })),
    poll: z.optional(
      z.object({
        question: z.string(),
        options: z.array(z.custom<readonly [string, number]>(isTally, "must be a text and its votes")),
      }),
    ),
    location: z.optional(
      z.custom<ChatMessage["location"]>(isPlace, 'must be "live" or a latitude and a longitude'),
    ),
    venue: z.optional(z.string()),
  }),
);

/**
 * Turns a history into events of a timeline, in its order. The id of each event is made from the platform and
 * the id of the message, so importing the same or an overlapping export again gives events that a space knows
 * already and `drop.import` passes over.
 *
 * @throws ImportError `IMPORT_INVALID_HISTORY` where it is not a history, `IMPORT_AMBIGUOUS_DATES` or
 *   `IMPORT_TIME_ZONE_NEEDED` where a message's instant is not known.
 */
export function importHistory(
  history: ChatHistory,
  options: ImportOptions = {},
): SpaceEvent<"message.posted">[] {
  const { by = "import", people = {}, timeZone } = options;
  check(history);
  const { platform } = history;
  const read = timeZone === undefined ? undefined : wallClockReader(zoneOf(timeZone));
  const memberOf = (author: string, phone: string | undefined): string =>
    (phone === undefined ? undefined : entry(people, phone)) ??
    entry(people, author) ??
    `${platform}:${phone ?? author}`;

  return history.messages.map((message) => {
    const { author, authorPhone, body, kind, edited, wallClock } = message;
    const attachments = attachmentsOf(message);
    const note = noteOf(message);
    return {
      id: `${platform}:${message.id}`,
      type: "message.posted",
      at: instantOf(message, read),
      by,
      data: {
        author: author === null ? null : wellFormed(memberOf(author, authorPhone)),
        ...(author === null ? {} : { authorName: wellFormed(author) }),
        kind,
        body: bodyOf(body, message),
        ...(attachments.length === 0 ? {} : { attachments }),
        ...(message.poll ? { poll: pollOf(message.poll) } : {}),
        ...(edited ? { edited } : {}),
        source: {
          platform,
          id: message.id,
          ...(wallClock === null ? {} : { wallClock }),
          ...(note === undefined ? {} : { note }),
        },
      },
    };
  });
}

function instantOf(message: ChatMessage, read: ReturnType<typeof wallClockReader> | undefined): Instant {
  if (message.at !== undefined) return message.at;
  if (message.wallClock === null) {
    throw new ImportError(
      "IMPORT_AMBIGUOUS_DATES",
      'Every date of this chat can be read day first and month first. Parse it again with dateOrder: "dmy" or "mdy".',
    );
  }
  if (!read) {
    throw new ImportError(
      "IMPORT_TIME_ZONE_NEEDED",
      'This chat was parsed without a time zone. Give the zone of the phone that exported it: timeZone: "Europe/Berlin".',
    );
  }
  return read(localOf(message.wallClock)).at;
}

/** Where there is a place and no text, the place is the text: a geo URI (RFC 5870). */
function bodyOf(text: string, { location, venue }: ChatMessage): string {
  if (text !== "" || location === undefined) return wellFormed(text || (venue ?? ""));
  if (location === "live") return "live location";
  const uri = `geo:${location[0]},${location[1]}`;
  return venue === undefined ? uri : `${wellFormed(venue)} ${uri}`;
}

/** Half a surrogate pair cannot be stored; it comes from text that was cut in the middle of an emoji. */
function wellFormed(text: string): string {
  return isWellFormed(text) ? text : text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** Whether the text is a local time, `2024-06-14T21:07:00`, of a day that there is. */
function isWallClock(text: string): boolean {
  return text.length === 19 && readInstant(`${text}Z`) !== undefined;
}

function isTally(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === "string" && Number.isSafeInteger(value[1]);
}

function isPlace(value: unknown): boolean {
  return value === "live" || (Array.isArray(value) && value.length === 2 && value.every(Number.isFinite));
}

function attachmentsOf({ attachment, media }: ChatMessage): readonly Attachment[] {
  if (attachment === undefined && media === undefined) return [];
  const name = attachment ?? media?.name;
  return [{ name: name === undefined ? null : wellFormed(name), kind: media?.kind ?? "unknown" }];
}

function pollOf({ question, options }: NonNullable<ChatMessage["poll"]>): Poll {
  // Exports do not say whether one choice was allowed or several; the platform's own default is several.
  return {
    question: wellFormed(question),
    options: options.map(([text]) => wellFormed(text)),
    multiple: true,
    tally: options.map(([, votes]) => votes),
  };
}

function noteOf({ event, call, viewOnce }: ChatMessage): string | undefined {
  return event ?? (call === undefined ? undefined : `call-${call}`) ?? (viewOnce ? "view-once" : undefined);
}

function check(history: ChatHistory): void {
  const issues: Issue[] = [];
  if (typeof history?.platform !== "string" || history.platform === "") {
    issues.push({ path: "platform", expected: "must be the name of a platform" });
  }
  if (!Array.isArray(history?.messages)) issues.push({ path: "messages", expected: "must be an array" });
  const schema = messageSchema();
  for (const [index, message] of issues.length > 0 ? [] : history.messages.entries()) {
    const parsed = parse<{ kind: MessageKind }>(schema, message);
    if (parsed.ok) continue;
    issues.push(
      ...parsed.issues.map(({ path, expected }) => ({ path: `messages.${index}.${path}`, expected })),
    );
    if (issues.length >= MAX_ISSUES) break;
  }
  if (issues.length === 0) return;
  throw new ImportError("IMPORT_INVALID_HISTORY", `This is not a chat history: ${sentence(issues)}.`, {
    issues,
  });
}
