import type { Connection } from "./connection.js";

/** A list, as one parameter of JSON. */
const GIVEN = "(SELECT value FROM json_each(?))";

/** What works on the tables of the index. They have to be there. */
export function textStatements(connection: Connection) {
  const lines = (...sql: readonly string[]) => connection.prepare(sql.join("\n"));
  return {
    position: lines("SELECT key, revision, epoch FROM chat_spaces_text_stream WHERE name = ?"),
    begin: lines("INSERT INTO chat_spaces_text_stream (name, revision, epoch) VALUES (?, 0, 0)"),
    move: lines("UPDATE chat_spaces_text_stream SET revision = ?, epoch = ? WHERE key = ?"),
    find: lines("SELECT key FROM chat_spaces_text_document WHERE stream = ? AND id = ?"),
    add: lines(
      "INSERT INTO chat_spaces_text_document (stream, id, at, author, kind, made_of)",
      "VALUES (?, ?, ?, ?, ?, ?) RETURNING key",
    ),
    addWords: lines("INSERT INTO chat_spaces_text (rowid, words, aside) VALUES (?, ?, ?)"),
    drop: lines("DELETE FROM chat_spaces_text_document WHERE key = ?"),
    dropWords: lines("DELETE FROM chat_spaces_text WHERE rowid = ?"),
    dropAll: lines("DELETE FROM chat_spaces_text_document WHERE stream = ?"),
    dropAllWords: lines(
      "DELETE FROM chat_spaces_text",
      "WHERE rowid IN (SELECT key FROM chat_spaces_text_document WHERE stream = ?)",
    ),
    secure: lines("INSERT INTO chat_spaces_text (chat_spaces_text, rank) VALUES ('secure-delete', 1)"),
    merge: lines("INSERT INTO chat_spaces_text (chat_spaces_text) VALUES ('optimize')"),
    // Words first: from the streams on, every document of theirs would be looked at.
    query: lines(
      "SELECT stream.name, document.made_of, document.at, -bm25(chat_spaces_text, 1.0, 0.3) AS score",
      "FROM chat_spaces_text",
      "CROSS JOIN chat_spaces_text_document AS document ON document.key = chat_spaces_text.rowid",
      "CROSS JOIN chat_spaces_text_stream AS stream ON stream.key = document.stream",
      `WHERE chat_spaces_text MATCH ? AND stream.name IN ${GIVEN}`,
      `AND (? IS NULL OR document.author IN ${GIVEN})`,
      `AND (? IS NULL OR document.kind IN ${GIVEN})`,
      "AND document.at >= ? AND document.at < ?",
      "ORDER BY score DESC, document.at DESC, document.id LIMIT ?",
    ),
  };
}

/** The statements, prepared. */
export type TextStatements = ReturnType<typeof textStatements>;
