import type { CancelSignal } from "chat-spaces";

/** A signal that tells when somebody begins to listen to it, as a feed does that has come to the end and waits. */
export function heeded() {
  const listeners = new Set<() => void>();
  let tell = (): void => {};
  const listening = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const signal: CancelSignal & { aborted: boolean; reason?: unknown } = {
    aborted: false,
    addEventListener(_, listener) {
      listeners.add(listener);
      tell();
    },
    removeEventListener: (_, listener) => listeners.delete(listener),
  };
  const abort = (reason: unknown): void => {
    signal.aborted = true;
    signal.reason = reason;
    for (const listener of listeners) listener();
  };
  return { signal, listeners, listening, abort };
}
