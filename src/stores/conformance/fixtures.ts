import type { Commit, NewEvent, ReadOptions, SpaceStore, StoredEvent } from "../contract.js";
import { demandAnswer } from "./assert.js";

/** When everything in these cases happens. */
const NOON = 1_777_636_800_000;

/** An event that says something, to a store that does not care what. */
export function event(id: string, data: unknown = null): NewEvent {
  return { id, type: "note.written", at: NOON, by: "ana", data };
}

/** A commit of events that are nothing but their ids. */
export function commit(id: string, expected: number, ...ids: readonly string[]): Commit {
  return { id, expected, events: ids.map((one) => event(one)) };
}

/** Ids in a row: `e1`, `e2`, ... */
export function ids(count: number, prefix = "e", from = 1): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${from + index}`);
}

/** Events as they are to be read again, from a revision on. */
export function stored(events: readonly NewEvent[], from = 1): readonly StoredEvent[] {
  return events.map((one, index) => ({
    ...(JSON.parse(JSON.stringify(one)) as NewEvent),
    revision: from + index,
  }));
}

/** Appends one commit of events with these ids where the stream is, and gives the head. */
export async function add(
  store: SpaceStore,
  stream: string,
  ...eventIds: readonly string[]
): Promise<number> {
  return addEvents(store, stream, ...eventIds.map((id) => event(id)));
}

/** Appends one commit of these events where the stream is, and gives the head. */
export async function addEvents(
  store: SpaceStore,
  stream: string,
  ...events: readonly NewEvent[]
): Promise<number> {
  const { head: expected } = await store.read(stream, { limit: 0 });
  const head = expected + events.length;
  demandAnswer(
    await store.append(stream, { id: `commit ${expected}`, expected, events }),
    { ok: true, head },
    "`append` must append where the stream is at the revision that is expected, and answer with its new head.",
  );
  return head;
}

/** The ids of what is read. */
export async function readIds(
  store: SpaceStore,
  stream: string,
  options?: ReadOptions,
): Promise<readonly string[]> {
  return (await store.read(stream, options)).events.map(({ id }) => id);
}

/** Lets the data of an event be changed, as its owner may. */
export function dataOf<T>({ data }: NewEvent): T {
  return data as T;
}

/** Freezes a value and all that is in it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}

/** How many calls are under way at once where many are made, so that a store that is far away is soon done. */
const AT_ONCE = 16;

/** Does something for each item, for some of them at once. */
export async function forEach<T>(
  items: readonly T[],
  act: (item: T, index: number) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    await Promise.all(items.slice(from, from + AT_ONCE).map((item, index) => act(item, from + index)));
  }
}

/** The results of many tasks that were started at once. */
export async function atOnce<T>(count: number, act: (index: number) => Promise<T>): Promise<readonly T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => act(index)));
}
