/**
 * A store in PostgreSQL.
 *
 * @module chat-spaces/postgres
 */
export {};
