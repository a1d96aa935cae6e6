import type { AppendResult, Commit } from "../contract.js";
import type { Connection, SqlValue } from "./connection.js";
import { hash } from "./hash.js";
import { placeFinder } from "./place.js";
import { within } from "./transaction.js";

/** How many events one statement inserts. More at once gains nothing. */
const BULK = 16;

/** Appends a commit to a stream. `encoded` is its events as JSON. */
export type Append = (stream: string, commit: Commit, encoded: readonly string[]) => AppendResult;

/** Gives what appends to a database with the tables. `own`: nobody else uses the connection. */
export function createAppend(connection: Connection, own: boolean): Append {
  const placeOf = placeFinder(connection);
  // A statement is a transaction of its own, unless somebody has one open, or has left something in progress.
  const isAlone = own && connection.failsCleanly;
  // The usual case in one statement: one event for a stream that exists. Where the stream is not there, or not at
  // the expected revision, or has the commit already, it inserts nothing.
  const one = connection.prepare(`
    INSERT OR IGNORE INTO chat_spaces_event (stream, revision, id_hash, commit_id, event) VALUES (
      (SELECT key FROM chat_spaces_stream WHERE name = ?),
      (SELECT CASE max(revision) WHEN ? THEN max(revision) + 1 END FROM chat_spaces_event
         WHERE stream = (SELECT key FROM chat_spaces_stream WHERE name = ?)),
      ?, ?, ?)`);
  const committed = connection.prepare(
    "SELECT revision FROM chat_spaces_event WHERE stream = ? AND commit_id = ?",
  );
  const addStream = connection.prepare("INSERT INTO chat_spaces_stream (name) VALUES (?) RETURNING key");
  const last = connection.prepare(
    "INSERT INTO chat_spaces_event (stream, revision, id_hash, event, commit_id) VALUES (?, ?, ?, ?, ?)",
  );
  // A failure ends the transaction; without FAIL, SQLite would copy every page first to undo just this statement.
  const others = (count: number) =>
    connection.prepare(
      "INSERT OR FAIL INTO chat_spaces_event (stream, revision, id_hash, event) VALUES " +
        Array.from({ length: count }, () => "(?, ?, ?, ?)").join(", "),
    );
  const bulk = others(BULK);
  const single = others(1);

  const insert = (key: number, { id, expected, events }: Commit, encoded: readonly string[]): void => {
    const rowOf = (index: number): readonly [number, number, number, string] => [
      key,
      expected + index + 1,
      hash(events[index]?.id ?? ""),
      encoded[index] ?? "",
    ];
    const end = encoded.length - 1;
    let index = 0;
    for (; index + BULK <= end; index += BULK) {
      const values: SqlValue[] = [];
      for (let next = index; next < index + BULK; next++) values.push(...rowOf(next));
      bulk.run(...values);
    }
    for (; index < end; index++) single.run(...rowOf(index));
    last.run(...rowOf(end), id);
  };

  return (stream, commit, encoded) => {
    const { id, expected, events } = commit;
    const [event] = events;
    const addsOne = (): boolean => {
      if (!event || encoded.length > 1 || expected === 0) return false;
      return one.run(stream, expected, stream, hash(event.id), id, encoded[0] ?? "") === 1;
    };
    if (isAlone && addsOne()) return { ok: true, head: expected + 1 };
    return within(connection, (): AppendResult => {
      if (!isAlone && addsOne()) return { ok: true, head: expected + 1 };
      const place = placeOf(stream);
      const [known] = place ? committed.all(place.key, id) : [];
      if (known) return { ok: true, head: Number(known["revision"]), replayed: true };
      const head = place?.head ?? 0;
      if (head !== expected) return { ok: false, reason: "conflict", head };
      insert(place?.key ?? Number(addStream.all(stream)[0]?.["key"]), commit, encoded);
      return { ok: true, head: head + encoded.length };
    });
  };
}
