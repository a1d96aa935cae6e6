import { forbid } from "../access/guard.js";
import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import { cleanName } from "../kernel/text.js";
import type { Command } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";

/** Records that a slice was made: by whom, from which messages, with which redactions. */
export function createSlice(
  space: Space,
  command: Command<"slice.create">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, title, channels, messages, redacted } = command;
  for (const channel of channels) {
    const forbidden = forbid(space, { member: by, capability: "slice.create", channel, at: context.now });
    if (forbidden) return forbidden;
  }
  const host = entry(space.members, by)?.roles.includes("host") ?? false;
  if (space.exportPolicy === "nobody" || (space.exportPolicy === "hosts" && !host)) {
    return refuse(
      "EXPORT_FORBIDDEN",
      `The export policy of this space is ${JSON.stringify(space.exportPolicy)}.`,
      {
        exportPolicy: space.exportPolicy,
      },
    );
  }
  if (messages.length === 0) return refuse("SLICE_EMPTY", "No message fits the selection.");
  const slice = context.newId("slc");
  return accept(
    happened(
      "slice.created",
      { slice, title: cleanName(title), channels, messages, redacted },
      command,
      context,
    ),
  );
}
