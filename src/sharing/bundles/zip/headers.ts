import { altered, invalid, truncated } from "../faults.js";
import { type Cursor, u16, u32 } from "./cursor.js";

// The records of a zip (APPNOTE.TXT 6.3, sections 4.3.7, 4.3.9, 4.3.12 and 4.3.16). No extensions for more than 4 GB, no encryption.

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
export const DESCRIPTOR = 0x08074b50;

/** What stands before the bytes of a file. */
export type LocalHeader = {
  readonly name: string;
  /** 0 is stored, 8 is deflated. */
  readonly method: 0 | 8;
  /** `null` where sizes and checksum come after the bytes. */
  readonly sizes: Sizes | null;
};

/** How large a file is, packed and unpacked, and its CRC-32. */
export type Sizes = { readonly crc: number; readonly packed: number; readonly size: number };

const decoder = /* @__PURE__ */ new TextDecoder("utf-8");

/** Reads what stands before the next file; `undefined` after the last one. */
export async function readLocal(cursor: Cursor): Promise<LocalHeader | undefined> {
  if (!(await cursor.need(4))) throw truncated();
  const signature = u32(cursor.bytes(), 0);
  if (signature === CENTRAL || signature === END) return undefined;
  if (signature !== LOCAL) throw invalid("it is no zip that can be read");
  if (!(await cursor.need(30))) throw truncated();
  const head = cursor.bytes();
  const [flags, method, nameLength] = [u16(head, 6), u16(head, 8), u16(head, 26)];
  if (flags & 1) throw invalid("the zip is encrypted");
  if (method !== 0 && method !== 8)
    throw invalid(`the zip has a file that is packed in another way (${method})`);
  const sizes = { crc: u32(head, 14), packed: u32(head, 18), size: u32(head, 22) };
  const length = 30 + nameLength + u16(head, 28);
  if (!(await cursor.need(length))) throw truncated();
  const name = decoder.decode(cursor.bytes().subarray(30, 30 + nameLength));
  cursor.skip(length);
  return { name, method, sizes: flags & 8 ? null : sizes };
}

/**
 * Reads the table of contents. Tools that start from it must see the same files: a zip that shows some of them to one reader and
 * others to another is refused.
 */
export async function readContents(cursor: Cursor, names: readonly string[]): Promise<void> {
  for (let index = 0; ; index++) {
    if (!(await cursor.need(22))) throw truncated();
    const signature = u32(cursor.bytes(), 0);
    if (signature === END) {
      if (index !== names.length) throw altered("the zip does not hold the files that it lists");
      return;
    }
    if (signature !== CENTRAL) throw invalid("it is no zip that can be read");
    if (!(await cursor.need(46))) throw truncated();
    const head = cursor.bytes();
    const nameLength = u16(head, 28);
    const length = 46 + nameLength + u16(head, 30) + u16(head, 32);
    if (!(await cursor.need(length))) throw truncated();
    const name = decoder.decode(cursor.bytes().subarray(46, 46 + nameLength));
    if (name !== names[index]) throw altered("the zip does not hold the files that it lists");
    cursor.skip(length);
  }
}
