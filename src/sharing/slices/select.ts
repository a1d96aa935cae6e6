import { cleanName } from "../../kernel/text.js";
import { toInstant } from "../../kernel/time.js";
import type { Message } from "../../model/message.js";
import type { SlicePick } from "../../model/slices.js";
import { searchMessages } from "../search/search.js";

/** What selecting needs beside the picks. */
export type SelectOptions = {
  /** Messages that are left out although they were picked. */
  readonly except?: readonly string[] | undefined;
  /** The messages that are decisions: published drafts. */
  readonly decisions?: ReadonlySet<string> | undefined;
};

/** The messages that a selection takes, in order and each once. Deleted messages and notices of the platform are never taken. */
export function select(
  messages: readonly Message[],
  picks: readonly SlicePick[],
  { except = [], decisions = new Set() }: SelectOptions = {},
): readonly Message[] {
  const left = new Set(except);
  const wanted = picks.map((pick) => matcher(messages, pick, decisions));
  return messages.filter(
    (message) => isShareable(message) && !left.has(message.id) && wanted.some((wants) => wants(message)),
  );
}

/** Whether a message can be shared at all. */
export function isShareable({ kind }: Message): boolean {
  return kind !== "deleted" && kind !== "system";
}

type Matcher = (message: Message) => boolean;

function matcher(messages: readonly Message[], pick: SlicePick, decisions: ReadonlySet<string>): Matcher {
  if ("ids" in pick) {
    const ids = new Set(pick.ids);
    return ({ id }) => ids.has(id);
  }
  if ("first" in pick) return between(messages, pick.first, pick.last);
  if ("thread" in pick) return threadOf(messages, pick.thread);
  if ("pinned" in pick) return ({ pinned }) => pinned;
  if ("tag" in pick) return tagged(pick.tag);
  if ("author" in pick) {
    const wanted = sameName(pick.author);
    return ({ author, authorName }) =>
      author === pick.author || (authorName !== null && sameName(authorName) === wanted);
  }
  if ("decisions" in pick) return ({ id }) => decisions.has(id);
  if ("search" in pick) {
    const found = new Set(searchMessages(messages, pick.search).map(({ message }) => message));
    return (message) => found.has(message);
  }
  const from = pick.from === undefined ? Number.NEGATIVE_INFINITY : toInstant(pick.from);
  const to = pick.to === undefined ? Number.POSITIVE_INFINITY : toInstant(pick.to);
  return ({ at }) => from <= at && at < to;
}

function between(messages: readonly Message[], first: string, last: string): Matcher {
  const start = messages.findIndex(({ id }) => id === first);
  const end = messages.findIndex(({ id }) => id === last);
  const taken = new Set(start < 0 || end < 0 ? [] : messages.slice(start, end + 1));
  return (message) => taken.has(message);
}

function threadOf(messages: readonly Message[], root: string): Matcher {
  const thread = new Set<string>();
  // Messages are in order, and a reply comes after what it answers. Ids count within their channel.
  for (const { id, channel, replyTo } of messages) {
    if (id === root || (replyTo !== null && thread.has(JSON.stringify([channel, replyTo]))))
      thread.add(JSON.stringify([channel, id]));
  }
  return ({ id, channel }) => thread.has(JSON.stringify([channel, id]));
}

const HASHTAG = /(?<![\p{L}\p{N}\p{M}_&])[#\uff03]([\p{L}\p{N}\p{M}_]+)/gu;

function tagged(tag: string): Matcher {
  const wanted = sameTag(tag.replace(/^[#\uff03]/u, ""));
  return ({ body }) => Array.from(body.matchAll(HASHTAG)).some(([, found = ""]) => sameTag(found) === wanted);
}

function sameTag(tag: string): string {
  return tag.normalize("NFKC").toLowerCase();
}

function sameName(name: string): string {
  return cleanName(name).toLowerCase();
}
