import { truncated } from "../faults.js";
import { type Cursor, u32 } from "./cursor.js";
import { DESCRIPTOR, type LocalHeader, type Sizes } from "./headers.js";

/** So few at once that what they unpack to stays small: deflate makes at most about a thousand of one. */
const PIECE = 4_096;
/** The signature, the checksum and both sizes. */
const DESCRIPTOR_LENGTH = 16;

/** Gives the packed bytes of a file, a few at a time, and in the end what the zip says of its sizes. */
export async function* packedBytes(
  cursor: Cursor,
  { sizes }: LocalHeader,
): AsyncGenerator<Uint8Array, Sizes> {
  if (sizes) {
    for (let left = sizes.packed; left > 0; ) {
      if (!(await cursor.need(1))) throw truncated();
      const piece = cursor.bytes().subarray(0, Math.min(left, PIECE));
      cursor.skip(piece.length);
      left -= piece.length;
      yield piece;
    }
    return sizes;
  }
  // The end is where a record stands that names as many bytes as have gone by. A zip inside this one has such records too, with
  // numbers of its own.
  for (let passed = 0; ; ) {
    if (!(await cursor.need(DESCRIPTOR_LENGTH))) throw truncated();
    const held = cursor.bytes();
    const last = Math.min(held.length - DESCRIPTOR_LENGTH, PIECE);
    let at = 0;
    while (at <= last && !(isDescriptor(held, at) && u32(held, at + 8) === passed + at)) at++;
    const piece = held.subarray(0, at);
    cursor.skip(at);
    passed += at;
    if (at > 0) yield piece;
    if (at > last) continue;
    cursor.skip(DESCRIPTOR_LENGTH);
    return { crc: u32(held, at + 4), packed: u32(held, at + 8), size: u32(held, at + 12) };
  }
}

function isDescriptor(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === (DESCRIPTOR & 0xff) && u32(bytes, at) === DESCRIPTOR;
}
