import { type ById, setEntry } from "../kernel/record.js";
import type { EventType, SpaceEvent } from "./events.js";
import type { Space } from "./space.js";

/** The parts of a space that are kept by id. */
type Part = { [K in keyof Space]: string extends keyof Space[K] ? K : never }[keyof Space];

/** What is kept in a part. */
export type ValueOf<P extends Part> = Space[P] extends ById<infer V> ? V : never;

/**
 * A space being folded. Each part is copied once, when the first event touches it, however many follow: that
 * keeps the fold linear in the number of events while the space it started from stays as it was.
 */
export type Folding = {
  /** The space so far. */
  readonly space: Space;
  /** Sets fields of the space itself. */
  set(fields: Partial<Omit<Space, Part>>): void;
  /** Puts an entry into a part. */
  put<P extends Part>(part: P, id: string, value: ValueOf<P>): void;
  /** Takes an entry out of a part. */
  drop(part: Part, id: string): void;
};

/** What one event changes. Must not throw, whatever came before: events are facts, not requests. */
export type Applier<T extends EventType> = (folding: Folding, event: SpaceEvent<T>) => void;

/** One capability's appliers, by the events they apply. */
export type Appliers<T extends EventType> = { readonly [K in T]: Applier<K> };

/** Starts folding from a space. */
export function startFolding(start: Space): Folding {
  const space = { ...start };
  const owned = new Map<Part, Record<string, unknown>>();
  const own = (part: Part): Record<string, unknown> => {
    let record = owned.get(part);
    if (!record) {
      record = { ...space[part] };
      owned.set(part, record);
      Object.assign(space, { [part]: record });
    }
    return record;
  };
  return {
    space,
    set: (fields) => void Object.assign(space, fields),
    put: (part, id, value) => setEntry(own(part), id, value),
    drop: (part, id) => void delete own(part)[id],
  };
}
