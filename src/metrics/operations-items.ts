import type { Instant } from "../kernel/time.js";
import type { MessageRef } from "../model/duties.js";
import type { Ratio } from "./activity.js";
import type { OperationsFact } from "./operations-facts.js";
import { type Frame, isInFrame } from "./operations-frame.js";
import { byName } from "./operations-groups.js";
import { clocksOf, type Lag } from "./operations-lag.js";
import { type Summary, summarise } from "./quantiles.js";

/** What there was to do. */
export type ItemFigures = {
  /** From raising an item to completing it. Reopening it extends that to the last completion. */
  readonly resolution: Lag;
  /** Items of which somebody said that they need not be done. They are neither timed nor open. */
  readonly dropped: number;
  /** How often items were reopened. */
  readonly reopened: number;
  readonly overdue: Overdue;
};

/** What should have been done by now, and how much was done in time. Items without a date are not asked. */
export type Overdue = {
  /** For how long items have been overdue that are still to be done. */
  readonly late: Summary;
  /** Items that were done by the time they were due, of those done and those overdue; a bot's are not counted. */
  readonly inTime: Ratio;
  /** By the duty that answers for them now, `null` for none; `late` is how many are overdue. */
  readonly byDuty: readonly { readonly duty: string | null; readonly late: number; readonly inTime: Ratio }[];
  /** By who owns them now, `null` for nobody. */
  readonly byOwner: readonly {
    readonly owner: string | null;
    readonly late: number;
    readonly inTime: Ratio;
  }[];
};

/** An item as the figures know it. */
export type ItemCase = {
  readonly raisedAt: Instant;
  readonly source: MessageRef | null;
  duty: string | null;
  owner: string | null;
  dueAt: Instant | null;
  /** How it ended, when, and by whom; `null` while it is to be done. */
  end: { readonly how: "done" | "dropped"; readonly at: Instant; readonly by: string } | null;
  reopenings: number;
};

/** Follows every item to where it is. */
export function itemCases(facts: readonly OperationsFact[]): readonly ItemCase[] {
  const items = new Map<string, ItemCase>();
  for (const { type, at, by, data } of facts) {
    if (type === "item.raised") {
      const { item, duty = null, owner = null, dueAt = null, source = null } = data;
      if (!items.has(item))
        items.set(item, { raisedAt: at, source, duty, owner, dueAt, end: null, reopenings: 0 });
      continue;
    }
    if (!("item" in data)) continue;
    const item = items.get(data.item);
    if (!item) continue;
    if (type === "item.acknowledged") item.owner ??= by;
    else if (type === "item.completed") item.end = { how: "done", at, by };
    else if (type === "item.dropped") item.end = { how: "dropped", at, by };
    else if (type === "item.reopened") {
      item.end = null;
      item.reopenings += 1;
    } else if (type === "item.changed") {
      const { duty, owner, dueAt } = data;
      if (duty !== undefined) item.duty = duty;
      if (owner !== undefined) item.owner = owner;
      if (dueAt !== undefined) item.dueAt = dueAt;
    }
  }
  return [...items.values()];
}

/** The figures of items. */
export function itemFigures(items: readonly ItemCase[], frame: Frame): ItemFigures {
  const clocks = clocksOf(frame, "items.resolution");
  let dropped = 0;
  let reopened = 0;
  for (const { raisedAt, end, duty, reopenings } of items) {
    if (isInFrame(frame, raisedAt, end?.at ?? null)) reopened += reopenings;
    if (end === null) clocks.running(raisedAt, duty);
    else if (end.how === "done") clocks.stopped(raisedAt, end.at, end.by, duty);
    else if (isInFrame(frame, raisedAt, end.at)) dropped += 1;
  }
  return { resolution: clocks.lag(), dropped, reopened, overdue: overdueOf(items, frame) };
}

type Tally = { late: number; num: number; den: number };

function overdueOf(items: readonly ItemCase[], frame: Frame): Overdue {
  const { asOf, excluded } = frame;
  const late: number[] = [];
  const all: Tally = { late: 0, num: 0, den: 0 };
  const duties = new Map<string | null, Tally>();
  const owners = new Map<string | null, Tally>();
  for (const { raisedAt, dueAt, end, duty, owner } of items) {
    if (dueAt === null || !isInFrame(frame, raisedAt, end?.at ?? null)) continue;
    if (end === null ? dueAt > asOf : end.how === "dropped" || excluded.has(end.by)) continue;
    if (end === null) late.push(asOf - dueAt);
    for (const tally of [all, tallyOf(duties, duty), tallyOf(owners, owner)]) {
      tally.den += 1;
      if (end === null) tally.late += 1;
      else if (end.at <= dueAt) tally.num += 1;
    }
  }
  return {
    late: summarise(late),
    inTime: { num: all.num, den: all.den },
    byDuty: rowsOf(duties).map(([duty, row]) => ({ duty, ...row })),
    byOwner: rowsOf(owners).map(([owner, row]) => ({ owner, ...row })),
  };
}

function tallyOf(tallies: Map<string | null, Tally>, key: string | null): Tally {
  const known = tallies.get(key);
  if (known) return known;
  const made = { late: 0, num: 0, den: 0 };
  tallies.set(key, made);
  return made;
}

function rowsOf(tallies: ReadonlyMap<string | null, Tally>) {
  return [...tallies]
    .sort(([a], [b]) => byName(a, b))
    .map(([key, { late, num, den }]) => [key, { late, inTime: { num, den } }] as const);
}
