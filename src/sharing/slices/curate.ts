import type { Message, Poll } from "../../model/message.js";
import type { Policy } from "../../model/policy.js";
import { redactor as redactorOf } from "../redaction/redactor.js";
import type { FindingField } from "../redaction/spans.js";
import type { Curated, SliceRequest, Taken } from "./request.js";
import { isShareable, select } from "./select.js";
import type { Slice, SliceMessage } from "./slice.js";

/** What nothing else says: nobody but who it was given to, nothing of it taken further. */
const STRICT: Policy = {
  visibility: "private",
  export: "members",
  ai: false,
  forward: false,
  retention: null,
  legal: null,
  disclosure: null,
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
 *
 * Messages are to be given in the order they were said (`messagesOf`). Linear in the length of their texts.
 *
 * @throws InvalidInputError `INVALID_INPUT` where a redaction is none, or a pattern that cannot be matched.
 */
export function curate(messages: readonly Message[], request: SliceRequest): Slice {
  return curateWithSources(messages, request).slice;
}

/** Like {@link curate}, with the messages it was made of: for whoever seals it. */
export function curateWithSources(
  messages: readonly Message[],
  request: SliceRequest,
  onTaken?: (taken: Taken) => void,
): Curated {
  const { id, title, space, by, at, redact = [], spare, patterns, context = false } = request;
  const picked = select(messages, request.pick, request);
  const takes = new Set(picked);
  const answered = contextOf(messages, picked);
  const chosen = context ? messages.filter((message) => takes.has(message) || answered.has(message)) : picked;
  let place: { readonly message: string | null; readonly field: FindingField } = {
    message: null,
    field: "title",
  };
  const redactor = redactorOf({
    ...{ rules: redact, people: peopleOf(messages, request), spare, patterns },
    onFinding: onTaken && ((text, span, replacement) => onTaken({ ...place, text, span, replacement })),
  });
  const text = (message: string | null, field: FindingField, raw: string): string => {
    place = { message, field };
    return redactor.text(raw);
  };
  const names = new Map<string, string>();
  const channelName = (channel: string): string => {
    const name = names.get(channel) ?? text(null, "channel", request.channels?.get(channel) ?? channel);
    names.set(channel, name);
    return name;
  };
  for (const { channel } of chosen) channelName(channel);
  const localIds = new Map(
    chosen.map((message, index) => [keyOf(message.channel, message.id), `m${index + 1}`]),
  );

  const shown = chosen.map((message, index): SliceMessage => {
    const { channel, replyTo, attachments, poll, pinned } = message;
    const local = `m${index + 1}`;
    const before = redactor.total;
    place = { message: local, field: "author" };
    const parts = {
      channel: channelName(channel),
      author: redactor.author(message),
      body: text(local, "body", message.body),
      poll: poll && showPoll(message, poll, (raw) => text(local, "poll", raw)),
      attachments: attachments.map(({ kind, name }) => {
        place = { message: local, field: "attachment" };
        return { kind, name: redactor.fileName(name) };
      }),
    };
    return {
      id: local,
      channel: parts.channel,
      at: message.at,
      author: parts.author,
      kind: message.kind,
      body: parts.body,
      replyTo: replyTo === null ? null : (localIds.get(keyOf(channel, replyTo)) ?? null),
      attachments: parts.attachments,
      poll: parts.poll,
      pinned,
      edited: message.editedAt !== null,
      context: answered.has(message),
      redacted: redactor.total > before,
    };
  });
  const leftOut = new Set(
    chosen.flatMap(({ channel, replyTo }) => {
      const key = replyTo === null ? undefined : keyOf(channel, replyTo);
      return key !== undefined && !localIds.has(key) ? [key] : [];
    }),
  ).size;
  const slice: Slice = {
    id,
    title: text(null, "title", title),
    space: redactor.frame(space),
    by: text(null, "by", by),
    at,
    mode: request.mode ?? "live",
    share: request.share ?? null,
    recipient: request.recipient === undefined ? null : text(null, "recipient", request.recipient),
    messages: shown,
    redactions: redactor.counts(),
    leftOut,
    policy: policyFor(request, redactor.frame),
    seal: null,
  };
  return { slice, sources: chosen };
}

/** The policy, without phrases that are to go in the texts that are shown with it. */
function policyFor({ policy = STRICT }: SliceRequest, frame: (text: string) => string): Policy {
  const { legal, disclosure } = policy;
  return { ...policy, legal: legal && frame(legal), disclosure: disclosure && frame(disclosure) };
}

/** The messages that picked ones answer and that were not picked. */
function contextOf(messages: readonly Message[], picked: readonly Message[]): ReadonlySet<Message> {
  const wanted = new Set(
    picked.flatMap(({ channel, replyTo }) => (replyTo === null ? [] : [keyOf(channel, replyTo)])),
  );
  const taken = new Set(picked);
  return new Set(
    messages.filter(
      (message) =>
        !taken.has(message) && isShareable(message) && wanted.has(keyOf(message.channel, message.id)),
    ),
  );
}

/** What people are called: members as the space calls them, authors of imports as they called themselves. */
function peopleOf(messages: readonly Message[], { names }: SliceRequest): ReadonlyMap<string, string> {
  const people = new Map(names);
  for (const { author, authorName } of messages) {
    if (author !== null && (authorName || !people.has(author))) people.set(author, authorName || author);
  }
  return people;
}

/** Ids of messages count within their channel. */
function keyOf(channel: string, message: string): string {
  return JSON.stringify([channel, message]);
}

function showPoll(message: Message, poll: Poll, text: (raw: string) => string): SliceMessage["poll"] {
  const votes = poll.options.map((_, option) => {
    const named = Object.values(message.votes).filter((choices) => choices.includes(option)).length;
    return named + (poll.tally?.[option] ?? 0);
  });
  return { question: text(poll.question), options: poll.options.map(text), multiple: poll.multiple, votes };
}
