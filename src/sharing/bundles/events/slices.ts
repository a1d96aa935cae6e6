import * as z from "zod/mini";
import { lazily } from "../../../kernel/schema.js";
import type { SlicePick } from "../../../model/slices.js";
import { count, flag, nullableInstant, nullableText, policy, text, texts } from "./fields.js";

const when = lazily(() => z.union([z.string(), z.number()]));

// Events are JSON: an instant is never a `Date` in one, though the type of what is asked for allows it.
const pick: () => z.ZodMiniType<SlicePick> = lazily(() =>
  z.union([
    z.strictObject({ ids: texts() }),
    z.strictObject({ first: text(), last: text() }),
    z.strictObject({ from: z.optional(when()), to: z.optional(when()) }),
    z.strictObject({ thread: text() }),
    z.strictObject({ pinned: z.literal(true) }),
    z.strictObject({ tag: text() }),
    z.strictObject({ author: text() }),
    z.strictObject({ decisions: z.literal(true) }),
    z.strictObject({ search: text() }),
  ]),
);

const redaction = lazily(() =>
  z.union([
    z.enum(["people", "links", "emails", "phones", "amounts", "addresses", "attachments"]),
    z.strictObject({ person: text(), alsoKnownAs: z.optional(texts()) }),
    z.strictObject({ phrase: text(), as: z.optional(text()) }),
    z.strictObject({ pattern: text(), as: z.optional(text()), ignoreCase: z.optional(flag()) }),
  ]),
);

/** The payloads of the events of slices, shares, keys and policies. */
export const sliceData = {
  "slice.created": lazily(() =>
    z.strictObject({
      slice: text(),
      title: text(),
      channels: texts(),
      pick: z.array(pick()),
      except: texts(),
      redact: z.array(redaction()),
      spare: texts(),
      context: flag(),
      mode: z.enum(["live", "frozen"]),
      until: z.array(z.strictObject({ channel: text(), revision: count() })),
      count: count(),
      seed: text(),
      policy: policy(),
    }),
  ),
  "slice.revoked": lazily(() => z.strictObject({ slice: text() })),
  "slice.shared": lazily(() =>
    z.strictObject({
      share: text(),
      slice: text(),
      cohorts: texts(),
      audience: texts(),
      hash: nullableText(),
      recipient: nullableText(),
      expiresAt: nullableInstant(),
      policy: policy(),
      marked: flag(),
    }),
  ),
  "share.revoked": lazily(() => z.strictObject({ share: text() })),
  "key.added": lazily(() => z.strictObject({ key: text(), publicKey: text() })),
  "key.revoked": lazily(() => z.strictObject({ key: text() })),
  "space.exported": lazily(() => z.strictObject({ events: count() })),
  "policy.bound": lazily(() =>
    z.strictObject({
      channel: text(),
      policy: policy(),
      origin: z.nullable(z.strictObject({ space: text(), slice: text(), root: nullableText() })),
    }),
  ),
};

const seen = () => ({ slice: text(), share: nullableText() });

/** The payloads of the access log of slices. */
export const accessData = {
  "slice.opened": lazily(() => z.strictObject({ ...seen(), use: z.enum(["read", "ai"]) })),
  "slice.exported": lazily(() =>
    z.strictObject({ ...seen(), format: z.enum(["json", "markdown", "html", "text"]) }),
  ),
  "slice.verified": lazily(() => z.strictObject({ ...seen(), genuine: flag() })),
};
