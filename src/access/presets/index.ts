/**
 * How platforms decide who may do what, over the engine of `chat-spaces/access`: what their APIs give comes in, and
 * a snapshot to ask comes out. And which rules of a space a platform can enforce.
 *
 * @module chat-spaces/presets
 */

// --- Discord -----------------------------------------------------------------------------------------------------

export {
  type DiscordChannel,
  type DiscordGuild,
  type DiscordMember,
  type DiscordOverwrite,
  type DiscordRole,
  discord,
} from "./discord.js";
export {
  DISCORD_PERMISSIONS,
  type DiscordPermission,
  type DiscordPermissionSet,
  discordBits,
  discordNames,
} from "./discord-permissions.js";

// --- Matrix ------------------------------------------------------------------------------------------------------

export {
  type MatrixCapability,
  type MatrixMembership,
  type MatrixPowerLevels,
  type MatrixRoom,
  type MatrixThirdPartyInvite,
  matrix,
  matrixCapability,
  matrixLevel,
} from "./matrix.js";
export {
  authorises,
  authorisesLevels,
  type MatrixCheck,
  type MatrixEvent,
  type MatrixRefusal,
  type MatrixVerify,
  matrixRoom,
} from "./matrix-events.js";

// --- Telegram, Slack, WhatsApp -----------------------------------------------------------------------------------

export {
  SLACK_CAPABILITIES,
  type SlackCapability,
  type SlackChannel,
  type SlackChannelPrefs,
  type SlackMember,
  type SlackSelector,
  type SlackWorkspace,
  slack,
} from "./slack.js";
export {
  TELEGRAM_RIGHTS,
  TELEGRAM_SENDING,
  TELEGRAM_SHARED,
  type TelegramCapability,
  type TelegramChat,
  type TelegramMember,
  type TelegramPermission,
  type TelegramRights,
  telegram,
  telegramUntil,
} from "./telegram.js";
export {
  WHATSAPP_CAPABILITIES,
  type WhatsAppCapability,
  type WhatsAppCommunity,
  type WhatsAppGroup,
  type WhatsAppParticipant,
  whatsapp,
  whatsappCommunity,
  whatsappSuccessors,
} from "./whatsapp.js";

// --- What a platform enforces ------------------------------------------------------------------------------------

export { type EnforcedRule, enforceability, type Rule } from "./enforceability.js";
export type { Enforcer, Platform } from "./platform-features.js";
