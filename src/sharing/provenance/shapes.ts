import * as z from "zod/mini";
import { lazily } from "../../kernel/schema.js";
import type { Seal, Slice } from "../slices/slice.js";
import type { Quote } from "./quote.js";

// What has to be there before anything can be checked: a copy comes from anybody.

const hex = (digits: number) => z.string().check(z.regex(/^[0-9a-f]+$/), z.length(digits));
const signed = () => ({ key: z.nullable(hex(64)), signature: z.nullable(hex(128)), root: hex(64) });
const object = () => z.record(z.string(), z.unknown());

const sealed = lazily(() =>
  z.looseObject({
    messages: z.array(object()),
    seal: z.strictObject({
      version: z.literal(1),
      salts: z.array(hex(32)),
      sources: z.array(hex(64)),
      ...signed(),
    }),
  }),
);

const quoted = lazily(() =>
  z.strictObject({
    version: z.literal(1),
    space: z.string(),
    slice: z.string(),
    message: object(),
    salt: hex(32),
    fields: z.record(z.string(), hex(64)),
    source: hex(64),
    index: z.int(),
    size: z.int(),
    path: z.array(hex(64)).check(z.maxLength(64)),
    ...signed(),
  }),
);

/** Whether this is a slice with a seal, as far as checking it needs. */
export function isSealed(value: unknown): value is Slice & { readonly seal: Seal } {
  return z.safeParse(sealed(), value).success;
}

/** Whether this is a quote, as far as checking it needs. */
export function isQuote(value: unknown): value is Quote {
  return z.safeParse(quoted(), value).success;
}
