import type { Instant } from "../kernel/time.js";

// What a space says about who may do what. `C` is the names of the capabilities; see `access/`.

/** A role: a named set of capabilities, and a rank. */
export type Role<C extends string = string> = {
  /** Who outranks whom. Only a strictly higher rank does. */
  readonly rank: number;
  /** What it gives: in the space, and in channels of every kind. */
  readonly allow: readonly C[];
  /** What it gives besides, in channels of a kind. */
  readonly kinds?: { readonly [kind: string]: readonly C[] } | undefined;
  /** Whether it gives everything, past overrides and ceilings, save those ceilings that are `hard`. */
  readonly bypass?: boolean | undefined;
};

/**
 * When an entry holds. What gives holds while `from <= at < until`; what takes away holds while
 * `from <= at <= until`, so that at the very instant of a change the stricter side wins. Where a question has no
 * `at`, an entry with a window does not give, and does take away.
 */
export type Period = { readonly from?: Instant | undefined; readonly until?: Instant | undefined };

/** Names people: everybody, or whoever fits at least one of what is listed. */
export type Selector =
  | "everyone"
  | {
      readonly roles?: readonly string[] | undefined;
      readonly members?: readonly string[] | undefined;
      /** Names of groups, which are selectors themselves and may name other groups. */
      readonly groups?: readonly string[] | undefined;
      /** Everybody of at least this rank. */
      readonly rank?: number | undefined;
    };

/** Whom an override is for. The tiers are asked in this order: everyone, roles and groups, members. */
export type Subject =
  | "everyone"
  | { readonly role: string }
  | { readonly group: string }
  | { readonly member: string };

/** What is allowed or denied to somebody in a channel, or in the space. What it does not name is as it was. */
export type Override<C extends string = string> = Period & {
  readonly subject: Subject;
  readonly allow?: readonly C[] | undefined;
  readonly deny?: readonly C[] | undefined;
};

/** A ceiling put on the space, a channel or a member: by name, for a while or for good. */
export type Limit = Period & {
  readonly ceiling: string;
  /** Who put it there. */
  readonly by?: string | undefined;
};

/** Capabilities given to one member, beside those of their roles. */
export type Grant<C extends string = string> = Period & {
  readonly id: string;
  readonly allow: readonly C[];
  /** The channel it is for. Default: the space and all channels. */
  readonly channel?: string | undefined;
  /** Who gave it. With `bound`, it holds only while they have themselves what it gives. */
  readonly by?: string | undefined;
  readonly bound?: boolean | undefined;
};

/** What is asked for beyond having a capability, of all who are not exempt. */
export type Condition<C extends string = string> = {
  readonly on: readonly C[];
  readonly exempt?: Selector | undefined;
} & (
  | {
      /** So much time has to pass after the last time: the question's `lastAt`. In milliseconds. */
      readonly kind: "slow-mode";
      readonly every: number;
    }
  | {
      /** Only for so long after what is acted on was made: the question's `madeAt`. In milliseconds. */
      readonly kind: "time-limit";
      readonly within: number;
    }
  | {
      /** Only who has been a member (or has had an account: the question's `accountAt`) for so long. */
      readonly kind: "age";
      readonly of: "membership" | "account";
      readonly atLeast: number;
    }
  | {
      /** Somebody else has to say yes: the outcome is `pending`. */
      readonly kind: "approval";
    }
);

/** What a setting may say for the space as a whole and for a channel. */
export type Settings<C extends string = string> = {
  readonly overrides?: readonly Override<C>[] | undefined;
  readonly limits?: readonly Limit[] | undefined;
  readonly conditions?: readonly Condition<C>[] | undefined;
  /** Capabilities that come with a rank: whoever has at least this one has them. */
  readonly thresholds?: { readonly [capability in C]?: number } | undefined;
};
