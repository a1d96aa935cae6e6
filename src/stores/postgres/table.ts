import { InvalidInputError } from "../../kernel/errors.js";
import { quote } from "../../kernel/text.js";

/** The names of what belongs to a store, ready to stand in SQL. */
export type Table = {
  /** As it was given: `chat_spaces_event`, or `chat.event` with the schema it is in. */
  readonly name: string;
  /** The table, quoted. */
  readonly sql: string;
  /** The sequence that positions in the feed come from, quoted. */
  readonly sequence: string;
  /** Another table of the store, quoted. */
  part(suffix: string): string;
  /** The name of an index on the table, quoted: an index is always in the schema of its table. */
  index(suffix: string): string;
};

export const DEFAULT_TABLE = "chat_spaces_event";

const NAME = /^(?:([a-z_][a-z0-9_]*)\.)?([a-z_][a-z0-9_]*)$/i;
/** PostgreSQL cuts names off at 63 bytes without a word; the longest that is made from this one is 12 longer. */
const LONGEST = 50;

/**
 * Reads the name of a table.
 *
 * @throws InvalidInputError `INVALID_INPUT` where it is not `table` or `schema.table`, in ASCII letters, digits and
 *   underscores, 50 at most.
 */
export function tableOf(name: string): Table {
  const [, schema, table] = (typeof name === "string" && name.length <= LONGEST && NAME.exec(name)) || [];
  if (table === undefined) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      `${quote(name)} cannot be the name of the table. Use "table" or "schema.table": ASCII letters, digits and ` +
        `underscores, not starting with a digit, ${LONGEST} characters at most.`,
    );
  }
  const within = schema === undefined ? "" : `"${schema}".`;
  return {
    name,
    sql: `${within}"${table}"`,
    sequence: `${within}"${table}_position"`,
    part: (suffix) => `${within}"${table}_${suffix}"`,
    index: (suffix) => `"${table}_${suffix}"`,
  };
}
