import { StoreError } from "../../kernel/errors.js";
import { isName } from "../commit.js";
import type { FeedCommit, ReadOptions, StoredEvent, StreamsOptions, StreamsPage } from "../contract.js";
import type { Schema } from "./schema.js";
import type { Transaction } from "./transaction.js";

type EventRecord = Schema["events"]["value"];

const NO_LIMIT = Number.MAX_SAFE_INTEGER;
/** How many names of streams are given at once, where nobody says otherwise. */
const NAMES = 1_000;
/** How many commits a page of a feed has at most, and how many events unless one commit alone has more. */
const PAGE = { commits: 100, events: 1_000 };
/** A place among all commits, as a cursor says it. */
const CURSOR = /^[1-9]\d{0,15}$/;

/** The revision of the last event of a stream, 0 where there is none. */
export async function headOf<Mode extends IDBTransactionMode>(
  transaction: Transaction<Mode>,
  stream: string,
): Promise<number> {
  const last = await transaction.objectStore("events").openKeyCursor(wholeOf(stream), "prev");
  return last ? last.key[1] : 0;
}

/** All events of a stream. */
export function wholeOf(stream: string): IDBKeyRange {
  return IDBKeyRange.bound([stream, 0], [stream, Infinity]);
}

export async function read(
  transaction: Transaction<"readonly">,
  stream: string,
  { after = 0, before = NO_LIMIT, limit = NO_LIMIT, backwards = false, ids }: ReadOptions,
) {
  const head = await headOf(transaction, stream);
  const first = clamp(after) + 1;
  const last = Math.min(clamp(before) - 1, head);
  const most = clamp(limit);
  const events = transaction.objectStore("events");
  if (ids) {
    const byId = events.index("byId");
    const named = [...new Set(ids)].filter(isName);
    const found = (await Promise.all(named.map((id) => byId.getAll([stream, id])))).flat();
    const wanted = found
      .filter(({ revision }) => first <= revision && revision <= last)
      .sort((a, b) => (backwards ? b.revision - a.revision : a.revision - b.revision));
    return { head, events: wanted.slice(0, most).map(decode) };
  }
  const count = Math.min(last - first + 1, most);
  if (count <= 0) return { head, events: [] };
  // Revisions have no gaps, so what is wanted is known by its numbers.
  const from = backwards ? last - count + 1 : first;
  const range = IDBKeyRange.bound([stream, from], [stream, from + count - 1]);
  const wanted = (await events.getAll(range)).map(decode);
  return { head, events: backwards ? wanted.reverse() : wanted };
}

export async function streams(
  transaction: Transaction<"readonly">,
  { prefix = "", after = "", limit = NAMES }: StreamsOptions,
): Promise<StreamsPage> {
  const names: string[] = [];
  const start = IDBKeyRange.lowerBound(after < prefix ? [prefix, 0] : [after, Infinity]);
  let event = await transaction.objectStore("events").openKeyCursor(start);
  while (event?.key[0].startsWith(prefix)) {
    const [name] = event.key;
    const last = names.at(-1);
    if (last !== undefined && names.length >= limit) return { names, next: last };
    names.push(name);
    // Over all of its events, to the first one of the next stream.
    event = await event.continue([name, Infinity]);
  }
  return { names };
}

/**
 * The commits that come next after a cursor.
 *
 * @throws StoreError `STORE_INVALID_CURSOR` where no commit has this cursor.
 */
export async function page(
  transaction: Transaction<"readonly">,
  after: string | undefined,
): Promise<readonly FeedCommit[]> {
  const commits = transaction.objectStore("commits");
  const known = after !== undefined && CURSOR.test(after) && (await commits.getKey(Number(after)));
  if (after !== undefined && !known) {
    throw new StoreError("STORE_INVALID_CURSOR", "The feed has no commit with this cursor.", { after });
  }
  const next = IDBKeyRange.lowerBound(Number(after ?? 0), true);
  const [places, records] = await Promise.all([
    commits.getAllKeys(next, PAGE.commits),
    commits.getAll(next, PAGE.commits),
  ]);
  let events = 0;
  const few = records.filter(({ first, last }, index) => {
    events += last - first + 1;
    return index === 0 || events <= PAGE.events;
  });
  return Promise.all(
    few.map(async ({ stream, first, last }, index) => {
      const range = IDBKeyRange.bound([stream, first], [stream, last]);
      const found = await transaction.objectStore("events").getAll(range);
      return { cursor: String(places[index]), stream, events: found.map(decode) };
    }),
  );
}

function decode({ event, revision }: EventRecord): StoredEvent {
  return { ...(JSON.parse(event) as StoredEvent), revision };
}

function clamp(value: number): number {
  return Math.min(Math.max(Math.trunc(value), 0), NO_LIMIT);
}
