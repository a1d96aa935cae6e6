import type { Connection } from "./connection.js";

/** A stream as the tables have it: its number, and the revision of its last event. */
export type Place = { readonly key: number; readonly head: number };

/** Gives a function that looks a stream up by its name: `undefined` where it was never written to. */
export function placeFinder(connection: Connection): (stream: string) => Place | undefined {
  const find = connection.prepare(
    "SELECT key, (SELECT max(revision) FROM chat_spaces_event WHERE stream = key) AS head " +
      "FROM chat_spaces_stream WHERE name = ?",
  );
  return (stream) => {
    const [row] = find.all(stream);
    return row && { key: Number(row["key"]), head: Number(row["head"]) };
  };
}
