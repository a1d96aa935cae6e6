import { throwIfAborted } from "./commit.js";
import type { CancelSignal, FeedCommit, FeedOptions } from "./contract.js";

/** What a feed is made of. */
export type FeedSource = {
  /** The commits that come next after a cursor, as many as are easily given at once; none where there are none yet. */
  page(after: string | undefined): Promise<readonly FeedCommit[]>;
  /** Waits until there may be more, or not worth longer. Called only after an empty page. */
  wait(signal: CancelSignal | undefined): Promise<void>;
  /** Whether the store has been closed, so that nothing more is to come. */
  isClosed(): boolean;
};

/**
 * A feed from pages, for stores: gives one commit after the other, waits at the end, and ends as the contract says.
 *
 * ```ts
 * const source = { page: (after) => commitsAfter(after), wait: (signal) => pause(200, signal), isClosed: () => closed };
 * return { ...store, feed: (options) => follow(source, options) };
 * ```
 */
export async function* follow(
  source: FeedSource,
  { after, follow: goesOn = true, signal }: FeedOptions = {},
): AsyncGenerator<FeedCommit, void, undefined> {
  for (let cursor = after; ; ) {
    throwIfAborted(signal);
    if (source.isClosed()) return;
    const commits = await source.page(cursor);
    for (const commit of commits) {
      throwIfAborted(signal);
      // Before the caller has it in hand, who may do to it what they like.
      cursor = commit.cursor;
      yield commit;
    }
    if (commits.length > 0) continue;
    if (!goesOn) return;
    await source.wait(signal);
  }
}

/** For the waiting of a feed: resolves after so many milliseconds; rejects with the signal's reason when that is aborted. */
export async function pause(milliseconds: number, signal: CancelSignal | undefined): Promise<void> {
  let stop = (): void => {};
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    stop = () => {
      clearTimeout(timer);
      resolve();
    };
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop);
  });
  signal?.removeEventListener("abort", stop);
  throwIfAborted(signal);
}
