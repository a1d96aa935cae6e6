import type { SpaceStore } from "../contract.js";

/**
 * What becomes of each part of a store. A part that the contract gains is missing here, so that no decorator compiles
 * until it says what it does with it.
 */
export type Decoration = {
  readonly [part in keyof SpaceStore]-?:
    | ((inner: NonNullable<SpaceStore[part]>) => NonNullable<SpaceStore[part]>)
    | (undefined extends SpaceStore[part] ? typeof none : never);
};

/** Leaves a part out that the store around would undo. */
export const none = "none";

/** Hands a part on as it is. */
export const same = <Part>(part: Part): Part => part;

/** A store around another one. It has the parts that the other one has, and no others. */
export function decorate(store: SpaceStore, decoration: Decoration): SpaceStore {
  const parts = Object.entries(decoration).flatMap(([name, decorated]) => {
    const part = store[name as keyof SpaceStore];
    if (part === undefined || decorated === none) return [];
    // Bound, because the store may be an object of a class.
    const inner = typeof part === "function" ? part.bind(store) : part;
    return [[name, (decorated as (inner: unknown) => unknown)(inner)]];
  });
  return Object.fromEntries(parts) as SpaceStore;
}
