import { encodeCommit } from "../commit.js";
import type { AppendResult, Commit } from "../contract.js";
import { eraseEvent } from "../erasure.js";
import { headOf, wholeOf } from "./reading.js";
import type { Transaction } from "./transaction.js";

/** A commit as it was when it was handed in: what the caller does to theirs while it waits stays with them. */
export type Batch = {
  readonly id: string;
  readonly expected: number;
  readonly events: readonly { readonly id: string; readonly event: string }[];
};

/**
 * A commit as a batch.
 *
 * @throws StoreError `STORE_INVALID_COMMIT` where it is not one.
 */
export function batchOf(stream: string, commit: Commit): Batch {
  const encoded = encodeCommit(stream, commit);
  const events = encoded.map((event, index) => ({ id: commit.events[index]?.id ?? "", event }));
  return { id: commit.id, expected: commit.expected, events };
}

export async function append(
  transaction: Transaction<"readwrite">,
  stream: string,
  { id, expected, events }: Batch,
): Promise<AppendResult> {
  const commits = transaction.objectStore("commits");
  const [replayed, head] = await Promise.all([
    commits.index("byId").get([stream, id]),
    headOf(transaction, stream),
  ]);
  if (replayed) return { ok: true, head: replayed.last, replayed: true };
  if (head !== expected) return { ok: false, reason: "conflict", head };
  const last = head + events.length;
  const store = transaction.objectStore("events");
  events.forEach((event, index) => {
    store.add({ stream, revision: head + index + 1, ...event }).catch(toldByTransaction);
  });
  commits.add({ stream, id, first: head + 1, last }).catch(toldByTransaction);
  return { ok: true, head: last };
}

export async function erase(
  transaction: Transaction<"readwrite">,
  stream: string,
  left: ReadonlyMap<number, string> | null,
): Promise<{ readonly erased: number }> {
  const store = transaction.objectStore("events");
  const records = left
    ? await Promise.all([...left.keys()].map((revision) => store.get([stream, revision])))
    : await store.getAll(wholeOf(stream));
  const erased = records.flatMap((record) => {
    if (!record) return [];
    const event = eraseEvent(record.event, left?.get(record.revision));
    return event === undefined ? [] : [{ ...record, event }];
  });
  for (const record of erased) store.put(record).catch(toldByTransaction);
  return { erased: erased.length };
}

/** A request that fails takes its transaction with it, and that one's end is waited for. */
function toldByTransaction(): void {}
