import * as z from "zod/mini";
import { lazily } from "../../../kernel/schema.js";
import {
  escalation,
  flag,
  instant,
  messageRef,
  nullableInstant,
  nullableText,
  text,
  texts,
} from "./fields.js";

const charge = lazily(() =>
  z.union([
    z.strictObject({ duty: text() }),
    z.strictObject({ role: text() }),
    z.strictObject({ thread: messageRef() }),
    z.strictObject({ ownership: z.literal(true), roles: texts(), keep: texts() }),
  ]),
);
const window = lazily(() => z.strictObject({ start: instant(), end: nullableInstant() }));
const openItem = lazily(() =>
  z.strictObject({
    kind: z.enum(["draft", "post", "incident", "item", "question"]),
    id: text(),
    title: text(),
    by: text(),
    since: instant(),
    dueAt: nullableInstant(),
  }),
);
const about = lazily(() =>
  z.strictObject({ kind: z.enum(["handoff", "draft", "incident", "item", "duty"]), id: text() }),
);
const ofHandoff = lazily(() => z.strictObject({ handoff: text() }));
const ofHolder = lazily(() => z.strictObject({ duty: text(), member: text() }));

/** The payloads of the events of duties, handoffs and of what is due. */
export const dutyData = {
  "duty.defined": lazily(() =>
    z.strictObject({
      duty: text(),
      required: flag(),
      needs: texts(),
      fallback: texts(),
      escalation: z.nullable(escalation()),
    }),
  ),
  "duty.assigned": ofHolder,
  "duty.taken": lazily(() => z.strictObject({ duty: text(), member: text(), until: nullableInstant() })),
  "duty.vacated": ofHolder,
  "channel.assigned": lazily(() => z.strictObject({ channel: text(), duty: nullableText() })),
  "thread.assigned": lazily(() =>
    z.strictObject({
      channel: text(),
      message: text(),
      duty: z.exactOptional(nullableText()),
      member: z.exactOptional(nullableText()),
    }),
  ),
  "handoff.offered": lazily(() =>
    z.strictObject({
      handoff: text(),
      of: charge(),
      from: text(),
      to: text(),
      note: nullableText(),
      window: z.nullable(window()),
      expiresAt: instant(),
      items: z.array(openItem()),
    }),
  ),
  "handoff.accepted": ofHandoff,
  "handoff.declined": ofHandoff,
  "handoff.withdrawn": ofHandoff,
  "handoff.lapsed": ofHandoff,
  "handoff.started": ofHandoff,
  "handoff.returned": lazily(() => z.strictObject({ handoff: text(), because: z.enum(["ended", "gone"]) })),
  "reminder.sent": lazily(() => z.strictObject({ about: about(), people: texts() })),
  "escalation.raised": lazily(() => z.strictObject({ about: about(), to: text(), people: texts() })),
};
