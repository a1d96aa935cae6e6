import { type ById, entry } from "../kernel/record.js";
import type { EventType, SpaceEvent } from "../model/events.js";

/** An entry that must be there, because the event that makes it has just been folded. */
export function found<T>(record: ById<T>, id: string): T {
  const value = entry(record, id);
  if (value === undefined) throw new Error(`The fold has lost ${id}.`);
  return value;
}

/** The event of a type that an accepted command must have. */
export function eventOf<T extends EventType>(events: readonly SpaceEvent[], type: T): SpaceEvent<T> {
  const event = events.find((candidate) => candidate.type === type);
  if (!event) throw new Error(`The command was accepted without ${type}.`);
  return event as unknown as SpaceEvent<T>;
}

/** What an import did. Messages that the channel had already are `known`. */
export type ImportResult = { readonly added: number; readonly known: number };
