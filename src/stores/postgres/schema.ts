import { StoreError } from "../../kernel/errors.js";
import { isMissing, isTaken, stateOf } from "./faults.js";
import { type PostgresPool, type Run, runnerOf } from "./pool.js";
import { DEFAULT_TABLE, type Table, tableOf } from "./table.js";
import { textDefinitions } from "./text-schema.js";

/** The version of the table. A later one is refused, not guessed at. */
const VERSION = 1;

/** Where the table is, and how its texts are compared. */
export type PostgresSchemaOptions = {
  /** The table, or `schema.table`. Default `chat_spaces_event`. */
  readonly table?: string | undefined;
  /**
   * Whether columns of text are declared as `COLLATE "C"`: compared byte by byte, which is fast, and the same
   * whichever library of languages the server is built with. The default; CockroachDB, which compares in no other
   * way, does not know the words and needs `false`.
   */
  readonly collate?: boolean | undefined;
  /**
   * Whether the tables of the index over words are made as well. Default `false`: the store makes them when somebody first
   * searches, which takes a role that may make tables.
   */
  readonly search?: boolean | undefined;
};

/**
 * The SQL that makes the table of a store, for those who run their migrations themselves. It may be run again.
 *
 * ```ts
 * writeFileSync("migrations/001-chat-spaces.sql", postgresSchema());
 * ```
 *
 * @throws InvalidInputError `INVALID_INPUT` where the table cannot be named so.
 */
export function postgresSchema(options: PostgresSchemaOptions = {}): string {
  return [...definitions(options), ...(options.search ? searchDefinitions(options) : [])]
    .map((sql) => `${sql};\n`)
    .join("\n");
}

/**
 * Makes the table of a store where it is not there yet. Once for every version of this library is enough; to do it
 * at every start costs one statement, and several processes may do it at once.
 *
 * ```ts
 * const pool = new pg.Pool({ connectionString });
 * await setUpPostgres(pool);
 * ```
 *
 * @throws InvalidInputError `INVALID_INPUT` where the table cannot be named so.
 * @throws StoreError `STORE_NEWER_VERSION` where the table is that of a later version of the library,
 *   `STORE_READ_ONLY` where the role may make no tables, or another one where the database fails.
 */
export async function setUpPostgres(pool: PostgresPool, options: PostgresSchemaOptions = {}): Promise<void> {
  const table = tableOf(options.table ?? DEFAULT_TABLE);
  const statements = definitions(options);
  const run = runnerOf({ pool });
  await made(run, table, statements, async () => (await versionOf(run, table)) === VERSION);
  if (options.search) await setUpSearch(run, options);
}

/** Makes the tables of the index over words where they are not there yet. */
export async function setUpSearch(run: Run, options: PostgresSchemaOptions): Promise<void> {
  const table = tableOf(options.table ?? DEFAULT_TABLE);
  await made(run, table, searchDefinitions(options), async () => false);
}

async function made(
  run: Run,
  table: Table,
  statements: readonly string[],
  isThere: () => Promise<boolean>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    if (await isThere()) return;
    try {
      for (const text of statements) await run({ name: `${table.name}.schema`, text }, []);
      return;
    } catch (error) {
      // IF NOT EXISTS looks first and acts then: of two processes at once, one may find it done in between.
      if (attempt === ATTEMPTS || !happensAtOnce(error)) throw error;
    }
  }
}

/** How often it is tried again because another process does the same. */
const ATTEMPTS = 20;

/** Something that is being made is there already, or somebody else has just changed the catalogue. */
function happensAtOnce(error: unknown): boolean {
  return isTaken(error) || ["42P07", "42710", "XX000"].includes(stateOf(error) ?? "");
}

/**
 * Makes sure that the table is there and that this version of the library knows it.
 *
 * @throws StoreError `STORE_NOT_SET_UP` where it is not there, `STORE_NEWER_VERSION` where it is not known.
 */
export async function ensureVersion(run: Run, table: Table): Promise<void> {
  if ((await versionOf(run, table)) === VERSION) return;
  throw new StoreError(
    "STORE_NOT_SET_UP",
    `There is no table ${table.name}, or it is not finished. Run \`await setUpPostgres(pool)\` once.`,
    { table: table.name },
  );
}

async function versionOf(run: Run, table: Table): Promise<number | undefined> {
  const text = `SELECT event AS version FROM ${table.sql} WHERE stream = '' AND revision = 0`;
  const rows = await run({ name: `${table.name}.version`, text }, []).then(
    (result) => result.rows,
    (error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    },
  );
  const version = rows[0] && Number(rows[0]["version"]);
  if (version === undefined || version === VERSION) return version;
  throw new StoreError(
    "STORE_NEWER_VERSION",
    `The table ${table.name} has version ${version}; this chat-spaces knows version ${VERSION}. Update chat-spaces.`,
    { table: table.name, version, known: VERSION },
  );
}

function searchDefinitions({
  table = DEFAULT_TABLE,
  collate = true,
}: PostgresSchemaOptions): readonly string[] {
  return textDefinitions(tableOf(table), collate ? 'text COLLATE "C"' : "text");
}

/**
 * The table and what belongs to it, also to be found in the documentation.
 *
 * One row per event; `commit_id` and `position`, the place of the commit in the feed, stand on the last event of each
 * commit. The feed is a stream of its own, in the same table, under the empty name that no stream can have: its
 * row for a commit has the position as its revision, the name of the commit's stream as its id, and says from which
 * revision to which it goes. Row 0 of the feed holds the version of the table, and comes last: without it, nothing is
 * finished.
 */
function definitions({
  table: name = DEFAULT_TABLE,
  collate = true,
}: PostgresSchemaOptions): readonly string[] {
  const table = tableOf(name);
  const text = collate ? 'text COLLATE "C"' : "text";
  return [
    `CREATE TABLE IF NOT EXISTS ${table.sql} (
  stream         ${text} NOT NULL,
  revision       bigint NOT NULL,
  id             ${text} NOT NULL,
  commit_id      ${text},
  position       bigint,
  first_revision bigint,
  last_revision  bigint,
  event          text NOT NULL,
  PRIMARY KEY (stream, revision)
)`,
    `CREATE SEQUENCE IF NOT EXISTS ${table.sequence} OWNED BY ${table.sql}.position`,
    `CREATE INDEX IF NOT EXISTS ${table.index("by_id")} ON ${table.sql} (stream, id) WHERE stream <> ''`,
    `CREATE UNIQUE INDEX IF NOT EXISTS ${table.index("by_commit")} ON ${table.sql} (stream, commit_id)
  WHERE commit_id IS NOT NULL`,
    `CREATE INDEX IF NOT EXISTS ${table.index("by_name")} ON ${table.sql} (stream ASC) WHERE revision = 1`,
    `INSERT INTO ${table.sql} (stream, revision, id, event) VALUES ('', 0, 'version', '${VERSION}')
ON CONFLICT (stream, revision) DO NOTHING`,
  ];
}
