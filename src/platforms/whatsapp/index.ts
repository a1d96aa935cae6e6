/**
 * WhatsApp's chat exports: reading them, and turning them into events.
 *
 * @module chat-spaces/whatsapp
 */
export type {
  ChatHistory,
  ChatMedia,
  ChatMessage,
  ChatPoll,
  ImportWarning,
  ImportWarningCode,
  Participant,
} from "../../model/history.js";
export { type ImportOptions, importHistory } from "../../model/import-history.js";
export type { DateOrder } from "./dates.js";
export type { BlobLike, WebStreamLike, WhatsAppInput } from "./input.js";
export { parseWhatsApp, streamWhatsApp, type WhatsAppStream } from "./parse.js";
export type { WhatsAppLimits, WhatsAppOptions } from "./parser.js";
