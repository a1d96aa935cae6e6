import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Commit, type FeedCommit, type SpaceStore, StoreError } from "chat-spaces";
import { postgresStore } from "chat-spaces/postgres";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { batch } from "./batch.js";
import { onPostgres } from "./database.js";
import { event } from "./events.js";

const TIMEOUT = 60_000;

/** All that a feed gives. */
async function allOf(store: SpaceStore): Promise<FeedCommit[]> {
  const commits: FeedCommit[] = [];
  for await (const given of store.feed?.({ follow: false }) ?? []) commits.push(given);
  return commits;
}

/** The ids of the events of each commit of one stream, as a feed gives them. */
async function commitsOf(store: SpaceStore, stream: string): Promise<string[][]> {
  const commits = await allOf(store);
  return commits.filter((one) => one.stream === stream).map(({ events }) => events.map(({ id }) => id));
}

await onPostgres("a store in PostgreSQL", (database) => {
  test(
    "loses nothing and does nothing by halves when its connections are cut, and who repeats a commit learns what came of it",
    async () => {
      const table = await database.table();
      const pool = database.pool({ max: 4, application_name: "cut" });
      const store = postgresStore({ pool, table });
      const other = postgresStore({ pool: database.pool(), table });
      const admin = database.pool({ max: 1 });
      const cut = async (): Promise<number> => {
        const { rowCount } = await admin.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cut' AND state = 'active'",
        );
        return rowCount ?? 0;
      };

      let cuts = 0;
      let failures = 0;
      let landed = 0;
      let isDone = false;
      const commitOf = (writer: number, number: number): Commit => ({
        id: `commit ${number}`,
        expected: 3 * number,
        events: ["a", "b", "c"].map((part) => event(`${writer}-${number}-${part}`, part.repeat(5_000))),
      });
      /** Appends until it is acknowledged, and counts how often a commit was there of which nobody had been told. */
      const write = async (writer: number): Promise<number> => {
        for (let number = 0; ; number++) {
          if (isDone) return number;
          const commit = commitOf(writer, number);
          for (let isRepeated = false; ; isRepeated = true) {
            try {
              const result = await store.append(`stream ${writer}`, commit);
              expect(result).toMatchObject({ ok: true, head: 3 * number + 3 });
              if (!result.ok || !result.replayed) break;
              expect(isRepeated).toBe(true);
              landed += 1;
              break;
            } catch (error) {
              expect(error).toBeInstanceOf(StoreError);
              expect(error).toMatchObject({ code: "STORE_UNREACHABLE", transient: true });
              failures += 1;
              const { events, head } = await other.read(`stream ${writer}`, { after: 3 * number });
              expect([0, 3]).toContain(events.length);
              expect(head).toBe(3 * number + events.length);
            }
          }
        }
      };
      // Somebody follows all the while.
      const given: FeedCommit[] = [];
      const leaving = new AbortController();
      const follow = async () => {
        for await (const one of other.feed?.({ signal: leaving.signal }) ?? []) given.push(one);
      };
      const following = follow();
      const writing = Promise.all([0, 1, 2, 3].map(write));
      while (cuts < 60 || failures < 50) cuts += await cut();
      isDone = true;
      const counts = await writing;

      expect(landed).toBeLessThanOrEqual(failures);
      const everything = await allOf(other);
      while (given.length < everything.length) await other.read("stream 0", { limit: 0 });
      leaving.abort(new Error("All is read."));
      await expect(following).rejects.toThrow("All is read.");
      expect(given).toEqual(everything);
      for (const [writer, count] of counts.entries()) {
        const all = Array.from({ length: count }, (_, number) => commitOf(writer, number).events);
        const { events } = await other.read(`stream ${writer}`);
        expect(events).toEqual(all.flat().map((one, index) => ({ ...one, revision: index + 1 })));
        expect(await commitsOf(other, `stream ${writer}`)).toEqual(
          all.map((part) => part.map(({ id }) => id)),
        );
      }
    },
    TIMEOUT,
  );

  let folder: string;
  let program: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "chat-spaces-writer-"));
    program = join(folder, "writer.cjs");
    // Built, because it is started often.
    buildSync({
      entryPoints: [fileURLToPath(new URL("writer.ts", import.meta.url))],
      outfile: program,
      bundle: true,
      platform: "node",
      format: "cjs",
      conditions: ["@chat-spaces/source"],
      external: ["pg-native"],
    });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test(
    "loses nothing and does nothing by halves when the process is killed, fifty times on the same stream",
    async () => {
      const table = await database.table();
      const store = postgresStore({ pool: database.pool({ max: 2 }), table });
      /** Lets another process write until it has told of so many batches, and kills it so many milliseconds later. */
      const write = async (enough: number, later: number): Promise<number[]> => {
        const writer = spawn(process.execPath, [program, database.url, table], {
          stdio: ["ignore", "pipe", "inherit"],
        });
        const ended = once(writer, "close");
        const told: number[] = [];
        for await (const line of createInterface({ input: writer.stdout })) {
          told.push(Number(line));
          if (told.length === enough) setTimeout(() => writer.kill("SIGKILL"), later);
        }
        expect(await ended).toEqual([null, "SIGKILL"]);
        return told;
      };

      let count = 0;
      for (let kill = 0; kill < 50; kill++) {
        const told = await write(1 + (kill % 3), kill % 7);
        expect(told).toEqual(told.map((_, index) => count + index));
        count += told.length;
        // One more may be there, or be on its way: the process was killed before it heard of it. To ask is to settle it.
        const next = await store.append("notes", batch(count));
        expect(next).toMatchObject({ ok: true, head: 3 * count + 3 });
        count += 1;
        const { head, events } = await store.read("notes", { after: 3 * (count - 2) });
        expect(head).toBe(3 * count);
        const last = [...batch(count - 2).events, ...batch(count - 1).events];
        expect(events).toEqual(last.map((one, index) => ({ ...one, revision: head - 5 + index })));
      }
      const whole = Array.from({ length: count }, (_, number) => batch(number).events.map(({ id }) => id));
      expect((await store.read("notes")).events.map(({ id }) => id)).toEqual(whole.flat());
      expect(await commitsOf(store, "notes")).toEqual(whole);
    },
    TIMEOUT,
  );
});
