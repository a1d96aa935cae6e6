import type { CancelSignal } from "./contract.js";
import { pause } from "./follow.js";

/** Wakes the feeds of a store that wait for its next commit: when the store itself appends, or is closed. */
export type Bell = {
  /** Wakes them. */
  ring(): void;
  /** How often it has been rung. Ask before looking for commits, so that none is missed before waiting. */
  rung(): number;
  /** Waits until it has been rung more often than that, or for so many milliseconds; rejects with the signal's reason. */
  wait(rung: number, milliseconds: number, signal: CancelSignal | undefined): Promise<void>;
};

/** A bell that nobody waits for yet. */
export function createBell(): Bell {
  const sleepers = new Set<() => void>();
  let count = 0;
  return {
    ring() {
      count += 1;
      for (const wake of sleepers) wake();
    },
    rung: () => count,
    async wait(rung, milliseconds, signal) {
      if (rung !== count) return;
      // A pause ends when its signal says so: this one says so also when the bell rings, without being aborted.
      await pause(milliseconds, {
        get aborted() {
          return signal?.aborted ?? false;
        },
        get reason() {
          return signal?.reason;
        },
        addEventListener(type, wake) {
          sleepers.add(wake);
          signal?.addEventListener(type, wake);
        },
        removeEventListener(type, wake) {
          sleepers.delete(wake);
          signal?.removeEventListener(type, wake);
        },
      });
    },
  };
}
