import { forbid } from "../../access/guard.js";
import { accept, type Outcome } from "../../kernel/outcome.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { refuseExport } from "./guards.js";
import { policyIn } from "./policy.js";

/** Puts on record that the whole space is taken out as a file, where it may be. */
export function exportSpace(
  space: Space,
  command: Command<"space.export">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, events = 0 } = command;
  return (
    forbid(space, { member: by, capability: "space.export", at: context.now }) ??
    refuseExport(space, by, policyIn(space, Object.keys(space.channels))) ??
    accept(happened("space.exported", { events }, command, context))
  );
}
