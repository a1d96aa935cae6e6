import { isName } from "../commit.js";
import type { TextDocument, TextIndex, TextPosition, TextQuery } from "../text-index.js";
import { encodeWord, encodeWords } from "../text-words.js";
import type { Connection } from "./connection.js";
import { canDeleteWords, hasFullText, hasTextTables, makeTextTables } from "./text-schema.js";
import { type TextStatements, textStatements } from "./text-statements.js";
import { within } from "./transaction.js";

/** The index over words of a database, and how erasing tells it. */
export type SqliteText = TextIndex & {
  /** Like `drop`, within a transaction that is under way. */
  forget(stream: string): void;
};

/** Further than any instant. */
const EVER = Number.MAX_SAFE_INTEGER;
const NOWHERE: TextPosition = { revision: 0, epoch: 0 };

/** The index of a database, where its SQLite has full-text search. `guarded` turns the driver's errors into ours. */
export function createText(connection: Connection, guarded: <T>(act: () => T) => T): SqliteText | undefined {
  if (!hasFullText(connection)) return undefined;
  const atOnce = canDeleteWords(connection);
  let known: TextStatements | undefined;
  const statements = (): TextStatements | undefined => {
    if (!known && hasTextTables(connection)) known = textStatements(connection);
    return known;
  };

  const placeOf = (sql: TextStatements, stream: string) => {
    const [row] = sql.position.all(stream);
    return row && { key: Number(row["key"]), revision: Number(row["revision"]), epoch: Number(row["epoch"]) };
  };
  const dropDocument = (sql: TextStatements, stream: number, id: string): void => {
    const [row] = sql.find.all(stream, id);
    if (!row) return;
    sql.dropWords.run(Number(row["key"]));
    sql.drop.run(Number(row["key"]));
  };
  const putDocument = (sql: TextStatements, stream: number, document: TextDocument): void => {
    const { id, words, aside, at, by, kind, events } = document;
    dropDocument(sql, stream, id);
    const [row] = sql.add.all(stream, id, at, by, kind, JSON.stringify([id, events]));
    sql.addWords.run(Number(row?.["key"]), encodeWords(words), encodeWords(aside));
  };
  const forget = (stream: string): void => {
    const sql = statements();
    if (!sql) return;
    const place = placeOf(sql, stream);
    if (!place) {
      // Somebody may be about to put in what they have read before.
      sql.begin.run(stream);
      const made = placeOf(sql, stream);
      if (made) sql.move.run(0, 1, made.key);
      return;
    }
    // Otherwise the index only notes that they are deleted, and words that are to go stay in the file.
    if (atOnce) sql.secure.run();
    sql.dropAllWords.run(place.key);
    const dropped = sql.dropAll.run(place.key);
    if (dropped > 0 && !atOnce) sql.merge.run();
    sql.move.run(0, place.epoch + 1, place.key);
  };

  return {
    forget,

    async indexed(stream) {
      if (!isName(stream)) return NOWHERE;
      return guarded(() => {
        const sql = statements();
        const place = sql && placeOf(sql, stream);
        return place ? { revision: place.revision, epoch: place.epoch } : NOWHERE;
      });
    },

    async put(stream, { after, revision, documents, gone }) {
      return guarded(() =>
        within(connection, () => {
          if (!statements()) makeTextTables(connection);
          const sql = statements() as TextStatements;
          const { revision: at, epoch } = placeOf(sql, stream) ?? NOWHERE;
          if (at !== after.revision || epoch !== after.epoch) return { ok: false, reason: "conflict" };
          if (!placeOf(sql, stream)) sql.begin.run(stream);
          const key = placeOf(sql, stream)?.key ?? 0;
          for (const id of gone) dropDocument(sql, key, id);
          for (const document of documents) putDocument(sql, key, document);
          sql.move.run(revision, epoch, key);
          return { ok: true };
        }),
      );
    },

    async drop(stream) {
      if (isName(stream)) guarded(() => within(connection, () => forget(stream)));
    },

    async query(query) {
      return guarded(() => {
        const sql = statements();
        return sql ? sql.query.all(...parametersOf(query)).map(hitOf) : [];
      });
    },
  };
}

function parametersOf({ streams, words, beginnings, by, kinds, from = -EVER, to = EVER, limit }: TextQuery) {
  const wanted = [...words.map(quoted), ...beginnings.map((word) => `${quoted(word)} *`)];
  const list = (values: readonly string[] | undefined) => (values ? JSON.stringify(values) : null);
  // Each list twice, because drivers do not agree on parameters that are used more than once.
  const lists = [list(by), list(by), list(kinds), list(kinds)];
  return [wanted.join(" "), JSON.stringify(streams), ...lists, from, to, limit];
}

// In quotes NEAR, AND and OR are words like any others.
function quoted(word: string): string {
  return `"${encodeWord(word)}"`;
}

function hitOf(row: { readonly [column: string]: unknown }) {
  const [id, events] = JSON.parse(row["made_of"] as string) as [string, readonly string[]];
  return { stream: String(row["name"]), id, events, at: Number(row["at"]), score: Number(row["score"]) };
}
