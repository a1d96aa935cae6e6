import type { Connection } from "./connection.js";

/**
 * Runs something in a transaction that writes. Nothing in it waits, so that no other work of this process comes
 * between; and it holds the write lock from the start, so that nobody else does.
 */
export function within<T>(connection: Connection, act: () => T): T {
  // Not as prepared statements: of libsql's, one that met a lock stays in progress, and until it is run again nothing
  // that anybody writes on this connection is committed.
  connection.exec("BEGIN IMMEDIATE");
  try {
    const result = act();
    connection.exec("COMMIT");
    return result;
  } catch (error) {
    try {
      connection.exec("ROLLBACK");
    } catch {
      // SQLite has rolled back by itself already, as it does when the disk is full.
    }
    throw error;
  }
}
