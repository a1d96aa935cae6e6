import { InvalidInputError } from "../kernel/errors.js";
import { type Duration, type Instant, type InstantInput, toInstant, toMilliseconds } from "../kernel/time.js";
import { type Zone, zoneOf } from "../kernel/zone.js";
import { type RangeOptions, readRange } from "./range.js";

/** What can have a target, and is timed. */
export type LagName =
  | "messages.action"
  | "messages.resolution"
  | "items.resolution"
  | "approvals.cycle"
  | "approvals.firstDecision"
  | "incidents.detect"
  | "incidents.acknowledge"
  | "incidents.contain"
  | "incidents.resolve"
  | "incidents.restore"
  | "handoffs.answer";

const LAGS: { readonly [name in LagName]: true } = {
  "messages.action": true,
  "messages.resolution": true,
  "items.resolution": true,
  "approvals.cycle": true,
  "approvals.firstDecision": true,
  "incidents.detect": true,
  "incidents.acknowledge": true,
  "incidents.contain": true,
  "incidents.resolve": true,
  "incidents.restore": true,
  "handoffs.answer": true,
};

const DAY = 86_400_000;

/** What is reported, and in whose days. Without `last`, `from` or `to` it is everything. */
export type OperationsOptions = RangeOptions & {
  /** The IANA zone whose calendar days are counted. Never the machine's. */
  readonly timeZone: string;
  /** The instant of the report: what happened later is not known yet, and what is open is as old as it is then. */
  readonly asOf: InstantInput;
  /**
   * Which day a case belongs to: that on which it began (the default), or that on which it was over. By its end, what
   * is still open at `asOf` counts where it had begun by the last day.
   */
  readonly by?: "start" | "end" | undefined;
  /** Accounts that are no people: bots, integrations. They never stop a clock, and their messages start none. */
  readonly exclude?: readonly string[] | undefined;
  /** How long something may take: `{ "messages.action": "1h", "incidents.acknowledge": "15m" }`. */
  readonly targets?: { readonly [name in LagName]?: Duration | undefined } | undefined;
  /** Also gives the figures of every day, week (from Monday) or month. Default: none. */
  readonly every?: Every | undefined;
};

/** How long a period is. */
export type Every = "day" | "week" | "month";

/** Which cases a report is about, and how they are put together. */
export type Frame = {
  readonly asOf: Instant;
  readonly zone: Zone;
  /** The first and the last day, by number; infinite where that was left open. */
  readonly first: number;
  readonly last: number;
  readonly by: "start" | "end";
  readonly every: Every | undefined;
  readonly excluded: ReadonlySet<string>;
  readonly targets: { readonly [name in LagName]?: number };
};

/**
 * Reads what is asked for.
 *
 * @throws InvalidInputError `INVALID_INPUT` where it makes no sense.
 */
export function frameOf(options: OperationsOptions): Frame {
  const { by = "start", every, exclude, targets = {} } = options;
  const zone = zoneOf(options.timeZone);
  const asOf = toInstant(options.asOf);
  oneOf("by", by, ["start", "end"]);
  if (every !== undefined) oneOf("every", every, ["day", "week", "month"]);
  for (const name of Object.keys(targets)) oneOf("targets", name, Object.keys(LAGS));
  const { first = Number.NEGATIVE_INFINITY, last = Number.POSITIVE_INFINITY } = readRange(
    options,
    zone,
    asOf,
  );
  return {
    asOf,
    zone,
    first,
    last,
    by,
    every,
    excluded: new Set(exclude),
    targets: Object.fromEntries(
      Object.entries(targets).flatMap(([name, target]) =>
        target === undefined ? [] : [[name, toMilliseconds(target)]],
      ),
    ),
  };
}

function oneOf(option: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  throw new InvalidInputError(
    "INVALID_INPUT",
    `${option}: ${JSON.stringify(value)} is not known. There are: ${known.join(", ")}.`,
  );
}

/** Whether a case is one of those that a report is about. `end` is `null` where it is still open. */
export function isInFrame(frame: Frame, start: Instant, end: Instant | null): boolean {
  if (frame.by === "start") return isWithin(frame, start, frame.first);
  return end === null ? isWithin(frame, start, Number.NEGATIVE_INFINITY) : isWithin(frame, end, frame.first);
}

/** Local days begin within a day of those of UTC: only what is close to an edge takes the calendar. */
function isWithin({ zone, last }: Frame, at: Instant, first: number): boolean {
  if ((first + 2) * DAY <= at && at < (last - 1) * DAY) return true;
  const day = zone.dayOf(at);
  return first <= day && day <= last;
}
