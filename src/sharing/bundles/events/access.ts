import * as z from "zod/mini";
import { lazily } from "../../../kernel/schema.js";
import { flag, instant, text, texts } from "./fields.js";

const period = () => ({ from: z.optional(instant()), until: z.optional(instant()) });

/** A role of the team's own. */
export const role = lazily(() =>
  z.strictObject({
    rank: z.number(),
    allow: texts(),
    kinds: z.optional(z.record(z.string(), texts())),
    bypass: z.optional(flag()),
  }),
);

/** Whom an override is for. */
const subject = lazily(() =>
  z.union([
    z.literal("everyone"),
    z.strictObject({ role: text() }),
    z.strictObject({ group: text() }),
    z.strictObject({ member: text() }),
  ]),
);

/** What is allowed or denied to somebody. */
export const override = lazily(() =>
  z.strictObject({
    ...period(),
    subject: subject(),
    allow: z.optional(texts()),
    deny: z.optional(texts()),
  }),
);

/** A ceiling. */
export const limit = lazily(() => z.strictObject({ ...period(), ceiling: text(), by: z.optional(text()) }));

/** Capabilities given to one member. */
export const grant = lazily(() =>
  z.strictObject({
    ...period(),
    id: text(),
    allow: texts(),
    channel: z.optional(text()),
    by: z.optional(text()),
    bound: z.optional(flag()),
  }),
);
