import type { IDBPDatabase } from "idb";

/** The version of what is below. A database of a later one is refused, not guessed at. */
export const VERSION = 1;

/** What is in the database; the documentation shows it too. */
export type Schema = {
  /** Every event as JSON text, by stream and revision. */
  events: {
    key: [stream: string, revision: number];
    value: {
      readonly stream: string;
      readonly revision: number;
      readonly id: string;
      readonly event: string;
    };
    indexes: { byId: [stream: string, id: string] };
  };
  /** Every commit with the revisions of its first and its last event, by its place among all: 1, 2, 3, ... */
  commits: {
    key: number;
    value: { readonly stream: string; readonly id: string; readonly first: number; readonly last: number };
    indexes: { byId: [stream: string, id: string] };
  };
};

export type Database = IDBPDatabase<Schema>;

/** Makes what a new database has to have. */
export function setUp(database: Database): void {
  const events = database.createObjectStore("events", { keyPath: ["stream", "revision"] });
  events.createIndex("byId", ["stream", "id"]);
  const commits = database.createObjectStore("commits", { autoIncrement: true });
  commits.createIndex("byId", ["stream", "id"], { unique: true });
}
