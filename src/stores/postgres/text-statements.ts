import type { Statement } from "./pool.js";
import type { Table } from "./table.js";

/** Every statement that works on the index over words. Each is a transaction of its own. */
export function textStatementsOf(table: Table) {
  const statement = (key: string, text: string): Statement => ({ name: `${table.name}.text.${key}`, text });
  const streams = table.part("text_stream");
  const documents = table.part("text");
  return {
    position: statement("position", `SELECT revision, epoch FROM ${streams} WHERE stream = $1`),
    // One row where the stream was where it is expected to be; what else is written hangs on it.
    put: statement(
      "put",
      `WITH moved AS (
  INSERT INTO ${streams} AS known (stream, revision, epoch)
  SELECT $1::text, $4::bigint, $3::bigint
  WHERE ($2::bigint = 0 AND $3::bigint = 0) OR EXISTS (SELECT 1 FROM ${streams} WHERE stream = $1)
  ON CONFLICT (stream) DO UPDATE SET revision = $4::bigint
  WHERE known.revision = $2::bigint AND known.epoch = $3::bigint
  RETURNING 1
), gone AS (
  DELETE FROM ${documents} USING moved WHERE stream = $1 AND id = ANY($5::text[])
), added AS (
  INSERT INTO ${documents} (stream, id, epoch, at, author, kind, made_of, words)
  SELECT $1::text, added.id, $3::bigint, added.at, added.author, added.kind, added.made_of, added.words::tsvector
  FROM moved, unnest($6::text[], $7::bigint[], $8::text[], $9::text[], $10::text[], $11::text[])
    AS added(id, at, author, kind, made_of, words)
  ON CONFLICT (stream, id) DO UPDATE SET epoch = excluded.epoch, at = excluded.at, author = excluded.author,
    kind = excluded.kind, made_of = excluded.made_of, words = excluded.words
)
SELECT 1 AS moved FROM moved`,
    ),
    nextEpoch: statement(
      "nextEpoch",
      `INSERT INTO ${streams} AS known (stream, revision, epoch) VALUES ($1, 0, 1)
ON CONFLICT (stream) DO UPDATE SET revision = 0, epoch = known.epoch + 1`,
    ),
    clear: statement(
      "clear",
      `DELETE FROM ${documents} WHERE stream = $1
AND epoch < (SELECT epoch FROM ${streams} WHERE stream = $1)`,
    ),
    query: statement(
      "query",
      `SELECT document.stream, document.made_of, document.at,
  ts_rank_cd('{0.1, 0.2, 0.3, 1}', document.words, $2::tsquery, 1) AS score
FROM ${documents} AS document JOIN ${streams} AS known USING (stream, epoch)
WHERE document.words @@ $2::tsquery AND document.stream = ANY($1::text[])
AND ($3::text[] IS NULL OR document.author = ANY($3::text[]))
AND ($4::text[] IS NULL OR document.kind = ANY($4::text[]))
AND document.at >= $5 AND document.at < $6
ORDER BY score DESC, document.at DESC, document.id LIMIT $7`,
    ),
  };
}
