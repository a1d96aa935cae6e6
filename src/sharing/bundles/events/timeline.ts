import * as z from "zod/mini";
import { lazily } from "../../../kernel/schema.js";
import { attachments, count, flag, messageKind, nullableText, text, texts } from "./fields.js";

const poll = lazily(() =>
  z.strictObject({
    question: text(),
    options: texts(),
    multiple: flag(),
    tally: z.exactOptional(z.array(count())),
  }),
);
const source = lazily(() =>
  z.strictObject({
    platform: text(),
    id: text(),
    wallClock: z.exactOptional(text()),
    note: z.exactOptional(text()),
  }),
);
const ofMessage = lazily(() => z.strictObject({ message: text() }));
const reaction = lazily(() => z.strictObject({ message: text(), emoji: text() }));

/** The payloads of what is said and done in a channel. */
export const timelineData = {
  "message.posted": lazily(() =>
    z.strictObject({
      author: nullableText(),
      authorName: z.exactOptional(text()),
      kind: messageKind(),
      body: text(),
      replyTo: z.exactOptional(text()),
      attachments: z.exactOptional(attachments()),
      poll: z.exactOptional(poll()),
      edited: z.exactOptional(z.literal(true)),
      source: z.exactOptional(source()),
    }),
  ),
  "message.edited": lazily(() => z.strictObject({ message: text(), body: text() })),
  "message.deleted": ofMessage,
  "message.pinned": ofMessage,
  "message.unpinned": ofMessage,
  "poll.voted": lazily(() => z.strictObject({ message: text(), choices: z.array(count()) })),
  "reaction.added": reaction,
  "reaction.removed": reaction,
  "media.opened": lazily(() => z.strictObject({ message: text(), attachment: count() })),
};
