import type { Instant } from "../kernel/time.js";
import { has, isEmpty } from "./bits.js";
import { cellOf, conditionsFor, isAlike, isMemberAt } from "./cells.js";
import type { Access, Bound } from "./compiled.js";
import { decide, meet, placeOf } from "./decide.js";

/**
 * Whether a member may do something: a boolean and no reason, for hot paths. What has conditions that need more than
 * this to be known (slow mode, time limits) is `false`; ask `decide`.
 *
 * ```ts
 * can(access, "leo", "message.post", "lounge", now); // true
 * ```
 */
export function can<C extends string>(
  access: Access<C>,
  member: string,
  capability: C,
  channel?: string,
  at?: Instant,
): boolean {
  const index = access.vocabulary.index.get(capability);
  const who = access.members.get(member) ?? access.member(member);
  if (index === undefined || who === undefined || !isMemberAt(who, at)) return false;
  const place = placeOf(access as Access, index, channel);
  if (place === undefined) return false;
  const sure = index < 32 && isAlike(access as Access, who) ? place.sure[who.set.index] : undefined;
  if (sure !== undefined) return ((sure >>> index) & 1) === 1;
  const cell = cellOf(access as Access, who, place, at);
  if (!has(cell.words, index)) return false;
  return (
    !has(cell.conditional, index) || decide(access, { member, capability, channel, at }).effect === "allow"
  );
}

/** `access.of`. */
export function bound(access: Access, member: string, channel?: string, at?: Instant): Bound {
  const who = access.member(member);
  const inChannel = channel === undefined ? undefined : access.channel(channel);
  if (who === undefined || !isMemberAt(who, at)) return { can: () => false, validUntil: null };
  const { index: indexOf, all, inChannels, inSpace: aboutSpace } = access.vocabulary;
  const inSpace = cellOf(access, who, access.space, at);
  const cell = inChannel && cellOf(access, who, inChannel, at);
  const words = all.map(
    (_, i) =>
      ((inSpace.words[i] as number) &
        (aboutSpace[i] as number) &
        (channel === undefined ? -1 : ~(inChannels[i] as number))) |
      ((cell?.words[i] ?? 0) & (inChannels[i] as number)),
  );
  const conditional = all.map((_, i) => (inSpace.conditional[i] as number) | (cell?.conditional[i] ?? 0));
  const edges = conditionsFor(access, who, inChannel ?? access.space).map(
    (condition) => meet(condition, who, { at }).until,
  );
  const until = Math.min(inSpace.until, cell?.until ?? inSpace.until, who.until, ...edges);
  // Most questions need no more than the first word.
  const sure = isEmpty(conditional) ? words[0] : undefined;
  return {
    can(capability) {
      const index = indexOf.get(capability);
      if (index === undefined) return false;
      if (sure !== undefined && index < 32) return ((sure >>> index) & 1) === 1;
      return has(words, index) && (!has(conditional, index) || can(access, member, capability, channel, at));
    },
    validUntil: at === undefined || until === Number.POSITIVE_INFINITY ? null : until,
  };
}
