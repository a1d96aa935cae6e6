import { type Bell, createBell } from "../bell.js";

/** A bell that is also heard in other tabs of the browser. */
export type SharedBell = Bell & {
  /** Wakes only those who wait here. */
  wake(): void;
  /** Wakes those who wait, and hears nothing of other tabs from then on. */
  close(): void;
};

/** What Node adds to a channel: without it, an open one keeps the process alive. */
type Unreferenced = { unref?(): void };

/** A bell that is heard by those of the same name, as far as the browser has `BroadcastChannel`. */
export function createSharedBell(name: string): SharedBell {
  const here = createBell();
  let closed = false;
  let channel: BroadcastChannel | undefined;

  // Opened when it is first of use: a store that was only made holds nothing.
  const listen = (): void => {
    if (channel || closed || typeof BroadcastChannel === "undefined") return;
    try {
      channel = new BroadcastChannel(`chat-spaces:${name}`);
    } catch {
      // A page without an origin may not have one. It may have no databases either, which is told elsewhere.
      return;
    }
    channel.addEventListener("message", here.ring);
    (channel as Unreferenced).unref?.();
  };

  return {
    wake: here.ring,
    wait: here.wait,
    ring() {
      listen();
      here.ring();
      channel?.postMessage(null);
    },
    rung() {
      listen();
      return here.rung();
    },
    close() {
      closed = true;
      channel?.close();
      channel = undefined;
      here.ring();
    },
  };
}
