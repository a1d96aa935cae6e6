import { type Money, toMinor } from "../kernel/money.js";
import { type ById, entry } from "../kernel/record.js";
import { type Duration, type Instant, toMilliseconds } from "../kernel/time.js";
import type { SpaceEvent, TrafficEvent } from "../model/events.js";
import type { Link } from "../model/space.js";

/** What the credit is summed by: the link itself, or the cohort or campaign it was made for. */
export type CreditKey = "link" | "cohort" | "campaign";

/** How conversions are credited. */
export type CreditOptions = {
  /** The links of the space. */
  readonly links: ById<Link>;
  /** What a row stands for. Default `cohort`. */
  readonly per?: CreditKey | undefined;
  /** How long after a click a conversion still counts for it, both ends included. Default `30d`. */
  readonly window?: Duration | undefined;
};

/** What one link, cohort or campaign brought. `key` is `null` for what nothing can be credited with. */
export type CreditRow = {
  readonly key: string | null;
  /** Clicks by people; previews and crawlers are not among them. */
  readonly clicks: number;
  /** Distinct visitors among those clicks; clicks without a visitor are not counted. */
  readonly visitors: number;
  readonly signups: number;
  readonly sales: number;
  readonly refunds: number;
  /** Sales less refunds, one amount per currency, sorted by currency. */
  readonly revenue: readonly Money[];
};

/** Credit by row, and what was left over. The rows and `unattributed` sum to `total` exactly. */
export type CreditReport = {
  readonly per: CreditKey;
  readonly rows: readonly CreditRow[];
  readonly unattributed: CreditRow;
  readonly total: CreditRow;
};

type Click = SpaceEvent<"click.recorded">;
type Conversion = SpaceEvent<"conversion.recorded">;

/**
 * Last-touch credit. An order belongs to the link it names; otherwise to the last link that its visitor clicked,
 * as a person, within the window before it; otherwise to nobody. Refunds follow their order, whenever they come.
 * Events with the same id count once, and their order in the list does not matter.
 *
 * Cost: O(n log n) in the number of events.
 */
export function creditLastTouch(traffic: readonly TrafficEvent[], options: CreditOptions): CreditReport {
  const { links, per = "cohort" } = options;
  const window = toMilliseconds(options.window ?? "30d");
  const events = [...new Map(traffic.map((event) => [event.id, event])).values()].sort(
    (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1),
  );
  const clicks = events.filter(
    (event): event is Click => event.type === "click.recorded" && event.data.class === "human",
  );
  const conversions = events.filter((event): event is Conversion => event.type === "conversion.recorded");
  const touches = new Map<string, Click[]>();
  for (const click of clicks) {
    const { visitor } = click.data;
    if (visitor === null) continue;
    const seen = touches.get(visitor);
    if (seen) seen.push(click);
    else touches.set(visitor, [click]);
  }

  const keyOf = (id: string | null): string | null => {
    const link = id === null ? undefined : entry(links, id);
    return link ? (per === "link" ? link.id : link[per]) : null;
  };
  const linkOf = ({ at, data }: Conversion): string | null => {
    if (data.link !== null) return data.link;
    if (data.visitor === null) return null;
    return lastWithin(touches.get(data.visitor) ?? [], at, window)?.data.link ?? null;
  };

  const rows = new Map<string | null, Tally>();
  const tally = (key: string | null): Tally => {
    const existing = rows.get(key);
    if (existing) return existing;
    const made = newTally();
    rows.set(key, made);
    return made;
  };
  const total = newTally();
  for (const { data } of clicks) {
    for (const row of [tally(keyOf(data.link)), total]) addClick(row, data.visitor);
  }
  // The first sale or sign-up of an order decides for whatever follows on it.
  const linkOfOrder = new Map<string, string | null>();
  for (const conversion of conversions) {
    const { order, kind } = conversion.data;
    if (kind !== "refund" && !linkOfOrder.has(order)) linkOfOrder.set(order, linkOf(conversion));
  }
  for (const { data } of conversions) {
    const key = keyOf(linkOfOrder.get(data.order) ?? null);
    for (const row of [tally(key), total]) addConversion(row, data);
  }

  const attributed = [...rows.keys()].filter((key) => key !== null).sort();
  return {
    per,
    rows: attributed.map((key) => finish(key, tally(key))),
    unattributed: finish(null, tally(null)),
    total: finish(null, total),
  };
}

function lastWithin(clicks: readonly Click[], at: Instant, window: number): Click | undefined {
  return clicks.findLast((click) => click.at <= at && at - click.at <= window);
}

type Tally = {
  clicks: number;
  visitors: Set<string>;
  signups: number;
  sales: number;
  refunds: number;
  revenue: Map<string, bigint>;
};

function newTally(): Tally {
  return { clicks: 0, visitors: new Set(), signups: 0, sales: 0, refunds: 0, revenue: new Map() };
}

function addClick(row: Tally, visitor: string | null): void {
  row.clicks += 1;
  if (visitor !== null) row.visitors.add(visitor);
}

function addConversion(row: Tally, { kind, amount }: Conversion["data"]): void {
  if (kind === "signup") row.signups += 1;
  else if (kind === "sale") row.sales += 1;
  else row.refunds += 1;
  if (amount === null) return;
  const signed = kind === "refund" ? -BigInt(amount.minor) : BigInt(amount.minor);
  row.revenue.set(amount.currency, (row.revenue.get(amount.currency) ?? 0n) + signed);
}

function finish(key: string | null, row: Tally): CreditRow {
  const { clicks, signups, sales, refunds } = row;
  const revenue = [...row.revenue]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => ({ minor: toMinor(minor), currency }));
  return { key, clicks, visitors: row.visitors.size, signups, sales, refunds, revenue };
}
