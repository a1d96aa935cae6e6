import { StoreError } from "../../kernel/errors.js";
import type { FeedCommit } from "../contract.js";
import type { Connection } from "./connection.js";
import { decode } from "./reading.js";

/** Gives the commits of a database with the tables in the order in which they were made. */
export type Commits = {
  /** The commit that comes next after a cursor, or after nothing. */
  next(after: string | undefined): FeedCommit | undefined;
  /** @throws StoreError `STORE_INVALID_CURSOR` where no commit has this cursor. */
  check(cursor: string): void;
};

/** A position: of the last event of a commit. */
const CURSOR = /^[1-9]\d{0,15}$/;

/**
 * Gives what reads commits. Whoever appends holds the write lock, so that positions come without a gap and in the
 * order in which they can be seen, and the events of a commit stand side by side.
 */
export function createCommits(connection: Connection): Commits {
  const next = connection.prepare(`
    SELECT position, name, revision, event
      FROM chat_spaces_event JOIN chat_spaces_stream ON key = stream
      WHERE position > ? AND position <= (
        SELECT position FROM chat_spaces_event NOT INDEXED
          WHERE position > ? AND commit_id IS NOT NULL ORDER BY position LIMIT 1)
      ORDER BY position`);
  const known = connection.prepare(
    "SELECT 1 FROM chat_spaces_event WHERE position = ? AND commit_id IS NOT NULL",
  );
  return {
    next(after) {
      const position = Number(after ?? 0);
      const rows = next.all(position, position);
      const last = rows.at(-1);
      return (
        last && { cursor: String(last["position"]), stream: String(last["name"]), events: rows.map(decode) }
      );
    },
    check(cursor) {
      if (typeof cursor === "string" && CURSOR.test(cursor) && known.all(Number(cursor)).length > 0) return;
      throw new StoreError("STORE_INVALID_CURSOR", "The feed has no commit with this cursor.", { cursor });
    },
  };
}
