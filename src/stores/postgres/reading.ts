import { isWellFormed } from "../../kernel/json.js";
import { isName } from "../commit.js";
import type { NewEvent, ReadOptions, StoredEvent, StreamsOptions, StreamsPage } from "../contract.js";
import type { Run } from "./pool.js";
import type { Statements } from "./statements.js";

/** The largest whole number that is exact in JavaScript. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;
/** How many names a page has where nothing is said. */
const NAMES_PAGE = 1000;
/** The part of a text that is text: up to U+0000 or half a surrogate pair. */
const TEXT = /^[^\0\p{Surrogate}]*/u;

/** Reads events, and the head of the stream at the same moment. */
export async function read(
  run: Run,
  statements: Statements,
  stream: string,
  { after = 0, before = NO_LIMIT, limit = NO_LIMIT, backwards = false, ids }: ReadOptions,
): Promise<{ readonly head: number; readonly events: readonly StoredEvent[] }> {
  const bounds = [stream, clamp(Math.floor(after)), clamp(Math.ceil(before)), clamp(Math.floor(limit))];
  const { rows } = ids
    ? await run(backwards ? statements.idsBackwards : statements.idsForwards, [...bounds, [...ids]])
    : await run(backwards ? statements.backwards : statements.forwards, bounds);
  let head = 0;
  const events: StoredEvent[] = [];
  for (const { revision, event } of rows) {
    if (event === null) head = Number(revision);
    else events.push(toEvent(event, Number(revision)));
  }
  // They come in their order, as a rule: what holds for one part of a statement, SQL does not promise for all of it.
  events.sort((one, other) => (backwards ? other.revision - one.revision : one.revision - other.revision));
  return { head, events };
}

/** An event from what its row holds. */
export function toEvent(event: unknown, revision: number): StoredEvent {
  return Object.assign(JSON.parse(event as string) as NewEvent, { revision });
}

/**
 * Lists names of streams in the order of their bytes, in which those that start alike stand together: the first one
 * that does not start with the prefix is the end.
 */
export async function streams(
  run: Run,
  statements: Statements,
  { prefix = "", after = "", limit = NAMES_PAGE }: StreamsOptions,
): Promise<StreamsPage> {
  // Half a pair at the end may start a name; the first that it can start has the lowest other half.
  const from = isWellFormed(`${prefix}\udc00`) ? `${prefix}\udc00` : prefix;
  if (from !== "" && !isName(from)) return { names: [] };
  const wanted = Math.max(Math.floor(limit), 1);
  const { rows } = await run(statements.names, [TEXT.exec(after)?.[0] ?? "", from, clamp(wanted + 1)]);
  const found = rows.map(({ stream }) => String(stream));
  const end = found.findIndex((name) => !name.startsWith(prefix));
  const names = end === -1 ? found : found.slice(0, end);
  if (names.length <= wanted) return { names };
  const page = names.slice(0, wanted);
  return { names: page, next: page.at(-1) ?? "" };
}

function clamp(value: number): number {
  // What is no number is nothing.
  return Math.min(Math.max(value, 0), NO_LIMIT) || 0;
}
