import { refuse } from "../kernel/outcome.js";
import { stripInvisible } from "../kernel/text.js";
import type { Attachment } from "./message.js";

// What a message may hold, and so a draft that is to become one.

/** The longest text of a message, in UTF-16 code units: what WhatsApp's own limit is. */
const MAX_BODY = 65_536;

/** The refusal of a text that is longer than a message may be. */
export function refuseLong(body: string) {
  return body.length > MAX_BODY
    ? refuse("MESSAGE_TOO_LONG", `The text has ${body.length} UTF-16 code units; ${MAX_BODY} are allowed.`, {
        length: body.length,
        limit: MAX_BODY,
      })
    : undefined;
}

/** The refusal of a message, or of a draft of one, that has neither text nor an attachment. */
export function refuseEmpty(what: "message" | "draft", body: string, attachments: readonly Attachment[]) {
  return attachments.length === 0 && stripInvisible(body).trim() === ""
    ? refuse("MESSAGE_EMPTY", `The ${what} has neither text nor an attachment.`)
    : undefined;
}
