import type { Role } from "../../model/access.js";
import type { AccessMember, Ceiling, Snapshot } from "../snapshot.js";
import { type CapabilityDefinition, defineCapabilities } from "../vocabulary.js";

// How Telegram decides: tdlib/td at 022d602 `td/telegram/DialogParticipant.{h,cpp}` and
// `td/generate/scheme/td_api.tl`; the names are those of the Bot API (as of 2026-08).

/** What may be sent. */
export const TELEGRAM_SENDING = [
  "can_send_messages",
  "can_send_audios",
  "can_send_documents",
  "can_send_photos",
  "can_send_videos",
  "can_send_video_notes",
  "can_send_voice_notes",
  "can_send_polls",
  "can_send_other_messages",
  "can_add_web_page_previews",
] as const;
/** What members may be permitted besides, and what is otherwise a right of administrators. */
export const TELEGRAM_SHARED = [
  "can_change_info",
  "can_invite_users",
  "can_pin_messages",
  "can_manage_topics",
] as const;
/** What only administrators may do. */
export const TELEGRAM_RIGHTS = [
  "is_anonymous",
  "can_manage_chat",
  "can_delete_messages",
  "can_manage_video_chats",
  "can_restrict_members",
  "can_promote_members",
  "can_post_stories",
  "can_edit_stories",
  "can_delete_stories",
  "can_post_messages",
  "can_edit_messages",
  "can_manage_direct_messages",
] as const;

/** What a chat may permit to its members. */
export type TelegramPermission = (typeof TELEGRAM_SENDING)[number] | (typeof TELEGRAM_SHARED)[number];
/** What somebody may do in a chat, by the names of the Bot API. */
export type TelegramCapability = TelegramPermission | (typeof TELEGRAM_RIGHTS)[number];

/** Rights or permissions as the Bot API gives them. A name that it does not document is kept and gives nothing. */
export type TelegramRights = { readonly [right: string]: boolean | undefined };

/** A chat, as far as permissions go. */
export type TelegramChat = {
  readonly type: "group" | "supergroup" | "channel";
  /** What members may do by default. Without it, everything. */
  readonly permissions?: TelegramRights | undefined;
  /** Whether one has to join before one sends. */
  readonly join_to_send_messages?: boolean | undefined;
  readonly members: readonly TelegramMember[];
};

/** A member as the Bot API gives it, its rights beside its status. */
export type TelegramMember = {
  readonly user: { readonly id: number | string; readonly is_bot?: boolean | undefined };
  /** Until when a restriction, a ban or a paid membership holds, in Unix seconds; 0 is for good. */
  readonly until_date?: number | undefined;
} & (
  | { readonly status: "creator" }
  | {
      readonly status: "administrator";
      readonly rights: TelegramRights;
      /** Who made them an administrator: their id. */
      readonly promoted_by?: number | string | undefined;
    }
  | { readonly status: "member"; readonly boosts?: number | undefined }
  | {
      readonly status: "restricted";
      readonly rights: TelegramRights;
      /** Whether they are in the chat. Default: yes. */
      readonly is_member?: boolean | undefined;
      readonly boosts?: number | undefined;
    }
  | { readonly status: "left" }
  | { readonly status: "kicked" }
);

const OF_CHAT: CapabilityDefinition<TelegramCapability> = { scope: "space" };
const CAPABILITIES = /* @__PURE__ */ (() =>
  defineCapabilities(
    Object.fromEntries(
      [...TELEGRAM_SENDING, ...TELEGRAM_SHARED, ...TELEGRAM_RIGHTS].map((name) => [name, OF_CHAT]),
    ) as {
      readonly [name in TelegramCapability]: CapabilityDefinition<TelegramCapability>;
    },
  ))();

/** What there is no such thing as in a chat of this kind. */
const NOT_IN: { readonly [type in TelegramChat["type"]]: readonly TelegramCapability[] } = {
  group: ["can_post_messages", "can_edit_messages", "can_manage_direct_messages", "can_manage_topics"],
  supergroup: ["can_post_messages", "can_edit_messages", "can_manage_direct_messages"],
  channel: ["is_anonymous", "can_pin_messages", "can_manage_topics"],
};

/** Below administrators, whose rank falls with every hand their appointment has passed through. */
const TOP = 1_000_000;

/**
 * Who may do what in a Telegram chat, as Telegram decides it. Three sets meet: what somebody's status gives, what
 * the chat permits to members, and what there is in a chat of its kind. What the chat does not permit binds members
 * and those restricted, unless they have boosted the chat; administrators and the creator it does not bind.
 *
 * To restrict or to demote somebody takes more than a right: whoever is an administrator can be changed only by
 * those who made them one, directly or through others. Ask with a `target`.
 *
 * ```ts
 * const access = compile(telegram(chat));
 * decide(access, { member: "7", capability: "can_promote_members", target: "9", at: now });
 * ```
 */
export function telegram(chat: TelegramChat): Snapshot<TelegramCapability> {
  const permitted = chat.permissions
    ? [...TELEGRAM_SENDING, ...TELEGRAM_SHARED].filter((one) => isOn(chat.permissions, one))
    : undefined;
  const forbidden = [...TELEGRAM_SENDING, ...TELEGRAM_SHARED].filter(
    (one) => permitted && !permitted.includes(one),
  );
  const broadcast = chat.type === "channel";
  const sending = broadcast ? [] : TELEGRAM_SENDING;
  const shared = broadcast ? [] : TELEGRAM_SHARED;
  const stranger = chat.join_to_send_messages ? [] : sending;
  const restrictions = chat.members.filter(({ status }) => status === "restricted");
  const role = (rank: number, allow: readonly TelegramCapability[]): Role<TelegramCapability> => ({
    rank,
    allow,
  });
  return {
    capabilities: {
      ...CAPABILITIES,
      can_restrict_members: { scope: "space", guard: "appointed" },
      can_promote_members: { scope: "space", guard: "appointed" },
    },
    roles: {
      creator: { rank: TOP, allow: [], bypass: true },
      administrator: role(1, [...sending, ...shared.filter((one) => !forbidden.includes(one))]),
      "administrator-bot": role(1, sending),
      member: role(0, [...sending, ...shared]),
      "member-bot": role(0, sending),
      left: role(0, [...stranger, ...(chat.join_to_send_messages ? [] : shared)]),
      "left-bot": role(0, stranger),
      booster: role(0, []),
    },
    members: Object.fromEntries(chat.members.map((one) => [String(one.user.id), memberOf(chat, one)])),
    channels: {},
    ceilings: {
      permissions: {
        removes: forbidden,
        exempt: { roles: ["administrator", "administrator-bot", "booster"] },
      },
      kind: { removes: NOT_IN[chat.type], hard: true },
      banned: { keeps: [], hard: true },
      ...Object.fromEntries(restrictions.map((one) => [restrictionOf(one), restriction(one)])),
    },
    limits: [{ ceiling: "permissions" }, { ceiling: "kind" }],
    powers: {
      "grant.give": "can_promote_members",
      "grant.revoke": "can_promote_members",
      "limit.put": "can_restrict_members",
      "limit.lift": "can_restrict_members",
      "member.remove": "can_restrict_members",
      "member.add": "can_invite_users",
    },
  };
}

/**
 * When a restriction or a ban ends that is asked for now: `0`, for good, where it would hold for less than 30
 * seconds or more than 366 days. Both in Unix seconds.
 */
export function telegramUntil(until: number, now: number): number {
  const seconds = until - now;
  return seconds < 30 || seconds > 366 * 24 * 60 * 60 ? 0 : until;
}

function memberOf(chat: TelegramChat, member: TelegramMember): AccessMember<TelegramCapability> {
  const named = (role: string): string => (member.user.is_bot ? `${role}-bot` : role);
  const end = endOf(member);
  switch (member.status) {
    case "creator":
      return { roles: ["creator"] };
    case "administrator": {
      const rights = rightsOf(member.rights);
      // Channels have no other way to send than to post.
      if (chat.type === "channel" && rights.includes("can_post_messages")) rights.push(...TELEGRAM_SENDING);
      if (rights.length > 0) rights.push("can_manage_chat");
      const by = member.promoted_by;
      return {
        roles: [named("administrator")],
        rank: TOP - depthOf(chat, member),
        appointedBy: by === undefined ? undefined : String(by),
        grants: [{ id: "rights", allow: rights }],
      };
    }
    case "member":
      // A membership that has ended is that of somebody who has left.
      if (end !== undefined) {
        const allow =
          chat.type === "channel"
            ? []
            : [...TELEGRAM_SENDING, ...(member.user.is_bot ? [] : TELEGRAM_SHARED)];
        return {
          roles: boosted([named("left")], member),
          grants: [{ id: "membership", allow, until: end + 1 }],
        };
      }
      return { roles: boosted([named("member")], member) };
    case "restricted": {
      const role = named(member.is_member === false ? "left" : "member");
      return { roles: boosted([role], member), limits: [{ ceiling: restrictionOf(member), until: end }] };
    }
    case "left":
      return { roles: [named("left")] };
    case "kicked":
      return { roles: [named("left")], limits: [{ ceiling: "banned", until: end }] };
    default:
      return member satisfies never;
  }
}

function boosted(roles: readonly string[], { boosts = 0 }: { readonly boosts?: number | undefined }) {
  return boosts > 0 ? [...roles, "booster"] : roles;
}

/** How many administrators somebody's appointment has passed through. One that goes in a circle is the last. */
function depthOf({ members }: TelegramChat, member: TelegramMember): number {
  const seen = new Set<string>();
  for (let one: TelegramMember | undefined = member; one?.status === "administrator"; ) {
    const id = String(one.user.id);
    if (seen.has(id)) return TOP - 1;
    seen.add(id);
    const by: number | string | undefined = one.promoted_by;
    one = by === undefined ? undefined : members.find(({ user }) => String(user.id) === String(by));
  }
  return seen.size;
}

/** The last millisecond of the second up to which it holds: Telegram counts whole seconds. */
function endOf({ until_date: until = 0 }: TelegramMember): number | undefined {
  return until === 0 ? undefined : until * 1000 + 999;
}

function restrictionOf({ user }: TelegramMember): string {
  return `restricted ${user.id}`;
}

function restriction(member: TelegramMember): Ceiling<TelegramCapability> {
  return { keeps: member.status === "restricted" ? rightsOf(member.rights) : [] };
}

/** The rights that are on. Names that Telegram does not document stay in the data, where they give nothing. */
function rightsOf(rights: TelegramRights): TelegramCapability[] {
  return Object.keys(rights).filter((right) => isOn(rights, right)) as TelegramCapability[];
}

function isOn(rights: TelegramRights | undefined, right: string): boolean {
  return rights !== undefined && Object.hasOwn(rights, right) && rights[right] === true;
}
