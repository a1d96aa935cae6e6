import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createSpaces, type SpaceStore } from "chat-spaces";
import { postgresStore } from "chat-spaces/postgres";
import { sqliteStore } from "chat-spaces/sqlite";
import { describe, expect, test } from "vitest";
import { onPostgres } from "../stores/postgres/database.js";

const TIMEOUT = 60_000;
const PLACES = 20;

/** Where the processes meet: what each is told on its command line. */
type Place = { readonly kind: "sqlite" | "postgres"; readonly where: string; readonly table: string };

/** Starts a process; `lines` grows as it speaks, and `says` waits until it has said something. */
function start({ kind, where, table }: Place, role: string, number: number, token: string) {
  const child = spawn(
    process.execPath,
    [
      ...["--import", "tsx", "--conditions=@chat-spaces/source", "test/client/processes/actor.ts"],
      ...[kind, where, table, role, String(number)],
    ],
    {
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, TOKEN: token },
    },
  );
  const lines: string[] = [];
  const waiting: { readonly line: string; readonly done: () => void }[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    for (const one of waiting) if (one.line === line) one.done();
  });
  return {
    lines,
    ended: once(child, "close"),
    says: (line: string) =>
      lines.includes(line) ? undefined : new Promise<void>((done) => void waiting.push({ line, done })),
  };
}

async function twoBotsAndADashboard(place: Place, store: SpaceStore): Promise<void> {
  const spaces = createSpaces({ store });
  const drop = await spaces.create({ id: "drop", by: "ana", visibility: "invite" });
  await drop.openChannel({ by: "ana", channel: "lounge" });
  await drop.goLive({ by: "ana" });
  for (const bot of [1, 2]) await drop.add({ by: "ana", member: `bot-${bot}`, roles: ["contributor"] });
  const { token } = await drop.invite({ by: "ana", role: "guest", maxUses: PLACES });

  const dashboard = start(place, "dashboard", 2, token);
  await dashboard.says("ready");
  const bots = [start(place, "bot", 1, token), start(place, "bot", 2, token)];
  const ends = await Promise.all([...bots, dashboard].map(({ ended }) => ended));
  expect(ends).toEqual([
    [0, null],
    [0, null],
    [0, null],
  ]);

  // As many as the link lets in, and not one more, whichever bot brought them.
  const admitted = bots.flatMap(({ lines }) => lines.filter((line) => line.startsWith("admitted")));
  expect(admitted).toHaveLength(PLACES);
  for (const { lines } of bots) expect(lines.at(-1)).toBe("refused INVITE_EXHAUSTED");

  // The dashboard heard of everything, once, each bot's words in their order, and shows who is in.
  await drop.refresh();
  const members = Object.keys(drop.space.members).sort();
  const heard = (start: string) => dashboard.lines.filter((line) => line.startsWith(start));
  expect(heard("joined ").sort()).toEqual(
    members
      .filter((id) => id.includes("guest"))
      .map((id) => `joined ${id}`)
      .sort(),
  );
  for (const [index, { lines }] of bots.entries()) {
    const words = lines.filter((line) => line.startsWith("admitted")).map((_, person) => `hello ${person}`);
    expect(heard(`said bot-${index + 1} `)).toEqual(
      [...words, "goodbye"].map((word) => `said bot-${index + 1} ${word}`),
    );
  }
  expect(dashboard.lines.at(-1)).toBe(`members ${members.join(" ")}`);
  await spaces.close();
}

describe("two bots and a dashboard, each a process of its own", () => {
  test(
    "on one SQLite file",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "chat-spaces-processes-"));
      try {
        const where = join(folder, "spaces.db");
        await twoBotsAndADashboard({ kind: "sqlite", where, table: "" }, sqliteStore({ path: where }));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    TIMEOUT,
  );
});

await onPostgres("two bots and a dashboard, each a process of its own", (database) => {
  test(
    "on one PostgreSQL database",
    async () => {
      const table = await database.table();
      const store = postgresStore({ pool: database.pool(), table });
      await twoBotsAndADashboard({ kind: "postgres", where: database.url, table }, store);
    },
    TIMEOUT,
  );
});
