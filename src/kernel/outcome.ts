import type { RefusalCode } from "./codes.js";
import type { JsonObject } from "./json.js";

/**
 * Why a command did nothing, as data.
 *
 * `code` is what programs branch on, `message` is a sentence for the person who sent the command, `details`
 * holds what the sentence is about.
 */
export type Refusal<C extends RefusalCode = RefusalCode> = {
  readonly code: C;
  readonly message: string;
  readonly details: JsonObject;
};

/** What `decide` answers: the events that happened, or the refusal. Never both, and never a throw. */
export type Outcome<E> =
  | { readonly ok: true; readonly events: readonly E[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** The events of an accepted command. */
export function accept<E>(...events: readonly E[]): { readonly ok: true; readonly events: readonly E[] } {
  return { ok: true, events };
}

/** The refusal of a command. */
export function refuse(
  code: RefusalCode,
  message: string,
  details: JsonObject = {},
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, message, details } };
}
