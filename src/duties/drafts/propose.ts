import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import { cleanName } from "../../kernel/text.js";
import type { Command } from "../../model/commands.js";
import { refuseEmpty, refuseLong } from "../../model/content.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { refuseClosed } from "../refusals.js";
import { refuseRule, ruleFrom } from "./rule.js";

/** Brings a draft in. Proposing again under the same id changes nothing. */
export function proposeDraft(
  space: Space,
  command: Command<"draft.propose">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, channel, title, body = "", attachments = [], target = null, incident = null, rule } = command;
  const { now, newId } = context;
  const refused =
    refuseClosed(space, channel) ??
    forbid(space, { member: by, capability: "draft.propose", channel, at: now }) ??
    (target === null ? undefined : refuseClosed(space, target)) ??
    (incident === null ? undefined : refuseUnknownIncident(space, incident)) ??
    refuseLong(body) ??
    refuseEmpty("draft", body, attachments) ??
    (rule && refuseRule(space, rule));
  if (refused) return refused;
  if (command.id !== undefined && entry(space.drafts, command.id)) return accept();
  const data = {
    draft: command.id ?? newId("drf"),
    channel,
    target,
    title: cleanName(title),
    body,
    attachments,
    incident,
    rule: rule ? ruleFrom(rule) : null,
  };
  return accept(happened("draft.proposed", data, command, context));
}

function refuseUnknownIncident(space: Space, incident: string) {
  return entry(space.incidents, incident)
    ? undefined
    : refuse("INCIDENT_UNKNOWN", `There is no incident ${JSON.stringify(incident)}.`, { incident });
}
