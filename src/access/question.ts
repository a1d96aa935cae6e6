import type { Instant } from "../kernel/time.js";
import type { Subject } from "../model/access.js";

/** What is asked: may this member do this, here, now, to this? */
export type Question<C extends string = string> = {
  readonly member: string;
  readonly capability: C;
  /** The channel it is about; capabilities of the space as a whole need none. */
  readonly channel?: string | undefined;
  /** The instant it is about, past or future. Without it nothing that ends counts as given. */
  readonly at?: Instant | undefined;
  /** The member acted on, for capabilities with a guard. */
  readonly target?: string | undefined;
  /** Whether what is acted on is the member's own. */
  readonly own?: boolean | undefined;
  /** When the member last did it, for slow mode; `null` is never. */
  readonly lastAt?: Instant | null | undefined;
  /** When what is acted on was made, for time limits. */
  readonly madeAt?: Instant | undefined;
  /** When the member's account was made, for a minimum age. */
  readonly accountAt?: Instant | undefined;
};

/** Why a decision came out as it did. */
export type DecisionCode =
  | "GRANTED"
  | "BYPASSED"
  | "OWN"
  | "NEEDS_APPROVAL"
  | "CAPABILITY_UNKNOWN"
  | "NOT_A_MEMBER"
  | "MEMBERSHIP_ENDED"
  | "CHANNEL_NEEDED"
  | "CHANNEL_UNKNOWN"
  | "NOT_GRANTED"
  | "DENIED"
  | "LIMITED"
  | "NOT_APPLICABLE"
  | "REQUIREMENT_MISSING"
  | "SLOW_MODE"
  | "TOO_LATE"
  | "TOO_NEW"
  | "CONTEXT_NEEDED"
  | "TARGET_UNKNOWN"
  | "OUTRANKED"
  | "NOT_APPOINTED"
  | "LOCKED";

/** An entry that had a part in a decision, named as the snapshot names it. */
export type Cause =
  | { readonly kind: "role"; readonly id: string }
  | { readonly kind: "rank"; readonly rank: number }
  | { readonly kind: "grant"; readonly id: string }
  | { readonly kind: "override"; readonly channel: string | null; readonly subject: Subject }
  | { readonly kind: "limit"; readonly on: "space" | "channel" | "member"; readonly id: string }
  | { readonly kind: "condition"; readonly on: "space" | "channel"; readonly id: string }
  | { readonly kind: "capability"; readonly id: string }
  | { readonly kind: "channel"; readonly id: string }
  | { readonly kind: "member"; readonly id: string };

/** An answer with its reason. */
export type Decision = {
  /** `pending`: allowed as soon as somebody else says yes. */
  readonly effect: "allow" | "deny" | "pending";
  readonly code: DecisionCode;
  /** What decided. Empty where the question itself could not be asked. */
  readonly by: readonly Cause[];
  /** The answer to the same question may differ from this instant on; `null` where time alone changes nothing. */
  readonly validUntil: Instant | null;
};
