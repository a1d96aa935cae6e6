import * as z from "zod/mini";
import { id, lazily, must, text } from "../kernel/schema.js";
import type { DutyCommands } from "./duties.js";
import {
  capabilities,
  command,
  duration,
  escalation,
  instant,
  LIST,
  label,
  messageRef,
  note,
  people,
  role,
  roles,
  type Schemas,
} from "./fields.js";

const about = lazily(() =>
  z.strictObject({ kind: z.enum(["handoff", "draft", "incident", "item", "duty"]), id: id() }),
);
const openItem = lazily(() =>
  z.strictObject({
    kind: z.enum(["draft", "post", "incident", "item", "question"]),
    id: id(),
    title: text(200),
    by: id(),
    since: z.int(),
    dueAt: z.nullable(z.int()),
  }),
);
/** What can be handed over; a handoff names one of them. */
const CHARGES = ["duty", "role", "thread", "ownership"] as const;

/** The commands of duties, handoffs and of what is due. */
export const dutySchemas: Schemas<keyof DutyCommands> = {
  "duty.define": lazily(() =>
    command("duty.define", {
      duty: label(),
      required: z.optional(z.boolean()),
      needs: z.optional(capabilities()),
      fallback: z.optional(people()),
      escalation: z.optional(z.nullable(escalation())),
    }),
  ),
  "duty.assign": lazily(() => command("duty.assign", { duty: label(), member: id() })),
  "duty.take": lazily(() => command("duty.take", { duty: label() })),
  "channel.assign": lazily(() => command("channel.assign", { channel: id(), duty: z.nullable(label()) })),
  "thread.assign": lazily(() =>
    command("thread.assign", {
      channel: id(),
      message: id(),
      duty: z.optional(z.nullable(label())),
      member: z.optional(z.nullable(id())),
    }),
  ),
  "handoff.offer": lazily(() =>
    command("handoff.offer", {
      duty: z.optional(label()),
      role: z.optional(role()),
      thread: z.optional(messageRef()),
      ownership: z.optional(z.literal(true)),
      keep: z.optional(roles()),
      from: id(),
      to: id(),
      note: z.optional(note()),
      window: z.optional(z.strictObject({ start: instant(), end: z.optional(instant()) })),
      expiresIn: z.optional(duration()),
      items: z.optional(z.array(openItem()).check(z.maxLength(LIST))),
    }).check(
      must<{ readonly [key: string]: unknown }>(
        (offer) => CHARGES.filter((charge) => offer[charge] !== undefined).length === 1,
        "must name a duty, a role, a thread or the ownership, and not two of them",
      ),
    ),
  ),
  "handoff.accept": lazily(() => command("handoff.accept", { handoff: id() })),
  "handoff.decline": lazily(() => command("handoff.decline", { handoff: id() })),
  "handoff.withdraw": lazily(() => command("handoff.withdraw", { handoff: id() })),
  "handoff.lapse": lazily(() => command("handoff.lapse", { handoff: id() })),
  "handoff.start": lazily(() => command("handoff.start", { handoff: id() })),
  "handoff.return": lazily(() => command("handoff.return", { handoff: id() })),
  "reminder.send": lazily(() => command("reminder.send", { about: about() })),
  "escalation.raise": lazily(() => command("escalation.raise", { about: about() })),
};
