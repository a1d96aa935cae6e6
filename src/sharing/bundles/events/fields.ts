import * as z from "zod/mini";
import { isWellFormed } from "../../../kernel/json.js";
import { lazily, must } from "../../../kernel/schema.js";

// What the fields of events may hold. Events are facts, which have been decided: their shape is looked at, and how long a text is
// was a matter of the command.

/** No store keeps half a surrogate pair: it has to be known before the first event is appended. */
export const text = lazily(() => z.string().check(must(isWellFormed, "must be well-formed text")));
export const texts = lazily(() => z.array(text()));
export const nullableText = lazily(() => z.nullable(text()));
export const flag = lazily(() => z.boolean());
/** Epoch milliseconds. */
export const instant = lazily(() => z.int());
export const nullableInstant = lazily(() => z.nullable(z.int()));
/** A span of time in milliseconds. */
export const span = lazily(() => z.number());
export const nullableSpan = lazily(() => z.nullable(z.number()));
export const count = lazily(() => z.int());
export const money = lazily(() => z.strictObject({ minor: z.int(), currency: z.string() }));
export const visibility = lazily(() => z.enum(["private", "invite", "public"]));
export const exportPolicy = lazily(() => z.enum(["members", "hosts", "nobody"]));
export const messageRef = lazily(() => z.strictObject({ channel: z.string(), message: z.string() }));
export const escalation = lazily(() => z.strictObject({ to: z.string(), after: z.number() }));
export const policy = lazily(() =>
  z.strictObject({
    visibility: visibility(),
    export: exportPolicy(),
    ai: z.boolean(),
    forward: z.boolean(),
    retention: nullableSpan(),
    legal: nullableText(),
    disclosure: nullableText(),
  }),
);
const attachment = lazily(() =>
  z.strictObject({
    name: nullableText(),
    kind: mediaKind(),
    size: z.exactOptional(count()),
  }),
);
export const attachments = lazily(() => z.array(attachment()));
export const mediaKind = lazily(() =>
  z.enum(["image", "video", "video-note", "audio", "gif", "sticker", "document", "contact", "unknown"]),
);
export const messageKind = lazily(() =>
  z.enum(["text", "media", "poll", "location", "contact", "call", "system", "deleted", "empty"]),
);
