import { StoreError } from "../kernel/errors.js";
import type { SpaceEvent } from "../model/events.js";
import { readStream } from "../model/streams.js";
import type { CancelSignal, SpaceStore } from "../stores/contract.js";
import type { Sessions } from "./sessions.js";

/** From where to follow, and until when. */
export type FollowOptions = {
  /** The cursor that `onCursor` was last told. Default: only what is appended from now on. */
  readonly after?: string | undefined;
  /** Told after everything up to a cursor has been passed on. Keep the last one to go on from there another time. */
  readonly onCursor?: ((cursor: string) => void | Promise<void>) | undefined;
  /** Ends the following. */
  readonly signal: CancelSignal;
};

/** What of the following a client needs to know: which events it has told its listeners already. */
export type Following = {
  /** Remembers what this client appended and told of itself. */
  told(events: readonly SpaceEvent[]): void;
  run(options: FollowOptions): Promise<void>;
};

/** Brings what others append to the handles and the listeners of a client. */
export function followingOf(
  store: SpaceStore,
  sessions: Sessions,
  emit: (space: string, events: readonly SpaceEvent[]) => void,
): Following {
  const own = new Set<string>();
  let running = 0;
  return {
    told(events) {
      if (running > 0) for (const { id } of events) own.add(id);
    },
    async run({ after, onCursor, signal }) {
      if (!store.feed || !store.capabilities.feed) {
        throw new StoreError("STORE_NO_FEED", "This store has no feed to follow.");
      }
      running++;
      try {
        let cursor = after;
        // Without a cursor the past is walked through once, in silence, to find where now is.
        if (after === undefined) {
          for await (const commit of store.feed({ follow: false, signal })) {
            cursor = commit.cursor;
            for (const { id } of commit.events) own.delete(id);
          }
          if (cursor !== undefined) await onCursor?.(cursor);
        }
        for await (const commit of store.feed({ after: cursor, signal })) {
          const parts = readStream(commit.stream);
          if (parts) {
            if (parts.kind === "space") await sessions.known(parts.space)?.refresh();
            const events = commit.events as unknown as readonly SpaceEvent[];
            const fresh = events.filter(({ id }) => !own.delete(id));
            emit(
              parts.space,
              fresh.filter(({ data }) => data !== null),
            );
          }
          await onCursor?.(commit.cursor);
        }
      } catch (error) {
        // To be ended is what the signal is for.
        if (!signal.aborted) throw error;
      } finally {
        running--;
        if (running === 0) own.clear();
      }
    },
  };
}
