import { refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Command } from "../../model/commands.js";
import type { Draft } from "../../model/drafts.js";
import type { Space } from "../../model/space.js";
import { isSame } from "./revise.js";
import { currentOf } from "./text.js";

/** The refusal of whatever would make something visible in a channel in which only published drafts appear. */
export function refuseStaged(space: Space, channel: string) {
  return entry(space.channels, channel)?.staged
    ? refuse(
        "CHANNEL_STAGED",
        `Nothing appears in ${channel} but what was published from an approved draft.`,
        {
          channel,
        },
      )
    : undefined;
}

/** The refusal to post under the id of a published draft's message. */
export function refuseReserved(space: Space, id: string | undefined) {
  const draft = id === undefined ? undefined : draftOf(space, id);
  return (
    draft &&
    refuse("MESSAGE_RESERVED", "The id belongs to the message of a draft that was published.", {
      message: draft.message,
      draft: draft.id,
    })
  );
}

/** The message that a published draft is to become, as the command that posts it; `undefined` where there is none. */
export function deliveryOf(draft: Draft): Command<"message.post"> | undefined {
  const { status, target, message, publishedBy } = draft;
  if (status !== "published" || target === null || message === null || publishedBy === null) return undefined;
  const { body, attachments } = currentOf(draft);
  return { type: "message.post", by: publishedBy, channel: target, id: message, body, attachments };
}

/** The command that takes the message of a withdrawn draft away; `undefined` where there is none to take. */
export function retractionOf({
  status,
  target,
  message,
  withdrawnBy,
}: Draft): Command<"message.delete"> | undefined {
  if (status !== "withdrawn" || target === null || message === null || withdrawnBy === null) return undefined;
  return { type: "message.delete", by: withdrawnBy, channel: target, message };
}

/** Whether a post is exactly the message of a published draft: what it says was vetted, and where it goes allowed. */
export function isDelivery(space: Space, post: Command<"message.post">): boolean {
  const draft = post.id === undefined ? undefined : draftOf(space, post.id);
  const delivery = draft && deliveryOf(draft);
  return (
    delivery !== undefined &&
    post.channel === delivery.channel &&
    post.by === delivery.by &&
    (post.body ?? "") === delivery.body &&
    isSame(post.attachments ?? [], delivery.attachments ?? []) &&
    post.replyTo === undefined
  );
}

/** Whether deleting a message only carries out what was decided when its draft was withdrawn. */
export function isRetraction(space: Space, { by, channel, message }: Command<"message.delete">): boolean {
  const draft = draftOf(space, message);
  const retraction = draft && retractionOf(draft);
  return retraction !== undefined && retraction.channel === channel && retraction.by === by;
}

function draftOf(space: Space, message: string): Draft | undefined {
  return Object.values(space.drafts).find((draft) => draft.message === message);
}
