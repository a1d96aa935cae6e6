import type { Instant } from "../kernel/time.js";
import type { MediaKind, MessageKind } from "./message.js";

/**
 * A chat as a platform's export tells it: what every parser of the library gives, and `importHistory` takes.
 * Messages are in the order of the file, which need not be the order of time.
 */
export type ChatHistory = {
  readonly platform: string;
  /** The name of the group, or of the other person, where the export says it. */
  readonly name?: string;
  /** Everybody who wrote something, in the order of their first message. */
  readonly participants: readonly Participant[];
  readonly messages: readonly ChatMessage[];
  /** What the parser could not be sure of. Empty is good; it is never silent about a line it could not read. */
  readonly warnings: readonly ImportWarning[];
};

/** Somebody who wrote in an exported chat. */
export type Participant = {
  /** The phone number in E.164 form where there is one, otherwise the name. Two spellings are one person. */
  readonly id: string;
  readonly name: string;
  readonly phone?: string;
  /** Not in the address book of whoever exported the chat. */
  readonly unsaved?: true;
  readonly messages: number;
};

/** A message of an export. `kind` says which of the optional fields it has. */
export type ChatMessage = {
  /** Stable: the same message in a later, overlapping export has the same id. */
  readonly id: string;
  /**
   * Local time as written, `2024-06-14T21:07:00`, without a zone. `null` where day and month cannot be told
   * apart.
   */
  readonly wallClock: string | null;
  /** The instant, where a time zone was given and `wallClock` is known. */
  readonly at?: Instant;
  /** Who wrote it, as shown; `null` for notices of the platform. */
  readonly author: string | null;
  /** The author's number in E.164 form, where the export shows a number instead of a name. */
  readonly authorPhone?: string;
  readonly authorUnsaved?: true;
  /** What was written, without the platform's markers. */
  readonly body: string;
  readonly kind: MessageKind;
  /** The text is not the first one. */
  readonly edited?: true;
  /** What a notice of the platform tells, such as `member-added`; `other` where it is not known. */
  readonly event?: string;
  /** Who did what the notice tells, where the export puts them before it. */
  readonly actor?: string;
  /** The name of the group, where the export puts it before a notice. */
  readonly groupName?: string;
  /** The file name of an attachment. Never a path. */
  readonly attachment?: string;
  /** The export named a file outside its own folder; the name was not taken over. */
  readonly attachmentRejected?: true;
  readonly media?: ChatMedia;
  /** A photo or video that could be seen once and is not in the export. */
  readonly viewOnce?: true;
  readonly call?: "missed" | "no-answer" | "declined" | "taken";
  readonly poll?: ChatPoll;
  /** Latitude and longitude in degrees, or `live` for one that moved. */
  readonly location?: readonly [latitude: number, longitude: number] | "live";
  readonly venue?: string;
  /** Who is addressed with `@`, as written: a name, or the digits of a number. */
  readonly mentions?: readonly string[];
};

/** What an attachment is. `omitted` where the export has no file for it. */
export type ChatMedia = {
  readonly kind: MediaKind;
  readonly omitted?: true;
  readonly name?: string;
  readonly pages?: number;
};

/** A poll as an export tells it: options with the number of their votes, but not who voted. */
export type ChatPoll = {
  readonly question: string;
  readonly options: readonly (readonly [text: string, votes: number])[];
};

/** Something a parser could not be sure of. */
export type ImportWarning = {
  readonly code: ImportWarningCode;
  /** A sentence for whoever exported the chat: what was found and what to do. */
  readonly message: string;
  /** Where: line numbers, counted from 1; the first 20 of them. */
  readonly lines: readonly number[];
  /** How many lines there are in all. */
  readonly count: number;
};

/** What a parser can be unsure of. */
export type ImportWarningCode =
  | "UNPARSED_LINES"
  | "AMBIGUOUS_DATES"
  | "ASSUMED_DATE_ORDER"
  | "IMPOSSIBLE_DATES"
  | "REPEATED_HOUR"
  | "SKIPPED_HOUR"
  | "PASTED_LINES"
  | "AMBIGUOUS_AUTHOR"
  | "UNSAFE_ATTACHMENT"
  | "INVALID_CHARACTERS";
