import { forbid } from "../../access/guard.js";
import { refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { MessageRef } from "../../model/duties.js";
import type { Space } from "../../model/space.js";

/**
 * The refusal to refer to a message in a channel that is not there, or that the member does not see. Whether there is
 * such a message is not asked: that would take its timeline.
 */
export function refuseSource(space: Space, source: MessageRef | null, by: string, at: Instant) {
  return source === null ? undefined : refuseUnseen(space, source.channel, by, at);
}

/** The refusal of what concerns a channel that is not there, or that the member does not see. */
export function refuseUnseen(space: Space, channel: string, by: string, at: Instant) {
  return entry(space.channels, channel)
    ? forbid(space, { member: by, capability: "channel.view", channel, at })
    : refuse("CHANNEL_UNKNOWN", `There is no channel ${JSON.stringify(channel)}.`, { channel });
}
