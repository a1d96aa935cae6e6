// The permissions of Discord by the names of its documentation, with the number of their bit.
// https://docs.discord.com/developers/topics/permissions, discord/discord-api-docs at c98d64b
// `developers/topics/permissions.mdx` (as of 2026-08).

/** Every permission that Discord documents, with its bit. Bit 47 is not documented. */
export const DISCORD_PERMISSIONS = {
  CREATE_INSTANT_INVITE: 0,
  KICK_MEMBERS: 1,
  BAN_MEMBERS: 2,
  ADMINISTRATOR: 3,
  MANAGE_CHANNELS: 4,
  MANAGE_GUILD: 5,
  ADD_REACTIONS: 6,
  VIEW_AUDIT_LOG: 7,
  PRIORITY_SPEAKER: 8,
  STREAM: 9,
  VIEW_CHANNEL: 10,
  SEND_MESSAGES: 11,
  SEND_TTS_MESSAGES: 12,
  MANAGE_MESSAGES: 13,
  EMBED_LINKS: 14,
  ATTACH_FILES: 15,
  READ_MESSAGE_HISTORY: 16,
  MENTION_EVERYONE: 17,
  USE_EXTERNAL_EMOJIS: 18,
  VIEW_GUILD_INSIGHTS: 19,
  CONNECT: 20,
  SPEAK: 21,
  MUTE_MEMBERS: 22,
  DEAFEN_MEMBERS: 23,
  MOVE_MEMBERS: 24,
  USE_VAD: 25,
  CHANGE_NICKNAME: 26,
  MANAGE_NICKNAMES: 27,
  /** In a channel the same bit means to manage its overwrites. */
  MANAGE_ROLES: 28,
  MANAGE_WEBHOOKS: 29,
  MANAGE_GUILD_EXPRESSIONS: 30,
  USE_APPLICATION_COMMANDS: 31,
  REQUEST_TO_SPEAK: 32,
  MANAGE_EVENTS: 33,
  MANAGE_THREADS: 34,
  CREATE_PUBLIC_THREADS: 35,
  CREATE_PRIVATE_THREADS: 36,
  USE_EXTERNAL_STICKERS: 37,
  SEND_MESSAGES_IN_THREADS: 38,
  USE_EMBEDDED_ACTIVITIES: 39,
  MODERATE_MEMBERS: 40,
  VIEW_CREATOR_MONETIZATION_ANALYTICS: 41,
  USE_SOUNDBOARD: 42,
  CREATE_GUILD_EXPRESSIONS: 43,
  CREATE_EVENTS: 44,
  USE_EXTERNAL_SOUNDS: 45,
  SEND_VOICE_MESSAGES: 46,
  SET_VOICE_CHANNEL_STATUS: 48,
  SEND_POLLS: 49,
  USE_EXTERNAL_APPS: 50,
  PIN_MESSAGES: 51,
  BYPASS_SLOWMODE: 52,
} as const;

/** The name of a permission of Discord. */
export type DiscordPermission = keyof typeof DISCORD_PERMISSIONS;

/** A set of permissions: the number that Discord's API gives as text, or names. */
export type DiscordPermissionSet = string | bigint | readonly string[];

const NAMES: readonly DiscordPermission[] = /* @__PURE__ */ (() =>
  Object.keys(DISCORD_PERMISSIONS) as DiscordPermission[])();
const NAME_OF: ReadonlyMap<number, string> = /* @__PURE__ */ (() =>
  new Map(NAMES.map((name) => [DISCORD_PERMISSIONS[name], name])))();

/**
 * The names in a set of permissions, in the order of their bits. A bit without a name comes as `BIT_47`; a name
 * that Discord's documentation does not have, and a text that is no number, comes as it is. None of these is ever
 * granted, and none is lost.
 *
 * ```ts
 * discordNames("3072"); // ["VIEW_CHANNEL", "SEND_MESSAGES"]
 * ```
 */
export function discordNames(permissions: DiscordPermissionSet): readonly string[] {
  if (typeof permissions === "object") return permissions;
  if (typeof permissions === "string" && !/^\d+$/.test(permissions)) {
    return permissions === "" ? [] : [permissions];
  }
  const names: string[] = [];
  let bits = BigInt(permissions);
  for (let bit = 0; bits > 0n; bit++) {
    if (bits & 1n) names.push(NAME_OF.get(bit) ?? `BIT_${bit}`);
    bits >>= 1n;
  }
  return names;
}

/**
 * The number that Discord's API takes for these names, as text. Names without a bit are left out.
 *
 * ```ts
 * discordBits(["VIEW_CHANNEL", "SEND_MESSAGES"]); // "3072"
 * ```
 */
export function discordBits(names: readonly string[]): string {
  let bits = 0n;
  for (const name of names) {
    const unnamed = /^BIT_(\d{1,3})$/.exec(name)?.[1];
    const bit = unnamed === undefined ? bitOf(name) : Number(unnamed);
    if (bit !== undefined) bits |= 1n << BigInt(bit);
  }
  return bits.toString();
}

function bitOf(name: string): number | undefined {
  return Object.hasOwn(DISCORD_PERMISSIONS, name)
    ? DISCORD_PERMISSIONS[name as DiscordPermission]
    : undefined;
}
