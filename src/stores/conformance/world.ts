import type { SpaceStore } from "../contract.js";
import type { OpenedStores, StoreCaseGroup, StoreCasesOptions } from "./types.js";

/** What a case has to work with: two handles on data that nobody has written to. */
export type World = {
  readonly a: SpaceStore;
  readonly b: SpaceStore;
  readonly opened: OpenedStores;
  readonly declared: StoreCasesOptions;
  /** In milliseconds. */
  readonly patience: number;
  /** Closes both handles, where they can be, and opens what was written again. */
  reopen(): Promise<SpaceStore>;
  /** Opens another place, with data of its own. */
  another(): Promise<OpenedStores>;
};

/** What must be declared for a case to be there. */
export type Need = Exclude<keyof StoreCasesOptions, "patience">;

/** A case before it is bound to a store. */
export type CaseDefinition = {
  readonly name: string;
  readonly group: StoreCaseGroup;
  readonly needs: readonly Need[];
  readonly run: (world: World) => Promise<void>;
};

/** The cases of a group that need the same, by their names. */
export function casesOf(
  group: StoreCaseGroup,
  needs: readonly Need[],
  cases: { readonly [name: string]: (world: World) => Promise<void> },
): readonly CaseDefinition[] {
  return Object.entries(cases).map(([name, run]) => ({ name, group, needs, run }));
}
