import { type ById, entry } from "../../kernel/record.js";
import { compile } from "../compile.js";
import { decide } from "../decide.js";
import {
  eventLevel,
  isAtLeast,
  isCreator,
  isMatrixMessage,
  joinRuleOf,
  levelIn,
  MATRIX_DEFAULTS,
  type MatrixCapability,
  type MatrixMembership,
  type MatrixPowerLevels,
  type MatrixRoom,
  type MatrixThirdPartyInvite,
  matrix,
  matrixCapability,
  matrixLevel,
  numberOf,
  userLevel,
} from "./matrix.js";

/** An event as the APIs of Matrix give it. One with a `state_key` is state. */
export type MatrixEvent = {
  readonly type: string;
  readonly sender: string;
  readonly content: ById<unknown>;
  readonly state_key?: string | undefined;
  readonly room_id?: string | undefined;
  readonly event_id?: string | undefined;
  /** The event it redacts. */
  readonly redacts?: string | undefined;
  readonly prev_events?: readonly unknown[] | undefined;
};

/** Why a room would not accept an event. */
export type MatrixRefusal =
  | "OTHER_ROOM"
  | "NOT_FEDERATED"
  | "NOT_JOINED"
  | "LEVEL_TOO_LOW"
  | "OUTRANKED"
  | "NOT_THEIRS"
  | "NOT_INVITED"
  | "BANNED"
  | "ALREADY_THERE"
  | "TICKET_INVALID"
  | "MALFORMED";

/** Whether a room would accept an event, or why not. */
export type MatrixCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: MatrixRefusal; readonly about: string };

/** Checks a signature over what an identity server has signed. `key` is base64 without padding. */
export type MatrixVerify = (signed: ById<unknown>, key: string) => boolean;

const OK: MatrixCheck = { ok: true };
const MEMBERSHIPS: readonly string[] = ["join", "invite", "knock", "leave", "ban"];

/**
 * Reads a room from its state events.
 *
 * ```ts
 * const room = matrixRoom(await client.roomState("!kitchen:example.org"), "12");
 * ```
 */
export function matrixRoom(state: readonly MatrixEvent[], version: string): MatrixRoom {
  const last = (type: string): MatrixEvent | undefined => state.findLast((event) => event.type === type);
  const create = last("m.room.create");
  const named = isAtLeast(version, 11) ? undefined : create?.content["creator"];
  const rule = last("m.room.join_rules")?.content["join_rule"];
  const members: [string, MatrixMembership][] = [];
  const invites: [string, MatrixThirdPartyInvite][] = [];
  for (const { type, state_key, sender, content } of state) {
    if (type === "m.room.member") {
      const membership = content["membership"];
      if (isMembership(membership)) members.push([state_key ?? sender, membership]);
    } else if (type === "m.room.third_party_invite") {
      invites.push([state_key ?? "", { sender, keys: keysIn(content) }]);
    }
  }
  const creators = create?.content["additional_creators"];
  return {
    id: create?.room_id,
    version,
    creator: typeof named === "string" ? named : (create?.sender ?? ""),
    additionalCreators: Array.isArray(creators) ? creators.filter((one) => typeof one === "string") : [],
    powerLevels: (last("m.room.power_levels")?.content as MatrixPowerLevels | undefined) ?? null,
    joinRule: typeof rule === "string" ? rule : "invite",
    federate: create?.content["m.federate"] !== false,
    members: Object.fromEntries(members),
    thirdPartyInvites: Object.fromEntries(invites),
  };
}

/**
 * Whether a room would accept an event, by the authorisation rules of its version: what {@link matrix} says about
 * its sender, and besides who may become a member how, and which power levels one may hand out. What only servers
 * see (signatures of events, the graph that they form) is not looked at.
 *
 * Time: linear in the number of members.
 *
 * ```ts
 * authorises(room, { type: "m.room.topic", state_key: "", sender: "@leo:example.org", content: { topic: "Soup" } });
 * // { ok: false, code: "LEVEL_TOO_LOW", about: "state:m.room.topic" }
 * ```
 */
export function authorises(
  room: MatrixRoom,
  event: MatrixEvent,
  { verify }: { readonly verify?: MatrixVerify | undefined } = {},
): MatrixCheck {
  const { type, sender, state_key } = event;
  if (room.id !== undefined && event.room_id !== undefined && room.id !== event.room_id) {
    return refuse("OTHER_ROOM", event.room_id);
  }
  if (room.federate === false && domainOf(sender) !== domainOf(room.creator)) {
    return refuse("NOT_FEDERATED", sender);
  }
  if (type === "m.room.aliases" && !isAtLeast(room.version, 6)) {
    return state_key === domainOf(sender) ? OK : refuse("NOT_THEIRS", state_key ?? "");
  }
  if (type === "m.room.member") return authorisesMembership(room, event, verify);
  const state = state_key !== undefined;
  const capability = type === "m.room.third_party_invite" ? "invite" : matrixCapability(room, type, state);
  const sent = authorisesDoing(room, sender, capability);
  if (!sent.ok || type === "m.room.third_party_invite") return sent;
  if (state_key?.startsWith("@") && state_key !== sender) return refuse("NOT_THEIRS", state_key);
  if (type === "m.room.power_levels") {
    return authorisesLevels(room, sender, event.content as MatrixPowerLevels);
  }
  // From version 3 on a redaction is always accepted; whether it takes effect is asked with `redact`.
  if (type === "m.room.redaction" && !isAtLeast(room.version, 3)) {
    const own = domainOf(event.redacts ?? "") === domainOf(event.event_id ?? sender);
    return authorisesDoing(room, sender, "redact", { own });
  }
  return OK;
}

/**
 * Whether somebody may replace a room's power levels by others. Nobody touches a level above their own, nor sets
 * one; nobody changes the level of an equal, save their own. What is taken away is changed to its default.
 *
 * That default counts as well: otherwise a level above one's own could be set by removing an entry. Servers differ
 * here (ruma compares it, Synapse does not).
 */
export function authorisesLevels(room: MatrixRoom, sender: string, next: MatrixPowerLevels): MatrixCheck {
  for (const id of Object.keys(next.users ?? {})) {
    if (isCreator(room, id)) return refuse("OUTRANKED", id);
  }
  if (isAtLeast(room.version, 10) && !levelsOf(next).every((level) => Number.isInteger(level))) {
    return refuse("MALFORMED", "m.room.power_levels");
  }
  if (!levelsOf(next).every((level) => numberOf(level) !== undefined)) {
    return refuse("MALFORMED", "m.room.power_levels");
  }
  const before = room.powerLevels;
  if (before === null) return OK;
  const own = matrixLevel(room, sender);
  const tooHigh = (level: number | undefined): boolean => level !== undefined && level > own;

  for (const name of Object.keys(MATRIX_DEFAULTS) as (keyof typeof MATRIX_DEFAULTS)[]) {
    if (numberOf(before[name]) === numberOf(next[name])) continue;
    if (tooHigh(levelIn(before, name)) || tooHigh(levelIn(next, name))) return refuse("LEVEL_TOO_LOW", name);
  }
  const changed = (
    key: "events" | "notifications" | "users",
  ): readonly (readonly [string, unknown, unknown])[] => {
    const [was, is]: readonly ById<unknown>[] = [before[key] ?? {}, next[key] ?? {}];
    return [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])]
      .map((id) => [id, numberOf(entry(was ?? {}, id)), numberOf(entry(is ?? {}, id))] as const)
      .filter(([, old, now]) => old !== now);
  };
  for (const [type, old] of changed("events")) {
    const now = eventLevel(next, type, !isMatrixMessage(type));
    if (tooHigh(old as number | undefined) || tooHigh(now)) return refuse("LEVEL_TOO_LOW", `events.${type}`);
  }
  for (const [name, old, now] of changed("notifications")) {
    const then = (now ?? (name === "room" ? 50 : undefined)) as number | undefined;
    if (tooHigh(old as number | undefined) || tooHigh(then)) {
      return refuse("LEVEL_TOO_LOW", `notifications.${name}`);
    }
  }
  for (const [id, old] of changed("users")) {
    const above = old !== undefined && id !== sender && (old as number) >= own;
    if (above) return refuse("OUTRANKED", id);
    if (tooHigh(userLevel(next, id))) return refuse("LEVEL_TOO_LOW", `users.${id}`);
  }
  return OK;
}

function levelsOf(levels: MatrixPowerLevels): readonly unknown[] {
  const { users = {}, events = {}, notifications = {} } = levels;
  const single = (Object.keys(MATRIX_DEFAULTS) as (keyof typeof MATRIX_DEFAULTS)[]).map(
    (name) => levels[name],
  );
  return [
    ...single.filter((level) => level !== undefined),
    ...[users, events, notifications].flatMap((list) => Object.values(list)),
  ];
}

function authorisesMembership(
  room: MatrixRoom,
  { sender, state_key: target, content, prev_events }: MatrixEvent,
  verify: MatrixVerify | undefined,
): MatrixCheck {
  const { membership } = content;
  if (target === undefined || !isMembership(membership)) return refuse("MALFORMED", "m.room.member");
  const current = entry(room.members, target) ?? "leave";
  const mine = sender === target;
  switch (membership) {
    case "join": {
      if (!mine) return refuse("NOT_THEIRS", target);
      // The first to join is the creator, right after the room was created.
      const first = Object.keys(room.members).length === 0 && prev_events?.length === 1;
      if (first && target === room.creator) return OK;
      if (current === "ban") return refuse("BANNED", target);
      const { effect } = decide(compile(withStranger(room, target)), { member: target, capability: "join" });
      if (effect === "allow") return OK;
      const voucher = content["join_authorised_via_users_server"];
      const vouched =
        effect === "pending" && typeof voucher === "string" && authorisesDoing(room, voucher, "invite").ok;
      return vouched ? OK : refuse("NOT_INVITED", target);
    }
    case "knock":
      if (!mine) return refuse("NOT_THEIRS", target);
      if (current === "ban") return refuse("BANNED", target);
      if (current === "invite" || current === "join") return refuse("ALREADY_THERE", target);
      return joinRuleOf(room) === "knock" || joinRuleOf(room) === "knock_restricted"
        ? OK
        : refuse("NOT_INVITED", target);
    case "invite": {
      const ticket = content["third_party_invite"];
      if (ticket !== undefined) return authorisesTicket(room, sender, target, ticket, verify);
      const invites = authorisesDoing(room, sender, "invite");
      if (!invites.ok) return invites;
      if (current === "ban") return refuse("BANNED", target);
      return current === "join" ? refuse("ALREADY_THERE", target) : OK;
    }
    case "leave":
      if (mine) {
        const gone = current === "ban" || current === "leave";
        return gone ? refuse(current === "ban" ? "BANNED" : "NOT_JOINED", target) : OK;
      }
      return authorisesDoing(room, sender, current === "ban" ? "unban" : "kick", { target });
    case "ban":
      // Whoever bans themselves is nobody's better.
      return mine ? refuse("OUTRANKED", target) : authorisesDoing(room, sender, "ban", { target });
    default:
      return membership satisfies never;
  }
}

/** A bearer ticket: good for one user, as long as whoever issued it hands it out, and only with a signature. */
function authorisesTicket(
  room: MatrixRoom,
  sender: string,
  target: string,
  ticket: unknown,
  verify: MatrixVerify | undefined,
): MatrixCheck {
  if (entry(room.members, target) === "ban") return refuse("BANNED", target);
  const signed = isObject(ticket) ? ticket["signed"] : undefined;
  if (!isObject(signed) || typeof signed["token"] !== "string") return refuse("TICKET_INVALID", target);
  const issued = entry(room.thirdPartyInvites ?? {}, signed["token"]);
  const good =
    signed["mxid"] === target &&
    issued?.sender === sender &&
    issued.keys.some((key) => verify?.(signed, key) ?? false);
  return good ? OK : refuse("TICKET_INVALID", target);
}

/** Whether somebody may do something in a room, to somebody who may be a stranger to it. */
function authorisesDoing(
  room: MatrixRoom,
  member: string,
  capability: MatrixCapability,
  { target, own }: { readonly target?: string; readonly own?: boolean } = {},
): MatrixCheck {
  if (entry(room.members, member) !== "join") return refuse("NOT_JOINED", member);
  const access = compile(target === undefined ? matrix(room) : withStranger(room, target));
  const { effect, code } = decide(access, { member, capability, target, own });
  if (effect === "allow") return OK;
  return code === "OUTRANKED" ? refuse("OUTRANKED", target ?? "") : refuse("LEVEL_TOO_LOW", capability);
}

/** The room with somebody in it who has left, or never was there: one who is asked about has to be a member. */
function withStranger(room: MatrixRoom, id: string): ReturnType<typeof matrix> {
  if (entry(room.members, id) !== undefined) return matrix(room);
  return matrix({ ...room, members: Object.fromEntries([...Object.entries(room.members), [id, "leave"]]) });
}

function refuse(code: MatrixRefusal, about: string): MatrixCheck {
  return { ok: false, code, about };
}

function isMembership(value: unknown): value is MatrixMembership {
  return typeof value === "string" && MEMBERSHIPS.includes(value);
}

function isObject(value: unknown): value is ById<unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function keysIn({ public_key, public_keys }: ById<unknown>): readonly string[] {
  const listed = Array.isArray(public_keys)
    ? public_keys.map((one) => isObject(one) && one["public_key"])
    : [];
  return [public_key, ...listed].filter((key) => typeof key === "string");
}

/** The server in an id: what follows the first colon. */
function domainOf(id: string): string {
  return id.slice(id.indexOf(":") + 1);
}
