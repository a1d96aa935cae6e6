import type { CancelSignal } from "../contract.js";
import { pause } from "../follow.js";

/** Wakes the feeds of a store that wait, when the store itself appends or is closed. */
export type Bell = {
  ring(): void;
  /** How often it has rung so far. Ask before looking for commits, so that none is missed before waiting. */
  rung(): number;
  /** Waits until it has rung more often than that, or for so many milliseconds, or until the signal is aborted. */
  wait(rung: number, milliseconds: number, signal: CancelSignal | undefined): Promise<void>;
};

export function createBell(): Bell {
  const waiting = new Set<() => void>();
  let count = 0;
  return {
    ring() {
      count += 1;
      for (const wake of waiting) wake();
    },
    rung: () => count,
    async wait(rung, milliseconds, signal) {
      if (count !== rung) return;
      // To whoever pauses, being woken looks like being aborted; whether it was, only the caller's signal says.
      await pause(milliseconds, {
        get aborted() {
          return signal?.aborted ?? false;
        },
        get reason() {
          return signal?.reason;
        },
        addEventListener(type, listener) {
          waiting.add(listener);
          signal?.addEventListener(type, listener);
        },
        removeEventListener(type, listener) {
          waiting.delete(listener);
          signal?.removeEventListener(type, listener);
        },
      });
    },
  };
}
