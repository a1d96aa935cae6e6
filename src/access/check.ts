import { entry } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import { can } from "./can.js";
import { isMemberAt } from "./cells.js";
import { type Change, channelIn, rolesIn, targetOf } from "./change.js";
import type { Access, CompiledMember } from "./compiled.js";
import { guardAgainst, lockedAgainst } from "./decide.js";
import { forbidEffects } from "./effects.js";
import { forbidGiving } from "./giving.js";
import { type Check, type Refused, refuse } from "./refused.js";

const OK: Check = { ok: true };

/**
 * Whether somebody may change who may do what.
 *
 * - It takes the power: the capability that the snapshot's `powers` name, or a role that bypasses.
 * - Nobody gives what they lack, then or later: what ends for the actor ends for whom they give it to. Taking a deny
 *   away, or a ceiling off, is giving.
 * - Nobody acts on an equal or a higher, save on oneself to step down; nobody comes out higher than who acts, save
 *   by the hand of one who bypasses. Nobody raises themselves.
 * - What is removed is set to its default, and judged by what that comes to.
 * - Where somebody bypasses everything, somebody always will: the last host stays.
 *
 * Time: linear in members times channels for changes that concern everybody, since it compares what all of them
 * may do before and after.
 *
 * ```ts
 * checkChange(access, "cora", { type: "role.assign", member: "leo", roles: ["host"] }, now);
 * // { ok: false, code: "OUTRANKED", about: "host", capabilities: [] }
 * ```
 */
export function checkChange<C extends string>(
  access: Access<C>,
  actor: string,
  change: Change<C>,
  at?: Instant,
): Check {
  const now = access as Access;
  const who = now.member(actor);
  if (!who || !isMemberAt(who, at)) return refuse("NOT_A_MEMBER", actor);
  return (
    forbidPowerless(now, who, change as Change, at) ??
    forbidUnknown(now, change as Change) ??
    forbidRanks(now, who, change as Change) ??
    forbidGiving(now, who, change as Change, at) ??
    forbidEffects(now, who, change as Change, at) ??
    OK
  );
}

/** What a change names has to be there. */
function forbidUnknown(access: Access, change: Change): Refused | undefined {
  const target = targetOf(change);
  if (change.type === "member.add") {
    // Another's roles, grants and ceilings each take a power of their own to change.
    if (access.member(change.member)) return refuse("ALREADY_A_MEMBER", change.member);
  } else if (target !== undefined && !access.member(target)) return refuse("TARGET_UNKNOWN", target);
  const channel = channelIn(change);
  if (channel !== undefined && !access.channel(channel)) return refuse("CHANNEL_UNKNOWN", channel);
  const ceiling = change.type === "limit.put" ? change.limit.ceiling : undefined;
  if (ceiling !== undefined && !entry(access.snapshot.ceilings ?? {}, ceiling))
    return refuse("CEILING_UNKNOWN", ceiling);
  const unknown = rolesIn(change).find((role) => !access.role(role));
  return unknown === undefined ? undefined : refuse("ROLE_UNKNOWN", unknown);
}

/** The power to make such a change, and, of a locked channel, the key. */
function forbidPowerless(
  access: Access,
  who: CompiledMember,
  change: Change,
  at: Instant | undefined,
): Refused | undefined {
  const power = access.snapshot.powers?.[change.type];
  const channel = channelIn(change);
  const place = channel === undefined ? undefined : access.channel(channel);
  if (place?.id && lockedAgainst(access, who, place) !== undefined) return refuse("LOCKED", place.id);
  if (stepsDown(access, who, change)) return undefined;
  const mayOn = (place: string | undefined): boolean =>
    power !== undefined && can(access, who.id, power, place, at);
  if (!who.set.bypass && !mayOn(channel)) return refuse("NOT_ALLOWED", power ?? change.type);
  // What it takes to act on a member holds for changing what they may do as well.
  const target = targetOf(change);
  const index = power === undefined ? undefined : access.vocabulary.index.get(power);
  if (target === undefined || index === undefined || !access.member(target)) return undefined;
  const question = { member: who.id, capability: power ?? "", target };
  const held = guardAgainst(access, who, place ?? access.space, index, question);
  return held && held.code !== "LOCKED" ? refuse("OUTRANKED", held.by) : undefined;
}

/** Everybody may take roles of a lower rank for their own, and leave. */
function stepsDown(access: Access, who: CompiledMember, change: Change): boolean {
  if (change.type === "member.remove") return change.member === who.id;
  return (
    change.type === "role.assign" &&
    change.member === who.id &&
    change.roles.every((role) => who.set.ids.has(role) || (access.role(role)?.rank ?? who.rank) < who.rank)
  );
}

/** Whom the change acts on, and what it makes of them. */
function forbidRanks(access: Access, who: CompiledMember, change: Change): Refused | undefined {
  const target = targetOf(change);
  const other = target === undefined ? undefined : access.member(target);
  if (other && other.id !== who.id && !(other.rank < who.rank)) return refuse("OUTRANKED", other.id);
  const tooHigh = (rank: number): boolean => !(who.set.bypass ? rank <= who.rank : rank < who.rank);
  if (change.type === "role.define") {
    const before = access.role(change.role);
    if (before && !(before.rank < who.rank)) return refuse("OUTRANKED", change.role);
    if (change.to && tooHigh(change.to.rank)) return refuse("OUTRANKED", change.role);
  }
  if (change.type === "member.add" && change.data.rank !== undefined && tooHigh(change.data.rank))
    return refuse("OUTRANKED", change.member);
  if (change.type !== "role.assign" && change.type !== "member.add") return undefined;
  const before = other?.set.ids;
  const high = rolesIn(change).find((id) => !before?.has(id) && tooHigh(access.role(id)?.rank ?? 0));
  return high === undefined ? undefined : refuse("OUTRANKED", high);
}
