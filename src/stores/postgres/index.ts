/**
 * A store in PostgreSQL, through a pool of `pg` or anything alike.
 *
 * @module chat-spaces/postgres
 */
export type { PostgresPool, PostgresPoolOptions, PostgresResult, PreparingPostgresPool } from "./pool.js";
export { type PostgresSchemaOptions, postgresSchema, setUpPostgres } from "./schema.js";
export { type PostgresOptions, postgresStore } from "./store.js";
