import { StoreError } from "../../kernel/errors.js";
import type { Connection } from "./connection.js";
import { within } from "./transaction.js";

/** The version of the tables below. A database of a later one is refused, not guessed at. */
const VERSION = 1;

/**
 * The tables, also to be found in the guide. One row per event: `position` is its place among the events of all
 * streams, and `commit_id` stands on the last event of each commit. Streams are numbered and ids of events hashed
 * (`hash.ts`): texts would make the indexes several times as large, and writing to them is most of what an append
 * costs. The tables' names let them live in a database that the application uses for other things.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS chat_spaces_meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS chat_spaces_stream (
  key  INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE IF NOT EXISTS chat_spaces_event (
  position  INTEGER PRIMARY KEY,
  stream    INTEGER NOT NULL,
  revision  INTEGER NOT NULL,
  id_hash   INTEGER NOT NULL,
  commit_id TEXT,
  event     TEXT    NOT NULL,
  UNIQUE (stream, revision)
) STRICT;

CREATE INDEX IF NOT EXISTS chat_spaces_event_by_id ON chat_spaces_event (stream, id_hash);

CREATE UNIQUE INDEX IF NOT EXISTS chat_spaces_event_by_commit
  ON chat_spaces_event (stream, commit_id) WHERE commit_id IS NOT NULL;

INSERT INTO chat_spaces_meta (key, value) VALUES ('version', '${VERSION}') ON CONFLICT (key) DO NOTHING;
`;

/**
 * Makes sure that the tables are there. Safe to repeat, also by several processes at once.
 *
 * @throws StoreError `STORE_NEWER_VERSION` where they belong to a newer version of the library.
 */
export function setUp(connection: Connection): void {
  const version = versionOf(connection);
  if (version === VERSION) return;
  if (version !== undefined) {
    throw new StoreError(
      "STORE_NEWER_VERSION",
      `The database has version ${version} of the tables; this chat-spaces knows version ${VERSION}. Update chat-spaces.`,
      { version, known: VERSION },
    );
  }
  within(connection, () => connection.exec(TABLES));
}

function versionOf(connection: Connection): number | undefined {
  const [table] = connection
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'chat_spaces_meta'")
    .all();
  if (!table) return undefined;
  const [row] = connection.prepare("SELECT value FROM chat_spaces_meta WHERE key = 'version'").all();
  return row ? Number(row["value"]) : undefined;
}
