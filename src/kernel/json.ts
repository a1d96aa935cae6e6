/** What survives `JSON.stringify` and `JSON.parse` unchanged. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** An object of JSON values, as error details and event payloads are. */
export type JsonObject = { readonly [key: string]: JsonValue };

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether the text is well-formed Unicode: half a surrogate pair cannot be stored or sent as UTF-8. */
export function isWellFormed(text: string): boolean {
  return !LONE_SURROGATE.test(text);
}
