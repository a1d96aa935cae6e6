import { eraseEvent } from "../erasure.js";
import type { Connection, Row } from "./connection.js";
import { placeFinder } from "./place.js";
import { within } from "./transaction.js";

/** How many events are looked at at once. */
const PAGE = 1_000;

/** Erases payloads of a stream. `left` is what stays of each, by revision, or `null` where nothing stays of any. */
export type Erase = (stream: string, left: ReadonlyMap<number, string> | null) => { readonly erased: number };

/** Gives what erases in a database with the tables. `forget` takes a stream out of the index over words. */
export function createErase(connection: Connection, forget: (stream: string) => void): Erase {
  const placeOf = placeFinder(connection);
  const next = connection.prepare(
    "SELECT position, revision, event FROM chat_spaces_event " +
      "WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?",
  );
  // Filled up with spaces to the bytes that it had: SQLite then writes over the old text where it stands. If it
  // shrank, SQLite would move its neighbours, and leave copies of them that nothing could erase later.
  const replace = connection.prepare(
    "UPDATE chat_spaces_event SET event = printf('%-*s', length(CAST(event AS BLOB)), ?) WHERE position = ?",
  );

  function* eventsOf(key: number, left: ReadonlyMap<number, string> | null): Generator<Row> {
    if (left) {
      for (const revision of left.keys()) {
        const [row] = next.all(key, revision - 1, 1);
        if (row && Number(row["revision"]) === revision) yield row;
      }
      return;
    }
    for (let after = 0; ; ) {
      const rows = next.all(key, after, PAGE);
      yield* rows;
      if (rows.length < PAGE) return;
      after = Number(rows.at(-1)?.["revision"]);
    }
  }

  return (stream, left) => {
    const erased = within(connection, () => {
      const place = placeOf(stream);
      let count = 0;
      if (!place) return count;
      for (const { position, revision, event } of eventsOf(place.key, left)) {
        const json = eraseEvent(event as string, left?.get(Number(revision)));
        if (json !== undefined) count += replace.run(json, Number(position));
      }
      if (count > 0) forget(stream);
      return count;
    });
    try {
      // The WAL holds the old text until it is emptied. Where somebody is reading just now, a later time will do.
      connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch {
      // It was erased all the same.
    }
    return { erased };
  };
}
