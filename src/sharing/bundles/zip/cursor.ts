/** Bytes that come in pieces, read from the front. */
export type Cursor = {
  /** Whether there are so many bytes to be had; then they are in `bytes`. */
  need(count: number): Promise<boolean>;
  /** What has come in and was not passed over. */
  bytes(): Uint8Array;
  skip(count: number): void;
};

/** Starts before the first byte. */
export function cursorOn(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Cursor {
  const pieces = iteratorOf(source);
  let held: Uint8Array = new Uint8Array();
  let ended = false;
  return {
    async need(count) {
      while (held.length < count && !ended) {
        const next = await pieces.next();
        if (next.done) ended = true;
        else held = held.length === 0 ? next.value : joined(held, next.value);
      }
      return held.length >= count;
    },
    bytes: () => held,
    skip(count) {
      held = held.subarray(count);
    },
  };
}

async function* iteratorOf(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* source;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

/** Little-endian numbers, as a zip has them. */
export const u16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
export const u32 = (bytes: Uint8Array, at: number): number =>
  (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
