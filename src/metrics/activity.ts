import { type Duration, type Instant, type InstantInput, toInstant, toMilliseconds } from "../kernel/time.js";
import { dateOfDay, type Zone, zoneOf } from "../kernel/zone.js";
import type { FactRow, Facts } from "./facts.js";
import { type Summary, summarise } from "./quantiles.js";
import { readRange } from "./range.js";

/** What is reported, and in whose days. */
export type ActivityOptions = {
  /** The IANA zone whose calendar days are counted. Never the machine's. */
  readonly timeZone: string;
  /** The instant of the report. A day that has not ended by then is marked incomplete. */
  readonly asOf: InstantInput;
  /** The trailing local days up to and including the day of `asOf`: `"28d"`. Instead of `from` and `to`. */
  readonly last?: `${number}d` | undefined;
  /** First local date, `YYYY-MM-DD`. Default: the day of the first message. */
  readonly from?: string | undefined;
  /** Last local date, included. Default: the day of the last message. */
  readonly to?: string | undefined;
  /** How long an answer may take and still be one. Default `24h`. */
  readonly within?: Duration | undefined;
  /** Authors who are no people: bots, integrations. */
  readonly exclude?: readonly string[] | undefined;
};

/** A fraction that was not divided: sum both parts before you divide. */
export type Ratio = { readonly num: number; readonly den: number };

/** How a space is doing. Counts of nothing are 0, measures of nothing `null`. */
export type ActivityReport = {
  readonly timeZone: string;
  readonly asOf: Instant;
  /** First and last local date of the report; `null` where nothing was ever said and no range was asked for. */
  readonly from: string | null;
  readonly to: string | null;
  readonly messages: number;
  /** People who said something. Does not add up over days or channels. */
  readonly participants: number;
  /** Everyone who said something, the most active first. */
  readonly people: readonly PersonActivity[];
  /** Every local day of the range, days without a message included. */
  readonly days: readonly DayActivity[];
  /** Messages by ISO weekday (row 0 is Monday) and local hour (0 to 23). */
  readonly hourByWeekday: readonly (readonly number[])[];
  /** The five days with the most messages, the busiest first. */
  readonly busiestDays: readonly DayActivity[];
  /** Messages by kind. */
  readonly kinds: { readonly [kind: string]: number };
  readonly replies: Replies;
};

/** One person's part. */
export type PersonActivity = {
  readonly person: string;
  readonly messages: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
};

/** One local day. */
export type DayActivity = {
  readonly date: string;
  readonly messages: number;
  readonly participants: number;
  /** Whether the day had ended at `asOf`. */
  readonly complete: boolean;
};

/**
 * How people answer each other. A turn is a run of messages by one person in one channel. It is answered when
 * somebody else writes within `within` of its last message; the wait is the time between the two. Where the
 * answer names an earlier message of somebody else, the wait counts from that one.
 */
export type Replies = {
  /** Waits, in milliseconds. */
  readonly time: Summary;
  /** Turns that were answered, of those answered or no longer waiting. */
  readonly rate: Ratio;
  /** Turns that were still waiting at `asOf`. */
  readonly open: number;
};

type Said = Extract<FactRow, { fact: "message" }> & { readonly author: string };

const BUSIEST = 5;

/**
 * The activity of a space from its facts: the last of `prepare`, `merge`, `finalise`.
 *
 * What people wrote counts: notices of the platform, deleted messages and excluded authors do not. Messages
 * count on the local day of the instant they were said. Cost: O(n log n) in the number of messages.
 *
 * ```ts
 * finalise(merge(prepare("lounge", lounge), prepare("floor", floor)), {
 *   timeZone: "Europe/Berlin", asOf: now, last: "28d",
 * });
 * ```
 */
export function finalise(facts: Facts, options: ActivityOptions): ActivityReport {
  const zone = zoneOf(options.timeZone);
  const asOf = toInstant(options.asOf);
  const all = saidByPeople(facts, new Set(options.exclude)).filter(({ at }) => at <= asOf);
  const range = rangeOf(all, zone, asOf, options);
  const said = range ? all.filter(({ at }) => within(zone.dayOf(at), range)) : [];

  const days = new Map<number, { messages: number; people: Set<string> }>();
  const people = new Map<string, { messages: number; firstAt: Instant; lastAt: Instant }>();
  const kinds = new Map<string, number>();
  const hourByWeekday = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  for (const { at, author, kind } of said) {
    const day = getOrAdd(days, zone.dayOf(at), () => ({ messages: 0, people: new Set<string>() }));
    day.messages += 1;
    day.people.add(author);
    const person = getOrAdd(people, author, () => ({ messages: 0, firstAt: at, lastAt: at }));
    person.messages += 1;
    person.lastAt = at;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const { hour, weekday } = zone.clockOf(at);
    const row = hourByWeekday[weekday - 1];
    if (row) row[hour] = (row[hour] ?? 0) + 1;
  }

  const dayRows: DayActivity[] = [];
  for (let day = range?.first ?? 0; range && day <= range.last; day++) {
    const counted = days.get(day);
    dayRows.push({
      date: dateOfDay(day),
      messages: counted?.messages ?? 0,
      participants: counted?.people.size ?? 0,
      complete: zone.startOfDay(day + 1) <= asOf,
    });
  }
  return {
    timeZone: options.timeZone,
    asOf,
    from: range ? dateOfDay(range.first) : null,
    to: range ? dateOfDay(range.last) : null,
    messages: said.length,
    participants: people.size,
    people: [...people]
      .map(([person, activity]) => ({ person, ...activity }))
      .sort((a, b) => b.messages - a.messages || (a.person < b.person ? -1 : 1)),
    days: dayRows,
    hourByWeekday,
    busiestDays: dayRows
      .filter(({ messages }) => messages > 0)
      .sort((a, b) => b.messages - a.messages || (a.date < b.date ? -1 : 1))
      .slice(0, BUSIEST),
    kinds: Object.fromEntries([...kinds].sort(([a], [b]) => (a < b ? -1 : 1))),
    replies: replies(
      all,
      toMilliseconds(options.within ?? "24h"),
      asOf,
      (at) => range !== null && within(zone.dayOf(at), range),
    ),
  };
}

type DayRange = { readonly first: number; readonly last: number };

function within(day: number, { first, last }: DayRange): boolean {
  return first <= day && day <= last;
}

/** Messages that people wrote, each once, in order. */
function saidByPeople({ rows }: Facts, excluded: ReadonlySet<string>): readonly Said[] {
  const deleted = new Set(rows.flatMap((row) => (row.fact === "deletion" ? [row.id] : [])));
  const messages = new Map<string, Said>();
  for (const row of rows) {
    if (row.fact !== "message" || row.author === null || excluded.has(row.author)) continue;
    if (row.kind === "system" || row.kind === "deleted" || deleted.has(row.id)) continue;
    messages.set(row.id, row as Said);
  }
  return [...messages.values()].sort(
    (a, b) => a.at - b.at || a.revision - b.revision || (a.id < b.id ? -1 : 1),
  );
}

function rangeOf(
  said: readonly Said[],
  zone: Zone,
  asOf: Instant,
  options: ActivityOptions,
): DayRange | null {
  const asked = readRange(options, zone, asOf);
  const first = said[0];
  const final = said.at(-1);
  const start = asked.first ?? (first && zone.dayOf(first.at));
  const end = asked.last ?? (final && zone.dayOf(final.at));
  return start === undefined || end === undefined ? null : { first: start, last: Math.max(start, end) };
}

function replies(
  said: readonly Said[],
  limit: number,
  asOf: Instant,
  inRange: (at: Instant) => boolean,
): Replies {
  const byId = new Map(said.map((message) => [message.id, message]));
  const lastIn = new Map<string, Said>();
  const waits: number[] = [];
  let answered = 0;
  let unanswered = 0;
  let open = 0;
  for (const message of said) {
    const previous = lastIn.get(message.channel);
    lastIn.set(message.channel, message);
    if (!previous || previous.author === message.author) continue;
    const named = message.replyTo === null ? undefined : byId.get(message.replyTo);
    const asked = named && named.author !== message.author && named.at <= message.at ? named : previous;
    const inTime = message.at - previous.at <= limit;
    if (inRange(previous.at)) {
      if (inTime) answered += 1;
      else unanswered += 1;
    }
    if (message.at - asked.at <= limit && inRange(asked.at)) waits.push(message.at - asked.at);
  }
  for (const last of lastIn.values()) {
    if (!inRange(last.at)) continue;
    if (asOf - last.at <= limit) open += 1;
    else unanswered += 1;
  }
  return { time: summarise(waits), rate: { num: answered, den: answered + unanswered }, open };
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const existing = map.get(key);
  if (existing !== undefined) return existing;
  const made = make();
  map.set(key, made);
  return made;
}
