import type { Table } from "./table.js";

/**
 * The tables of the index over words, also to be found in the documentation: how far each stream is in it, and its
 * documents. Those of an earlier epoch than their stream's count as gone; `made_of` has the id and the ids of the events.
 */
export function textDefinitions(table: Table, text: string): readonly string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${table.part("text_stream")} (
  stream   ${text} NOT NULL PRIMARY KEY,
  revision bigint NOT NULL,
  epoch    bigint NOT NULL
)`,
    `CREATE TABLE IF NOT EXISTS ${table.part("text")} (
  stream  ${text} NOT NULL,
  id      ${text} NOT NULL,
  epoch   bigint NOT NULL,
  at      bigint NOT NULL,
  author  text,
  kind    text NOT NULL,
  made_of text NOT NULL,
  words   tsvector NOT NULL,
  PRIMARY KEY (stream, id)
)`,
    `CREATE INDEX IF NOT EXISTS ${table.index("text_words")} ON ${table.part("text")} USING gin (words)`,
  ];
}
