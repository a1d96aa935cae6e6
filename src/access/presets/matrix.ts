import { type ById, entry } from "../../kernel/record.js";
import type { Condition } from "../../model/access.js";
import type { AccessMember, Snapshot } from "../snapshot.js";
import type { CapabilityDefinition } from "../vocabulary.js";

// How Matrix decides: matrix-org/matrix-spec at d0ba2aa `content/rooms/v12.md` and
// `data/event-schemas/schema/m.room.power_levels.yaml` (as of 2026-08).

/** What somebody is to a room. */
export type MatrixMembership = "join" | "invite" | "knock" | "leave" | "ban";

/** The content of `m.room.power_levels`. Rooms before version 10 may hold numbers as text. */
export type MatrixPowerLevels = {
  readonly users?: ById<number | string> | undefined;
  readonly users_default?: number | string | undefined;
  readonly events?: ById<number | string> | undefined;
  readonly events_default?: number | string | undefined;
  readonly state_default?: number | string | undefined;
  readonly ban?: number | string | undefined;
  readonly kick?: number | string | undefined;
  readonly redact?: number | string | undefined;
  readonly invite?: number | string | undefined;
  readonly notifications?: ById<number | string> | undefined;
};

/** A room, as far as permissions go. `matrixRoom` reads it from the room's state events. */
export type MatrixRoom = {
  readonly id?: string | undefined;
  /** The room version: `"12"`. */
  readonly version: string;
  readonly creator: string;
  readonly additionalCreators?: readonly string[] | undefined;
  /** `null` where the room has no such event yet. */
  readonly powerLevels: MatrixPowerLevels | null;
  readonly joinRule: string;
  /** Whether users of other servers may take part. Default: yes. */
  readonly federate?: boolean | undefined;
  readonly members: ById<MatrixMembership>;
  /** Invites to people of whom only an address is known, by their token. */
  readonly thirdPartyInvites?: ById<MatrixThirdPartyInvite> | undefined;
};

/** Who sent such an invite, and the keys that vouch for whoever redeems it. */
export type MatrixThirdPartyInvite = { readonly sender: string; readonly keys: readonly string[] };

/**
 * What can be done in a room: to send a message or a state event of a type (`event:*` and `state:*` stand for every
 * type that the room does not name), to act on members, and to come and go.
 */
export type MatrixCapability =
  | `event:${string}`
  | `state:${string}`
  | "ban"
  | "unban"
  | "kick"
  | "invite"
  | "redact"
  | "notifications.room"
  | "join"
  | "knock"
  | "leave";

const MESSAGES = [
  "m.call.answer",
  "m.call.candidates",
  "m.call.hangup",
  "m.call.invite",
  "m.poll.end",
  "m.poll.response",
  "m.poll.start",
  "m.reaction",
  "m.room.encrypted",
  "m.room.message",
  "m.room.redaction",
  "m.sticker",
] as const;
const STATES = [
  "m.room.avatar",
  "m.room.canonical_alias",
  "m.room.encryption",
  "m.room.guest_access",
  "m.room.history_visibility",
  "m.room.join_rules",
  "m.room.name",
  "m.room.pinned_events",
  "m.room.power_levels",
  "m.room.server_acl",
  "m.room.tombstone",
  "m.room.topic",
  "m.space.child",
  "m.space.parent",
] as const;

/** The role of everybody with a membership. */
const ROLE_OF: { readonly [membership in MatrixMembership]: string } = {
  join: "joined",
  invite: "invited",
  knock: "knocking",
  leave: "outside",
  ban: "banned",
};
const GOING = ["join", "knock", "leave"] as const;
/** Above every level that a room can name. JSON has no infinity. */
const CREATOR_RANK = Number.MAX_VALUE;

/** The levels that a room has where its power levels do not say. */
export const MATRIX_DEFAULTS = {
  users_default: 0,
  events_default: 0,
  state_default: 50,
  ban: 50,
  kick: 50,
  redact: 50,
  invite: 0,
} as const;

/**
 * Who may do what in a Matrix room, as its authorisation rules decide it. Levels are ranks, and what takes a level
 * is a threshold; whoever is not joined may at most come and go. `join` comes out as `pending` where a member has
 * to vouch (`restricted`). To act on a member takes a higher level than theirs: ask with a `target`.
 *
 * To judge a whole event, a change of power levels among them, use {@link authorises}.
 *
 * ```ts
 * const access = compile(matrix(matrixRoom(state, "12")));
 * can(access, "@leo:example.org", matrixCapability(room, "m.room.topic", true));
 * ```
 */
export function matrix(room: MatrixRoom): Snapshot<MatrixCapability> {
  const { powerLevels: levels } = room;
  const named = Object.keys(levels?.events ?? {});
  const types = {
    event: ["*", ...new Set([...MESSAGES, ...named])],
    state: ["*", ...new Set([...STATES, ...named])],
  };
  const base = (name: keyof typeof MATRIX_DEFAULTS): number => levelIn(levels, name);
  const send = (type: string): number => eventLevel(levels, type, false);
  const thresholds: { [capability in MatrixCapability]?: number } = {
    ban: base("ban"),
    unban: Math.max(base("ban"), base("kick")),
    kick: base("kick"),
    invite: base("invite"),
    redact: Math.max(base("redact"), send("m.room.redaction")),
    "notifications.room": numberOf(levels?.notifications && entry(levels.notifications, "room")) ?? 50,
  };
  for (const type of types.event) thresholds[`event:${type}`] = eventLevel(levels, type, false);
  for (const type of types.state) thresholds[`state:${type}`] = eventLevel(levels, type, true);

  const rule = joinRuleOf(room);
  const open = rule === "public";
  const vouched = rule === "restricted" || rule === "knock_restricted";
  const knocking = rule === "knock" || rule === "knock_restricted";
  const comes: readonly MatrixCapability[] = open || vouched ? ["join"] : [];
  const approval: Condition<MatrixCapability> = {
    kind: "approval",
    on: ["join"],
    exempt: { roles: [ROLE_OF.join, ROLE_OF.invite] },
  };
  const space: CapabilityDefinition<MatrixCapability> = { scope: "space" };
  const outranking: CapabilityDefinition<MatrixCapability> = { scope: "space", guard: "outrank" };
  return {
    capabilities: {
      ban: outranking,
      unban: outranking,
      kick: outranking,
      invite: space,
      redact: { scope: "space", own: "event:m.room.redaction" },
      "notifications.room": { scope: "space", requires: ["event:m.room.message"] },
      join: space,
      knock: space,
      leave: space,
      ...Object.fromEntries(types.event.map((type) => [`event:${type}`, space])),
      ...Object.fromEntries(types.state.map((type) => [`state:${type}`, space])),
    },
    roles: {
      joined: { rank: 0, allow: ["join", "leave"] },
      invited: { rank: 0, allow: ["join", "leave"] },
      knocking: { rank: 0, allow: ["leave", ...comes] },
      outside: { rank: 0, allow: [...comes, ...(knocking ? (["knock"] as const) : [])] },
      banned: { rank: 0, allow: [] },
    },
    members: Object.fromEntries(Object.keys(room.members).map((id) => [id, memberOf(room, id)])),
    channels: {},
    ceilings: { "not-joined": { keeps: GOING, exempt: { roles: [ROLE_OF.join] }, hard: true } },
    limits: [{ ceiling: "not-joined" }],
    conditions: vouched ? [approval] : [],
    thresholds,
  };
}

/** The level of a user: infinite for whoever created a room of version 12 or later. */
export function matrixLevel(room: MatrixRoom, user: string): number {
  const { powerLevels: levels, creator } = room;
  if (isCreator(room, user)) return Number.POSITIVE_INFINITY;
  if (levels === null) return user === creator ? 100 : 0;
  return userLevel(levels, user);
}

/** The name of the capability to send events of a type: what the room says of the type, or of all others. */
export function matrixCapability(room: MatrixRoom, type: string, state: boolean): MatrixCapability {
  const known: readonly string[] = state ? STATES : MESSAGES;
  const named = known.includes(type) || Object.hasOwn(room.powerLevels?.events ?? {}, type);
  return `${state ? "state" : "event"}:${named ? type : "*"}`;
}

/** Whether events of this type are messages. A type that nobody knows is taken for state, which takes more. */
export function isMatrixMessage(type: string): boolean {
  return (MESSAGES as readonly string[]).includes(type);
}

/** Whether somebody is a creator in the sense of room version 12: above every level, for good. */
export function isCreator({ version, creator, additionalCreators = [] }: MatrixRoom, user: string): boolean {
  return isAtLeast(version, 12) && (user === creator || additionalCreators.includes(user));
}

/** Versions that are no number are of somebody's own making, and taken for the newest. */
export function isAtLeast(version: string, number: number): boolean {
  const known = Number(version);
  return Number.isNaN(known) || known >= number;
}

/** The join rule, as far as the version of the room has it: what it does not have is as good as `invite`. */
export function joinRuleOf({ version, joinRule }: MatrixRoom): string {
  const since: number | undefined = { public: 1, knock: 7, restricted: 8, knock_restricted: 10 }[joinRule];
  return since !== undefined && isAtLeast(version, since) ? joinRule : "invite";
}

/** The level of a user by the power levels alone. */
export function userLevel(levels: MatrixPowerLevels, user: string): number {
  return numberOf(levels.users && entry(levels.users, user)) ?? levelIn(levels, "users_default");
}

/** The level that it takes to send events of a type. */
export function eventLevel(levels: MatrixPowerLevels | null, type: string, state: boolean): number {
  const own = levels?.events && entry(levels.events, type);
  return numberOf(own) ?? levelIn(levels, state ? "state_default" : "events_default");
}

/** One of the single levels, or its default. */
export function levelIn(levels: MatrixPowerLevels | null, name: keyof typeof MATRIX_DEFAULTS): number {
  return numberOf(levels?.[name]) ?? MATRIX_DEFAULTS[name];
}

/** A level: a whole number, or, in old rooms, a text of one. */
export function numberOf(level: unknown): number | undefined {
  const number = typeof level === "string" && level.trim() !== "" ? Number(level) : level;
  return typeof number === "number" && Number.isInteger(number) ? number : undefined;
}

function memberOf(room: MatrixRoom, id: string): AccessMember<MatrixCapability> {
  const membership = entry(room.members, id) ?? "leave";
  const level = matrixLevel(room, id);
  return {
    roles: [ROLE_OF[membership] ?? ROLE_OF.leave],
    rank: level === Number.POSITIVE_INFINITY ? CREATOR_RANK : level,
  };
}
