import { InvalidInputError } from "../../kernel/errors.js";
import { encodeCommit } from "../commit.js";
import type { Commit, EraseRequest, NewEvent } from "../contract.js";
import { encodeErasure } from "../erasure.js";

// What is handed in belongs to the caller, who may change it as soon as the call has returned its promise. A decorator
// that does something else before it calls the store takes a copy first.

/**
 * A commit of our own.
 *
 * @throws StoreError `STORE_INVALID_COMMIT` where it is none.
 */
export function copyCommit(stream: string, commit: Commit): Commit {
  const events = encodeCommit(stream, commit).map((json) => JSON.parse(json) as NewEvent);
  return { id: commit.id, expected: commit.expected, events };
}

/**
 * A request of our own.
 *
 * @throws StoreError `STORE_INVALID_ERASURE` where it is none.
 */
export function copyRequest(request: EraseRequest): EraseRequest {
  const left = encodeErasure(request);
  if (!left) return { all: true };
  return { revisions: [...left.keys()], data: Array.from(left.values(), (json) => JSON.parse(json)) };
}

/**
 * The state of a snapshot as JSON text.
 *
 * @throws InvalidInputError `INVALID_INPUT` where it is not JSON.
 */
export function encodeState(state: unknown): string {
  let cause: unknown;
  try {
    const json: string | undefined = JSON.stringify(state);
    if (json !== undefined) return json;
  } catch (error) {
    cause = error;
  }
  throw new InvalidInputError("INVALID_INPUT", "The state of a snapshot must be JSON.", {}, { cause });
}
