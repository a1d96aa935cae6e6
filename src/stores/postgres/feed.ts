import { StoreError } from "../../kernel/errors.js";
import type { FeedCommit, StoredEvent } from "../contract.js";
import type { Row, Run } from "./pool.js";
import { toEvent } from "./reading.js";
import type { Statements } from "./statements.js";

/*
 * Why nothing is given twice, out of order, or not at all.
 *
 * Every commit has a row in the feed, at a position that comes from a sequence. Sequences do not wait for each other's
 * transactions: a commit may show up below one that has been read already. So a reader does not step over a position
 * at which it sees no row. It closes it: it writes a row there that says nothing, unless there is one. The primary key
 * allows one row at a position, and the database makes whoever wants to write the second wait until the first
 * transaction has ended. Afterwards one of two things is true, for ever and for every reader:
 *
 * - the commit is there, because its writer had written the row and has now committed. It is read;
 * - the closing row is there, because the writer was rolled back, has gone, or had only taken the number. Should it
 *   still come, its whole statement fails, and it repeats it at a higher position (see `append.ts`).
 *
 * No row of the feed is ever changed or taken away. So what a reader has passed stays as the reader has seen it, all
 * readers see the same, and a commit that was acknowledged before another one was given either stands below it, where
 * it has been given, or above it, where it will be. Above the last row there is nothing to be closed: whatever comes
 * there, comes later.
 *
 * Within a stream, a commit's position is above that of the commit before, which the statement reads together with
 * the head: also where connections keep numbers in store, as they do in YugabyteDB.
 */

/** A commit's row in the feed: its events are those of the stream from the first revision to the last. */
type Entry = {
  readonly position: number;
  readonly stream: string;
  readonly first: number;
  readonly last: number;
};

/** Gives the commit that comes after the one it gave before, or nothing where there is none yet. */
export type FeedReader = () => Promise<FeedCommit | undefined>;

/** How many positions are read at once, and at most how many are closed at once. */
const POSITIONS = 500;
/** At most how many commits are fetched at once, and with how many events, unless the first alone has more. */
const COMMITS = 100;
const EVENTS = 1_000;
/** No sequence leaves out so many numbers by itself, and closing them all would fill the table with rows. */
const WIDEST_GAP = 1_000_000;

/**
 * Reads the feed from behind a cursor on, or from the first commit.
 *
 * Commits are fetched ahead only for a reader who takes one after the other without waiting for anything else: what
 * is erased while a reader is busy must not be given any more. Where they are may be known long before.
 */
export function createFeedReader(run: Run, statements: Statements, after: string | undefined): FeedReader {
  let place: number | undefined;
  let entries: readonly Entry[] = [];
  let commits: FeedCommit[] = [];
  let ahead = 1;
  let isBusy = true;

  return async () => {
    const next = isBusy ? 1 : Math.min(2 * ahead, COMMITS);
    place ??= await placeOf(run, statements, after);
    if (entries.length === 0) [place, entries] = await entriesAfter(run, statements, place);
    if (commits.length === 0) {
      const fetched = await commitsAt(run, statements, entries.slice(0, next));
      commits = fetched;
      ahead = next;
      isBusy = false;
      soon(() => {
        fetched.length = 0;
        isBusy = true;
      });
    }
    const commit = commits.shift();
    if (commit) entries = entries.slice(1);
    return commit;
  };
}

/** Where a cursor stands. It has to be that of a commit: after a step back in time, to a backup, it may be none. */
async function placeOf(run: Run, statements: Statements, cursor: string | undefined): Promise<number> {
  if (cursor === undefined) return 0;
  const place = /^[1-9]\d{0,15}$/.test(cursor) ? Number(cursor) : undefined;
  if (Number.isSafeInteger(place)) {
    const { rows } = await run(statements.positions, [place, 1]);
    if (Number(rows[0]?.["position"]) === place && rows[0]?.["stream"] !== "") return place as number;
  }
  throw new StoreError("STORE_INVALID_CURSOR", "The cursor is none that this store has given.", { cursor });
}

/** The commits that come next, and the position up to which nothing else will ever come. */
async function entriesAfter(
  run: Run,
  statements: Statements,
  from: number,
): Promise<[place: number, entries: readonly Entry[]]> {
  for (let [place, hasClosed] = [from, false]; ; ) {
    const { rows } = await run(statements.positions, [place + 1, POSITIONS]);
    const found = rows.map(toEntry);
    const gap = found.findIndex(({ position }, index) => position !== place + 1 + index);
    const settled = gap === -1 ? found : found.slice(0, gap);
    if (settled.length > 0) {
      place += settled.length;
      hasClosed = false;
      const entries = settled.filter(({ stream }) => stream !== "");
      if (entries.length > 0) return [place, entries];
    } else {
      // What has just been closed is not to be seen: this is a replica that lags behind.
      if (found.length === 0 || hasClosed) return [place, []];
      await run(statements.closeGaps, [gapsIn(place, found)]);
      hasClosed = true;
    }
  }
}

/** The first positions after a place at which there is no row, below the last one at which there is. */
function gapsIn(place: number, found: readonly Entry[]): readonly number[] {
  const gaps: number[] = [];
  let next = place + 1;
  for (const { position } of found) {
    if (position - next > WIDEST_GAP) {
      throw new StoreError(
        "STORE_FAULT",
        `The feed goes on at ${position} after ${next - 1}: something has moved the sequence of positions.`,
        { from: next, to: position },
      );
    }
    for (; next < position; next++) if (gaps.push(next) === POSITIONS) return gaps;
    next = position + 1;
  }
  return gaps;
}

/** The first of these commits, with their events. */
async function commitsAt(run: Run, statements: Statements, entries: readonly Entry[]): Promise<FeedCommit[]> {
  const streams: string[] = [];
  const revisions: number[] = [];
  for (const { stream, first, last } of entries) {
    if (revisions.length > 0 && revisions.length + last - first >= EVENTS) break;
    for (let revision = first; revision <= last; revision++) {
      streams.push(stream);
      revisions.push(revision);
    }
  }
  if (revisions.length === 0) return [];
  const { rows } = await run(statements.committed, [streams, revisions, [...revisions.keys()]]);
  const found = new Map(rows.map(({ place, event }) => [Number(place), event]));
  const commits: FeedCommit[] = [];
  let place = 0;
  for (const { position, stream, first, last } of entries) {
    const events: StoredEvent[] = [];
    for (let revision = first; revision <= last; revision++, place++) {
      // Databases of several machines may show the row in the feed before the events: it is not there yet, then.
      if (!found.has(place)) return commits;
      events.push(toEvent(found.get(place), revision));
    }
    commits.push({ cursor: String(position), stream, events });
  }
  return commits;
}

function toEntry({ position, stream, first, last }: Row): Entry {
  return {
    position: Number(position),
    stream: String(stream),
    first: Number(first),
    last: Number(last),
  };
}

/** Acts as soon as this thread has time for something else, at once where there is a way to say so. */
function soon(act: () => void): void {
  const { setImmediate } = globalThis as { readonly setImmediate?: (act: () => void) => unknown };
  if (setImmediate) setImmediate(act);
  else setTimeout(act, 0);
}
