import * as z from "zod/mini";
import { id, lazily, must } from "../kernel/schema.js";
import { command, duration, instant, LIST, label, messageRef, name, type Schemas } from "./fields.js";
import type { ItemCommands } from "./items.js";

const planned = () => ({
  title: name(),
  duty: z.optional(label()),
  owner: z.optional(id()),
  dueAt: z.optional(instant()),
  dueIn: z.optional(duration()),
});
const notTwice = () =>
  must<{ readonly dueAt?: unknown; readonly dueIn?: unknown }>(
    ({ dueAt, dueIn }) => dueAt === undefined || dueIn === undefined,
    "must have dueAt or dueIn, and not both",
  );

/** The commands of items and checklists. */
export const itemSchemas: Schemas<keyof ItemCommands> = {
  "item.raise": lazily(() =>
    command("item.raise", {
      ...planned(),
      source: z.optional(messageRef()),
      incident: z.optional(id()),
      checklist: z.optional(id()),
      id: z.optional(id()),
    }).check(notTwice()),
  ),
  "item.acknowledge": lazily(() => command("item.acknowledge", { item: id() })),
  "item.complete": lazily(() => command("item.complete", { item: id() })),
  "item.reopen": lazily(() => command("item.reopen", { item: id() })),
  "item.drop": lazily(() => command("item.drop", { item: id() })),
  "item.change": lazily(() =>
    command("item.change", {
      item: id(),
      title: z.optional(name()),
      duty: z.optional(z.nullable(label())),
      owner: z.optional(z.nullable(id())),
      dueAt: z.optional(z.nullable(instant())),
    }),
  ),
  "checklist.open": lazily(() =>
    command("checklist.open", {
      channel: id(),
      title: name(),
      items: z.array(z.strictObject(planned()).check(notTwice())).check(z.maxLength(LIST)),
      // Shorter than other ids: the id of the message that shows the list is made from it.
      id: z.optional(id().check(z.maxLength(240))),
    }),
  ),
  "checklist.close": lazily(() => command("checklist.close", { checklist: id() })),
};
