import type { webcrypto } from "node:crypto";
import { type FeedCommit, type SpaceStore, StoreError } from "chat-spaces";

/** A key that nobody else has. */
export function newKey(length: 128 | 256 = 256): Promise<webcrypto.CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length }, false, ["encrypt", "decrypt"]);
}

/** All that a feed has to give now. */
export async function drain(store: SpaceStore, after?: string): Promise<readonly FeedCommit[]> {
  const commits: FeedCommit[] = [];
  for await (const commit of store.feed?.({ after, follow: false }) ?? []) commits.push(commit);
  return commits;
}

/** A fault that passes. */
export const passing = () => new StoreError("STORE_UNREACHABLE", "The line is down.");

/** The faults that are to come, each at the next call of a part of the store: before anything is done, or after. */
export type Trouble = { readonly before: unknown[]; readonly after: unknown[] };

/** A store in which what is written in `trouble` goes wrong. */
export function troubled(store: SpaceStore, trouble: Trouble): SpaceStore {
  const troubling = <Args extends readonly unknown[], Answer>(act: (...args: Args) => Promise<Answer>) => {
    return async (...args: Args): Promise<Answer> => {
      if (trouble.before.length > 0) throw trouble.before.shift();
      const answer = await act(...args);
      if (trouble.after.length > 0) throw trouble.after.shift();
      return answer;
    };
  };
  return {
    ...store,
    read: troubling(store.read),
    append: troubling(store.append),
    ...(store.streams && { streams: troubling(store.streams) }),
    ...(store.erase && { erase: troubling(store.erase) }),
    ...(store.snapshots && {
      snapshots: { load: troubling(store.snapshots.load), save: troubling(store.snapshots.save) },
    }),
  };
}

/** A signal that counts who listens to it. */
export function countingSignal() {
  const controller = new AbortController();
  const listeners = new Set<() => void>();
  const signal = {
    get aborted() {
      return controller.signal.aborted;
    },
    get reason(): unknown {
      return controller.signal.reason;
    },
    addEventListener: (_: "abort", listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: "abort", listener: () => void) => void listeners.delete(listener),
  };
  return { signal, listeners };
}
