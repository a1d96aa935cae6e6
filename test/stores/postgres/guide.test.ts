import { readFileSync } from "node:fs";
import { type PostgresPool, postgresSchema, postgresStore, setUpPostgres } from "chat-spaces/postgres";
import { describe, expect, test } from "vitest";
import { onPostgres } from "./database.js";
import { commit, event } from "./events.js";

const GUIDE = readFileSync(new URL("../../../docs/guides/postgres.md", import.meta.url), "utf8");

/** The SQL under a heading, statement by statement, with single spaces. */
function sqlUnder(heading: string): string[] {
  const section = GUIDE.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^```sql\n(.*?)^```/gms)].flatMap(([, sql = ""]) => statementsOf(sql));
}

const statementsOf = (sql: string) =>
  sql
    .split(/;\n/)
    .map((statement) => statement.replace(/\s+/g, " ").trim())
    .filter(Boolean);

describe("the guide", () => {
  test("shows the table as it is made", () => {
    expect(sqlUnder("The table")).toEqual(statementsOf(postgresSchema()));
    expect(sqlUnder("The table")).toHaveLength(6);
  });
});

/** What each statement is run with in a test of its plan: nothing, as often as it takes. */
const nulls = (text: string) => {
  const count = Math.max(0, ...[...text.matchAll(/\$(\d)/g)].map(([, number]) => Number(number)));
  return count === 0 ? "" : `(${Array.from({ length: count }, () => "NULL").join(", ")})`;
};

await onPostgres("the guide to the store in PostgreSQL", (database) => {
  test("lists every statement that runs, and no other", async () => {
    const [schema] = (await database.table()).split(".");
    const pool = database.pool({ options: `-c search_path=${schema}` });
    await setUpPostgres(pool);
    const ran = new Set<string>();
    const recording: PostgresPool = {
      query(text, values) {
        ran.add(text.replace(/\s+/g, " "));
        return pool.query(text, values);
      },
    };

    const store = postgresStore({ pool: recording });
    await setUpPostgres(recording);
    await store.append("notes", commit("c1", 0));
    await store.append("notes", {
      id: "c2",
      expected: 1,
      events: [event("e2", "said"), event("e3", "said")],
    });
    await store.append("notes", commit("late", 0));
    await store.read("notes", { after: 1, before: 9, limit: 1 });
    await store.read("notes", { backwards: true });
    await store.read("notes", { ids: ["e2"] });
    await store.read("notes", { ids: ["e2"], backwards: true });
    await store.streams?.({ prefix: "n" });
    await store.erase?.("notes", { revisions: [1] });
    await store.erase?.("notes", { all: true });
    // A number is left out, a reader closes it, and then somebody comes with it.
    await pool.query("SELECT setval('chat_spaces_event_position', 10)");
    await store.append("other", commit("c1", 0));
    for await (const { cursor } of store.feed?.({ follow: false }) ?? []) {
      for await (const _ of store.feed?.({ after: cursor, follow: false }) ?? []) break;
    }
    await pool.query("SELECT setval('chat_spaces_event_position', 5)");
    await store.append("third", commit("c1", 0));

    const ofEvents = [...ran].filter((text) => !text.includes("chat_spaces_event_text"));
    expect(ofEvents.sort()).toEqual(sqlUnder("Every statement").sort());
  });

  test("shows statements that find their rows by an index, whatever the planner knows of the table", async () => {
    const [schema] = (await database.table()).split(".");
    const pool = database.pool({
      options: `-c search_path=${schema} -c plan_cache_mode=force_generic_plan`,
      max: 1,
    });
    await setUpPostgres(pool, { table: "chat_spaces_event" });
    await pool.query(`ALTER TABLE chat_spaces_event SET (autovacuum_enabled = false);
      INSERT INTO chat_spaces_event (stream, revision, id, event)
      SELECT 's' || n % 3, 1 + n / 3, 'e' || n, '' FROM generate_series(0, 30000) AS n`);
    for (const analysis of ["SELECT 1", "ANALYZE chat_spaces_event"]) {
      await pool.query(analysis);
      for (const [index, text] of sqlUnder("Every statement").entries()) {
        await pool.query(`PREPARE plan_${index} AS ${text}`);
        const { rows } = await pool.query(`EXPLAIN EXECUTE plan_${index}${nulls(text)}`);
        await pool.query(`DEALLOCATE plan_${index}`);
        const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
        expect(plan, text).not.toContain("Seq Scan");
        if (text.includes("id = ANY")) expect(plan, text).toContain("chat_spaces_event_by_id");
      }
    }
  });
});
