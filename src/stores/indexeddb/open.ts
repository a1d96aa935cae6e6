import { wrap } from "idb";
import { StoreError } from "../../kernel/errors.js";
import { type Database, setUp, VERSION } from "./schema.js";

/** A request to open a database, which may stay unanswered for as long as other tabs do not let go. */
export type Opening = {
  readonly database: Promise<Database>;
  /** Rejects with `STORE_BUSY` once it is known that others hold on to an older version; else never settles. */
  readonly blocked: Promise<never>;
};

/**
 * Asks for a database, which is made where there is none.
 *
 * @throws StoreError `STORE_DRIVER_MISSING` where there is no IndexedDB.
 */
export function openDatabase(name: string, factory: IDBFactory | undefined): Opening {
  const request = (factory ?? browsersOwn()).open(name, VERSION);
  // `wrap` promises only what it knows by its class.
  if (typeof IDBRequest === "undefined" || !(request instanceof IDBRequest)) {
    throw missing(
      "The classes of the IndexedDB that was handed in must be global too: with fake-indexeddb, import " +
        '"fake-indexeddb/auto" first.',
    );
  }
  request.addEventListener("upgradeneeded", () => setUp(wrap(request.result) as unknown as Database));
  return {
    database: wrap(request) as Promise<unknown> as Promise<Database>,
    blocked: new Promise((_, reject) => {
      request.addEventListener("blocked", () => {
        reject(new StoreError("STORE_BUSY", "Another tab holds an older version of the database.", { name }));
      });
    }),
  };
}

function browsersOwn(): IDBFactory {
  if (typeof indexedDB !== "undefined") return indexedDB;
  throw missing(
    'There is no IndexedDB here. In Node, in tests, use "fake-indexeddb/auto"; on a server, another store.',
  );
}

function missing(message: string): StoreError {
  return new StoreError("STORE_DRIVER_MISSING", message);
}
