import type { Role } from "../model/access.js";

/**
 * One thing that can be done. Asked about a `channel` unless `scope` says that it is about the space as a whole, or
 * about `both`: about the channel where a question names one, and about the space where it does not.
 */
export type CapabilityDefinition<C extends string = string> = {
  readonly scope?: "space" | "channel" | "both" | undefined;
  /** Without all of these it is of no use: whoever lacks one lacks it too. */
  readonly requires?: readonly C[] | undefined;
  /** What it requires besides, in channels of a kind: `{ voice: ["CONNECT"] }`. */
  readonly requiresIn?: { readonly [kind: string]: readonly C[] } | undefined;
  /** Wherever it is given, these are given with it. */
  readonly implies?: readonly C[] | undefined;
  /** The kinds of channel in which it can be done at all. Default: all. */
  readonly kinds?: readonly string[] | undefined;
  /** What suffices where the thing acted on is one's own: `{ own: "message.post" }` on `message.moderate`. */
  readonly own?: C | undefined;
  /**
   * What it takes to act on another member: to `outrank` them, or to have `appointed` them, directly or through
   * others. `lock-holder`: a setting that somebody has locked is changed only by them and by who outranks them.
   */
  readonly guard?: "outrank" | "appointed" | "lock-holder" | undefined;
  /** Whether it cannot be done to those who bypass, whoever does it. */
  readonly sparesBypass?: boolean | undefined;
};

/** Everything that can be done, by name. */
export type Vocabulary<C extends string = string> = {
  readonly [name in C]: CapabilityDefinition<NoInfer<C>>;
};

/**
 * Names what can be done. The names become literal types: a name that is not there is a compile error.
 *
 * ```ts
 * const capabilities = defineCapabilities({
 *   "recipe.view": {},
 *   "recipe.edit": { requires: ["recipe.view"] },
 * });
 * ```
 */
export function defineCapabilities<
  const T extends { readonly [K in keyof T]: CapabilityDefinition<Extract<keyof T, string>> },
>(definitions: T): T {
  return definitions;
}

/**
 * Names the roles over a vocabulary. A capability that the vocabulary lacks is a compile error.
 *
 * ```ts
 * const roles = defineRoles(capabilities, {
 *   cook: { rank: 10, allow: ["recipe.view", "recipe.edit"] },
 *   eater: { rank: 0, allow: ["recipe.view"] },
 * });
 * ```
 */
export function defineRoles<V, const R extends { readonly [name: string]: Role<Extract<keyof V, string>> }>(
  _capabilities: V,
  roles: R,
): R {
  return roles;
}
