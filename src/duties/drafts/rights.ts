import { can } from "../../access/can.js";
import { forbid } from "../../access/guard.js";
import { accessOf } from "../../access/of-space.js";
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
