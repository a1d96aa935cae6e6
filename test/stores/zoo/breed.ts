import type { SpaceStore, StoredEvent } from "chat-spaces";
import { createMemoryBacking } from "chat-spaces";
import type { OpenedStores, StoreCasesOptions } from "chat-spaces/conformance";
import type { Commit, FeedCommit, FeedOptions, NewEvent } from "../../../src/stores/contract.js";

/** A store that has everything. */
export type WholeStore = Required<SpaceStore>;

/** Where a handle is: what all handles on the same data have in common, and which of them it is. */
export type Place = {
  readonly who: "a" | "b" | "again";
  /** Whatever the handles of one place have to remember together. */
  readonly notes: Map<string, unknown>;
  readonly client: { isOpen: boolean };
  /** A handle on the same data that nobody closes. */
  readonly undying: WholeStore;
};

/** What is broken about an otherwise honest store. */
export type Breed = (store: WholeStore, place: Place) => Partial<WholeStore>;

/** Broken stores by what is broken about them. */
export type Zoo = { readonly [what: string]: Breed };

/** What all animals declare. */
export const DECLARED = {
  ...{ durable: true, shared: true, feed: true, erase: true, streams: true, close: true, client: true },
  // Nothing in memory takes time: what does not come at once does not come.
  patience: 50,
} as const satisfies StoreCasesOptions;

/** Two handles of a breed. Their memory outlives them, so that they can be opened again; they pretend to a client. */
export function openBreed(breed: Breed): OpenedStores {
  const backing = createMemoryBacking();
  const client = { isOpen: true };
  const notes = new Map<string, unknown>();
  const undying = backing.open() as WholeStore;
  const handle = (who: Place["who"]): SpaceStore => {
    const store = {
      ...(backing.open() as WholeStore),
      capabilities: { durable: true, shared: true, feed: true, erase: true },
    };
    return { ...store, ...breed(store, { who, notes, client, undying }) };
  };
  return { a: handle("a"), b: handle("b"), reopen: () => handle("again"), isClientOpen: () => client.isOpen };
}

// --- What many breeds have in common ------------------------------------------------------------------------------

/** Changes events on their way in. */
export const changingIn =
  (change: (event: NewEvent) => NewEvent): Breed =>
  (store) => ({
    append: async (stream, commit) =>
      store.append(stream, {
        ...commit,
        events: Array.isArray(commit.events)
          ? commit.events.map((event) => (event ? change(event) : event))
          : commit.events,
      }),
  });

/** Changes events on their way out. */
export const changingOut =
  (change: (event: StoredEvent) => StoredEvent): Breed =>
  (store) => ({
    async read(stream, options) {
      const { head, events } = await store.read(stream, options);
      return { head, events: events.map(change) };
    },
    feed: (options) =>
      mapFeed(store.feed(options), (commit) => ({ ...commit, events: commit.events.map(change) })),
  });

/** Changes payloads on their way in, all the way down. */
export const changingData = (change: (value: unknown, key: string) => unknown): Breed =>
  changingIn((event) => ({
    ...event,
    data:
      asJson(event.data) === undefined
        ? event.data
        : JSON.parse(asJson(event.data) ?? "", (key, value) => change(value, key)),
  }));

/** Takes some names for others. */
export const renaming =
  (rename: (name: string) => string): Breed =>
  (store) => ({
    read: (stream, options) => store.read(typeof stream === "string" ? rename(stream) : stream, options),
    append: (stream, commit) => store.append(typeof stream === "string" ? rename(stream) : stream, commit),
    erase: (stream, request) => store.erase(rename(stream), request),
  });

/** Changes the commits that a feed gives, or leaves some out. */
export async function* mapFeed(
  feed: AsyncIterable<FeedCommit>,
  change: (commit: FeedCommit) => FeedCommit | undefined | readonly FeedCommit[],
): AsyncGenerator<FeedCommit, void, undefined> {
  for await (const commit of feed) {
    const changed = change(commit);
    if (Array.isArray(changed)) yield* changed;
    else if (changed) yield changed as FeedCommit;
  }
}

/** Everything that a feed has to give up to now. */
export async function all(store: WholeStore, options?: FeedOptions): Promise<readonly FeedCommit[]> {
  const commits: FeedCommit[] = [];
  for await (const commit of store.feed({ ...options, follow: false })) commits.push(commit);
  return commits;
}

/** Lets others go first, a few times. */
export async function dawdle(turns = 10): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
}

/** A note that all handles of a place share, made where there is none. */
export function noteOf<T>({ notes }: Place, name: string, make: () => T): T {
  if (!notes.has(name)) notes.set(name, make());
  return notes.get(name) as T;
}

/** The commit with other events. */
export const withEvents = (commit: Commit, events: readonly NewEvent[]): Commit => ({ ...commit, events });

function asJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
