import type { Statement } from "./pool.js";
import type { Table } from "./table.js";

const COLUMNS = "(stream, revision, id, commit_id, position, first_revision, last_revision, event)";

/** Every statement that works on a table. Each is a transaction of its own; all are in the documentation. */
export function statementsOf({ name, sql, sequence }: Table) {
  const statement = (key: string, text: string): Statement => ({ name: `${name}.${key}`, text });

  // One row with the position that the commit gets, if the stream is where it is expected to be; otherwise none.
  const place = `WITH head AS (
  SELECT revision, position FROM ${sql} WHERE stream = $1 ORDER BY revision DESC LIMIT 1
), place AS (
  SELECT greatest(nextval('${sequence}'), $4::bigint, coalesce((SELECT position FROM head), 0) + 1) AS position
  WHERE coalesce((SELECT revision FROM head), 0) = $2::bigint
)
INSERT INTO ${sql} ${COLUMNS}`;

  // The row without an event is the head: in the same statement, so that both are of one moment.
  const read = (revision: string, wanted: string, direction: string) =>
    `SELECT coalesce(max(revision), 0) AS revision, NULL AS event FROM ${sql} WHERE stream = $1
UNION ALL
(SELECT revision, event FROM ${sql}
WHERE stream = $1${wanted} AND ${revision} > $2 AND ${revision} < $3
ORDER BY ${revision} ${direction} LIMIT $4)`;
  // As a sum, the revision is in no index: otherwise the planner may choose to walk through the whole stream, in its
  // order, to find a few ids.
  const byId = ["revision + 0", " AND stream <> '' AND id = ANY($5::text[])"] as const;

  return {
    appendOne: statement(
      "appendOne",
      `${place}
SELECT $1::text, $2::bigint + 1, $5::text, $3::text, position, NULL::bigint, NULL::bigint, $6::text FROM place
UNION ALL
SELECT '', position, $1::text, NULL, NULL, $2::bigint + 1, $2::bigint + 1, '' FROM place`,
    ),
    appendMany: statement(
      "appendMany",
      `${place}
SELECT $1::text, added.revision, added.id,
  CASE WHEN added.revision = $8::bigint THEN $3::text END,
  CASE WHEN added.revision = $8::bigint THEN place.position END,
  NULL::bigint, NULL::bigint, added.event
FROM place, unnest($7::bigint[], $5::text[], $6::text[]) AS added(revision, id, event)
UNION ALL
SELECT '', position, $1::text, NULL, NULL, $2::bigint + 1, $8::bigint, '' FROM place`,
    ),
    outcome: statement(
      "outcome",
      `SELECT
  (SELECT coalesce(max(revision), 0) FROM ${sql} WHERE stream = $1) AS head,
  (SELECT revision FROM ${sql} WHERE stream = $1 AND commit_id = $2) AS replayed`,
    ),
    lastPosition: statement("lastPosition", `SELECT max(revision) AS position FROM ${sql} WHERE stream = ''`),
    forwards: statement("forwards", read("revision", "", "ASC")),
    backwards: statement("backwards", read("revision", "", "DESC")),
    idsForwards: statement("idsForwards", read(...byId, "ASC")),
    idsBackwards: statement("idsBackwards", read(...byId, "DESC")),
    positions: statement(
      "positions",
      `SELECT revision AS position, id AS stream, first_revision AS first, last_revision AS last FROM ${sql}
WHERE stream = '' AND revision >= $1 ORDER BY revision LIMIT $2`,
    ),
    closeGaps: statement(
      "closeGaps",
      `INSERT INTO ${sql} (stream, revision, id, event)
SELECT '', hole.position, '', '' FROM unnest($1::bigint[]) AS hole(position)
ON CONFLICT (stream, revision) DO NOTHING`,
    ),
    committed: statement(
      "committed",
      `SELECT wanted.place, found.event
FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS wanted(stream, revision, place)
JOIN ${sql} AS found ON found.stream = wanted.stream AND found.revision = wanted.revision`,
    ),
    names: statement(
      "names",
      `SELECT stream FROM ${sql}
WHERE revision = 1 AND stream COLLATE "C" > $1 AND stream COLLATE "C" >= $2
ORDER BY stream COLLATE "C" LIMIT $3`,
    ),
    payloads: statement(
      "payloads",
      `SELECT revision, event FROM ${sql} WHERE stream = $1 AND revision = ANY($2::bigint[])`,
    ),
    erase: statement(
      "erase",
      `UPDATE ${sql} AS stored SET event = erased.event
FROM unnest($2::bigint[], $3::text[]) AS erased(revision, event)
WHERE stored.stream = $1 AND stored.revision = erased.revision AND stored.event <> erased.event`,
    ),
  };
}

export type Statements = ReturnType<typeof statementsOf>;
