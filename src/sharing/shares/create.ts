import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import { cleanName } from "../../kernel/text.js";
import { readInstant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { SlicePick } from "../../model/slices.js";
import type { Space } from "../../model/space.js";
import { refuseWider } from "./guards.js";
import { policyIn, withInput } from "./policy.js";

/** Puts on record that a slice was made, by what it is made of. Under an id of the host's own, doing it again changes nothing. */
export function createSlice(
  space: Space,
  command: Command<"slice.create">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, title, pick, except = [], redact = [], spare = [], mode = "live", until = [], count } = command;
  const { now, newId } = context;
  const channels = [...new Set(command.channels)];
  for (const channel of channels) {
    const forbidden = forbid(space, { member: by, capability: "slice.create", channel, at: now });
    if (forbidden) return forbidden;
  }
  if (command.id !== undefined && entry(space.slices, command.id)) return accept();
  if (count === 0) return refuse("SLICE_EMPTY", "No message fits the selection.");
  const than = policyIn(space, channels);
  const policy = withInput(than, command.policy);
  const wider = refuseWider(space, by, { policy, than, channels }, now);
  if (wider) return wider;
  const data = {
    slice: command.id ?? newId("slc"),
    title: cleanName(title),
    channels,
    pick: pick.map(withInstants),
    except,
    redact,
    spare,
    context: command.context ?? false,
    mode,
    until,
    count,
    seed: newId("sed"),
    policy,
  };
  return accept(happened("slice.created", data, command, context));
}

/** A pick whose instants are numbers, as events have them. */
function withInstants(pick: SlicePick): SlicePick {
  if (!("from" in pick) && !("to" in pick)) return pick;
  const from = readInstant(pick.from);
  const to = readInstant(pick.to);
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
