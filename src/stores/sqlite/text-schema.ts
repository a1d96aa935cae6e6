import { StoreError } from "../../kernel/errors.js";
import type { Connection } from "./connection.js";

/** The version of the tables below. An index of a later one is left alone. */
const VERSION = 1;

/**
 * The tables of the index over words, made when something is first put in. Which words a document has is in the virtual
 * table, in the row of the document's key; `made_of` has its id and the ids of its events.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS chat_spaces_text_stream (
  key      INTEGER PRIMARY KEY,
  name     TEXT    NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  epoch    INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS chat_spaces_text_document (
  key     INTEGER PRIMARY KEY,
  stream  INTEGER NOT NULL,
  id      TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  author  TEXT,
  kind    TEXT    NOT NULL,
  made_of TEXT    NOT NULL,
  UNIQUE (stream, id)
) STRICT;

CREATE VIRTUAL TABLE IF NOT EXISTS chat_spaces_text USING fts5 (words, aside, tokenize = 'ascii');

INSERT INTO chat_spaces_meta (key, value) VALUES ('text version', '${VERSION}') ON CONFLICT (key) DO NOTHING;
`;

/** Whether this SQLite has full-text search built in. */
export function hasFullText(connection: Connection): boolean {
  return connection.prepare("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").all().length > 0;
}

/** Whether words that are deleted can be taken out of the index at once: from SQLite 3.42 on. */
export function canDeleteWords(connection: Connection): boolean {
  const [row] = connection.prepare("SELECT sqlite_version() AS version").all();
  const [major = 0, minor = 0] = String(row?.["version"]).split(".").map(Number);
  return major > 3 || (major === 3 && minor >= 42);
}

/**
 * Whether the tables are there.
 *
 * @throws StoreError `STORE_NEWER_VERSION` where they belong to a newer version of the library.
 */
export function hasTextTables(connection: Connection): boolean {
  const [row] = connection.prepare("SELECT value FROM chat_spaces_meta WHERE key = 'text version'").all();
  const version = row && Number(row["value"]);
  if (version === undefined || version === VERSION) return version === VERSION;
  throw new StoreError(
    "STORE_NEWER_VERSION",
    `The index over words has version ${version}; this chat-spaces knows version ${VERSION}. Update chat-spaces.`,
    { version, known: VERSION },
  );
}

/** Makes the tables, within the transaction that first puts something in. */
export function makeTextTables(connection: Connection): void {
  connection.exec(TABLES);
}
