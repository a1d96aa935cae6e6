/**
 * A store in a SQLite file, for Node.
 *
 * @module chat-spaces/sqlite
 */
export type { SqliteDatabase, SqliteDriver } from "./driver.js";
export type { SqliteOptions } from "./open.js";
export { sqliteStore } from "./store.js";
