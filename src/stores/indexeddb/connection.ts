import { StoreError } from "../../kernel/errors.js";
import { newerVersion } from "./faults.js";
import { openDatabase } from "./open.js";
import type { Database } from "./schema.js";
import { begin, settle, type Transaction } from "./transaction.js";

/** A database that is opened when it is first used, and again where the browser has closed it by itself. */
export type Connection = {
  /** Runs a transaction; see {@link settle}. */
  within<Mode extends IDBTransactionMode, T>(
    mode: Mode,
    act: (transaction: Transaction<Mode>) => Promise<T>,
  ): Promise<T>;
  /** Closes the database, for good, once what runs has ended. Whoever comes later is told why. */
  end(why: StoreError): void;
};

export type ConnectionOptions = {
  readonly name: string;
  /** What opens databases, where it is not the browser's own. */
  readonly factory: IDBFactory | undefined;
  readonly durability: IDBTransactionDurability;
  /** Called when somebody else has ended the connection, by deleting the database or by upgrading it. */
  readonly onLost: () => void;
};

export function connect({ name, factory, durability, onLost }: ConnectionOptions): Connection {
  let ended: StoreError | undefined;
  let ready: Promise<Database> | undefined;
  let open: Database | undefined;

  const end = (why: StoreError): void => {
    ended ??= why;
    open?.close();
  };

  const forget = (database: Database | undefined): void => {
    if (open !== database) return;
    ready = undefined;
    open = undefined;
  };

  const start = (): Promise<Database> => {
    const { database: opening, blocked } = openDatabase(name, factory);
    opening.then(
      (database) => {
        if (ended) return database.close();
        open = database;
        // Until now it may have been the answer that others are in the way.
        ready = opening;
        database.addEventListener("versionchange", ({ newVersion }) => {
          end(lost(name, newVersion));
          onLost();
        });
      },
      () => forget(undefined),
    );
    return Promise.race([opening, blocked]);
  };

  const use = async (): Promise<Database> => {
    if (ended) throw ended;
    ready ??= start();
    return ready;
  };

  const beginSomehow = async <Mode extends IDBTransactionMode>(mode: Mode): Promise<Transaction<Mode>> => {
    const database = await use();
    try {
      return begin(database, mode, durability);
    } catch {
      // Browsers close databases by themselves: on phones, when short of room, when they start anew what is behind
      // IndexedDB. Nothing has begun yet, so it may be tried on a new one.
      database.close();
      forget(database);
      return begin(await use(), mode, durability);
    }
  };

  return {
    within: async (mode, act) => settle(await beginSomehow(mode), act),
    end,
  };
}

/** Why the database has to be let go of, so that somebody else can go on. */
function lost(name: string, newVersion: number | null): StoreError {
  return newVersion === null
    ? new StoreError("STORE_CLOSED", "The database has been deleted.", { name })
    : newerVersion(name, newVersion);
}
