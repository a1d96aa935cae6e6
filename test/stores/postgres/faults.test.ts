import { type Code, type SpaceStore, StoreError } from "chat-spaces";
import { type PostgresPool, postgresSchema, postgresStore, setUpPostgres } from "chat-spaces/postgres";
import pg from "pg";
import { beforeEach, describe, expect, test } from "vitest";
import { onPostgres } from "./database.js";
import { codeOf, commit, idsOf } from "./events.js";

/** What every operation of a store is rejected with. */
async function faultsOf(store: SpaceStore): Promise<StoreError[]> {
  const calls = [
    () => store.read("notes"),
    () => store.append("notes", commit("c1", 0)),
    () => store.feed?.()[Symbol.asyncIterator]().next(),
    () => store.streams?.(),
    () => store.erase?.("notes", { all: true }),
  ];
  const faults: StoreError[] = [];
  for (const call of calls) {
    const fault: unknown = await Promise.resolve(call()).catch((error: unknown) => error);
    if (!(fault instanceof StoreError)) throw new Error(`It was not rejected with a StoreError: ${fault}`);
    faults.push(fault);
  }
  return faults;
}

/** A pool whose every query fails so. */
const failing = (error: unknown): PostgresPool => ({ query: () => Promise.reject(error) });

describe("what a driver rejects with, as a StoreError", () => {
  test.each<[Code, boolean, string, string]>([
    ["STORE_UNREACHABLE", true, "ECONNREFUSED", ""],
    ["STORE_UNREACHABLE", true, "ECONNRESET", "read ECONNRESET"],
    ["STORE_UNREACHABLE", true, "EPIPE", "write EPIPE"],
    ["STORE_UNREACHABLE", true, "ETIMEDOUT", "connect ETIMEDOUT"],
    ["STORE_UNREACHABLE", true, "EHOSTUNREACH", "connect EHOSTUNREACH"],
    ["STORE_UNREACHABLE", true, "ENOTFOUND", "getaddrinfo ENOTFOUND db"],
    ["STORE_UNREACHABLE", true, "EAI_AGAIN", "getaddrinfo EAI_AGAIN db"],
    ["STORE_UNREACHABLE", true, "ENOENT", "connect ENOENT /run/postgresql/.s.PGSQL.5432"],
    ["STORE_UNREACHABLE", true, "", "Connection terminated unexpectedly"],
    ["STORE_UNREACHABLE", true, "", "Connection terminated due to connection timeout"],
    ["STORE_UNREACHABLE", true, "", "Client has encountered a connection error and is not queryable"],
    ["STORE_UNREACHABLE", true, "", "Client was closed and is not queryable"],
    ["STORE_UNREACHABLE", true, "", "timeout exceeded when trying to connect"],
    ["STORE_UNREACHABLE", true, "", "timeout expired"],
    ["STORE_UNREACHABLE", true, "", "Query read timeout"],
    ["STORE_UNREACHABLE", true, "57P01", "terminating connection due to administrator command"],
    ["STORE_UNREACHABLE", true, "57P03", "the database system is starting up"],
    ["STORE_UNREACHABLE", true, "08006", "connection failure"],
    ["STORE_UNREACHABLE", true, "53300", "sorry, too many clients already"],
    ["STORE_UNREACHABLE", true, "40003", "result is ambiguous"],
    ["STORE_UNREACHABLE", false, "28P01", "password authentication failed"],
    ["STORE_UNREACHABLE", false, "3D000", 'database "x" does not exist'],
    ["STORE_CLOSED", false, "", "Cannot use a pool after calling end on the pool"],
    ["STORE_FULL", false, "53100", "could not extend file: No space left on device"],
    ["STORE_READ_ONLY", false, "25006", "cannot execute INSERT in a read-only transaction"],
    ["STORE_READ_ONLY", false, "42501", "permission denied for table"],
    ["STORE_BUSY", true, "40001", "could not serialize access"],
    ["STORE_BUSY", true, "40P01", "deadlock detected"],
    ["STORE_BUSY", true, "55P03", "canceling statement due to lock timeout"],
    ["STORE_BUSY", true, "57014", "canceling statement due to statement timeout"],
    ["STORE_FAULT", false, "XX001", "invalid page in block 7"],
    ["STORE_FAULT", false, "", "anything"],
  ])("%s (transient: %s) for %j %j", async (code, transient, state, message) => {
    const error = Object.assign(new Error(message), state === "" ? {} : { code: state });
    for (const fault of await faultsOf(postgresStore({ pool: failing(error) }))) {
      expect(fault).toMatchObject({ code, transient, cause: error });
      expect(fault.message).toContain(message || state);
    }
  });

  test.each([["text"], [undefined], [null], [{ code: 7 }]])(
    "STORE_FAULT for %j, which is no error",
    async (thrown) => {
      for (const fault of await faultsOf(postgresStore({ pool: failing(thrown) }))) {
        expect(fault).toMatchObject({ code: "STORE_FAULT", cause: thrown });
      }
    },
  );

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["no rows", { rowCount: 1 }],
    ["no list", { rows: "x", rowCount: 1 }],
  ])("STORE_FAULT for a pool that gives %s", async (_, result) => {
    const pool = { query: () => Promise.resolve(result) } as unknown as PostgresPool;
    for (const fault of await faultsOf(postgresStore({ pool }))) expect(fault.code).toBe("STORE_FAULT");
  });

  test("STORE_FAULT for a pool that throws at once, and for rows that are damaged", async () => {
    const throwing = {
      query() {
        throw new Error("at once");
      },
    };
    expect(await codeOf(() => postgresStore({ pool: throwing }).read("notes"))).toBe("STORE_FAULT");
    const rows = [{ version: "1", head: "1", revision: "1", event: "{", replayed: null, stream: "notes" }];
    const damaged: PostgresPool = { query: () => Promise.resolve({ rows, rowCount: 1 }) };
    expect(await codeOf(() => postgresStore({ pool: damaged }).read("notes"))).toBe("STORE_FAULT");
    expect(await codeOf(() => postgresStore({ pool: damaged }).erase?.("notes", { revisions: [1] }))).toBe(
      "STORE_FAULT",
    );
  });
});

describe("options that cannot mean anything are refused at once:", () => {
  const pool = failing(new Error("No query was to be made."));

  test.each([
    ...[
      "",
      " ",
      "a.b.c",
      ".a",
      "a.",
      "1a",
      "a b",
      "a-b",
      'a"b',
      "a'b",
      "a;b",
      "a\0",
      "ä",
      "a\n",
      'x"; DROP TABLE y; --',
    ],
    ...["x".repeat(51), `${"x".repeat(25)}.${"y".repeat(25)}`, 7, {}],
  ])("the table %j", async (table) => {
    const options = { pool, table: table as string };
    expect(await codeOf(() => postgresStore(options))).toBe("INVALID_INPUT");
    expect(await codeOf(() => postgresSchema(options))).toBe("INVALID_INPUT");
    expect(await codeOf(() => setUpPostgres(pool, options))).toBe("INVALID_INPUT");
  });

  test.each(["5", "soon", -1, Number.NaN])("the pause %j", async (pollEvery) => {
    expect(await codeOf(() => postgresStore({ pool, pollEvery: pollEvery as number }))).toBe("INVALID_INPUT");
  });
});

await onPostgres("a store in PostgreSQL", (database) => {
  describe("that does not work:", () => {
    const admin = database.pool({ max: 2 });
    /** A pool of another user, or with other settings. */
    const poolWith = (change: (url: URL) => void, config: pg.PoolConfig = {}) => {
      const url = new URL(database.url);
      change(url);
      return database.pool({ connectionString: url.href, max: 2, ...config });
    };

    test("the server is not there", async () => {
      const pool = poolWith((url) => {
        url.port = "1";
      });
      for (const fault of await faultsOf(postgresStore({ pool }))) {
        expect(fault).toMatchObject({ code: "STORE_UNREACHABLE", transient: true });
      }
    });

    test("the server does not let the user in, or has no such database", async () => {
      const unknown = poolWith((url) => {
        url.pathname = "/nothing";
      });
      const faults = await faultsOf(postgresStore({ pool: unknown }));
      for (const fault of faults)
        expect(fault).toMatchObject({ code: "STORE_UNREACHABLE", transient: false });
    });

    test("the pool has been ended", async () => {
      const pool = new pg.Pool({ connectionString: database.url });
      await pool.end();
      for (const fault of await faultsOf(postgresStore({ pool }))) expect(fault.code).toBe("STORE_CLOSED");
    });

    test("the table has not been made: it says what to do, and works once that is done", async () => {
      const existing = await database.table();
      for (const table of [database.name(), "nowhere.to_be_found"]) {
        for (const fault of await faultsOf(postgresStore({ pool: admin, table }))) {
          expect(fault).toMatchObject({ code: "STORE_NOT_SET_UP", transient: false });
          expect(fault.message).toContain("setUpPostgres(pool)");
        }
      }
      const table = database.name();
      const store = postgresStore({ pool: admin, table });
      expect(await codeOf(() => store.read("notes"))).toBe("STORE_NOT_SET_UP");
      await setUpPostgres(admin, { table });
      expect(await store.read("notes")).toEqual({ head: 0, events: [] });

      const dropped = postgresStore({ pool: admin, table: existing });
      await dropped.read("notes");
      await admin.query(`DROP TABLE ${existing}`);
      for (const fault of await faultsOf(dropped)) expect(fault.code).toBe("STORE_NOT_SET_UP");
    });

    test("the table is that of a later version", async () => {
      const table = await database.table();
      await admin.query(`UPDATE ${table} SET event = '2' WHERE stream = ''`);
      for (const fault of await faultsOf(postgresStore({ pool: admin, table }))) {
        expect(fault).toMatchObject({ code: "STORE_NEWER_VERSION", details: { version: 2, known: 1 } });
      }
      expect(await codeOf(() => setUpPostgres(admin, { table }))).toBe("STORE_NEWER_VERSION");
    });

    test("the table has lost its sequence, which is no conflict", async () => {
      const table = await database.table();
      await admin.query(`DROP SEQUENCE ${table}_position`);
      const store = postgresStore({ pool: admin, table });
      expect(await codeOf(() => store.append("notes", commit("c1", 0)))).toBe("STORE_NOT_SET_UP");
    });

    describe("rights", () => {
      let table: string;
      let role: string;
      let readers: pg.Pool;
      let store: SpaceStore;

      beforeEach(async () => {
        table = await database.table();
        const [schema] = table.split(".");
        role = `reader_${table.replace(".", "_")}`;
        await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'; GRANT USAGE ON SCHEMA ${schema} TO ${role};
        GRANT SELECT ON ${table} TO ${role}`);
        readers = poolWith((url) => {
          url.username = role;
          url.password = "secret";
        });
        store = postgresStore({ pool: readers, table });
        const writer = postgresStore({ pool: admin, table });
        await writer.append("notes", commit("c1", 0));
        await admin.query(`SELECT nextval('${table}_position')`);
        await writer.append("notes", commit("c2", 1));
        return async () => {
          await readers.end();
          await admin.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
        };
      });

      test("one who may only read, reads, and is told so when it writes", async () => {
        expect(idsOf(await store.read("notes"))).toEqual(["c1", "c2"]);
        expect(await store.streams?.()).toEqual({ names: ["notes"] });
        expect(await codeOf(() => store.append("notes", commit("c3", 2)))).toBe("STORE_READ_ONLY");
        expect(await codeOf(() => store.erase?.("notes", { all: true }))).toBe("STORE_READ_ONLY");
        // Asking is writing, where the head is not known to be another.
        expect(await codeOf(() => store.append("notes", commit("c1", 0)))).toBe("STORE_READ_ONLY");
      });

      test("what the guide grants is enough for everything", async () => {
        await admin.query(
          `GRANT INSERT, UPDATE ON ${table} TO ${role}; GRANT USAGE ON SEQUENCE ${table}_position TO ${role}`,
        );
        expect(await store.append("notes", commit("c3", 2))).toEqual({ ok: true, head: 3 });
        expect(await store.erase?.("notes", { all: true })).toEqual({ erased: 3 });
        const found: string[] = [];
        for await (const { stream } of store.feed?.({ follow: false }) ?? []) found.push(stream);
        expect(found).toEqual(["notes", "notes", "notes"]);
        await setUpPostgres(readers, { table });
      });

      test("a feed needs the right to close what was left out", async () => {
        const feed = store.feed?.()[Symbol.asyncIterator]();
        expect(await feed?.next()).toMatchObject({ value: { events: [{ id: "c1" }] } });
        expect(await codeOf(() => feed?.next())).toBe("STORE_READ_ONLY");
        for await (const _ of postgresStore({ pool: admin, table }).feed?.({ follow: false }) ?? []) {
          // Closes it.
        }
        const again = store.feed?.()[Symbol.asyncIterator]();
        expect(await again?.next()).toMatchObject({ value: { events: [{ id: "c1" }] } });
        expect(await again?.next()).toMatchObject({ value: { events: [{ id: "c2" }] } });
      });

      test("a session that is read-only, as on a replica", async () => {
        const pool = poolWith((url) =>
          url.searchParams.set("options", "-c default_transaction_read_only=on"),
        );
        const replica = postgresStore({ pool, table });
        expect(idsOf(await replica.read("notes"))).toEqual(["c1", "c2"]);
        expect(await codeOf(() => replica.append("notes", commit("c3", 2)))).toBe("STORE_READ_ONLY");
        expect(await codeOf(() => replica.erase?.("notes", { all: true }))).toBe("STORE_READ_ONLY");
        expect(await codeOf(() => setUpPostgres(pool, { table: database.name() }))).toBe("STORE_READ_ONLY");
        await setUpPostgres(pool, { table });
      });
    });

    test("others hold a lock for longer than is allowed to wait", async () => {
      const table = await database.table();
      const pool = poolWith((url) => url.searchParams.set("options", "-c lock_timeout=20ms"));
      const store = postgresStore({ pool, table });
      await store.read("notes");
      const client = await admin.connect();
      await client.query("BEGIN");
      await client.query(`LOCK TABLE ${table}`);
      try {
        for (const fault of await faultsOf(store)) {
          expect(fault).toMatchObject({ code: "STORE_BUSY", transient: true });
        }
      } finally {
        await client.query("ROLLBACK");
        client.release();
      }
    });

    test("what the database rolls back for the sake of another is repeated, but not for ever", async () => {
      for (const state of ["40001", "40P01"]) {
        let failures = 0;
        let left = 9;
        const stubborn: PostgresPool = {
          query(text, values) {
            if (text.startsWith("WITH") && left-- > 0) {
              failures += 1;
              return Promise.reject(Object.assign(new Error("rolled back"), { code: state }));
            }
            return admin.query(text, values);
          },
        };
        const store = postgresStore({ pool: stubborn, table: await database.table() });
        expect(await store.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 1 });
        expect(failures).toBe(9);
        left = Number.POSITIVE_INFINITY;
        expect(await codeOf(() => store.append("notes", commit("c2", 1)))).toBe("STORE_BUSY");
      }
    });

    test("a server that is stricter about transactions than it has to be changes nothing", async () => {
      const table = await database.table();
      for (const level of ["serializable", "repeatable\\ read"]) {
        const pool = poolWith(
          (url) => url.searchParams.set("options", `-c default_transaction_isolation=${level}`),
          { max: 16 },
        );
        const store = postgresStore({ pool, table });
        const appended = await Promise.all(
          Array.from({ length: 64 }, (_, n) => store.append(`${level} ${n % 4}`, commit(`c${n}`, 0))),
        );
        expect(appended.filter(({ ok }) => ok)).toHaveLength(4);
        const found: string[] = [];
        for await (const { stream } of store.feed?.({ follow: false }) ?? []) found.push(stream);
        expect(found.filter((stream) => stream.startsWith(level)).sort()).toEqual(
          [0, 1, 2, 3].map((n) => `${level} ${n}`),
        );
      }
    });
  });

  describe("setting up", () => {
    const pool = database.pool({ max: 16 });
    const works = async (table: string) => {
      const store = postgresStore({ pool, table });
      expect(await store.append("b", commit("c1", 0))).toEqual({ ok: true, head: 1 });
      expect(await store.append("B", commit("c1", 0))).toEqual({ ok: true, head: 1 });
      expect(await store.streams?.()).toEqual({ names: ["B", "b"] });
      expect(idsOf(await store.read("b", { ids: ["c1"] }))).toEqual(["c1"]);
    };

    test("makes a table of the default name where none is given, with nothing that is left without it", async () => {
      const [schema] = (await database.table()).split(".");
      const pathed = database.pool({ options: `-c search_path=${schema}` });
      await setUpPostgres(pathed);
      const store = postgresStore({ pool: pathed });
      expect(await store.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 1 });
      await pathed.query("DROP TABLE chat_spaces_event");
      const { rows } = await pathed.query(
        "SELECT relname FROM pg_class WHERE relname LIKE 'chat_spaces_event%'",
      );
      expect(rows).toEqual([]);
    });

    test("may be repeated, and leaves what is there as it is", async () => {
      const table = await database.table();
      await works(table);
      await setUpPostgres(pool, { table });
      expect((await postgresStore({ pool, table }).read("b")).head).toBe(1);
    });

    test("may be done by many at once", async () => {
      const table = await database.table();
      for (let round = 0; round < 5; round++) {
        const name = `${table}_${round}`;
        await Promise.all(Array.from({ length: 12 }, () => setUpPostgres(pool, { table: name })));
        await works(name);
      }
    });

    test("goes on where it was broken off", async () => {
      const table = await database.table();
      const statements = postgresSchema({ table }).split(/;\n+/).filter(Boolean);
      expect(statements.length).toBeGreaterThan(4);
      for (let done = 0; done < statements.length; done++) {
        const name = `${table}_after_${done}`;
        for (const sql of statements.slice(0, done)) await pool.query(sql.replaceAll(table, name));
        const some = postgresSchema({ table: name }).split(/;\n+/).filter(Boolean).slice(0, done);
        for (const sql of some) await pool.query(sql);
        expect(await codeOf(() => postgresStore({ pool, table: name }).read("notes"))).toBe(
          "STORE_NOT_SET_UP",
        );
        await setUpPostgres(pool, { table: name });
        await works(name);
      }
    });

    test("can be done with the SQL alone, more than once", async () => {
      const table = `${await database.table()}_sql`;
      await pool.query(postgresSchema({ table }));
      await pool.query(postgresSchema({ table }));
      await works(table);
      await setUpPostgres(pool, { table });
    });

    test("without a collation, names are still compared byte by byte", async () => {
      const table = `${await database.table()}_plain`;
      expect(postgresSchema({ table, collate: false })).not.toContain("COLLATE");
      await setUpPostgres(pool, { table, collate: false });
      await works(table);
    });

    test.each(["user", "Select", "_", "x".repeat(50)])("the table may be called %s", async (name) => {
      const [schema] = (await database.table()).split(".");
      const table = name.length < 50 ? `${schema}.${name}` : name;
      await setUpPostgres(pool, { table });
      try {
        await works(table);
      } finally {
        await pool.query(`DROP TABLE ${table.replace(/[^.]+$/, '"$&"')}`);
      }
    });
  });
});
