import { refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import type { Space } from "../model/space.js";

/** The refusal of a command that names somebody who is not a member. */
export function refuseUnknownMember(space: Space, member: string) {
  return entry(space.members, member)
    ? undefined
    : refuse("MEMBER_UNKNOWN", `${JSON.stringify(member)} is not a member of this space.`, { member });
}

/** The refusal of a command on a channel that is not there or closed. */
export function refuseClosed(space: Space, id: string) {
  const channel = entry(space.channels, id);
  if (!channel)
    return refuse("CHANNEL_UNKNOWN", `There is no channel ${JSON.stringify(id)}.`, { channel: id });
  if (channel.closedAt !== null)
    return refuse("CHANNEL_CLOSED", `The channel ${id} is closed.`, { channel: id });
  return undefined;
}
