import { isWellFormed } from "../../kernel/json.js";
import { isName } from "../commit.js";
import type { NewEvent, ReadOptions, StoredEvent, StreamsOptions, StreamsPage } from "../contract.js";
import type { Connection, Row, Statement } from "./connection.js";
import { hash } from "./hash.js";
import { placeFinder } from "./place.js";

/** Reads streams, and lists them. */
export type Reader = {
  read(
    stream: string,
    options: ReadOptions,
  ): { readonly head: number; readonly events: readonly StoredEvent[] };
  streams(options: StreamsOptions): StreamsPage;
};

/** SQLite's largest integer that is exact as a number. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;
/** How many names of streams are given at once, where nobody says otherwise. */
const NAMES = 1_000;
/** The first half of a surrogate pair whose second half is missing, at the end of a text. */
const HALF_AT_END = /[\ud800-\udbff]$/;

/** Gives what reads from a database with the tables. */
export function createReader(connection: Connection): Reader {
  const placeOf = placeFinder(connection);
  const all = bothWays((direction) =>
    connection.prepare(
      "SELECT revision, event FROM chat_spaces_event " +
        `WHERE stream = ? AND revision > ? AND revision < ? ORDER BY revision ${direction} LIMIT ?`,
    ),
  );
  // Without being told, SQLite walks through the whole stream and looks each event up in the ids.
  const byId = bothWays((direction) =>
    connection.prepare(
      "SELECT revision, event FROM chat_spaces_event INDEXED BY chat_spaces_event_by_id " +
        "WHERE stream = ? AND revision > ? AND revision < ? AND id_hash IN (SELECT value FROM json_each(?)) " +
        `ORDER BY revision ${direction}`,
    ),
  );
  const names = connection.prepare(
    // The plus keeps SQLite from starting at the second condition: there may be many names before the prefix.
    "SELECT name FROM chat_spaces_stream WHERE name >= max(?, ?) AND +name > ? ORDER BY name LIMIT ?",
  );

  return {
    read(stream, { after = 0, before = NO_LIMIT, limit = NO_LIMIT, backwards = false, ids }) {
      const place = isName(stream) ? placeOf(stream) : undefined;
      if (!place) return { head: 0, events: [] };
      const { key, head } = place;
      // What is at or below a head never moves: what is read next is of the same moment without a transaction.
      const range = [key, clamp(after), Math.min(clamp(Math.ceil(before)), head + 1)] as const;
      const most = clamp(limit);
      const way = backwards ? "backwards" : "forwards";
      if (range[1] + 1 >= range[2]) return { head, events: [] };
      if (!ids) return { head, events: all[way].all(...range, most).map(decode) };
      const wanted = new Set(ids);
      const rows = byId[way].all(...range, JSON.stringify([...wanted].map(hash)));
      const events = rows.map(decode).filter(({ id }) => wanted.has(id));
      return { head, events: events.slice(0, most) };
    },

    streams({ prefix = "", after = "", limit = NAMES }) {
      // A name may go on with the other half of a pair that the prefix ends with.
      const start = prefix.replace(HALF_AT_END, "");
      if (!isWellFormed(start) || start.includes("\0")) return { names: [] };
      const most = Math.max(clamp(limit), 1);
      const found: string[] = [];
      for (let last = after; ; ) {
        const rows = names.all(last, start, last, most + 1);
        for (const { name } of rows as readonly { readonly name: string }[]) {
          // Names that start alike stand together.
          if (!name.startsWith(start)) return { names: found };
          if (!name.startsWith(prefix)) continue;
          if (found.length === most) return { names: found, next: found.at(-1) ?? "" };
          found.push(name);
        }
        if (rows.length <= most) return { names: found };
        last = String(rows.at(-1)?.["name"]);
      }
    },
  };
}

/** An event as it was stored, with its place in its stream. */
export function decode({ revision, event }: Row): StoredEvent {
  const stored: NewEvent & { revision?: number } = JSON.parse(event as string);
  // Set, not spread: copying every event would be most of what reading costs.
  stored.revision = Number(revision);
  return stored as StoredEvent;
}

function bothWays(select: (direction: "ASC" | "DESC") => Statement) {
  return { forwards: select("ASC"), backwards: select("DESC") };
}

function clamp(value: number): number {
  return Math.min(Math.max(Math.trunc(value) || 0, 0), NO_LIMIT);
}
