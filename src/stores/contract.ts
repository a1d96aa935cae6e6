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
export type CancelSignal = { readonly aborted: boolean; readonly reason?: unknown };

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

/**
 * Where spaces are kept: append-only streams of events. Two functions are enough.
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

  /** Lets go of what the store opened itself. MUST NOT close a client or database that was handed in. */
  close?(): Promise<void>;
};
