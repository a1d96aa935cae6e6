import { readFileSync } from "node:fs";
import { sqliteStore } from "chat-spaces/sqlite";
import { describe, expect, test } from "vitest";
import { ask, commit, libsql } from "./drivers.js";

const GUIDE = readFileSync(new URL("../../../docs/guides/sqlite.md", import.meta.url), "utf8");
const SOURCE = readFileSync(new URL("../../../src/stores/sqlite/schema.ts", import.meta.url), "utf8");

/** The SQL under a heading, fence by fence. */
function sqlUnder(heading: string): string[] {
  const section = GUIDE.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^```sql\n(.*?)^```/gms)].map(([, sql = ""]) => sql.trim());
}

describe("the guide to the store in SQLite", () => {
  test("shows the tables as they are made", () => {
    const [, version = ""] = /^const VERSION = (\d+);$/m.exec(SOURCE) ?? [];
    const [, tables = ""] = /^const TABLES = `(.*?)`;$/ms.exec(SOURCE) ?? [];
    expect(tables).toContain("CREATE TABLE");
    expect(sqlUnder("The tables")[0]).toBe(tables.replace(/\$\{VERSION\}/, version).trim());
  });

  test("and makes the same tables: a database made with its SQL is one", async () => {
    const made = (database: InstanceType<typeof libsql>) =>
      ask(database, "SELECT type, name, sql FROM sqlite_master ORDER BY name");
    const [byHand, byStore] = [new libsql(":memory:"), new libsql(":memory:")];
    byHand.exec(sqlUnder("The tables")[0] ?? "");
    sqliteStore({ database: byStore });
    expect(made(byHand)).toEqual(made(byStore));
    const store = sqliteStore({ database: byHand });
    expect(await store.append("notes", commit("c1", 0))).toEqual({ ok: true, head: 2 });
    for (const database of [byHand, byStore]) database.close();
  });

  test("reads them with SQL that works", async () => {
    const database = new libsql(":memory:");
    const store = sqliteStore({ database });
    await store.append("space/spring-drop", commit("c1", 0));
    expect(ask(database, sqlUnder("The tables")[1] ?? "")).toEqual([
      { name: "space/spring-drop", revision: 1, type: "note.written", who: "ana" },
      { name: "space/spring-drop", revision: 2, type: "note.written", who: "ana" },
    ]);
    database.close();
  });
});
