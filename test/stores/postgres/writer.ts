/**
 * A process that appends batches to a stream in PostgreSQL until it is killed. It prints the number of a batch once
 * the store has acknowledged it.
 *
 *     node --import tsx --conditions=@chat-spaces/source test/stores/postgres/writer.ts postgres://... schema.table
 */
import { postgresStore } from "chat-spaces/postgres";
import pg from "pg";
import { batch } from "./batch.js";

async function write(connectionString: string, table: string): Promise<never> {
  const store = postgresStore({ pool: new pg.Pool({ connectionString, max: 1 }), table });
  const { head } = await store.read("notes", { limit: 0 });
  for (let number = head / 3; ; number++) {
    const result = await store.append("notes", batch(number));
    if (!result.ok) throw new Error(`Batch ${number} met a conflict, and nobody else writes.`);
    process.stdout.write(`${number}\n`);
  }
}

const [, , url = "", table = ""] = process.argv;
void write(url, table);
