import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { type Duration, toMilliseconds } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Invite, InvitePolicy } from "../../model/invites.js";
import type { Space } from "../../model/space.js";

/** Says what invites must be like from now on. Those that are given out stay as they are. */
export function ruleInvites(
  space: Space,
  command: Command<"invite.rule">,
  context: Context,
): Outcome<SpaceEvent> {
  const forbidden = forbid(space, { member: command.by, capability: "space.configure", at: context.now });
  if (forbidden) return forbidden;
  const { invitePolicy: before } = space;
  const policy: InvitePolicy = {
    longest: spanOf(command.longest, before.longest),
    longestOpen: spanOf(command.longestOpen, before.longestOpen),
    mostUses: command.mostUses === undefined ? before.mostUses : command.mostUses,
    approval: command.approval ?? before.approval,
  };
  return JSON.stringify(policy) === JSON.stringify(before)
    ? accept()
    : accept(happened("invite.ruled", { policy }, command, context));
}

/** The refusal of an invite that the space does not allow. `lives` is for how long it would, in milliseconds. */
export function refuseByPolicy(
  { invitePolicy: { longest, longestOpen, mostUses } }: Pick<Space, "invitePolicy">,
  { person, maxUses }: Pick<Invite, "person" | "maxUses">,
  lives: number | null,
) {
  const ends = [longest, person === null ? longestOpen : null].filter((end) => end !== null);
  if (ends.length > 0) {
    const most = Math.min(...ends);
    if (lives === null)
      return refuse("INVITE_NEEDS_END", "An invite of this space has to end: say when it expires.", {
        longest: most,
      });
    if (lives > most)
      return refuse("INVITE_TOO_LONG", "An invite of this space may not live that long.", { longest: most });
  }
  // What is for one person alone needs no number.
  const uses = maxUses ?? (person === null ? Number.POSITIVE_INFINITY : 1);
  return mostUses !== null && uses > mostUses
    ? refuse("INVITE_TOO_MANY", `An invite of this space may have ${mostUses} uses at most.`, { mostUses })
    : undefined;
}

function spanOf(given: Duration | null | undefined, before: number | null): number | null {
  if (given === undefined) return before;
  return given === null ? null : toMilliseconds(given);
}
