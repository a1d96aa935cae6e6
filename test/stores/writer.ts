/**
 * A process that appends batches of three events to a SQLite file until it is killed. It prints the number of a
 * batch once the store has acknowledged it. It can be told to die of itself, right after a statement has run for
 * the nth time.
 *
 *     node --import tsx --conditions=@chat-spaces/source test/stores/writer.ts spaces.db [INSERT 5]
 */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Commit } from "chat-spaces";
import { type SqliteDriver, sqliteStore } from "chat-spaces/sqlite";

/** The batch with this number, 0, 1, 2, ... */
export function batch(number: number): Commit {
  const at = Date.parse("2026-05-01T12:00:00Z") + number;
  const part = (name: string) => ({
    id: `${number}-${name}`,
    type: "note.written",
    at,
    by: "ana",
    data: name.repeat(20_000),
  });
  return { id: `batch-${number}`, expected: 3 * number, events: [part("a"), part("b"), part("c")] };
}

/** A driver that takes the process with it. */
function dyingAfter(start: string, times: number): SqliteDriver {
  const libsql = createRequire(import.meta.url)("libsql") as SqliteDriver;
  let left = times;
  return class extends libsql {
    override prepare(sql: string) {
      const statement = super.prepare(sql) as { run(...values: readonly unknown[]): unknown };
      if (!sql.startsWith(start)) return statement;
      return {
        run(...values: readonly unknown[]) {
          statement.run(...values);
          left -= 1;
          if (left === 0) process.kill(process.pid, "SIGKILL");
        },
      };
    }
  };
}

async function write(path: string, driver: SqliteDriver | undefined): Promise<never> {
  const store = sqliteStore({ path, driver });
  const { head } = await store.read("notes");
  for (let number = head / 3; ; number++) {
    const result = await store.append("notes", batch(number));
    if (!result.ok) throw new Error(`Batch ${number} met a conflict, and nobody else writes.`);
    process.stdout.write(`${number}\n`);
  }
}

const [, program, path, statement, times] = process.argv;
if (program === fileURLToPath(import.meta.url) && path) {
  await write(path, statement ? dyingAfter(statement, Number(times)) : undefined);
}
