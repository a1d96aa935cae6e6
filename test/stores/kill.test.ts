import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type SqliteDriver, sqliteStore } from "chat-spaces/sqlite";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ask, DRIVERS, libsql, makeFolder, withDatabase } from "./sqlite/drivers.js";
import { batch, sizeOf, type WriterOrders } from "./writer.js";

const TIMEOUT = 120_000;

/** The writer as one file of plain JavaScript, which starts in a moment. */
const program = makeFolder();

beforeAll(async () => {
  await build({
    stdin: {
      contents: 'import { write } from "./writer.js"; await write(JSON.parse(process.argv[2]));',
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    outfile: join(program.folder, "writer.mjs"),
    ...{ bundle: true, platform: "node", format: "esm", logLevel: "error" },
    conditions: ["@chat-spaces/source"],
  });
});

afterAll(() => program.remove());

let { path, remove } = { path: "", remove: () => {} };

beforeEach(() => {
  ({ path, remove } = makeFolder());
});

afterEach(() => remove());

/**
 * Lets another process write until it is dead, and gives the numbers of the commits it told of: those that the
 * store had acknowledged. It is killed once it has told of `enough`, unless it dies first.
 */
async function write(enough: number, orders: WriterOrders): Promise<number[]> {
  const writer = spawn(process.execPath, [join(program.folder, "writer.mjs"), JSON.stringify(orders)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(writer, "close");
  let complaints = "";
  writer.stderr.on("data", (text) => {
    complaints += text;
  });
  const acknowledged: number[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged.push(Number(line));
    if (acknowledged.length === enough) writer.kill("SIGKILL");
  }
  expect(await ended, complaints).toEqual([null, "SIGKILL"]);
  return acknowledged;
}

/** The number of commits in a stream, each of which must be there whole, in order and as it was written. */
async function commitsIn(stream: string, driver: SqliteDriver): Promise<number> {
  const store = sqliteStore({ path, driver });
  const { head, events } = await store.read(stream);
  let count = 0;
  while (sizeOf(count) < head) count += 1;
  expect(sizeOf(count), "no commit is there in part").toBe(head);
  const whole = Array.from({ length: count }, (_, number) => batch(stream, number).events).flat();
  expect(events).toEqual(whole.map((event, index) => ({ ...event, revision: index + 1 })));

  // Whoever repeats the last commit learns that it is there.
  if (count > 0) {
    const repeated = await store.append(stream, batch(stream, count - 1));
    expect(repeated).toEqual({ ok: true, head, replayed: true });
  }
  await store.close?.();
  return count;
}

for (const { name, installed, from } of DRIVERS.filter((driver) => driver.native)) {
  describe.skipIf(!installed)(`processes that are killed while they write, through ${name}`, () => {
    const driver = installed ?? libsql;
    const WRITERS = 5;
    const ROUNDS = 10;

    test(
      `lose nothing that was acknowledged and leave nothing half written, ${WRITERS * ROUNDS} times on one file`,
      async () => {
        const streams = Array.from({ length: WRITERS }, (_, index) => `stream-${index}`);
        const told = new Map(streams.map((stream) => [stream, 0]));
        for (let round = 0; round < ROUNDS; round++) {
          await Promise.all(
            streams.map(async (stream) => {
              const enough = 1 + Math.floor(Math.random() * 12);
              const acknowledged = await write(enough, { path, stream, driver: from });
              const first = told.get(stream) ?? 0;
              expect(acknowledged).toEqual(acknowledged.map((_, index) => first + index));
              told.set(stream, first + acknowledged.length);
            }),
          );
          for (const stream of streams) {
            const count = await commitsIn(stream, driver);
            // One more may be there that was never told of: the process was killed between the two.
            const least = told.get(stream) ?? 0;
            expect([least, least + 1]).toContain(count);
            told.set(stream, count);
          }
        }
        const found = withDatabase(driver, path, (database) => ask(database, "PRAGMA integrity_check"));
        expect(found).toEqual([{ integrity_check: "ok" }]);
      },
      TIMEOUT,
    );
  });
}

describe("a process that dies", () => {
  /** libsql takes a transaction for every commit; others take one statement where there is one event. */
  const installed = DRIVERS.filter(({ native, installed }) => native && installed);
  const inTransaction = installed.find(({ name }) => name === "libsql");
  const inStatement = installed.find(({ name }) => name !== "libsql");

  test.for([
    ["with the first event of the first commit, leaves nothing", inTransaction, "INSERT OR FAIL", 1, 0, 0],
    ["with the second event of a commit, leaves none of it", inTransaction, "INSERT OR FAIL", 2, 0, 0],
    ["with many events of a commit, leaves none of them", inTransaction, "(?, ?, ?, ?), (?, ?", 2, 2, 2],
    [
      "with the last event of a commit, leaves none of it",
      inTransaction,
      "INSERT INTO chat_spaces_e",
      3,
      3,
      3,
    ],
    ["with the one event of a commit, leaves it out", inTransaction, "INSERT OR IGNORE", 1, 1, 1],
    ["with the end of a commit, leaves it there", inTransaction, "COMMIT", 4, 3, 4],
    ["with the statement that is a commit, leaves it there", inStatement, "INSERT OR IGNORE", 1, 1, 2],
  ] as const)("%s", { timeout: TIMEOUT }, async ([, about, after, times, told, left], { skip }) => {
    const driver = about?.installed;
    if (!driver) return skip("no such driver is here");
    // The tables are there already, so that what is counted is what appending does.
    await sqliteStore({ path, driver }).close?.();
    const orders = { path, stream: "notes", driver: about.from, death: { after, times } };
    expect(await write(100, orders)).toEqual(Array.from({ length: told }, (_, number) => number));
    expect(await commitsIn("notes", driver)).toBe(left);

    const store = sqliteStore({ path, driver });
    expect(await store.streams?.()).toEqual({ names: left > 0 ? ["notes"] : [] });
    for (const number of [left, left + 1]) {
      const head = sizeOf(number + 1);
      expect(await store.append("notes", batch("notes", number))).toEqual({ ok: true, head });
    }
    await store.close?.();
    expect(await commitsIn("notes", driver)).toBe(left + 2);
  });
});
