import * as z from "zod/mini";
import { lazily } from "../../../kernel/schema.js";
import { instant, messageRef, nullableInstant, nullableText, text } from "./fields.js";

const severity = lazily(() => z.literal([1, 2, 3, 4]));
const told = lazily(() => z.strictObject({ incident: text(), text: text() }));
const ofItem = lazily(() => z.strictObject({ item: text() }));

/** The payloads of the events of incidents. */
export const incidentData = {
  "incident.declared": lazily(() =>
    z.strictObject({
      incident: text(),
      title: text(),
      severity: severity(),
      occurredAt: instant(),
      duty: text(),
      channel: nullableText(),
      source: z.nullable(messageRef()),
      text: text(),
    }),
  ),
  "incident.acknowledged": lazily(() => z.strictObject({ incident: text() })),
  "incident.commanded": lazily(() => z.strictObject({ incident: text(), member: text() })),
  "incident.classified": lazily(() => z.strictObject({ incident: text(), severity: severity() })),
  "incident.contained": told,
  "incident.updated": told,
  "incident.resolved": told,
  "incident.reopened": told,
  "incident.merged": lazily(() => z.strictObject({ incident: text(), into: text() })),
};

/** The payloads of the events of items and checklists. */
export const itemData = {
  "item.raised": lazily(() =>
    z.strictObject({
      item: text(),
      title: text(),
      duty: nullableText(),
      owner: nullableText(),
      dueAt: nullableInstant(),
      source: z.nullable(messageRef()),
      incident: nullableText(),
      checklist: nullableText(),
    }),
  ),
  "item.acknowledged": ofItem,
  "item.completed": ofItem,
  "item.reopened": ofItem,
  "item.dropped": ofItem,
  "item.changed": lazily(() =>
    z.strictObject({
      item: text(),
      title: z.exactOptional(text()),
      duty: z.exactOptional(nullableText()),
      owner: z.exactOptional(nullableText()),
      dueAt: z.exactOptional(nullableInstant()),
    }),
  ),
  "checklist.opened": lazily(() => z.strictObject({ checklist: text(), channel: text(), title: text() })),
  "checklist.closed": lazily(() => z.strictObject({ checklist: text() })),
};
