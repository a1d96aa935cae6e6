import { forbid } from "../access/guard.js";
import { accept, type Outcome, refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { Command } from "../model/commands.js";
import { type Context, happened } from "../model/decider.js";
import type { Tenure } from "../model/duties.js";
import type { SpaceEvent } from "../model/events.js";
import type { Space } from "../model/space.js";
import { refuseAbsent, refuseUnfit, suspendedUntil } from "./fitness.js";
import { threadKey } from "./keys.js";
import { dutyOf } from "./rules.js";
import { whoHolds } from "./tenure.js";
import { isVacant } from "./vacancy.js";

/** Gives a duty to a member at once, whoever held it. For duties that nobody holds, and for hosts who step in. */
export function assignDuty(
  space: Space,
  command: Command<"duty.assign">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, duty, member } = command;
  const { now } = context;
  return (
    forbid(space, { member: by, capability: "duty.assign", at: now }) ??
    refuseUnfit(space, duty, member, now) ??
    accept(happened("duty.assigned", { duty, member }, command, context))
  );
}

/**
 * Steps in for a duty that nobody can look after: for those who were named for it, without anybody's consent, and on
 * record. Where who holds it is timed out, it is until they are no longer.
 */
export function takeDuty(space: Space, command: Command<"duty.take">, context: Context): Outcome<SpaceEvent> {
  const { by, duty } = command;
  const { now } = context;
  const absent = refuseAbsent(space, by, now);
  if (absent) return absent;
  if (!dutyOf(space, duty).fallback.includes(by)) {
    return refuse("NOT_A_FALLBACK", `${by} was not named to step in for the duty ${duty}.`, { duty });
  }
  if (!isVacant(space, duty, now)) {
    if (whoHolds(space, duty, now) === by) return accept();
    return refuse("DUTY_NOT_VACANT", `Somebody looks after the duty ${duty}.`, { duty });
  }
  const unfit = refuseUnfit(space, duty, by, now);
  if (unfit) return unfit;
  const holder = whoHolds(space, duty, now);
  const until = holder === null ? null : (suspendedUntil(space, holder, now) ?? null);
  // At the last instant of a time-out it still holds, so that it is over with the one after it.
  const data = { duty, member: by, until: until === null ? null : until + 1 };
  return accept(happened("duty.taken", data, command, context));
}

/** Says which duty answers for a channel. */
export function assignChannel(
  space: Space,
  command: Command<"channel.assign">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, channel: id, duty } = command;
  const forbidden = forbid(space, { member: by, capability: "duty.assign", at: context.now });
  if (forbidden) return forbidden;
  const channel = entry(space.channels, id);
  if (!channel) return unknownChannel(id);
  if ((channel.duty ?? null) === duty) return accept();
  return accept(happened("channel.assigned", { channel: id, duty }, command, context));
}

/**
 * Says which duty, and who, answers for a thread or a message. Whoever may assign duties decides; who curates the channel
 * may, too.
 */
export function assignThread(
  space: Space,
  command: Command<"thread.assign">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, channel, message, duty, member } = command;
  const { now } = context;
  if (!entry(space.channels, channel)) return unknownChannel(channel);
  const forbidden =
    forbid(space, { member: by, capability: "duty.assign", at: now }) &&
    forbid(space, { member: by, capability: "message.moderate", channel, at: now });
  if (forbidden) return forbidden;
  const absent = member == null ? undefined : refuseAbsent(space, member, now);
  if (absent) return absent;
  const before = entry(space.threads, threadKey({ channel, message }));
  const changes = {
    ...(duty === undefined || duty === (before?.duty ?? null) ? {} : { duty }),
    ...(member === undefined || isHeldBy(before?.tenures ?? [], member, now) ? {} : { member }),
  };
  if (Object.keys(changes).length === 0) return accept();
  return accept(happened("thread.assigned", { channel, message, ...changes }, command, context));
}

/** Whether these tenures come to just this from now on: somebody for good, or nobody. */
function isHeldBy(tenures: readonly Tenure[], member: string | null, now: Instant): boolean {
  const left = tenures.filter(({ end }) => end === null || end > now);
  return member === null
    ? left.length === 0
    : left.length === 1 && left[0]?.holder === member && left[0].end === null;
}

function unknownChannel(channel: string) {
  return refuse("CHANNEL_UNKNOWN", `There is no channel ${JSON.stringify(channel)}.`, { channel });
}
