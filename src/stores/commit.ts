import { StoreError } from "../kernel/errors.js";
import { isWellFormed } from "../kernel/json.js";
import type { CancelSignal, Commit } from "./contract.js";

/** A lone surrogate as `JSON.stringify` writes it: `\ud800`, but not an escaped backslash before `ud800`. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/i;

/**
 * Whether a stream, a commit or an event can be named so. Databases cut a text off at U+0000, and UTF-8 has no half
 * surrogate pairs: two such names could become one.
 */
export function isName(name: unknown): name is string {
  return typeof name === "string" && name !== "" && !name.includes("\0") && isWellFormed(name);
}

/**
 * The events of a commit as JSON texts, each checked, so that a store takes a copy and never a reference.
 *
 * @throws StoreError `STORE_INVALID_COMMIT` where the commit is not one.
 */
export function encodeCommit(stream: string, { id, expected, events }: Commit): readonly string[] {
  if (!isName(stream)) throw invalid("the stream must have a name");
  if (!isName(id)) throw invalid("id must be a text that names the commit");
  if (!Number.isSafeInteger(expected) || expected < 0)
    throw invalid("expected must be a revision: 0 or more");
  if (!Array.isArray(events) || events.length === 0) throw invalid("events must not be empty");
  return events.map((event, index) => {
    if (!isName(event?.id)) throw invalid(`events[${index}].id must be a text that names the event`);
    let json: string | undefined;
    try {
      json = JSON.stringify(event);
    } catch (cause) {
      throw invalid(`events[${index}] is not JSON`, cause);
    }
    if (json === undefined) throw invalid(`events[${index}] is not JSON`);
    if (hasLoneSurrogate(json)) {
      throw invalid(`events[${index}] holds half a surrogate pair, which is not text`);
    }
    return json;
  });
}

/** Whether JSON text, as `JSON.stringify` writes it, holds half a surrogate pair. */
export function hasLoneSurrogate(json: string): boolean {
  return json.includes("\\ud") && LONE_SURROGATE.test(json);
}

/** Throws what the signal was aborted with. */
export function throwIfAborted(signal: CancelSignal | undefined): void {
  if (signal?.aborted) throw signal.reason ?? new Error("The operation was aborted.");
}

function invalid(what: string, cause?: unknown): StoreError {
  return new StoreError("STORE_INVALID_COMMIT", `The commit cannot be stored: ${what}.`, {}, { cause });
}
