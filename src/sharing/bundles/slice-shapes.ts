import * as z from "zod/mini";
import { lazily } from "../../kernel/schema.js";
import type { Slice, SliceMessage } from "../slices/slice.js";
import type { Wrong } from "./events/exact.js";
import {
  count,
  flag,
  instant,
  mediaKind,
  messageKind,
  nullableText,
  policy,
  text,
  texts,
} from "./events/fields.js";

// The lines of the bundle of a slice.

const rest = {
  id: text,
  title: text,
  space: text,
  by: text,
  at: instant,
  mode: lazily(() => z.enum(["live", "frozen"])),
  share: nullableText,
  recipient: nullableText,
  redactions: lazily(() => z.record(z.string(), count())),
  leftOut: count,
  policy,
  seal: lazily(() =>
    z.nullable(
      z.strictObject({
        version: z.literal(1),
        root: text(),
        salts: texts(),
        sources: texts(),
        key: nullableText(),
        signature: nullableText(),
      }),
    ),
  ),
};

const frame = () =>
  Object.fromEntries(Object.entries(rest).map(([name, schema]) => [name, schema()])) as {
    [K in keyof typeof rest]: ReturnType<(typeof rest)[K]>;
  };

/** What a slice is, its messages left out. */
export const sliceHeaderSchema = lazily(() =>
  z.strictObject({
    format: z.literal("chat-spaces/bundle"),
    kind: z.literal("slice"),
    version: z.literal(1),
    ...frame(),
  }),
);

/** A slice as a value. */
export const sliceSchema = lazily(() =>
  z.strictObject({ ...frame(), messages: z.array(sliceMessageSchema()) }),
);

/** A message of a slice. */
export const sliceMessageSchema = lazily(() =>
  z.strictObject({
    id: text(),
    channel: text(),
    at: instant(),
    author: nullableText(),
    kind: messageKind(),
    body: text(),
    replyTo: nullableText(),
    attachments: z.array(z.strictObject({ kind: mediaKind(), name: nullableText() })),
    poll: z.nullable(
      z.strictObject({
        question: text(),
        options: texts(),
        multiple: flag(),
        tally: z.exactOptional(z.array(count())),
        votes: z.array(count()),
      }),
    ),
    pinned: flag(),
    edited: flag(),
    context: flag(),
    redacted: flag(),
  }),
);

/** The last line of the bundle of a slice. */
export const sliceTrailerSchema = lazily(() =>
  z.strictObject({ messages: count(), root: z.string().check(z.regex(/^[0-9a-f]{64}$/)) }),
);

// Each of these is an error that names the field, where a schema does not fit its type.
true satisfies [Wrong<typeof rest, Omit<Slice, "messages">>] extends [never]
  ? true
  : Wrong<typeof rest, Omit<Slice, "messages">>;
true satisfies [Wrong<{ message: typeof sliceMessageSchema }, { message: SliceMessage }>] extends [never]
  ? true
  : never;
