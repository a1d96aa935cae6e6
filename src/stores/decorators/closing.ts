import { StoreError } from "../../kernel/errors.js";
import type { CancelSignal, FeedCommit } from "../contract.js";

/** The end of one store that stands around another, whatever becomes of the other. */
export type Closing = {
  /** @throws StoreError `STORE_CLOSED` where it has come. */
  ensureOpen(): void;
  /**
   * A signal that is aborted when the caller's is, or when the end comes. It holds on to neither: both are listened to
   * only while somebody listens to it.
   */
  join(signal: CancelSignal | undefined): CancelSignal;
  /** What a feed gives up to the end, and then no error: a feed that waits just ends. */
  endFeed(feed: AsyncIterable<FeedCommit>): AsyncGenerator<FeedCommit, void, undefined>;
  close(): void;
};

export function createClosing(): Closing {
  /** Those who listen, by the signal that they listen to. */
  const listening = new Set<Set<() => void>>();
  let closed = false;
  const asError = (): StoreError => new StoreError("STORE_CLOSED", "The store has been closed.");
  const ensureOpen = (): void => {
    if (closed) throw asError();
  };
  return {
    ensureOpen,
    join(signal) {
      const listeners = new Set<() => void>();
      return {
        get aborted() {
          return closed || signal?.aborted === true;
        },
        get reason() {
          return closed && !signal?.aborted ? asError() : signal?.reason;
        },
        addEventListener(type, listener) {
          listening.add(listeners.add(listener));
          signal?.addEventListener(type, listener);
        },
        removeEventListener(type, listener) {
          listeners.delete(listener);
          if (listeners.size === 0) listening.delete(listeners);
          signal?.removeEventListener(type, listener);
        },
      };
    },
    async *endFeed(feed) {
      ensureOpen();
      try {
        for await (const commit of feed) {
          if (closed) return;
          yield commit;
        }
      } catch (error) {
        if (!closed) throw error;
      }
    },
    close() {
      closed = true;
      for (const listeners of listening) for (const listener of listeners) listener();
    },
  };
}
