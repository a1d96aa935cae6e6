import { StoreError } from "../../kernel/errors.js";
import { encodeCommit } from "../commit.js";
import type { AppendResult, Commit } from "../contract.js";
import { isTaken } from "./faults.js";
import { keyOf } from "./key.js";
import type { Run } from "./pool.js";
import type { Statements } from "./statements.js";

/** A commit as it was when it was handed in: whatever becomes of the caller's, this stays. */
export type EncodedCommit = {
  readonly stream: string;
  /** The commit's id, and those of its events, as they stand in the table. */
  readonly id: string;
  readonly ids: readonly string[];
  readonly expected: number;
  /** As JSON. */
  readonly events: readonly string[];
};

/** A commit, checked and copied. */
export function encode(stream: string, commit: Commit): EncodedCommit {
  const events = encodeCommit(stream, commit);
  const { id, expected } = commit;
  return { stream, id: keyOf(id), ids: commit.events.map((event) => keyOf(event.id)), expected, events };
}

/** How often a commit is tried again whose place in the feed was taken. Twice is rare. */
const ATTEMPTS = 50;

/**
 * Appends a commit with one statement, which writes its events and its row in the feed, or nothing at all.
 *
 * The statement writes only where the stream's head is the expected one as it starts. Should two of them see the same
 * head, both want the same revision: the primary key makes the later one wait for the earlier, and fail unless that
 * is rolled back. So exactly one wins, and neither holds what the other waits for: events are written before the row
 * in the feed.
 *
 * A commit id is in a stream once at most: whoever sees the head that they expect, also sees every commit up to it,
 * and the unique index on `(stream, commit_id)` refuses one that is there. Hence what happened can always be looked
 * up afterwards, in this order: the commit is there, so it is replayed (perhaps a call of the same id whose answer
 * was never heard); or the head is another, so it is a conflict; or neither, and what was taken is the place in the
 * feed, which a reader has closed in the meantime (see `feed.ts`) or which the sequence gave twice. Then it is tried
 * again, above every place that there is.
 */
export async function append(run: Run, statements: Statements, commit: EncodedCommit): Promise<AppendResult> {
  const { stream, id, expected, events } = commit;
  let lowest = 0;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    if (await insert(run, statements, commit, lowest)) return { ok: true, head: expected + events.length };

    const { rows } = await run(statements.outcome, [stream, id]);
    const [{ head, replayed } = {}] = rows;
    if (replayed !== null && replayed !== undefined)
      return { ok: true, head: Number(replayed), replayed: true };
    if (Number(head) !== expected) return { ok: false, reason: "conflict", head: Number(head) };

    const { rows: last } = await run(statements.lastPosition, []);
    lowest = Number(last[0]?.["position"] ?? 0) + 1;
  }
  throw new StoreError(
    "STORE_BUSY",
    `The commit found no place in the feed in ${ATTEMPTS} attempts. Is the sequence far behind the table?`,
    { stream, commit: id },
  );
}

/** Whether the commit has been written: not where the head is another, nor where a key of it was taken. */
async function insert(
  run: Run,
  statements: Statements,
  { stream, id, expected, ids, events }: EncodedCommit,
  lowest: number,
): Promise<boolean> {
  const place = [stream, expected, id, lowest];
  const head = expected + events.length;
  try {
    const { written } =
      events.length === 1
        ? await run(statements.appendOne, [...place, ids[0], events[0]])
        : await run(statements.appendMany, [
            ...place,
            ids,
            events,
            events.map((_, index) => expected + index + 1),
            head,
          ]);
    return written > 0;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}
