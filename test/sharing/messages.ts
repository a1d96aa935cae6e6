import type { Message } from "chat-spaces";

/** The instant of the first message. */
export const AT = Date.parse("2026-05-01T09:00:00Z");

/** A message whose id `m3` says that it was said three minutes later. */
export function message(id: string, author: string, body: string, extra: Partial<Message> = {}): Message {
  return {
    id,
    channel: "lounge",
    at: AT + Number(id.slice(1)) * 60_000,
    sequence: 0,
    author,
    authorName: null,
    kind: "text",
    body,
    replyTo: null,
    attachments: [],
    poll: null,
    votes: {},
    reactions: {},
    pinned: false,
    editedAt: null,
    deletedAt: null,
    source: null,
    ...extra,
  };
}

/** A short conversation with a thread, a pin, a deleted message and a notice. */
export const chat: readonly Message[] = [
  message("m1", "ana", "Doors open at six", { pinned: true }),
  message("m2", "leo", "Where?", { replyTo: "m1" }),
  message("m3", "mara", "At the pier", { replyTo: "m2" }),
  message("m4", "leo", "gone", { kind: "deleted", body: "" }),
  message("m5", "nobody", "Mara joined", { author: null, kind: "system" }),
  message("m6", "leo", "Call me: +44 7700 900123 or write leo@mail.example"),
];

/** What making a slice takes at least. */
export const REQUEST = {
  id: "slc_1",
  title: "For the partner",
  space: "drop",
  by: "ana",
  at: AT,
  pick: [{ from: 0 }],
};
