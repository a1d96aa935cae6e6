import type { ById } from "../kernel/record.js";
import type { Instant } from "../kernel/time.js";
import type { Grant, Limit, Role, Selector, Settings } from "../model/access.js";
import type { Vocabulary } from "./vocabulary.js";

/**
 * A ceiling: while it is on, nothing beyond what it `keeps`, or nothing of what it `removes`, can be done. Exempt
 * are those it names, and whoever bypasses; from a `hard` one nobody is, save those it names.
 */
export type Ceiling<C extends string = string> = {
  readonly keeps?: readonly C[] | undefined;
  readonly removes?: readonly C[] | undefined;
  readonly exempt?: Selector | undefined;
  readonly hard?: boolean | undefined;
};

/** A member, as far as permissions go. */
export type AccessMember<C extends string = string> = {
  readonly roles: readonly string[];
  /** Where people are ranked one by one. Default: the highest rank of the roles. */
  readonly rank?: number | undefined;
  readonly joinedAt?: Instant | undefined;
  /** The membership itself may end: a ticket. */
  readonly until?: Instant | undefined;
  readonly appointedBy?: string | undefined;
  readonly grants?: readonly Grant<C>[] | undefined;
  readonly limits?: readonly Limit[] | undefined;
};

/** A channel, as far as permissions go. */
export type AccessChannel<C extends string = string> = Settings<C> & {
  readonly kind: string;
  /** The channel whose overrides come before its own. Limits and conditions are not inherited. */
  readonly parent?: string | undefined;
  /** Who locked its settings. */
  readonly lockedBy?: string | undefined;
};

/** The kinds of change to who may do what. */
export type ChangeType =
  | "role.define"
  | "role.assign"
  | "override.set"
  | "grant.give"
  | "grant.revoke"
  | "limit.put"
  | "limit.lift"
  | "member.add"
  | "member.remove"
  | "ownership.pass";

/**
 * Everything that a decision is made from, as plain JSON: the vocabulary, the roles, the people, the channels.
 * Ids are any strings. What refers to something that is not there gives nothing, and takes everything away.
 */
export type Snapshot<C extends string = string> = Settings<NoInfer<C>> & {
  /** The names everywhere else are those of this vocabulary. */
  readonly capabilities: Vocabulary<C>;
  readonly roles: ById<Role<NoInfer<C>>>;
  readonly members: ById<AccessMember<NoInfer<C>>>;
  readonly channels: ById<AccessChannel<NoInfer<C>>>;
  readonly groups?: ById<Selector> | undefined;
  readonly ceilings?: ById<Ceiling<NoInfer<C>>> | undefined;
  /**
   * What the overrides of a member's roles come to where they collide: one that allows wins (the default), one that
   * denies wins, or they apply from the lowest rank to the highest, each denying before the next allows.
   */
  readonly collisions?: "allow-wins" | "deny-wins" | "ranked" | undefined;
  /** The capability that each kind of change takes. Of a kind that is not named, only those who bypass may. */
  readonly powers?: { readonly [type in ChangeType]?: NoInfer<C> } | undefined;
};
