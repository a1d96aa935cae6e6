import type { CancelSignal } from "../contract.js";
import { pause } from "../follow.js";

/** Tells those who wait for commits that there are some: in this store at once, and in other tabs of the browser. */
export type Bell = {
  /** Tells everyone, also in other tabs. */
  ring(): void;
  /** Tells only those who wait here. */
  wake(): void;
  /** How often it was heard so far. Ask before looking for commits, so that none is missed before waiting. */
  heard(): number;
  /** Waits until it was heard more often than that, or for so many milliseconds, or until the signal is aborted. */
  wait(heard: number, milliseconds: number, signal: CancelSignal | undefined): Promise<void>;
  /** Wakes those who wait, and hears nothing of other tabs from then on. */
  close(): void;
};

/** What Node adds to a channel: without it, an open one keeps the process alive. */
type Unreferenced = { unref?(): void };

/** A bell that is heard by those of the same name, as far as the browser has `BroadcastChannel`. */
export function createBell(name: string): Bell {
  const sleeping = new Set<() => void>();
  let count = 0;
  let closed = false;
  let channel: BroadcastChannel | undefined;

  const wake = (): void => {
    count += 1;
    for (const up of sleeping) up();
  };
  // Opened when it is first of use: a store that was only made holds nothing.
  const listen = (): void => {
    if (channel || closed || typeof BroadcastChannel === "undefined") return;
    try {
      channel = new BroadcastChannel(`chat-spaces:${name}`);
    } catch {
      // A page without an origin may not have one. It may have no databases either, which is told elsewhere.
      return;
    }
    channel.addEventListener("message", wake);
    (channel as Unreferenced).unref?.();
  };

  return {
    wake,
    ring() {
      listen();
      wake();
      channel?.postMessage(null);
    },
    heard() {
      listen();
      return count;
    },
    async wait(heard, milliseconds, signal) {
      if (count !== heard || signal?.aborted) return;
      const sleep = new AbortController();
      const up = (): void => sleep.abort();
      sleeping.add(up);
      signal?.addEventListener("abort", up);
      // Being woken is no fault; whether the waiting is over for good, those who wait see for themselves.
      await pause(milliseconds, sleep.signal).catch(() => {});
      signal?.removeEventListener("abort", up);
      sleeping.delete(up);
    },
    close() {
      closed = true;
      channel?.close();
      channel = undefined;
      wake();
    },
  };
}
