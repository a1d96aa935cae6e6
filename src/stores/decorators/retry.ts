import { InvalidInputError, StoreError } from "../../kernel/errors.js";
import { quote } from "../../kernel/text.js";
import { type Duration, toMilliseconds } from "../../kernel/time.js";
import { throwIfAborted } from "../commit.js";
import type { CancelSignal, FeedCommit, FeedOptions, SpaceStore } from "../contract.js";
import { pause } from "../follow.js";
import { createClosing } from "./closing.js";
import { copyCommit, copyRequest } from "./copies.js";
import { decorate, same } from "./decorate.js";

/** How often a call is made, and when. */
export type RetryOptions = {
  /** How often a call is made at most, the first time included: 1 or more, or `Infinity`. Default 5. */
  readonly attempts?: number | undefined;
  /**
   * How long to wait before the second attempt. Before each further one it is twice as long, up to half a minute or
   * this delay, whichever is longer. Default `50ms`.
   */
  readonly delay?: Duration | undefined;
  /** What waits, for so many milliseconds or until the signal is aborted. Default: a timer. */
  readonly wait?: ((milliseconds: number, signal: CancelSignal) => Promise<void>) | undefined;
};

/** How long waiting may become by doubling, in milliseconds. */
const LONGEST_DELAY = 30_000;

/** The longest that timers can wait, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * A store that makes a call again where it failed for a reason that passes by itself: the database is busy, the
 * connection was lost.
 *
 * ```ts
 * const store = withRetry(postgresStore({ pool }), { attempts: 8, delay: "100ms" });
 * ```
 *
 * Only what says so itself is repeated (`transient` of a `StoreError`); conflicts and all other faults are passed on at
 * once, and after the last attempt its error, as it is. Appending again is safe because a commit has an id: where only
 * the answer was lost, the next attempt hears it as `replayed`. Of an erasure whose answer was lost, the next attempt
 * does not count what the first one has erased. Snapshots are loaded again, but not saved again: they are only a cache.
 *
 * A feed goes on after the last commit it gave. Each commit that comes through starts the count anew, and so does a
 * feed that has come to the end of what there is: one that waits for days does not add up its faults. A signal also
 * ends the waiting for another attempt, and so does closing.
 *
 * @throws InvalidInputError `INVALID_INPUT` where `attempts` is not a number of attempts or `delay` not a duration.
 */
export function withRetry(store: SpaceStore, options: RetryOptions = {}): SpaceStore {
  const { attempts = 5, delay = "50ms", wait = pause } = options;
  if (!(Number.isSafeInteger(attempts) || attempts === Infinity) || attempts < 1) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      `${quote(attempts)} is not a number of attempts: 1, 2, 3, ... or Infinity.`,
    );
  }
  const shortest = Math.min(toMilliseconds(delay), LONGEST_TIMER);
  const closing = createClosing();

  /** Waits for another attempt after so many have failed. Where there is none to come it throws the last error. */
  const recover = async (error: unknown, failed: number, signal?: CancelSignal): Promise<void> => {
    if (!(error instanceof StoreError && error.transient) || failed >= attempts) throw error;
    const either = closing.join(signal);
    await wait(delayAfter(failed, shortest), either);
    throwIfAborted(either);
  };

  const repeat = async <Answer>(act: () => Promise<Answer>, signal?: CancelSignal): Promise<Answer> => {
    for (let failed = 1; ; failed++) {
      try {
        return await act();
      } catch (error) {
        await recover(error, failed, signal);
      }
    }
  };

  return decorate(store, {
    capabilities: same,

    read: (read) => (stream, options) => repeat(() => read(stream, options), options?.signal),

    append: (append) => async (stream, commit) => {
      const copy = copyCommit(stream, commit);
      return repeat(() => append(stream, copy));
    },

    feed: (feed) => {
      async function* resumed(options: FeedOptions = {}): AsyncGenerator<FeedCommit, void, undefined> {
        const { follow = true, signal } = options;
        let { after } = options;
        for (let failed = 0; ; ) {
          // After a fault first what is there already: having come to its end shows that the store is well again.
          const catchesUp = failed > 0;
          try {
            for await (const commit of feed({ ...options, after, follow: follow && !catchesUp })) {
              failed = 0;
              after = commit.cursor;
              yield commit;
            }
            if (!follow || !catchesUp) return;
            failed = 0;
          } catch (error) {
            failed++;
            await recover(error, failed, signal);
          }
        }
      }
      return (options) => closing.endFeed(resumed(options));
    },

    streams: (streams) => (options) => repeat(() => streams(options)),

    erase: (erase) => async (stream, request) => {
      const copy = copyRequest(request);
      return repeat(() => erase(stream, copy));
    },

    snapshots: (snapshots) => ({
      load: (stream, version) => repeat(() => snapshots.load(stream, version)),
      save: (stream, version, snapshot) => snapshots.save(stream, version, snapshot),
    }),

    // An update that was put in without our hearing of it meets a conflict, and whoever put it in looks again.
    search: (search) => ({
      indexed: (stream) => repeat(() => search.indexed(stream)),
      put: (stream, update) => repeat(() => search.put(stream, update)),
      drop: (stream) => repeat(() => search.drop(stream)),
      query: (query) => repeat(() => search.query(query)),
    }),

    close: (close) => async () => {
      closing.close();
      await close();
    },
  });
}

function delayAfter(failed: number, shortest: number): number {
  return Math.min(shortest * 2 ** Math.min(failed - 1, 31), Math.max(shortest, LONGEST_DELAY));
}
