import type { FeedCommit, FeedOptions, SpaceStore } from "../contract.js";
import { ConformanceError, demand } from "./assert.js";
import { within } from "./patience.js";
import { show } from "./show.js";
import type { World } from "./world.js";

/** A feed of a store that is declared to have one. */
export function feedOf(store: SpaceStore, options?: FeedOptions): AsyncIterable<FeedCommit> {
  demand(typeof store.feed === "function", "A store that declares `feed` must have it.");
  return store.feed(options);
}

/** Everything that a feed has to give up to now. */
export async function drain(
  { patience }: Pick<World, "patience">,
  store: SpaceStore,
  after?: string,
): Promise<readonly FeedCommit[]> {
  const given: FeedCommit[] = [];
  const reading = async () => {
    for await (const commit of feedOf(store, { follow: false, after })) given.push(commit);
    return given;
  };
  return within(
    patience,
    reading(),
    () =>
      `A feed that is not to follow must end where there is nothing left to give.\n  given:    ${told(given)}`,
  );
}

/** Somebody who reads a feed commit by commit, and waits for what is to come. */
export type Reader = {
  /** The next commit, which must come in time. */
  next(sentence: string): Promise<FeedCommit>;
  /** The next so many commits. */
  take(count: number, sentence: string): Promise<readonly FeedCommit[]>;
  /** What becomes of the iteration: the answer to asking it for more. */
  ask(): Promise<IteratorResult<FeedCommit, unknown>>;
  /** Leaves, which is always possible between two commits. */
  leave(): Promise<void>;
};

/** Starts to read a feed. */
export function reader({ patience }: World, store: SpaceStore, options?: FeedOptions): Reader {
  const iterator = feedOf(store, options)[Symbol.asyncIterator]();
  const given: FeedCommit[] = [];
  const next = async (sentence: string): Promise<FeedCommit> => {
    const answer = await within(patience, iterator.next(), () => `${sentence}\n  given:    ${told(given)}`);
    if (answer.done) throw new ConformanceError(`${sentence}\n  came:     the end of the feed`);
    given.push(answer.value);
    return answer.value;
  };
  const take = async (count: number, sentence: string): Promise<readonly FeedCommit[]> => {
    const taken: FeedCommit[] = [];
    while (taken.length < count) taken.push(await next(sentence));
    return taken;
  };
  return {
    next: (sentence) => held(next(sentence)),
    take: (count, sentence) => held(take(count, sentence)),
    ask: () => held(iterator.next()),
    async leave() {
      await within(
        patience,
        Promise.resolve(iterator.return?.()),
        "Leaving a feed between two commits must be possible at once.",
      );
    },
  };
}

/**
 * A promise that may be awaited later: should the case have failed before, its rejection does not take the whole
 * process with it.
 */
export function held<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** What a commit is about, in short. */
export function brief({ stream, events }: FeedCommit): string {
  return `${stream} ${events.map(({ revision }) => revision).join(" ")}`;
}

function told(given: readonly FeedCommit[]): string {
  return given.length === 0
    ? "nothing"
    : `${given.length} commits, the last of them ${show(given.slice(-3).map(brief))}`;
}
