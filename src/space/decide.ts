import {
  defineRole,
  giveGrant,
  liftLimit,
  putLimit,
  revokeGrant,
  setOverride,
} from "../access/decide-change.js";
import { createLink } from "../attribution/links.js";
import { recordClick, recordConversion } from "../attribution/traffic.js";
import { dutyDeciders } from "../duties/deciders.js";
import { draftDeciders } from "../duties/drafts/deciders.js";
import { asOf } from "../duties/handoffs/as-of.js";
import { refuseHostless, touchesHosts } from "../duties/handoffs/hosts.js";
import { incidentDeciders } from "../duties/incidents/deciders.js";
import { itemDeciders } from "../duties/items/deciders.js";
import { rotaDeciders } from "../duties/rotas/deciders.js";
import { type Outcome, refuse } from "../kernel/outcome.js";
import { parseCommand, refuseInvalid } from "../model/command-schemas.js";
import type { Command, CommandType } from "../model/commands.js";
import type { Context, Decider, Deciders } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";
import { applyRetention, erasePerson, hold, release } from "../privacy/decide.js";
import { cohortDeciders } from "../sharing/cohorts/deciders.js";
import { inviteDeciders } from "../sharing/invites/deciders.js";
import { sliceDeciders } from "../sharing/shares/deciders.js";
import { banMember, unbanMember } from "./bans.js";
import { createSpace } from "./create.js";
import { fold } from "./evolve.js";
import { archive, closeChannel, configureChannel, configureSpace, goLive, openChannel } from "./life.js";
import { addMember, assignRoles, join, leave, removeMember } from "./members.js";
import { edit, importInto, openMedia, openPoll, pin, post, react, remove, vote } from "./messages.js";

const deciders: Deciders<CommandType> = {
  ...inviteDeciders,
  ...cohortDeciders,
  ...sliceDeciders,
  ...dutyDeciders,
  ...rotaDeciders,
  ...draftDeciders,
  ...incidentDeciders,
  ...itemDeciders,
  "space.create": createSpace,
  "space.configure": configureSpace,
  "space.hold": hold,
  "space.release": release,
  "person.erase": erasePerson,
  "retention.apply": applyRetention,
  "space.goLive": goLive,
  "space.archive": archive,
  "channel.open": openChannel,
  "channel.configure": configureChannel,
  "channel.close": closeChannel,
  "member.join": join,
  "member.add": addMember,
  "member.leave": leave,
  "member.remove": removeMember,
  "member.ban": banMember,
  "member.unban": unbanMember,
  "role.assign": assignRoles,
  "role.define": defineRole,
  "override.set": setOverride,
  "grant.give": giveGrant,
  "grant.revoke": revokeGrant,
  "limit.put": putLimit,
  "limit.lift": liftLimit,
  "link.create": createLink,
  "message.post": post,
  "message.edit": edit,
  "message.delete": remove,
  "message.pin": pin,
  "message.unpin": pin,
  "poll.open": openPoll,
  "poll.vote": vote,
  "reaction.add": react,
  "reaction.remove": react,
  "media.open": openMedia,
  "history.import": importInto,
  "click.record": recordClick,
  "conversion.record": recordConversion,
};

/** What still happens in an archived space: it is read and shared, late sales and refunds come in, and what has to go goes. */
const AFTER_ARCHIVING: ReadonlySet<CommandType> = /* @__PURE__ */ new Set<CommandType>([
  "slice.create",
  "slice.revoke",
  "slice.share",
  "share.revoke",
  "slice.open",
  "slice.export",
  "slice.verify",
  "key.add",
  "key.revoke",
  "space.export",
  "ticket.refund",
  "space.hold",
  "space.release",
  "person.erase",
  "retention.apply",
  "media.open",
  "click.record",
  "conversion.record",
]);

/**
 * Decides a command: the events that follow from it, or why it is refused. Pure: the same space, command and
 * context give the same outcome. Never throws for a command, however malformed.
 *
 * ```ts
 * const outcome = decide(space, { type: "invite.redeem", token, by: "leo" }, { now, newId });
 * if (!outcome.ok) return reply(outcome.refusal.message);
 * const next = outcome.events.reduce(evolve, space);
 * ```
 *
 * The events belong into one stream: `streamOf(space.id, command)`. An accepted command may have no events: what
 * it asks for is the case already.
 */
export function decide(space: Space, command: Command, context: Context): Outcome<SpaceEvent> {
  const parsed = parseCommand(command);
  if (!parsed.ok) return refuseInvalid(command, parsed.issues);
  const { type } = parsed.value;
  if (type === "space.create") {
    if (space.stage !== "new") {
      return refuse("SPACE_EXISTS", `There is a space ${JSON.stringify(space.id)} already.`, {
        space: space.id,
      });
    }
  } else if (space.stage === "new") {
    return refuse("SPACE_UNKNOWN", `There is no space ${JSON.stringify(space.id)}.`, { space: space.id });
  } else if (space.stage === "archived" && !AFTER_ARCHIVING.has(type)) {
    return refuse("SPACE_ARCHIVED", "The space is archived: nothing in it can change.", { space: space.id });
  }
  // Roles that were handed over for a while come and go by themselves: what is decided on is the space as it is now.
  const { now } = context;
  const outcome = (deciders[type] as Decider<CommandType>)(asOf(space, now), parsed.value, context);
  if (!outcome.ok || !touchesHosts(space, outcome.events)) return outcome;
  return refuseHostless(fold(space, outcome.events), now) ?? outcome;
}
