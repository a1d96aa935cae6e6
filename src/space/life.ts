import { forbid } from "../access/guard.js";
import { refuseClosed } from "../duties/refusals.js";
import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import { cleanName } from "../kernel/text.js";
import { toMilliseconds } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";
import { refuseWider } from "../sharing/shares/guards.js";
import { policyOf } from "../sharing/shares/policy.js";

/** Changes what the space is called and who may enter. */
export function configureSpace(
  space: Space,
  command: Command<"space.configure">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, name, visibility, timeZone, exportPolicy, retention, ai, forward, legal, disclosure } = command;
  const forbidden = forbid(space, { member: by, capability: "space.configure", at: context.now });
  if (forbidden) return forbidden;
  const changes = {
    ...(name === undefined ? {} : { name: cleanName(name) }),
    ...(visibility === undefined ? {} : { visibility }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(exportPolicy === undefined ? {} : { exportPolicy }),
    ...(retention === undefined ? {} : { retention: retention === null ? null : toMilliseconds(retention) }),
    ...(ai === undefined ? {} : { ai }),
    ...(forward === undefined ? {} : { forward }),
    ...(legal === undefined ? {} : { legal }),
    ...(disclosure === undefined ? {} : { disclosure }),
  };
  if (Object.keys(changes).length === 0) return accept();
  const than = policyOf(space);
  return (
    refuseWider(space, by, { policy: policyOf({ ...space, ...changes }), than }, context.now) ??
    accept(happened("space.configured", changes, command, context))
  );
}

/** Opens a staged space to everybody who may be in it. */
export function goLive(
  space: Space,
  command: Command<"space.goLive">,
  context: Context,
): Outcome<SpaceEvent> {
  const forbidden = forbid(space, { member: command.by, capability: "space.goLive", at: context.now });
  if (forbidden) return forbidden;
  if (space.stage !== "staging")
    return refuse("SPACE_NOT_STAGING", "The space is live already.", { stage: space.stage });
  return accept(happened("space.wentLive", {}, command, context));
}

/** Ends a space. It stays readable. */
export function archive(
  space: Space,
  command: Command<"space.archive">,
  context: Context,
): Outcome<SpaceEvent> {
  return (
    forbid(space, { member: command.by, capability: "space.archive", at: context.now }) ??
    accept(happened("space.archived", {}, command, context))
  );
}

/** Opens a channel. */
export function openChannel(
  space: Space,
  command: Command<"channel.open">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, channel, name = channel, kind = "discussion", topic = null } = command;
  const forbidden = forbid(space, { member: by, capability: "channel.open", at: context.now });
  if (forbidden) return forbidden;
  if (entry(space.channels, channel)) {
    return refuse("CHANNEL_EXISTS", `There is a channel ${JSON.stringify(channel)} already.`, { channel });
  }
  return accept(
    happened("channel.opened", { channel, name: cleanName(name), kind, topic }, command, context),
  );
}

/** Changes what a channel is called, what it is for and thereby who may do what in it. */
export function configureChannel(
  space: Space,
  command: Command<"channel.configure">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, channel, name, kind, topic } = command;
  const refused =
    forbid(space, { member: by, capability: "channel.configure", at: context.now }) ??
    refuseClosed(space, channel);
  if (refused) return refused;
  const changes = {
    ...(name === undefined ? {} : { name: cleanName(name) }),
    ...(kind === undefined ? {} : { kind }),
    ...(topic === undefined ? {} : { topic }),
  };
  return Object.keys(changes).length === 0
    ? accept()
    : accept(happened("channel.configured", { channel, ...changes }, command, context));
}

/** Closes a channel. It stays readable. Closing it again changes nothing. */
export function closeChannel(
  space: Space,
  command: Command<"channel.close">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, channel } = command;
  const forbidden = forbid(space, { member: by, capability: "channel.close", at: context.now });
  if (forbidden) return forbidden;
  const refused = refuseClosed(space, channel);
  if (!refused) return accept(happened("channel.closed", { channel }, command, context));
  return refused.refusal.code === "CHANNEL_CLOSED" ? accept() : refused;
}
