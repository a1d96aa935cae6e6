import { storeCases } from "chat-spaces/conformance";
import { fuzzStore } from "chat-spaces/conformance/fuzz";
import { postgresStore } from "chat-spaces/postgres";
import { describe, test } from "vitest";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../fuzz/runs.js";
import { onPostgres } from "./database.js";

const DECLARED = {
  durable: true,
  shared: true,
  feed: true,
  erase: true,
  streams: true,
  search: true,
  close: true,
  client: true,
};

await onPostgres("a store in PostgreSQL keeps to the contract", (database) => {
  const one = database.pool({ max: 5 });
  const other = database.pool({ max: 5 });

  const open = (prepare: boolean) => async () => {
    const table = await database.table();
    const storeOn = (pool: typeof one) => postgresStore({ pool, table, pollEvery: 20, prepare });
    return {
      a: storeOn(one),
      b: storeOn(other),
      reopen: () => storeOn(one),
      isClientOpen: async () => (await one.query("SELECT 1")).rowCount === 1,
    };
  };

  for (const c of storeCases(open(false), DECLARED)) test(`${c.group}: ${c.name}`, c.run);

  test(
    "does what the store in memory does, whatever is done with it",
    () => fuzzStore(open(true), { runs: Math.ceil(FUZZ_RUNS / 10) }),
    FUZZ_TIMEOUT,
  );

  describe("with prepared statements", () => {
    const groups = ["repeated commit", "paging", "feed", "erase"];
    for (const c of storeCases(open(true), DECLARED)) {
      if (groups.includes(c.group)) test(`${c.group}: ${c.name}`, c.run);
    }
  });
});
