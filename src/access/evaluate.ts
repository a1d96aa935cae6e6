import { entry } from "../kernel/record.js";
import type { Channel, Member, Space } from "../model/space.js";
import { CAPABILITIES, type Capability, READING } from "./capabilities.js";
import { ROLES, type Role } from "./roles.js";

/** What a decision is made from: a space, or any value with its stage, members and channels. */
export type Access = Pick<Space, "stage" | "members" | "channels">;

/** What is asked: may this member do this, in this channel? */
export type Question = {
  readonly member: string;
  /** A {@link Capability}. Any other string is denied with `CAPABILITY_UNKNOWN`. */
  readonly capability: string;
  /** The channel it is about; capabilities of the space as a whole need none. */
  readonly channel?: string | undefined;
};

/** Why a decision came out as it did. */
export type DecisionCode =
  | "GRANTED"
  | "CAPABILITY_UNKNOWN"
  | "NOT_A_MEMBER"
  | "CHANNEL_NEEDED"
  | "CHANNEL_UNKNOWN"
  | "NOT_GRANTED"
  | "SPACE_STAGING"
  | "SPACE_ARCHIVED"
  | "CHANNEL_CLOSED";

/** What decided: a role of the member, the channel, or the space. */
export type Cause =
  | { readonly kind: "role"; readonly id: string }
  | { readonly kind: "channel"; readonly id: string }
  | { readonly kind: "space" };

/** An answer with its reason. */
export type Decision = {
  readonly effect: "allow" | "deny";
  readonly code: DecisionCode;
  /** What decided. Empty where the question itself could not be asked. */
  readonly by: readonly Cause[];
};

/**
 * Whether a member may do something. The hot path: a boolean, no reason.
 *
 * ```ts
 * can(space, { member: "leo", capability: "message.post", channel: "lounge" });
 * ```
 */
export function can(access: Access, question: Question): boolean {
  return evaluate(access, question).effect === "allow";
}

/**
 * Whether a member may do something, and what decided it.
 *
 * In order: the question must make sense; one of the member's roles must grant the capability, in the space or
 * in channels of that kind; then the ceilings, which no role lifts: a space that is still staged is for the team
 * only, an archived space and a closed channel can only be read. Whatever is unknown is denied.
 */
export function evaluate(
  access: Access,
  { member: memberId, capability, channel: channelId }: Question,
): Decision {
  const about = entry<{ readonly scope: "space" | "channel" }>(CAPABILITIES, capability);
  if (!about) return deny("CAPABILITY_UNKNOWN");
  const member = entry(access.members, memberId);
  if (!member) return deny("NOT_A_MEMBER");

  let channel: Channel | undefined;
  if (about.scope === "channel") {
    if (channelId === undefined) return deny("CHANNEL_NEEDED");
    channel = entry(access.channels, channelId);
    if (!channel) return deny("CHANNEL_UNKNOWN");
  }

  const granting = grantingRole(member, capability as Capability, channel);
  if (granting === undefined) {
    const causes: Cause[] = member.roles.map((id) => ({ kind: "role", id }));
    if (channel) causes.push({ kind: "channel", id: channel.id });
    return deny("NOT_GRANTED", causes);
  }

  const reading = READING.has(capability);
  if (access.stage === "staging" && !member.roles.some((role) => roleOf(role)?.team)) {
    return deny("SPACE_STAGING", [{ kind: "space" }]);
  }
  if (access.stage === "archived" && !reading) return deny("SPACE_ARCHIVED", [{ kind: "space" }]);
  if (channel && channel.closedAt !== null && !reading) {
    return deny("CHANNEL_CLOSED", [{ kind: "channel", id: channel.id }]);
  }
  return { effect: "allow", code: "GRANTED", by: [{ kind: "role", id: granting }] };
}

/** The role with this name, or `undefined`. */
export function roleOf(name: string): Role | undefined {
  return entry<Role>(ROLES, name);
}

/** The highest rank among the member's roles; -1 for somebody without any. */
export function rankOf(member: Pick<Member, "roles">): number {
  return member.roles.reduce((highest, role) => Math.max(highest, roleOf(role)?.rank ?? -1), -1);
}

function grantingRole(
  member: Member,
  capability: Capability,
  channel: Channel | undefined,
): string | undefined {
  return member.roles.find((name) => {
    const role = roleOf(name);
    return role && (channel ? role.channels[channel.kind] : role.space).includes(capability);
  });
}

function deny(code: DecisionCode, by: readonly Cause[] = []): Decision {
  return { effect: "deny", code, by };
}
