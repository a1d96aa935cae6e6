import type { ChatMedia, ChatMessage, ChatPoll } from "../../model/history.js";
import type { MediaKind, MessageKind } from "../../model/message.js";
import { digitOf } from "./header.js";
import * as words from "./words.js";

/** What a text turned out to be: its kind, what is left of it, and what the kind needs. */
export type Content = {
  kind: MessageKind;
  body: string;
} & { -readonly [K in keyof ChatMessage as K extends ContentField ? K : never]?: ChatMessage[K] };

type ContentField =
  | "edited"
  | "attachment"
  | "attachmentRejected"
  | "media"
  | "viewOnce"
  | "call"
  | "poll"
  | "location"
  | "venue"
  | "mentions";

/** WhatsApp's own mark (U+200E) before whatever it writes itself. */
const LRM = "\u200e";
const LRMS = /\u200e/g;
/** Marks around mentions, names and numbers. */
const ISOLATES = /[\u2066-\u2069]/g;
const EMBEDDINGS = /[\u202a-\u202e]/g;

const MAX_MARKER = 80;
/** Longer texts are no notices; the tables are not asked about them. */
const MAX_NOTICE = 500;

/** Whether the text begins with the platform's mark. */
export function isMarked(raw: string): boolean {
  return raw.startsWith(LRM);
}

/** A notice of the platform without its marks, and what it tells. */
export function readNotice(raw: string): { readonly body: string; readonly event: string } {
  const body = raw.replace(LRMS, "").replace(ISOLATES, "").replace(EMBEDDINGS, "").trimEnd();
  const head = body.slice(0, MAX_NOTICE).replace(/\.$/, "");
  return { body, event: words.EVENTS.find(([pattern]) => pattern.test(head))?.[1] ?? "other" };
}

/** The last text in quotation marks of a notice: what a group was called or renamed to. */
export function lastQuoted(notice: string): string | undefined {
  const quoted = notice
    .slice(0, MAX_NOTICE)
    .match(/["“„«「”]([^"“”„»「」]+)["”“»」]/gu)
    ?.at(-1);
  return quoted?.slice(1, -1).trim() || undefined;
}

/**
 * Finds out what the text of a message is. Returns `null` for a plain text that is kept as it stands, which most
 * are.
 *
 * The order matters: an edit mark comes off first, since what is left may be a caption; whole-text markers come
 * before those that leave a text.
 */
export function readContent(raw: string): Content | null {
  let text = raw;
  let edited = false;
  if (text.endsWith(">")) {
    const cut = editMark(text);
    if (cut >= 0) {
      text = text.slice(0, cut).trimEnd();
      edited = true;
    }
  }
  const found = special(text) ?? plain(text);
  if (edited) found.edited = true;
  return found.body === raw && found.kind === "text" && Object.keys(found).length === 2 ? null : found;
}

function special(text: string): Content | undefined {
  const marked = isMarked(text);
  const bare = marked ? text.slice(1) : text;
  if (bare.trim() === "") return { kind: "empty", body: "" };
  // Android writes the word for calls and for what it cannot write down.
  if (bare === "null") return { kind: "empty", body: "" };

  const lineEnd = bare.indexOf("\n");
  const line = lineEnd < 0 ? bare : bare.slice(0, lineEnd);
  const below = lineEnd < 0 ? "" : bare.slice(lineEnd + 1);
  return (
    (lineEnd < 0 ? wholeLine(line, marked) : undefined) ??
    bracketed(text) ??
    fileInParentheses(line, below, marked) ??
    omittedOnIphone(text) ??
    pollOf(bare, marked) ??
    (lineEnd < 0 ? placeOf(line, marked) : undefined)
  );
}

/** Markers that are a whole text. */
function wholeLine(line: string, marked: boolean): Content | undefined {
  const sentence = line.replace(/\.$/, "");
  if (line.length <= MAX_MARKER && words.DELETED.has(sentence)) return { kind: "deleted", body: "" };
  if (words.DELETED_BY_ADMIN.test(line)) return { kind: "deleted", body: "" };
  if (words.VIEW_ONCE.test(line)) {
    return { kind: "media", body: "", viewOnce: true, media: { kind: "unknown", omitted: true } };
  }
  if (words.LIVE_LOCATION.has(sentence.toLowerCase()))
    return { kind: "location", body: "", location: "live" };
  if (marked && line.length <= MAX_MARKER) return callOf(line.replace(LRMS, ""));
  return undefined;
}

function callOf(line: string): Content | undefined {
  const result = callResult(line);
  return result && { kind: "call", body: "", call: result };
}

/** How a call went, from the platform's words for it; `undefined` where they are about something else. */
export function callResult(line: string): NonNullable<ChatMessage["call"]> | undefined {
  if (!words.CALL.test(line)) return undefined;
  if (words.CALL_MISSED.test(line)) return "missed";
  if (words.CALL_UNANSWERED.test(line)) return "no-answer";
  if (words.CALL_DECLINED.test(line)) return "declined";
  return /\p{Nd}/u.test(line) ? "taken" : undefined;
}

/**
 * What stands in angle brackets: `<Media omitted>`, `<attached: photo.jpg>`, `<photo.jpg eklendi>`. A text before
 * the brackets is a caption, or the name of a document with its pages; a text below is a caption.
 */
function bracketed(text: string): Content | undefined {
  const open = text.lastIndexOf("<", text.indexOf(">"));
  if (open < 0) return undefined;
  const close = text.indexOf(">", open);
  const after = text[close + 1];
  if (after !== undefined && after !== "\n") return undefined;
  const marked = text[open - 1] === LRM || text[open + 1] === LRM;
  const inside = text
    .slice(open + 1, close)
    .replace(LRMS, "")
    .trim();
  const before = text.slice(0, marked && text[open - 1] === LRM ? open - 1 : open);
  const below = text.slice(close + 2);

  const file =
    attachedIn(inside, marked) ?? (words.ATTACHED.test(inside) ? before.trim().replace(LRMS, "") : undefined);
  if (file !== undefined) {
    const caption = words.ATTACHED.test(inside) ? "" : before;
    return withFile(file, caption, below);
  }
  if (before.replace(LRMS, "").trim() !== "" || inside.length > MAX_MARKER || inside.includes(":"))
    return undefined;
  if (words.LEFT_OUT.test(inside) || (words.OMITTED_MEDIA.test(inside) && /\s|\P{ASCII}/u.test(inside))) {
    const kind =
      words.LEFT_OUT.test(inside) && !words.OMITTED_MEDIA.test(inside) ? mediaKindIn(inside) : "unknown";
    return { kind: "media", body: clean(below), media: { kind, omitted: true } };
  }
  return undefined;
}

/** The file name in `attached: name` or `name attached`. Where the platform's mark is, any word will do. */
function attachedIn(inside: string, marked: boolean): string | undefined {
  const colon = inside.indexOf(":");
  if (colon > 0) {
    const word = inside.slice(0, colon).trim();
    const name = inside.slice(colon + 1).trim();
    if (words.ATTACHED.test(word) || (marked && hasExtension(name) && /^\D{1,30}$/.test(word))) return name;
    return undefined;
  }
  const space = inside.lastIndexOf(" ");
  if (space < 0) return undefined;
  const name = inside.slice(0, space).trim();
  return hasExtension(name) && (marked || words.ATTACHED.test(inside.slice(space + 1))) ? name : undefined;
}

/** `IMG-20211127-WA0003.jpg (file attached)`, the caption below. */
function fileInParentheses(line: string, below: string, marked: boolean): Content | undefined {
  if (!line.endsWith(")")) return undefined;
  const open = line.lastIndexOf(" (");
  if (open < 1) return undefined;
  const name = line.slice(0, open).replace(LRMS, "").trim();
  const said = line.slice(open + 2, -1);
  const known = words.FILE_ATTACHED.test(said);
  // Unknown words are believed where the platform's mark or its way of naming files stands before them.
  if (!known && !(hasExtension(name) && (marked || /-WA\d{4}\./.test(name)) && !/\d/.test(said)))
    return undefined;
  if (!known && said.length > MAX_MARKER) return undefined;
  return withFile(name, "", below);
}

function withFile(file: string, before: string, below: string): Content {
  const document = documentIn(before);
  const caption = clean([document ? "" : before, below].filter((part) => part.trim() !== "").join("\n"));
  if (!isSafeName(file)) {
    return { kind: "media", body: caption, attachmentRejected: true, media: { kind: "unknown" } };
  }
  const kind = kindOfFile(file);
  const media: ChatMedia = document ? { kind: "document", ...document } : { kind };
  return { kind: kind === "contact" ? "contact" : "media", body: caption, attachment: file, media };
}

/** `Plan.pdf • 12 pages` before the mark of a document. */
function documentIn(before: string): { name: string; pages: number } | undefined {
  const parts = before.replace(LRMS, "").trim().split(" • ");
  const name = parts[0]?.trim();
  const pages = parts.slice(1).flatMap((part) => /^(\d{1,6})\s+\S+$/.exec(part.trim())?.[1] ?? [])[0];
  return name && pages !== undefined ? { name, pages: Number(pages) } : undefined;
}

/** `image omitted` behind the platform's mark; a caption, or a document's name, before it or a caption below. */
function omittedOnIphone(text: string): Content | undefined {
  const mark = text.lastIndexOf(LRM);
  if (mark < 0) return undefined;
  const [marker = "", ...below] = text.slice(mark + 1).split("\n");
  if (marker.length > MAX_MARKER || !words.LEFT_OUT.test(marker)) return undefined;
  if (marker.trim().split(/\s+/).length > 5) return undefined;
  const before = text.slice(0, mark);
  const document = documentIn(before);
  const kind = document ? "document" : mediaKindIn(marker);
  return {
    kind: kind === "contact" ? "contact" : "media",
    body: clean([document ? "" : before, ...below].join("\n")),
    media: { kind, omitted: true, ...document },
  };
}

/**
 * A poll, whatever the language: a word with a colon alone on the first line, options `WORD: text (n votes)` at
 * the end, all with the same word.
 */
function pollOf(text: string, marked: boolean): Content | undefined {
  const lines = text.replace(LRMS, "").trimEnd().split("\n");
  const head = lines[0] ?? "";
  if (lines.length < 3 || !/^[^\s:][^:]{0,40}: ?$/u.test(head)) return undefined;
  const upper = head === head.toUpperCase() && head !== head.toLowerCase();
  if (!upper && !marked) return undefined;
  const options: [string, number][] = [];
  let word: string | undefined;
  for (let index = lines.length - 1; index > 0; index--) {
    const option = optionOf(lines[index] ?? "");
    if (!option || (word !== undefined && option.word !== word)) break;
    word = option.word;
    options.unshift([option.text, option.votes]);
  }
  if (options.length === 0 || options.length >= lines.length - 1) return undefined;
  const question = lines
    .slice(1, lines.length - options.length)
    .join("\n")
    .trim();
  const poll: ChatPoll = { question, options };
  return { kind: "poll", body: question, poll };
}

function optionOf(line: string): { word: string; text: string; votes: number } | undefined {
  const colon = line.indexOf(": ");
  const open = line.lastIndexOf(" (");
  if (colon < 1 || open <= colon || !line.trimEnd().endsWith(")")) return undefined;
  const votes = /\p{Nd}{1,9}/u.exec(line.slice(open))?.[0];
  if (votes === undefined) return undefined;
  const count = [...votes].reduce((sum, digit) => sum * 10 + Math.max(digitOf(digit.charCodeAt(0)), 0), 0);
  return { word: line.slice(0, colon), text: line.slice(colon + 2, open), votes: count };
}

const MAP =
  /^(?:([^\s:][^:]{0,40}): ?)?https:\/\/maps\.google\.com\/\?q=(-?\d{1,3}(?:\.\d{1,15})?),(-?\d{1,3}(?:\.\d{1,15})?)$/u;
const VENUE = /^(.{1,200}?) \(.{0,300}\): https:\/\/(?:foursquare\.com|maps\.google\.com)\/\S{1,200}$/u;

function placeOf(line: string, marked: boolean): Content | undefined {
  if (!line.includes("maps.google.com/") && !line.includes("foursquare.com/")) return undefined;
  const text = line.replace(LRMS, "");
  const [, word, latitude, longitude] = MAP.exec(text) ?? [];
  if (latitude !== undefined && (word === undefined || marked || words.LOCATION.test(word))) {
    return { kind: "location", body: "", location: [Number(latitude), Number(longitude)] };
  }
  const venue = marked ? VENUE.exec(text)?.[1] : undefined;
  return venue === undefined ? undefined : { kind: "location", body: "", venue };
}

/** A text that people wrote: mentions are noted, the marks around them and before the platform's words go. */
function plain(text: string): Content {
  const mentions = text.includes("@") ? mentionsIn(text) : [];
  const body = clean(text);
  return mentions.length === 0 ? { kind: "text", body } : { kind: "text", body, mentions };
}

function mentionsIn(text: string): string[] {
  const found = text.matchAll(/@(?:\u2068([^\u2069\n]{1,120})\u2069|(\d{7,15})(?!\d))/gu);
  return [...found].map(([, name, number]) => clean(name ?? number ?? ""));
}

function clean(text: string): string {
  return text.replace(LRMS, "").replace(ISOLATES, "").trim();
}

/** Where the edit mark at the end of the text begins, with the spaces and marks before it; -1 where there is none. */
function editMark(text: string): number {
  const open = text.lastIndexOf("<");
  if (open < 0 || text.length - open > MAX_MARKER + 2) return -1;
  const inside = text.slice(open + 1, -1).trim();
  // One word could be anything; sentences, and scripts without spaces, are the platform's.
  if (!words.EDITED.test(inside) || inside.includes(":") || !/\s|[\u0250-\uffff]/u.test(inside)) return -1;
  return text[open - 1] === LRM ? open - 1 : open;
}

function mediaKindIn(text: string): MediaKind {
  return words.MEDIA_WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? "unknown";
}

const EXTENSIONS: readonly (readonly [RegExp, MediaKind])[] = [
  [/^(?:vcf)$/, "contact"],
  [/^(?:jpe?g|png|heic|heif|bmp|tiff?)$/, "image"],
  [/^(?:webp)$/, "sticker"],
  [/^(?:gif)$/, "gif"],
  [/^(?:mp4|mov|3gp|avi|mkv|webm|m4v)$/, "video"],
  [/^(?:opus|ogg|mp3|m4a|aac|amr|wav|flac)$/, "audio"],
];

/** What a file is: by the word phones put into its name, then by its extension. */
function kindOfFile(name: string): MediaKind {
  const word = /(?:^|-)(PHOTO|IMG|VIDEO|VID|AUDIO|AUD|PTT|STICKER|STK|GIF|DOC)-/.exec(name)?.[1];
  switch (word) {
    case "PHOTO":
    case "IMG":
      return "image";
    case "VIDEO":
    case "VID":
      return "video";
    case "AUDIO":
    case "AUD":
    case "PTT":
      return "audio";
    case "STICKER":
    case "STK":
      return "sticker";
    case "GIF":
      return "gif";
    default: {
      const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
      return EXTENSIONS.find(([pattern]) => pattern.test(extension))?.[1] ?? "document";
    }
  }
}

function hasExtension(name: string): boolean {
  return /\.[\p{L}\p{N}]{1,8}$/u.test(name);
}

/** Whether this is the name of a file and of nothing else: no folder, no drive, nothing that leads elsewhere. */
function isSafeName(name: string): boolean {
  return (
    name !== "" && name !== "." && name !== ".." && name.length <= 255 && !/[/\\\p{Cc}]|^[a-z]:/iu.test(name)
  );
}
