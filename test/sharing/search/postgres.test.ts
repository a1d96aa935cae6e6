import { postgresStore } from "chat-spaces/postgres";
import { onPostgres } from "../../stores/postgres/database.js";
import { searchSuite } from "./suite.js";

await onPostgres("searching a space in PostgreSQL", (database) => {
  const pool = database.pool({ max: 10 });
  searchSuite(async () => postgresStore({ pool, table: await database.table() }));
});
