/** A text that can be found, and what it can be told apart by. */
export type TextDocument = {
  /** Names it within its stream. */
  readonly id: string;
  /** Its words, with single spaces between. A word is any text without a space, of 64 characters at most. */
  readonly words: string;
  /** Words by which it can be found as well, and which count less. */
  readonly aside: string;
  /** When it was said, epoch milliseconds. */
  readonly at: number;
  /** Who said it; `null` where nobody did. */
  readonly by: string | null;
  readonly kind: string;
  /** The ids of the events of its stream that it was made of, given back with it. */
  readonly events: readonly string[];
};

/** How far a stream is in an index. */
export type TextPosition = {
  /** Everything up to this revision is in it; 0 is nothing. */
  readonly revision: number;
  /** How often the stream was dropped from it. */
  readonly epoch: number;
};

/** What brings a stream further. No id is in both lists. */
export type TextUpdate = {
  /** Where the stream has to be for this to be put in. */
  readonly after: TextPosition;
  /** Where it is then. */
  readonly revision: number;
  /** Documents that are new, or take the place of those with the same ids. */
  readonly documents: readonly TextDocument[];
  /** Ids of documents that go. Those that are not there are passed over. */
  readonly gone: readonly string[];
};

/** What became of an update. Somebody else having been first is an answer, not an error. */
export type TextPutResult = { readonly ok: true } | { readonly ok: false; readonly reason: "conflict" };

/** What to look for. All conditions hold together. */
export type TextQuery = {
  /** In which streams. */
  readonly streams: readonly string[];
  /** Words that have to be there, in `words` or in `aside`, and how some others have to begin. One or more in all. */
  readonly words: readonly string[];
  readonly beginnings: readonly string[];
  /** Only what one of these said, or what is of one of these kinds. */
  readonly by?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  /** Only what was said from this instant on, and before that one. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** At most this many. */
  readonly limit: number;
};

/** A document that was found. */
export type TextHit = {
  readonly stream: string;
  readonly id: string;
  readonly events: readonly string[];
  readonly at: number;
  /** How well it fits: more is better. Only what was found at once can be compared. */
  readonly score: number;
};

/**
 * An index over the words of what streams hold, kept where they are: a cache, which may be thrown away at any time. What
 * the words are is decided by whoever puts them in; to the index they are texts, compared code unit by code unit. Nothing
 * in them, nor in names and ids, has a meaning: quotes, operators and wildcards of the database least of all.
 */
export type TextIndex = {
  /** How far a stream is; `{ revision: 0, epoch: 0 }` for one that was never put in. */
  indexed(stream: string): Promise<TextPosition>;

  /**
   * Brings a stream further. MUST do so whole or not at all, and only if the stream is at `after` at that very moment:
   * of any number of callers, one wins.
   */
  put(stream: string, update: TextUpdate): Promise<TextPutResult>;

  /**
   * Takes everything of a stream out. Its revision is 0 then, and its epoch one more, so that nobody puts in what they
   * have read before. `erase` of the store MUST do the same for the stream whose payloads it changes.
   */
  drop(stream: string): Promise<void>;

  /** Finds documents: all that fit, the best first, and of those that fit alike the newest. */
  query(query: TextQuery): Promise<readonly TextHit[]>;
};
