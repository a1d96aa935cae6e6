import type { Instant, InstantInput } from "../kernel/time.js";

/**
 * A time of day on local clocks: `"09:00"`, to the minute, up to `"24:00"` for an end. It is the instant at which the
 * clocks first come to it: where they jump over it, that of the jump; where they show it twice, the first of both.
 */
export type LocalTime = string;

/** A local calendar date, `"2026-05-04"`. */
export type LocalDate = string;

/** An ISO weekday: 1 is Monday, 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * A line of a weekly grid: who covers these hours on these days. Hours that end at or before they begin go on into the
 * next day; they belong to the day on which they begin.
 */
export type GridLine = {
  readonly weekdays: readonly Weekday[];
  readonly from: LocalTime;
  readonly to: LocalTime;
  readonly people: readonly string[];
};

/** People who take turns: each for so many days or weeks, from the day on which the first of them begins. */
export type Rotation = {
  readonly people: readonly string[];
  readonly every: number;
  readonly unit: "day" | "week";
  /** The local day on which the first of them begins. Before it, nobody does. */
  readonly firstDay: LocalDate;
  /** When they relieve each other, on the day on which the turn passes. */
  readonly handoverAt: LocalTime;
  /**
   * The hours of each day that are covered. Default: all. Those that go on into the next day belong to the day on which
   * they begin, and are of whoever's turn it is on that day.
   */
  readonly hours: { readonly from: LocalTime; readonly to: LocalTime } | null;
};

/** Who covers a duty by plan: a weekly grid, a rotation, or both. */
export type RotaPlan = {
  readonly duty: string;
  /** The IANA zone whose clocks the hours are of. */
  readonly timeZone: string;
  readonly grid: readonly GridLine[];
  readonly rotation: Rotation | null;
};

/** What holds instead of the plan for a while: of one person's hours, or of everybody's. The last one made counts. */
export type RotaOverride = {
  readonly id: string;
  readonly start: Instant;
  readonly end: Instant;
  /**
   * Whose hours: those they have as things stand, and where they have given them away, those they had by plan. `null` is
   * everybody's, and covers hours that nobody has.
   */
  readonly replaces: string | null;
  /** Who covers them; `null` is nobody. */
  readonly member: string | null;
};

/** A rota as it was planned over time: each plan holds from its instant on, up to the next one. `null` ends it. */
export type Rota = {
  readonly id: string;
  readonly plans: readonly { readonly since: Instant; readonly plan: RotaPlan | null }[];
  readonly overrides: readonly RotaOverride[];
};

/** Hours from an instant up to, not including, another. */
export type Hours = { readonly start: Instant; readonly end: Instant };

/** An offer to take over somebody's hours, perhaps in exchange for one's own. */
export type Swap = {
  readonly id: string;
  readonly rota: string;
  readonly from: string;
  readonly to: string;
  /** Hours of `from` that `to` is to cover. */
  readonly give: Hours;
  /** Hours of `to` that `from` covers in return. */
  readonly take: Hours | null;
  readonly note: string | null;
  readonly status: "offered" | "accepted" | "declined" | "withdrawn";
  readonly offeredAt: Instant;
  readonly answeredAt: Instant | null;
};

/** The events of rotas. */
export type RotaEvents = {
  "rota.defined": { readonly rota: string; readonly plan: RotaPlan | null };
  "rota.overridden": { readonly rota: string; readonly override: RotaOverride };
  "rota.restored": { readonly rota: string; readonly override: string };
  "swap.offered": {
    readonly swap: string;
    readonly rota: string;
    readonly from: string;
    readonly to: string;
    readonly give: Hours;
    readonly take: Hours | null;
    readonly note: string | null;
  };
  "swap.accepted": { readonly swap: string; readonly overrides: readonly RotaOverride[] };
  "swap.declined": { readonly swap: string };
  "swap.withdrawn": { readonly swap: string };
};

/** Hours as callers name them. */
export type HoursInput = { readonly start: InstantInput; readonly end: InstantInput };

/** The commands of rotas. */
export type RotaCommands = {
  /** Plan who covers a duty, from now on; with `null`, end the plan. */
  "rota.define": {
    readonly rota: string;
    readonly plan: {
      readonly duty: string;
      /** Default: the zone of the space. */
      readonly timeZone?: string | undefined;
      readonly grid?: readonly GridLine[] | undefined;
      readonly rotation?:
        | (Omit<Rotation, "hours" | "handoverAt"> & {
            /** Default `00:00`. */
            readonly handoverAt?: LocalTime | undefined;
            readonly hours?: Rotation["hours"] | undefined;
          })
        | undefined;
    } | null;
  };
  /** Let somebody else, or nobody, cover some hours. */
  "rota.override": HoursInput & {
    readonly rota: string;
    readonly replaces?: string | null | undefined;
    readonly member: string | null;
  };
  /** Take an override back. */
  "rota.restore": { readonly rota: string; readonly override: string };
  /** Ask another member to take over hours of one's own, perhaps in exchange for theirs. */
  "swap.offer": {
    readonly rota: string;
    readonly to: string;
    readonly give: HoursInput;
    readonly take?: HoursInput | undefined;
    readonly note?: string | undefined;
  };
  "swap.accept": { readonly swap: string };
  "swap.decline": { readonly swap: string };
  "swap.withdraw": { readonly swap: string };
};
