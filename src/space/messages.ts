import { can } from "../access/can.js";
import type { Capability } from "../access/capabilities.js";
import { forbid } from "../access/guard.js";
import { accessOf } from "../access/of-space.js";
import { isDelivery, isRetraction, refuseReserved, refuseStaged } from "../duties/drafts/staged.js";
import { refuseClosed } from "../duties/refusals.js";
import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import type { Command, TimelineCommand } from "../model/commands.js";
import { refuseEmpty, refuseLong } from "../model/content.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Message } from "../model/message.js";
import type { Space } from "../model/space.js";

/**
 * The id of the event that deletes a message. It is made from the message's, so that two looks by id tell all
 * that deciding needs to know of a message, however long its channel is.
 */
export function deletionId(message: string): string {
  return `${message}~deleted`;
}

/**
 * Says something. Where only published drafts appear, nobody but a published draft does; that was allowed when it was
 * published, and only has to be carried out.
 */
export function post(space: Space, command: Command<"message.post">, context: Context): Outcome<SpaceEvent> {
  const { by, channel, body = "", id, replyTo, attachments = [] } = command;
  const refused = isDelivery(space, command)
    ? refuseClosed(space, channel)
    : (refuseIn(space, context, command, "message.post") ??
      refuseStaged(space, channel) ??
      refuseReserved(space, id));
  const unfit = refused ?? refuseLong(body) ?? refuseEmpty("message", body, attachments);
  if (unfit) return unfit;
  if (known(context, id)) return accept();
  if (replyTo !== undefined && !known(context, replyTo)) return unknownMessage(channel, replyTo);
  const data = {
    author: by,
    kind: attachments.length > 0 ? ("media" as const) : ("text" as const),
    body,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
  return accept(happened("message.posted", data, command, context, id ?? context.newId("msg")));
}

/** Asks a question with choices. */
export function openPoll(space: Space, command: Command<"poll.open">, context: Context): Outcome<SpaceEvent> {
  const { by, channel, question, options, multiple = false, id } = command;
  const refused =
    refuseIn(space, context, command, "poll.open") ??
    refuseStaged(space, channel) ??
    refuseReserved(space, id);
  if (refused) return refused;
  if (known(context, id)) return accept();
  const data = { author: by, kind: "poll" as const, body: question, poll: { question, options, multiple } };
  return accept(happened("message.posted", data, command, context, id ?? context.newId("msg")));
}

/** Changes the words of one's own message. Nobody changes the words of others. */
export function edit(space: Space, command: Command<"message.edit">, context: Context): Outcome<SpaceEvent> {
  const { by, channel, message: id, body } = command;
  const refused =
    refuseIn(space, context, command, "message.post") ?? refuseStaged(space, channel) ?? refuseLong(body);
  if (refused) return refused;
  const message = standing(channel, id, context);
  if ("ok" in message) return message;
  if (message.author !== by) {
    return refuse("NOT_ALLOWED", `${by} cannot edit a message of ${message.author ?? "the platform"}.`, {
      message: id,
    });
  }
  return accept(happened("message.edited", { message: id, body }, command, context));
}

/**
 * Deletes one's own message, or, as a moderator, anybody's. Deleting again changes nothing. Who withdrew a draft may
 * delete its message: that was allowed when they withdrew it.
 */
export function remove(
  space: Space,
  command: Command<"message.delete">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, channel, message: id } = command;
  const message = known(context, id);
  const own = message?.author === by && can(accessOf(space), by, "message.post", channel, context.now);
  const refused = isRetraction(space, command)
    ? refuseClosed(space, channel)
    : refuseIn(space, context, command, own ? "message.post" : "message.moderate");
  if (refused) return refused;
  if (!message) return unknownMessage(channel, id);
  return message.deletedAt !== null
    ? accept()
    : accept(happened("message.deleted", { message: id }, command, context, deletionId(id)));
}

/** Pins a message or takes the pin off. */
export function pin(
  space: Space,
  command: Command<"message.pin" | "message.unpin">,
  context: Context,
): Outcome<SpaceEvent> {
  const { channel, message: id } = command;
  const refused = refuseIn(space, context, command, "message.pin");
  if (refused) return refused;
  const message = standing(channel, id, context);
  if ("ok" in message) return message;
  const type = command.type === "message.pin" ? "message.pinned" : "message.unpinned";
  return accept(happened(type, { message: id }, command, context));
}

/** Votes in a poll, again and again if they like: the last vote counts. */
export function vote(space: Space, command: Command<"poll.vote">, context: Context): Outcome<SpaceEvent> {
  const { channel, message: id } = command;
  const choices = [...new Set(command.choices)].sort((a, b) => a - b);
  const refused = refuseIn(space, context, command, "poll.vote");
  if (refused) return refused;
  const message = standing(channel, id, context);
  if ("ok" in message) return message;
  if (!message.poll) return refuse("POLL_UNKNOWN", "The message is not a poll.", { message: id });
  const { options, multiple } = message.poll;
  if (choices.some((choice) => choice >= options.length) || (!multiple && choices.length > 1)) {
    const text = multiple ? "any of them" : "one of them";
    return refuse(
      "POLL_OPTION_UNKNOWN",
      `The poll has the options 0 to ${options.length - 1}; choose ${text}.`,
      {
        message: id,
        choices,
      },
    );
  }
  return accept(happened("poll.voted", { message: id, choices }, command, context));
}

/** Reacts with an emoji, or takes the reaction back. */
export function react(
  space: Space,
  command: Command<"reaction.add" | "reaction.remove">,
  context: Context,
): Outcome<SpaceEvent> {
  const { channel, message: id, emoji } = command;
  const refused = refuseIn(space, context, command, "reaction.add");
  if (refused) return refused;
  const message = standing(channel, id, context);
  if ("ok" in message) return message;
  const type = command.type === "reaction.add" ? "reaction.added" : "reaction.removed";
  return accept(happened(type, { message: id, emoji }, command, context));
}

/** Notes that somebody opened an attachment. */
export function openMedia(
  space: Space,
  command: Command<"media.open">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, channel, message: id, attachment = 0 } = command;
  const refused =
    refuseUnknown(space, channel) ??
    forbid(space, { member: by, capability: "media.open", channel, at: context.now });
  if (refused) return refused;
  const message = standing(channel, id, context);
  if ("ok" in message) return message;
  if (attachment >= message.attachments.length) {
    const expected = `must be below ${message.attachments.length}, the number of attachments`;
    return refuse("INVALID_COMMAND", `media.open attachment ${expected}.`, {
      issues: [{ path: "attachment", expected }],
    });
  }
  return accept(happened("media.opened", { message: id, attachment }, command, context));
}

/** Whether a history may be brought into the channel. The events are the import's own. */
export function importInto(
  space: Space,
  command: Command<"history.import">,
  context: Context,
): Outcome<SpaceEvent> {
  return (
    refuseIn(space, context, command, "history.import") ?? refuseStaged(space, command.channel) ?? accept()
  );
}

function refuseIn(space: Space, { now }: Context, { by, channel }: TimelineCommand, capability: Capability) {
  return refuseClosed(space, channel) ?? forbid(space, { member: by, capability, channel, at: now });
}

function refuseUnknown(space: Space, channel: string) {
  const refused = refuseClosed(space, channel);
  return refused?.refusal.code === "CHANNEL_UNKNOWN" ? refused : undefined;
}

function known({ timeline }: Context, id: string | undefined): Message | undefined {
  return timeline && id !== undefined ? entry(timeline.messages, id) : undefined;
}

/** The message, or the refusal of a command on one that is not there or gone. */
function standing(channel: string, id: string, context: Context) {
  const message = known(context, id);
  if (!message) return unknownMessage(channel, id);
  if (message.deletedAt !== null)
    return refuse("MESSAGE_DELETED", "The message has been deleted.", { message: id });
  return message;
}

function unknownMessage(channel: string, message: string) {
  return refuse("MESSAGE_UNKNOWN", `There is no message ${JSON.stringify(message)} in ${channel}.`, {
    channel,
    message,
  });
}
