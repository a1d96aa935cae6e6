import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Policy } from "../../model/policy.js";
import type { Space } from "../../model/space.js";
import { refuseWider } from "./guards.js";
import { withInput } from "./policy.js";

/** What nothing has been said of yet: whatever the space allows. */
const ANYTHING: Policy = {
  visibility: "public",
  export: "members",
  ai: true,
  forward: true,
  retention: null,
  legal: null,
  disclosure: null,
};

/** Says what may be done with what is said in a channel, beside what the space says. One that came with content stays. */
export function bindPolicy(
  space: Space,
  command: Command<"policy.bind">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, channel: id, origin = null } = command;
  const { now } = context;
  const forbidden = forbid(space, { member: by, capability: "channel.configure", at: now });
  if (forbidden) return forbidden;
  const channel = entry(space.channels, id);
  if (!channel)
    return refuse("CHANNEL_UNKNOWN", `There is no channel ${JSON.stringify(id)}.`, { channel: id });
  const before = channel.policy;
  const than = before?.policy ?? ANYTHING;
  const policy = withInput(than, command.policy);
  return (
    refuseWider(space, by, { policy, than, channels: [id] }, now) ??
    accept(
      happened("policy.bound", { channel: id, policy, origin: before?.origin ?? origin }, command, context),
    )
  );
}
