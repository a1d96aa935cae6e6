import type { Words } from "./bits.js";
import type { Access } from "./compiled.js";

/** Why a change is not safe. */
export type CheckCode =
  | "NOT_A_MEMBER"
  | "TARGET_UNKNOWN"
  | "ROLE_UNKNOWN"
  | "CHANNEL_UNKNOWN"
  | "CEILING_UNKNOWN"
  | "ALREADY_A_MEMBER"
  | "NOT_ALLOWED"
  | "OUTRANKED"
  | "GIVES_MORE_THAN_OWN"
  | "RAISES_ONESELF"
  | "TOUCHES_A_HIGHER"
  | "LAST_HOST"
  | "LOCKED";

/** Whether a change may be made, or why not. */
export type Check =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: CheckCode;
      /** The member, role, channel or ceiling it is about. */
      readonly about: string;
      /** What would be given and is not the actor's to give. */
      readonly capabilities: readonly string[];
    };

/** Why not. */
export type Refused = Extract<Check, { ok: false }>;

/** Says why not. */
export function refuse(code: CheckCode, about: string, capabilities: readonly string[] = []): Refused {
  return { ok: false, code, about, capabilities };
}

/** The first that is found. */
export function first<T, R>(list: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The capabilities of a set, by name. */
export function namesOf({ vocabulary }: Access, words: Words): readonly string[] {
  return vocabulary.names.filter((_, i) => ((words[i >> 5] ?? 0) >>> (i & 31)) & 1);
}
