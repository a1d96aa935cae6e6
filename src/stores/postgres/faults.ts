import type { StoreCode } from "../../kernel/codes.js";
import { ChatSpacesError, StoreError } from "../../kernel/errors.js";

type Fault = {
  /** SQLSTATEs, or the first letters of several. */
  readonly states?: readonly string[];
  /** What a driver says that has no SQLSTATE: the system's name for it, or words. */
  readonly texts?: readonly RegExp[];
  readonly code: StoreCode;
  readonly message: string;
  readonly transient?: boolean;
};

/** The table is not there, or there is no such schema. */
const MISSING = ["42P01", "3F000"];
/** Somebody else has a row with this key. */
const TAKEN = ["23505"];
/** Rolled back for the sake of another transaction: to be repeated (serialization failure, deadlock). */
const PASSING = ["40001", "40P01"];

/** The first that fits. See "PostgreSQL Error Codes" (appendix A of its manual). */
const FAULTS: readonly Fault[] = [
  {
    states: ["28", "3D000"],
    code: "STORE_UNREACHABLE",
    message: "The database does not let this user in, or there is none of this name",
    transient: false,
  },
  {
    texts: [/after calling end on the pool/i],
    code: "STORE_CLOSED",
    message: "The pool has been closed",
  },
  {
    // Lost connections, shutdowns, too many connections, and what CockroachDB says where it does not know.
    states: ["08", "57P0", "53300", "40003", "25P03", "25P04"],
    texts: [
      /^(ECONN\w+|EPIPE|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|ENOTFOUND|EAI_AGAIN|ENOENT)$/,
      /connection (terminated|ended|closed|error)|terminating connection|not queryable|client was closed/i,
      /timeout (expired|exceeded when trying to connect)|read timeout|socket hang up/i,
    ],
    code: "STORE_UNREACHABLE",
    message: "The connection to the database could not be made, or was lost",
  },
  { states: ["53100"], code: "STORE_FULL", message: "The disk is full. Nothing of the commit was kept" },
  {
    states: ["25006", "42501"],
    code: "STORE_READ_ONLY",
    message: "The database may not be written here: it is a replica, or this role lacks a right",
  },
  {
    states: [...PASSING, "55P03", "57014"],
    code: "STORE_BUSY",
    message: "Others held what the statement needs for too long",
  },
  {
    states: MISSING,
    code: "STORE_NOT_SET_UP",
    message:
      "The table has not been made. Run `await setUpPostgres(pool)` once, for every version of chat-spaces",
  },
  {
    // The limit of an index: about 2,700 bytes for the name of a stream together with an id.
    states: ["54000"],
    code: "STORE_INVALID_COMMIT",
    message: "The commit cannot be stored: a name is too long for the database",
  },
];

/** The driver's error as one of ours, with the driver's as its cause. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const state = stateOf(error) ?? "";
  const text = (error instanceof Error ? error.message : String(error)) || state;
  const fault = FAULTS.find(
    ({ states = [], texts = [] }) =>
      states.some((start) => state.startsWith(start)) ||
      texts.some((pattern) => pattern.test(state) || pattern.test(text)),
  );
  const { code, message, transient } = fault ?? {
    code: "STORE_FAULT" as const,
    message: "The database failed",
  };
  return new StoreError(code, `${message}: ${text}`, state === "" ? {} : { state }, {
    cause: error,
    ...(transient === undefined ? {} : { transient }),
  });
}

/** Whether a key is taken already. */
export const isTaken = (error: unknown): boolean => TAKEN.includes(stateOf(error) ?? "");
/** Whether the table is not there. */
export const isMissing = (error: unknown): boolean => MISSING.includes(stateOf(error) ?? "");
/** Whether the same statement may work right away. */
export const isPassing = (error: unknown): boolean => PASSING.includes(stateOf(error) ?? "");

/** The SQLSTATE, or the system's name for what went wrong, of a driver's error or of ours with that as its cause. */
export function stateOf(error: unknown): string | undefined {
  const source: unknown = error instanceof ChatSpacesError ? error.cause : error;
  const code: unknown =
    typeof source === "object" && source !== null ? Reflect.get(source, "code") : undefined;
  return typeof code === "string" ? code : undefined;
}
