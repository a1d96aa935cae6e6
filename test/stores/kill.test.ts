import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { sqliteStore } from "chat-spaces/sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { batch } from "./writer.js";

const TIMEOUT = 60_000;

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chat-spaces-kill-"));
  path = join(folder, "spaces.db");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/**
 * Lets another process write until it is dead, and gives the numbers of the batches it told of: those that the
 * store had acknowledged. It is killed once it has told of `enough`, unless it dies first.
 */
async function write(enough: number, ...death: readonly string[]): Promise<number[]> {
  const writer = spawn(
    process.execPath,
    ["--import", "tsx", "--conditions=@chat-spaces/source", "test/stores/writer.ts", path, ...death],
    { cwd: fileURLToPath(new URL("../..", import.meta.url)), stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(writer, "close");
  const acknowledged: number[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged.push(Number(line));
    if (acknowledged.length === enough) writer.kill("SIGKILL");
  }
  expect(await ended).toEqual([null, "SIGKILL"]);
  return acknowledged;
}

/** The number of batches in the file, each of which must be there whole, in order and as it was written. */
async function batchesInFile(): Promise<number> {
  const store = sqliteStore({ path });
  const { head, events } = await store.read("notes");
  await store.close?.();
  const count = Math.ceil(head / 3);
  const whole = Array.from({ length: count }, (_, number) => batch(number).events).flat();
  expect(events.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
  expect(events).toEqual(whole.map((event, index) => ({ ...event, revision: index + 1 })));
  return count;
}

describe("a process that is killed while it writes", () => {
  test(
    "loses nothing that was acknowledged and leaves no half batch, time after time on the same file",
    async () => {
      let next = 0;
      for (const enough of [1, 20, 57, 130]) {
        const acknowledged = await write(enough);
        expect(acknowledged).toEqual(acknowledged.map((_, i) => next + i));
        // One more may be there that was never told of: the process was killed between the two.
        const told = next + acknowledged.length;
        next = await batchesInFile();
        expect([told, told + 1]).toContain(next);

        // Whoever repeats the last batch learns that it is there, and the next one goes on from it.
        const store = sqliteStore({ path });
        const repeated = await store.append("notes", batch(next - 1));
        expect(repeated).toEqual({ ok: true, head: 3 * next, replayed: true });
        expect(await store.append("notes", batch(next))).toEqual({ ok: true, head: 3 * next + 3 });
        next += 1;
        await store.close?.();
      }
    },
    TIMEOUT,
  );

  test.each([
    ["after the first event of a batch, leaves none of it", "INSERT", 3 * 4 + 1, 4],
    ["after the second event of a batch, leaves none of it", "INSERT", 3 * 4 + 2, 4],
    ["after the last event of a batch, leaves none of it", "INSERT", 3 * 4 + 3, 4],
    // The first COMMIT ends the reading.
    ["after it has committed a batch, leaves the whole of it", "COMMIT", 1 + 5, 5],
  ])(
    "%s",
    async (_, statement, times, left) => {
      expect(await write(10, statement, String(times))).toEqual([0, 1, 2, 3]);
      expect(await batchesInFile()).toBe(left);

      const store = sqliteStore({ path });
      expect(await store.append("notes", batch(4))).toMatchObject({ ok: true, head: 15 });
      expect(await store.append("notes", batch(5))).toEqual({ ok: true, head: 18 });
      await store.close?.();
      expect(await batchesInFile()).toBe(6);
    },
    TIMEOUT,
  );
});
