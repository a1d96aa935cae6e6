import * as z from "zod/mini";
import { lazily } from "../../../kernel/schema.js";
import {
  attachments,
  count,
  escalation,
  flag,
  instant,
  nullableInstant,
  nullableSpan,
  nullableText,
  text,
  texts,
} from "./fields.js";

const rule = lazily(() =>
  z.strictObject({
    clauses: z.array(
      z.strictObject({
        count: count(),
        duty: z.optional(text()),
        role: z.optional(text()),
        members: z.optional(texts()),
      }),
    ),
    keepsCosmetic: flag(),
    within: nullableSpan(),
    remindEvery: nullableSpan(),
    escalation: z.nullable(escalation()),
  }),
);
const ofDraft = lazily(() => z.strictObject({ draft: text() }));

/** The payloads of the events of drafts. */
export const draftData = {
  "channel.ruled": lazily(() =>
    z.strictObject({ channel: text(), approval: z.nullable(rule()), staged: flag() }),
  ),
  "draft.proposed": lazily(() =>
    z.strictObject({
      draft: text(),
      channel: text(),
      target: nullableText(),
      title: text(),
      body: text(),
      attachments: attachments(),
      incident: nullableText(),
      rule: z.nullable(rule()),
    }),
  ),
  "draft.revised": lazily(() =>
    z.strictObject({
      draft: text(),
      revision: count(),
      body: text(),
      attachments: attachments(),
      cosmetic: flag(),
      keeps: flag(),
      suggestion: nullableText(),
    }),
  ),
  "suggestion.made": lazily(() =>
    z.strictObject({
      draft: text(),
      suggestion: text(),
      revision: count(),
      edits: z.array(z.strictObject({ start: count(), end: count(), text: text() })),
      note: nullableText(),
    }),
  ),
  "suggestion.included": lazily(() => z.strictObject({ draft: text(), suggestion: text() })),
  "suggestion.rejected": lazily(() =>
    z.strictObject({ draft: text(), suggestion: text(), note: nullableText() }),
  ),
  "draft.submitted": lazily(() =>
    z.strictObject({ draft: text(), revision: count(), deadline: nullableInstant() }),
  ),
  "verdict.given": lazily(() =>
    z.strictObject({
      draft: text(),
      revision: count(),
      verdict: z.enum(["approve", "reject", "changes"]),
      note: nullableText(),
    }),
  ),
  "draft.approved": lazily(() => z.strictObject({ draft: text(), revision: count() })),
  "draft.scheduled": lazily(() => z.strictObject({ draft: text(), publishAt: instant() })),
  "draft.published": lazily(() =>
    z.strictObject({ draft: text(), revision: count(), message: nullableText() }),
  ),
  "draft.delivered": ofDraft,
  "draft.withdrawn": ofDraft,
};
