import { readInstant } from "../../kernel/time.js";
import type { Override, Role } from "../../model/access.js";
import type { AccessChannel, AccessMember, Snapshot } from "../snapshot.js";
import type { CapabilityDefinition, Vocabulary } from "../vocabulary.js";
import {
  DISCORD_PERMISSIONS,
  type DiscordPermission,
  type DiscordPermissionSet,
  discordNames,
} from "./discord-permissions.js";

// How Discord decides: discord/discord-api-docs at c98d64b `developers/topics/permissions.mdx` (as of 2026-08);
// what follows from a missing VIEW_CHANNEL or CONNECT: discord/discord-api-docs#1522 and JDA's `PermissionUtil`.

/** A guild as Discord's API gives it, as far as permissions go. */
export type DiscordGuild = {
  readonly id: string;
  readonly owner_id: string | null;
  /** With `@everyone`, whose id is the guild's. */
  readonly roles: readonly DiscordRole[];
  readonly members: readonly DiscordMember[];
  /** Channels and threads. */
  readonly channels?: readonly DiscordChannel[] | undefined;
};

/** A role of a guild. */
export type DiscordRole = {
  readonly id: string;
  /** Default: 0. Of roles in the same position the one with the lower id is the higher one. */
  readonly position?: number | undefined;
  readonly permissions: DiscordPermissionSet;
};

/** A member of a guild. */
export type DiscordMember = {
  readonly user: { readonly id: string };
  readonly roles: readonly string[];
  /** The end of a time-out, in ISO 8601. */
  readonly communication_disabled_until?: string | null | undefined;
};

/** A channel or a thread. */
export type DiscordChannel = {
  readonly id: string;
  /** The number of its type: 0 is text, 2 voice, 11 a public thread. */
  readonly type: number;
  /** For a thread the channel it is in, for a channel its category. */
  readonly parent_id?: string | null | undefined;
  readonly permission_overwrites?: readonly DiscordOverwrite[] | undefined;
};

/** What a channel allows or denies to a role or a member. */
export type DiscordOverwrite = {
  readonly id: string;
  /** 0 is a role, 1 a member. */
  readonly type: 0 | 1;
  readonly allow: DiscordPermissionSet;
  readonly deny: DiscordPermissionSet;
};

/** The kinds of channel, by the number of their type. */
const KINDS: { readonly [type: number]: string } = {
  0: "text",
  2: "voice",
  4: "category",
  5: "announcement",
  10: "announcement-thread",
  11: "public-thread",
  12: "private-thread",
  13: "stage",
  14: "directory",
  15: "forum",
  16: "media",
};
const UNKNOWN = "unknown";
const VOICE: ReadonlySet<string> = /* @__PURE__ */ new Set(["voice", "stage"]);
const THREAD: ReadonlySet<string> = /* @__PURE__ */ new Set([
  "announcement-thread",
  "public-thread",
  "private-thread",
]);
const OWNER = "@owner";

/** What one may not do to members who are not below oneself. */
const ON_MEMBERS: { readonly [P in DiscordPermission]?: CapabilityDefinition<DiscordPermission> } = {
  KICK_MEMBERS: { guard: "outrank" },
  BAN_MEMBERS: { guard: "outrank" },
  MANAGE_NICKNAMES: { guard: "outrank" },
  MODERATE_MEMBERS: { guard: "outrank", sparesBypass: true },
};

/** What takes the right to say something. */
const SAYING: readonly DiscordPermission[] = [
  "MENTION_EVERYONE",
  "SEND_TTS_MESSAGES",
  "ATTACH_FILES",
  "EMBED_LINKS",
];

/**
 * Who may do what in a Discord guild, as Discord decides it: `@everyone` and the roles together, the owner and
 * administrators past everything, and in a channel its overwrites for everyone, for roles and for the member. Of a
 * permission without a channel, the guild is asked. Threads take over their channel's answers; categories say
 * nothing, since channels hold copies of what theirs says. Who is timed out keeps two permissions.
 *
 * With `results: "raw"` the answers are the number that Discord documents and libraries compute. With `"effective"`,
 * the default, what is of no use is not there either: in a channel that one does not see, or that takes a voice and
 * that one may not connect to, nothing; and without the right to send messages no mentions, files and embeds.
 *
 * ```ts
 * const access = compile(discord(guild));
 * can(access, "80351110224678912", "SEND_MESSAGES", "41771983423143937", now);
 * ```
 */
export function discord(
  guild: DiscordGuild,
  { results = "effective" }: { readonly results?: "raw" | "effective" | undefined } = {},
): Snapshot<DiscordPermission> {
  const roles = ranked(guild);
  const owner: Role<DiscordPermission> = { rank: roles.length, allow: [], bypass: true };
  return {
    capabilities: results === "raw" ? RAW : EFFECTIVE,
    roles: Object.fromEntries([...roles, [OWNER, owner]]),
    members: Object.fromEntries(guild.members.map((member) => [member.user.id, memberOf(guild, member)])),
    channels: Object.fromEntries((guild.channels ?? []).map((one) => [one.id, channelOf(guild, one)])),
    ceilings: { timeout: { keeps: ["VIEW_CHANNEL", "READ_MESSAGE_HISTORY"] } },
    powers: {
      "role.define": "MANAGE_ROLES",
      "role.assign": "MANAGE_ROLES",
      "override.set": "MANAGE_ROLES",
      "limit.put": "MODERATE_MEMBERS",
      "limit.lift": "MODERATE_MEMBERS",
      "member.remove": "KICK_MEMBERS",
    },
  };
}

const RAW = /* @__PURE__ */ vocabulary(() => undefined);
const EFFECTIVE = /* @__PURE__ */ vocabulary((name, kind) => {
  const needs: DiscordPermission[] = VOICE.has(kind) ? ["VIEW_CHANNEL", "CONNECT"] : ["VIEW_CHANNEL"];
  if (SAYING.includes(name)) needs.push(THREAD.has(kind) ? "SEND_MESSAGES_IN_THREADS" : "SEND_MESSAGES");
  return needs;
});

function vocabulary(
  requires: (name: DiscordPermission, kind: string) => readonly DiscordPermission[] | undefined,
): Vocabulary<DiscordPermission> {
  const names = Object.keys(DISCORD_PERMISSIONS) as DiscordPermission[];
  const kinds = [...Object.values(KINDS), UNKNOWN];
  const definition = (name: DiscordPermission): CapabilityDefinition<DiscordPermission> => {
    const required = kinds.flatMap((kind) => {
      const needs = requires(name, kind);
      return needs ? [[kind, needs] as const] : [];
    });
    return {
      scope: "both",
      ...(required.length > 0 && { requiresIn: Object.fromEntries(required) }),
      ...ON_MEMBERS[name],
    };
  };
  return Object.fromEntries(names.map((name) => [name, definition(name)])) as Vocabulary<DiscordPermission>;
}

/** The roles from the lowest to the highest, each with a rank of its own. */
function ranked({ id, roles }: DiscordGuild): readonly (readonly [string, Role<DiscordPermission>])[] {
  const height = (role: DiscordRole): number => (role.id === id ? -1 : (role.position ?? 0));
  return [...roles]
    .sort((a, b) => height(a) - height(b) || compareIds(b.id, a.id))
    .map((role, rank) => {
      const allow = known(role.permissions);
      return [role.id, { rank, allow, bypass: allow.includes("ADMINISTRATOR") }];
    });
}

/** Ids are numbers too long for a number: the longer one is the greater one. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}

function memberOf(
  { id, owner_id }: DiscordGuild,
  { user, roles, communication_disabled_until: until }: DiscordMember,
): AccessMember<DiscordPermission> {
  const all = [id, ...roles, ...(user.id === owner_id ? [OWNER] : [])];
  if (until === undefined || until === null) return { roles: all };
  // A time-out whose end cannot be read does not end.
  return { roles: all, limits: [{ ceiling: "timeout", until: readInstant(until) }] };
}

function channelOf(
  guild: DiscordGuild,
  { type, parent_id, permission_overwrites = [] }: DiscordChannel,
): AccessChannel<DiscordPermission> {
  const kind = KINDS[type] ?? UNKNOWN;
  const parent = THREAD.has(kind) && parent_id ? { parent: parent_id } : {};
  return { kind, ...parent, overrides: permission_overwrites.map((one) => overrideOf(guild, one)) };
}

function overrideOf(
  guild: DiscordGuild,
  { id, type, allow, deny }: DiscordOverwrite,
): Override<DiscordPermission> {
  const subject = type === 1 ? { member: id } : id === guild.id ? "everyone" : { role: id };
  return { subject, allow: known(allow), deny: known(deny) };
}

/** Names that are not in the vocabulary stay in the data, where they give and take nothing. */
function known(permissions: DiscordPermissionSet): readonly DiscordPermission[] {
  return discordNames(permissions) as readonly DiscordPermission[];
}
