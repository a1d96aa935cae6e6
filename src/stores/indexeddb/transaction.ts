import type { IDBPTransaction } from "idb";
import type { Database, Schema } from "./schema.js";

/** A transaction over everything. Those that write run one after the other, whichever tab they are from. */
export type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<Schema, Scope, Mode>;

type Scope = ["events", "commits"];

/** Begins a transaction, or throws because the browser has closed the database. */
export function begin<Mode extends IDBTransactionMode>(
  database: Database,
  mode: Mode,
  durability: IDBTransactionDurability,
): Transaction<Mode> {
  const scope: Scope = ["events", "commits"];
  return database.transaction(scope, mode, { durability });
}

/**
 * Gives the result of a transaction once all of it is kept; where anything fails, nothing is. `act` must wait for
 * nothing but requests of the transaction, which ends as soon as it has none. Of those that only write it need not
 * wait at all.
 */
export async function settle<Mode extends IDBTransactionMode, T>(
  transaction: Transaction<Mode>,
  act: (transaction: Transaction<Mode>) => Promise<T>,
): Promise<T> {
  const end = endOf(transaction);
  try {
    const result = await act(transaction);
    await end;
    return result;
  } catch (error) {
    abort(transaction);
    await end.catch(() => {});
    // Requests of a transaction that fails as a whole are told only that they were aborted; it knows why.
    throw transaction.error ?? error;
  }
}

/** Resolves when the transaction is kept, and rejects when nothing of it is. */
function endOf<Mode extends IDBTransactionMode>(transaction: Transaction<Mode>): Promise<void> {
  // The promise that idb has for it rejects before the transaction knows its error.
  transaction.done.catch(() => {});
  return new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => {
      reject(transaction.error ?? new DOMException("The transaction was aborted.", "AbortError"));
    });
  });
}

function abort<Mode extends IDBTransactionMode>(transaction: Transaction<Mode>): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
