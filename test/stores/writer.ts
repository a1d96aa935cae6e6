/**
 * A process that appends commits to a stream in a SQLite file until it is killed, and says which of them the store
 * has acknowledged. It can be told to die of itself, right after a statement has run for the nth time.
 *
 *     node writer.mjs '{ "path": "spaces.db", "stream": "notes", "driver": ["libsql"] }'
 */
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import type { Commit, NewEvent } from "chat-spaces";
import { type SqliteDriver, sqliteStore } from "chat-spaces/sqlite";

/** What a writer is told. */
export type WriterOrders = {
  readonly path: string;
  readonly stream: string;
  /** The module to `require`, and the name of the class in it. */
  readonly driver: readonly [module: string, name?: string];
  /** After which statement to die: what it contains, and how often it has to run for that. */
  readonly death?: { readonly after: string; readonly times: number };
};

/** One event takes one statement, a few take a transaction, and many take statements that insert several. */
const SIZES = [3, 1, 40];

/** How many events the first commits have together. */
export function sizeOf(commits: number): number {
  return Array.from({ length: commits }, (_, number) => SIZES[number % SIZES.length] ?? 0).reduce(
    (sum, size) => sum + size,
    0,
  );
}

/** The commit with this number, 0, 1, 2, ... */
export function batch(stream: string, number: number): Commit {
  const size = sizeOf(number + 1) - sizeOf(number);
  const events = Array.from({ length: size }, (_, index): NewEvent => {
    const id = `${stream}-${number}-${index}`;
    const at = Date.parse("2026-05-01T12:00:00Z") + number;
    return { id, type: "note.written", at, by: "ana", data: `${id} `.repeat(index === 0 ? 1000 : 10) };
  });
  return { id: `${stream}-${number}`, expected: sizeOf(number), events };
}

/** A driver that takes the process with it. */
function dying(driver: SqliteDriver, { after, times }: { after: string; times: number }): SqliteDriver {
  let left = times;
  const ran = (sql: string): void => {
    if (!sql.includes(after)) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, "SIGKILL");
  };
  return class extends driver {
    override exec(sql: string) {
      super.exec(sql);
      ran(sql);
    }
    override prepare(sql: string) {
      type Raw = Record<"run" | "all", (...values: readonly unknown[]) => unknown>;
      const statement = super.prepare(sql) as Raw;
      const use =
        (method: keyof Raw) =>
        (...values: readonly unknown[]) => {
          const result = statement[method](...values);
          ran(sql);
          return result;
        };
      return { run: use("run"), all: use("all") };
    }
  };
}

/** Writes as it is told, from where the stream is. */
export async function write({ path, stream, driver, death }: WriterOrders): Promise<never> {
  const [module, name] = driver;
  const loaded = createRequire(import.meta.url)(module);
  const installed: SqliteDriver = name ? loaded[name] : loaded;
  const store = sqliteStore({
    path,
    driver: death ? dying(installed, death) : installed,
    busyTimeout: "30s",
  });
  const { head } = await store.read(stream);
  let number = 0;
  while (sizeOf(number) < head) number += 1;
  for (; ; number++) {
    const result = await store.append(stream, batch(stream, number));
    if (!result.ok) throw new Error(`Commit ${number} met a conflict, and nobody else writes to ${stream}.`);
    // Written before the next line runs: a process that is killed has said what it has said.
    writeSync(1, `${number}\n`);
  }
}
