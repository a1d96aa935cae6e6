import type { TextIndex } from "./text-index.js";

/** An event as a store takes it: plain JSON with an id. What `data` means is none of the store's business. */
export type NewEvent = {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly by: string;
  readonly reason?: string;
  readonly data: unknown;
};

/** An event as a store gives it back: with its place in its stream, 1, 2, 3, ... without gaps. */
export type StoredEvent = NewEvent & { readonly revision: number };

/** What a store promises. The conformance kit runs exactly the groups that are declared here. */
export type StoreCapabilities = {
  /** What was acknowledged survives the end of the process. */
  readonly durable: boolean;
  /** Several processes may use the same streams at once. */
  readonly shared: boolean;
  /** `feed` is there. */
  readonly feed: boolean;
  /** `erase` is there. */
  readonly erase: boolean;
};

/** Lets a caller give up waiting. An `AbortSignal` is one. */
export type CancelSignal = {
  readonly aborted: boolean;
  readonly reason?: unknown;
  /** Calls the listener when it is aborted. */
  addEventListener(type: "abort", listener: () => void): void;
  /** Does so no more. */
  removeEventListener(type: "abort", listener: () => void): void;
};

/** Which events of a stream to read. All conditions hold together. */
export type ReadOptions = {
  /** Only events with a revision above this one. */
  readonly after?: number | undefined;
  /** Only events with a revision below this one. */
  readonly before?: number | undefined;
  /** At most this many events. */
  readonly limit?: number | undefined;
  /** From the newest to the oldest. */
  readonly backwards?: boolean | undefined;
  /** Only events with these ids. Ids the stream does not have are passed over. */
  readonly ids?: readonly string[] | undefined;
  readonly signal?: CancelSignal | undefined;
};

/** Events to be appended together. */
export type Commit = {
  /** Names the commit: appending it again under the same id gives the first outcome and changes nothing. */
  readonly id: string;
  /** The revision the stream must be at; 0 means that it must not exist. There is no "any". */
  readonly expected: number;
  /** One event or more. */
  readonly events: readonly NewEvent[];
};

/** What became of a commit. Somebody else having been first is an answer, not an error. */
export type AppendResult =
  | { readonly ok: true; readonly head: number; readonly replayed?: true }
  | { readonly ok: false; readonly reason: "conflict"; readonly head: number };

/** From where to follow what happens, and until when. */
export type FeedOptions = {
  /** The `cursor` of a commit: only those that come after it. Default: all from the first on. */
  readonly after?: string | undefined;
  /** Whether to wait for what is still to come (the default), or to end where there is nothing left to give. */
  readonly follow?: boolean | undefined;
  readonly signal?: CancelSignal | undefined;
};

/** One commit as a feed gives it: all of its events, in order. */
export type FeedCommit = {
  /** Where this commit stands in the feed. Only the store knows what it means. */
  readonly cursor: string;
  readonly stream: string;
  readonly events: readonly StoredEvent[];
};

/** Which names of streams to list. */
export type StreamsOptions = {
  /** Only names that start with this text, code unit by code unit. */
  readonly prefix?: string | undefined;
  /** Only names after this one, in the store's order: the `next` of the page before. */
  readonly after?: string | undefined;
  /** At most this many names, 1 or more. Default: as many as the store likes to give at once. */
  readonly limit?: number | undefined;
};

/** Names of streams. `next` is there where there are more of them. */
export type StreamsPage = { readonly names: readonly string[]; readonly next?: string };

/** Whose payloads go: those of all events, or of those with these revisions. */
export type EraseRequest =
  | { readonly all: true }
  | {
      readonly revisions: readonly number[];
      /**
       * What stays in the place of each payload, in the order of `revisions`: the same `data` without what was
       * personal in it. Default: `null`, nothing.
       */
      readonly data?: readonly unknown[] | undefined;
    };

/** What a stream folds to up to a revision. */
export type StateSnapshot = { readonly revision: number; readonly state: unknown };

/** Folded state kept beside the events, so that opening a long stream need not fold all of it again. */
export type StateSnapshots = {
  /**
   * The last snapshot of a stream that the same version of the reducer has made, or `undefined`. `version` names
   * what folds, and how: state that another made is of no use.
   */
  load(stream: string, version: string): Promise<StateSnapshot | undefined>;
  /** Keeps a snapshot in the place of an earlier one. It may be forgotten at any time. */
  save(stream: string, version: string, snapshot: StateSnapshot): Promise<void>;
};

/**
 * Where spaces are kept: append-only streams of events. Two functions are enough; the others are declared in
 * `capabilities`, or simply there.
 *
 * Everything that must not happen twice or too often (the last use of an invite, the last host, one vote) rests
 * on `append` alone: the client decides on the events up to a revision and appends only if the stream is still
 * there. A store therefore has no locks, no clock, no expiry and no queue.
 *
 * Names of streams, ids of commits and ids of events are any text that is well-formed Unicode, not empty and
 * without U+0000, compared code unit by code unit. Of a stream that cannot be named so there is nothing to read.
 */
export type SpaceStore = {
  readonly capabilities: StoreCapabilities;

  /**
   * Reads events in the order of their revisions.
   *
   * `head` MUST be the revision of the stream's last event, 0 for a stream that was never written to, whatever
   * the options leave out. Events MUST be copies: what a caller does to them stays with the caller.
   *
   * @throws StoreError where the store fails.
   */
  read(
    stream: string,
    options?: ReadOptions,
  ): Promise<{ readonly head: number; readonly events: readonly StoredEvent[] }>;

  /**
   * Appends a commit whole or not at all.
   *
   * MUST append only where the stream's head is `expected` at that very moment: of any number of callers that
   * expect the same revision, exactly one wins, across processes if `shared`. The others get a conflict as a
   * value. MUST answer a commit id it has acknowledged before with the first outcome and `replayed`, whatever
   * `expected` says now: that is how a caller who never heard the answer finds out.
   *
   * @throws StoreError where the store fails, and `STORE_INVALID_COMMIT` for a commit that is empty, misnamed or
   *   not JSON.
   */
  append(stream: string, commit: Commit): Promise<AppendResult>;

  /**
   * Gives every commit of every stream, one after the other, and waits for more: for live views, projections and
   * bots. Declared as `capabilities.feed`.
   *
   * MUST give each commit whole and exactly once, those of a stream in the order of their revisions, and all in
   * an order that is the same for every reader and every time. MUST leave no gap: whatever was acknowledged before
   * a commit was given and has not been given itself, comes later. A reader that goes on `after` a cursor gets
   * what follows that commit and nothing else: it is how a process that was stopped loses nothing. MUST give what
   * other handles and, if `shared`, other processes append, within seconds. Erased events are given as erased.
   *
   * The iteration holds nothing that has to be let go of when it is left, and rejects with the signal's reason
   * when that is aborted, also while it waits.
   *
   * @throws StoreError where the store fails, and `STORE_INVALID_CURSOR` for a cursor that is none of this store's.
   */
  feed?(options?: FeedOptions): AsyncIterable<FeedCommit>;

  /**
   * Lists the names of streams that were ever written to, page by page: for maintenance and for moving house.
   *
   * MUST list each name once, in an order that stays: whoever follows `next` until there is none has every
   * stream that was there when they started.
   *
   * @throws StoreError where the store fails.
   */
  streams?(options?: StreamsOptions): Promise<StreamsPage>;

  /**
   * Erases payloads: for people who ask to be forgotten, and for what has been kept for long enough. Declared as
   * `capabilities.erase`.
   *
   * MUST put what the request leaves of it in the place of each `data`, take away `reason`, and leave everything
   * else as it is: id, type, instant, author, revision, the head, and the answer to a repeated commit id, so that
   * whoever folds or counts the stream still can. MUST do all of it or nothing. Revisions that the stream does
   * not have are passed over. What was erased MUST NOT be given again by this store in any way; whether the
   * medium still holds it (free pages, dead rows, backups) is said in the adapter's documentation. A store with an
   * index over words (`search`) MUST drop the stream from it.
   *
   * @returns How many events were changed: 0 the second time.
   * @throws StoreError where the store fails, and `STORE_INVALID_ERASURE` for a request that cannot be carried out.
   */
  erase?(stream: string, request: EraseRequest): Promise<{ readonly erased: number }>;

  /** Snapshots of folded state, where there are any: a cache, which `withSnapshots` adds to any store. */
  readonly snapshots?: StateSnapshots;

  /** An index over the words of what is in the streams, where the store has one of its own. */
  readonly search?: TextIndex;

  /**
   * Lets go of what the store opened itself. MUST NOT close a client or database that was handed in. Doing it again
   * MUST do nothing. Every other call after it rejects with `STORE_CLOSED`, and feeds that wait end.
   */
  close?(): Promise<void>;
};
