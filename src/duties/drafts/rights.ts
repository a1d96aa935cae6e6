import { can } from "../../access/can.js";
import { forbid } from "../../access/guard.js";
import { accessOf } from "../../access/of-space.js";
import { refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Draft } from "../../model/drafts.js";
import type { Space } from "../../model/space.js";

/** The refusal to work on a draft: that is for its author, as long as they may propose, and for who may publish. */
export function forbidWork(space: Space, { author, channel }: Draft, by: string, at: Instant) {
  const own = by === author && can(accessOf(space), by, "draft.propose", channel, at);
  return forbid(space, { member: by, capability: own ? "draft.propose" : "draft.publish", channel, at });
}

/** The refusal to let a draft go out: it takes the right to publish, and to post where it is to appear. */
export function forbidPublishing(space: Space, { channel, target }: Draft, by: string, at: Instant) {
  return (
    forbid(space, { member: by, capability: "draft.publish", channel, at }) ??
    (target === null
      ? undefined
      : forbid(space, { member: by, capability: "message.post", channel: target, at }))
  );
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
