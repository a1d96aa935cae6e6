import type { Duration, Instant, InstantInput } from "../kernel/time.js";

/**
 * Who belongs to a cohort, said as a rule:
 *
 * - `{ campaign }`, `{ invite }`: who joined by a link of it; `{ role }`, `{ cohort }`: who has it, who is in it.
 * - `{ joined: { from, to } }`: who joined from one instant up to, not including, another.
 * - `{ active: { weeks: 3, of: 4 } }`: who wrote, voted, reacted or opened something in 3 of the last 4 weeks, each the
 *   seven days before the next.
 * - `{ bought: { within } }`: who has bought, in the last so many milliseconds or ever: a ticket, or a sale whose visitor they are.
 * - `{ attended: { channel, from, to } }`: who was active in a channel in that time, such as that of a live event.
 * - `{ all }`, `{ any }`, `{ not }`: combine others.
 */
export type CohortRule =
  | { readonly campaign: string }
  | { readonly invite: string }
  | { readonly role: string }
  | { readonly cohort: string }
  | { readonly joined: { readonly from?: Instant; readonly to?: Instant } }
  | { readonly active: { readonly weeks: number; readonly of: number } }
  | { readonly bought: { readonly within?: number } }
  | { readonly attended: { readonly channel: string; readonly from?: Instant; readonly to?: Instant } }
  | { readonly all: readonly CohortRule[] }
  | { readonly any: readonly CohortRule[] }
  | { readonly not: CohortRule };

/** A rule as it is asked for: instants and durations as people write them. */
export type CohortRuleInput =
  | { readonly campaign: string }
  | { readonly invite: string }
  | { readonly role: string }
  | { readonly cohort: string }
  | { readonly joined: { readonly from?: InstantInput | undefined; readonly to?: InstantInput | undefined } }
  | { readonly active: { readonly weeks: number; readonly of: number } }
  | { readonly bought: { readonly within?: Duration | undefined } }
  | {
      readonly attended: {
        readonly channel: string;
        readonly from?: InstantInput | undefined;
        readonly to?: InstantInput | undefined;
      };
    }
  | { readonly all: readonly CohortRuleInput[] }
  | { readonly any: readonly CohortRuleInput[] }
  | { readonly not: CohortRuleInput };

/** A named segment of members: by rule, or, where there is none, by list. */
export type Cohort = {
  readonly id: string;
  readonly name: string;
  readonly rule: CohortRule | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
};

/** The events of cohorts. */
export type CohortEvents = {
  "cohort.defined": { readonly cohort: string; readonly name: string; readonly rule: CohortRule | null };
  "cohort.dropped": { readonly cohort: string };
  "cohort.joined": { readonly cohort: string; readonly members: readonly string[] };
  "cohort.left": { readonly cohort: string; readonly members: readonly string[] };
};

/** The commands of cohorts. */
export type CohortCommands = {
  /** Name a segment, or name it anew. Without a `rule` it is a list, which `cohort.add` and invites fill. */
  "cohort.define": {
    readonly cohort: string;
    readonly name?: string | undefined;
    readonly rule?: CohortRuleInput | undefined;
  };
  "cohort.drop": { readonly cohort: string };
  "cohort.add": { readonly cohort: string; readonly members: readonly string[] };
  "cohort.remove": { readonly cohort: string; readonly members: readonly string[] };
};
