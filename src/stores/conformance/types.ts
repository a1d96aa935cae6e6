import type { SpaceStore } from "../contract.js";

/** What a case is about: one part of what the contract promises. */
export type StoreCaseGroup =
  | "shape"
  | "order"
  | "atomic batch"
  | "one winner"
  | "repeated commit"
  | "isolation"
  | "JSON"
  | "names"
  | "ids"
  | "paging"
  | "invalid commit"
  | "abort signal"
  | "reopen"
  | "feed"
  | "streams"
  | "erase"
  | "search"
  | "closing";

/** One thing that the contract promises, to be handed to any test runner. */
export type StoreCase = {
  /** A sentence of the contract. No two cases have the same. */
  readonly name: string;
  readonly group: StoreCaseGroup;
  /** Opens a store of its own, tries it, and cleans up. Rejects with a `ConformanceError` where the promise is broken. */
  readonly run: () => Promise<void>;
};

/**
 * What a store declares: its `capabilities`, and which of the functions are there that no capability stands for. It
 * decides which cases there are. All of it is `false` where nothing is said, which is a store of two functions.
 */
export type StoreDeclaration = {
  /** `capabilities.durable`. Adds the group `reopen`, which needs `OpenedStores.reopen`. */
  readonly durable?: boolean | undefined;
  /** `capabilities.shared`. */
  readonly shared?: boolean | undefined;
  /** `capabilities.feed`. Adds the group `feed`. */
  readonly feed?: boolean | undefined;
  /** `capabilities.erase`. Adds the group `erase`. */
  readonly erase?: boolean | undefined;
  /** The function `streams` is there. Adds the group `streams`. */
  readonly streams?: boolean | undefined;
  /** The index over words, `search`, is there. Adds the group `search`. */
  readonly search?: boolean | undefined;
  /** The function `close` is there. Adds the group `closing`. */
  readonly close?: boolean | undefined;
};

/** How the cases are run. */
export type StoreCasesOptions = StoreDeclaration & {
  /**
   * The store works on a client or database that was handed in. Adds the case that it is not closed, which needs
   * `OpenedStores.isClientOpen`.
   */
  readonly client?: boolean | undefined;
  /**
   * For how many milliseconds a case waits for what a feed has to give before it says that nothing comes. Default
   * 4,000, which is below what most test runners give to a test. A case as a whole has 15 times as long.
   */
  readonly patience?: number | undefined;
};

/** Two stores on the same data, which nobody has written to. */
export type OpenedStores = {
  /** One handle. */
  readonly a: SpaceStore;
  /** Another handle on the same data: what another process has, another server or another tab. */
  readonly b: SpaceStore;
  /**
   * Opens the same data once more, after both handles have been closed (if they can be): what a program finds that
   * is started again. The kit closes it. Needed where `durable` is declared.
   */
  readonly reopen?: (() => SpaceStore | Promise<SpaceStore>) | undefined;
  /** Whether the client or database that was handed in still works. Needed where `client` is declared. */
  readonly isClientOpen?: (() => boolean | Promise<boolean>) | undefined;
  /** Cleans up. Called once, after the handles have been closed (if they can be), also where the case has failed. */
  readonly dispose?: (() => unknown) | undefined;
};

/** Gives every case a place of its own to write to: a new database, file, schema or prefix at every call. */
export type OpenStores = () => OpenedStores | Promise<OpenedStores>;
