import { type Instant, type InstantInput, toInstant } from "../kernel/time.js";
import type { MediaKind, Message, MessageKind, Poll } from "../model/message.js";
import { type Redaction, redactor } from "./redact.js";

/**
 * Which messages to take. Several picks add up.
 *
 * - `{ ids }`: these messages.
 * - `{ from, to }`: everything said from one instant up to, not including, another.
 * - `{ pinned: true }`: what is pinned.
 * - `{ thread }`: a message and every reply to it, and replies to those.
 */
export type Pick =
  | { readonly ids: readonly string[] }
  | { readonly from?: InstantInput | undefined; readonly to?: InstantInput | undefined }
  | { readonly pinned: true }
  | { readonly thread: string };

/** What a slice is made from. */
export type SliceRequest = {
  readonly id: string;
  readonly title: string;
  readonly space: string;
  readonly by: string;
  readonly at: Instant;
  readonly pick: readonly Pick[];
  readonly redact?: readonly Redaction[] | undefined;
  /** Names of the people who may appear, by id; authors of imports bring their own. */
  readonly names?: ReadonlyMap<string, string> | undefined;
};

/**
 * A curated selection of a conversation, as its recipient sees it: what was redacted is not in here at all, so
 * showing this value is the preview, and every export is made from it.
 */
export type Slice = {
  readonly id: string;
  readonly title: string;
  readonly space: string;
  readonly by: string;
  readonly at: Instant;
  readonly messages: readonly SliceMessage[];
  /** How often each kind of redaction applied: `people`, `links`, ... */
  readonly redactions: { readonly [rule: string]: number };
  /** Messages that a shared one answers and that were left out. */
  readonly leftOut: number;
};

/**
 * A message in a slice. Its id counts within the slice: the ids of imported messages are made from their
 * content, so they would tell what was redacted to whoever can guess it.
 */
export type SliceMessage = {
  readonly id: string;
  readonly at: Instant;
  readonly author: string | null;
  readonly kind: MessageKind;
  readonly body: string;
  readonly replyTo: string | null;
  readonly attachments: readonly { readonly kind: MediaKind; readonly name: string | null }[];
  readonly poll: (Poll & { readonly votes: readonly number[] }) | null;
  readonly pinned: boolean;
  readonly edited: boolean;
};

/**
 * Makes a slice of messages. Deleted messages and notices of the platform are never taken.
 *
 * ```ts
 * const slice = curate(messages, {
 *   id: "slc_1", title: "Launch quotes", space: "spring-drop", by: "ana", at: now,
 *   pick: [{ pinned: true }], redact: [{ person: "leo" }, "phones"],
 * });
 * ```
 */
export function curate(messages: readonly Message[], request: SliceRequest): Slice {
  const { id, title, space, by, at } = request;
  const chosen = select(messages, request.pick);
  const names = new Map(request.names);
  for (const { author, authorName } of messages)
    if (author !== null && authorName) names.set(author, authorName);
  const redact = redactor(request.redact ?? [], names);
  const localIds = new Map(chosen.map((message, index) => [message.id, `m${index + 1}`]));

  const shown = chosen.map((message): SliceMessage => {
    const replyTo = message.replyTo === null ? null : (localIds.get(message.replyTo) ?? null);
    return {
      id: localIds.get(message.id) ?? "",
      at: message.at,
      author: redact.author(message),
      kind: message.kind,
      body: redact.text(message.body),
      replyTo,
      attachments: message.attachments.map(({ kind, name }) => ({
        kind,
        name: redact.attachments || name === null ? null : redact.text(name),
      })),
      poll: message.poll && showPoll(message, message.poll, redact.text),
      pinned: message.pinned,
      edited: message.editedAt !== null,
    };
  });
  return {
    id,
    title: redact.text(title),
    space,
    by: redact.text(by),
    at,
    messages: shown,
    redactions: redact.counts(),
    leftOut: new Set(
      chosen.flatMap(({ replyTo }) => (replyTo !== null && !localIds.has(replyTo) ? [replyTo] : [])),
    ).size,
  };
}

/** The messages that a selection takes, in order and each once. */
export function select(messages: readonly Message[], picks: readonly Pick[]): readonly Message[] {
  const wanted = picks.map((pick) => matcher(messages, pick));
  return messages.filter(
    (message) =>
      message.kind !== "deleted" && message.kind !== "system" && wanted.some((wants) => wants(message)),
  );
}

function matcher(messages: readonly Message[], pick: Pick): (message: Message) => boolean {
  if ("ids" in pick) {
    const ids = new Set(pick.ids);
    return ({ id }) => ids.has(id);
  }
  if ("pinned" in pick) return ({ pinned }) => pinned;
  if ("thread" in pick) {
    const thread = new Set([pick.thread]);
    // Messages are in order, and a reply comes after what it answers.
    for (const { id, replyTo } of messages) if (replyTo !== null && thread.has(replyTo)) thread.add(id);
    return ({ id }) => thread.has(id);
  }
  const from = pick.from === undefined ? -Infinity : toInstant(pick.from);
  const to = pick.to === undefined ? Infinity : toInstant(pick.to);
  return ({ at }) => from <= at && at < to;
}

function showPoll(message: Message, poll: Poll, text: (raw: string) => string): SliceMessage["poll"] {
  const votes = poll.options.map((_, option) => {
    const named = Object.values(message.votes).filter((choices) => choices.includes(option)).length;
    return named + (poll.tally?.[option] ?? 0);
  });
  return { question: text(poll.question), options: poll.options.map(text), multiple: poll.multiple, votes };
}
