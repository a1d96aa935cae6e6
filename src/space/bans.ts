import { forbid, forbidChange } from "../access/guard.js";
import { eventsOfLeaving, refuseRemoving } from "../duties/leaving.js";
import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import { type Instant, toMilliseconds } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";
import { eventsOfBanning } from "../sharing/invites/open-requests.js";

/**
 * Takes somebody of a lower rank out of the space, if they are in it, and lets them not come back, for a while or for good. Doing
 * it again sets the end anew.
 */
export function banMember(
  space: Space,
  command: Command<"member.ban">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, member, expiresIn } = command;
  const { now } = context;
  const forbidden = forbid(space, { member: by, capability: "member.remove", at: now });
  if (forbidden) return forbidden;
  if (by === member) return refuse("OUTRANKED", "Nobody can ban themselves.", { member });
  const until = expiresIn === undefined ? null : now + toMilliseconds(expiresIn);
  const eased = refuseEasing(space, by, member, until ?? Number.POSITIVE_INFINITY, now);
  if (eased) return eased;
  const banned = happened("member.banned", { member, until }, command, context);
  if (!entry(space.members, member)) {
    return entry(space.bans, member)?.until === until
      ? accept()
      : accept(banned, ...eventsOfBanning(space, member, command, context));
  }
  return (
    forbidChange(space, by, { type: "member.remove", member }, now) ??
    refuseRemoving(space, member, now) ??
    accept(
      banned,
      happened("member.removed", { member }, command, context),
      ...eventsOfLeaving(space, member, command, context),
      ...eventsOfBanning(space, member, command, context),
    )
  );
}

/** Lets somebody come back. They come in as anybody does. */
export function unbanMember(
  space: Space,
  command: Command<"member.unban">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, member } = command;
  const forbidden =
    forbid(space, { member: by, capability: "member.remove", at: context.now }) ??
    refuseEasing(space, by, member, context.now, context.now);
  if (forbidden) return forbidden;
  return entry(space.bans, member)
    ? accept(happened("member.unbanned", { member }, command, context))
    : accept();
}

/** The refusal to end a ban sooner than somebody of a higher rank, who is still there, has said. */
function refuseEasing(space: Space, by: string, member: string, until: number, now: Instant) {
  const ban = entry(space.bans, member);
  if (!ban || ban.by === by || until >= (ban.until ?? Number.POSITIVE_INFINITY)) return undefined;
  const outranks = !forbid(space, { member: ban.by, capability: "member.remove", target: by, at: now });
  return outranks
    ? refuse("OUTRANKED", `${ban.by} has banned ${member}, and ${by} does not outrank them.`, { member })
    : undefined;
}
