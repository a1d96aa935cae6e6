import { forbid } from "../../access/guard.js";
import { accept, type Outcome } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { refuseClosed } from "../refusals.js";
import { isSameRule, refuseRule, ruleFrom } from "./rule.js";

/** Says what drafts of a channel take, and whether only published drafts appear in it. What is left out stays. */
export function ruleChannel(
  space: Space,
  command: Command<"channel.rule">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, channel: id, approval: input } = command;
  const refused =
    forbid(space, { member: by, capability: "channel.configure", at: context.now }) ??
    refuseClosed(space, id) ??
    (input ? refuseRule(space, input) : undefined);
  if (refused) return refused;
  const channel = entry(space.channels, id);
  const before = { approval: channel?.approval ?? null, staged: channel?.staged ?? false };
  const approval = input === undefined ? before.approval : input && ruleFrom(input);
  const { staged = before.staged } = command;
  return staged === before.staged && isSameRule(approval, before.approval)
    ? accept()
    : accept(happened("channel.ruled", { channel: id, approval, staged }, command, context));
}
