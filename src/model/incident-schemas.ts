import * as z from "zod/mini";
import { id, lazily } from "../kernel/schema.js";
import { command, instant, label, messageRef, name, note, people, type Schemas } from "./fields.js";
import type { IncidentCommands } from "./incidents.js";

const severity = lazily(() => z.literal([1, 2, 3, 4]));

/** The commands of incidents. */
export const incidentSchemas: Schemas<keyof IncidentCommands> = {
  "incident.declare": lazily(() =>
    command("incident.declare", {
      title: name(),
      severity: severity(),
      text: z.optional(note()),
      occurredAt: z.optional(instant()),
      duty: z.optional(label()),
      commander: z.optional(id()),
      source: z.optional(messageRef()),
      channel: z.optional(
        z.strictObject({
          id: id(),
          name: z.optional(name()),
          topic: z.optional(note()),
          members: z.optional(people()),
        }),
      ),
      id: z.optional(id()),
    }),
  ),
  "incident.acknowledge": lazily(() => command("incident.acknowledge", { incident: id() })),
  "incident.command": lazily(() => command("incident.command", { incident: id(), member: id() })),
  "incident.classify": lazily(() => command("incident.classify", { incident: id(), severity: severity() })),
  "incident.contain": lazily(() => command("incident.contain", { incident: id(), text: z.optional(note()) })),
  "incident.update": lazily(() =>
    command("incident.update", { incident: id(), text: note().check(z.minLength(1)) }),
  ),
  "incident.resolve": lazily(() => command("incident.resolve", { incident: id(), text: z.optional(note()) })),
  "incident.reopen": lazily(() => command("incident.reopen", { incident: id(), text: z.optional(note()) })),
  "incident.merge": lazily(() => command("incident.merge", { incident: id(), into: id() })),
};
