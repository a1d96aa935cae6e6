import { Inflate } from "fflate";
import { altered, invalid, tooLarge } from "../faults.js";
import { crc32 } from "./crc.js";
import { type Cursor, cursorOn } from "./cursor.js";
import { type LocalHeader, readContents, readLocal } from "./headers.js";
import { BUNDLE_NAME, MEDIA_FOLDER, nameKeeper } from "./names.js";
import { packedBytes } from "./packed.js";

/** How much a zip may unpack to. What it says of itself is not believed. */
export type ZipLimits = {
  /** How many files. Default 10,000. */
  readonly files?: number | undefined;
  /** How large one may be, in bytes. Default 4 GB. */
  readonly file?: number | undefined;
  /** How large all may be together, in bytes. Default 16 GB. */
  readonly total?: number | undefined;
  /** How many times as large as packed a file may be, past its first megabyte. Default 200. */
  readonly ratio?: number | undefined;
};

/** A file of a zip: the bundle itself, or one that belongs to it. */
export type ZippedFile = {
  readonly kind: "bundle" | "media";
  /** `bundle.jsonl`, or the name of the attachment. */
  readonly name: string;
  /** What is in it, unpacked as it is read. To be read, if at all, before the next file is asked for. */
  readonly bytes: AsyncIterable<Uint8Array>;
};

const DEFAULTS = { files: 10_000, file: 2 ** 32, total: 2 ** 34, ratio: 200 };
const FIRST = 2 ** 20;

type Limits = { readonly [K in keyof ZipLimits]-?: number };
type Unpacked = { total: number };

/**
 * Unpacks a zip that `zipBundle` made, file by file, as it comes in. Nothing is written anywhere: that is for whoever calls it, and
 * the names are safe to write under.
 *
 * ```ts
 * for await (const { kind, name, bytes } of unzipBundle(createReadStream("spring-drop.zip"))) {
 *   if (kind === "media") await writeFile(join("media", name), bytes);
 * }
 * ```
 *
 * @throws ImportError with a code that begins with `BUNDLE_`. Files that came before may have been given already.
 */
export async function* unzipBundle(
  zip: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { limits = {} }: { readonly limits?: ZipLimits | undefined } = {},
): AsyncGenerator<ZippedFile> {
  const most = limitsOf(limits);
  const cursor = cursorOn(zip);
  const keep = nameKeeper();
  const names: string[] = [];
  const unpacked = { total: 0 };
  for (;;) {
    const header = await readLocal(cursor);
    if (!header) break;
    names.push(header.name);
    if (names.length > most.files) throw tooLarge("The number of files in the zip", most.files);
    const bytes = unpack(cursor, header, most, unpacked);
    if (header.name !== MEDIA_FOLDER) yield { ...placeOf(header.name, keep), bytes: withoutEnd(bytes) };
    // What nobody read has to be passed over all the same, and counts.
    for await (const _ of bytes);
  }
  if (!names.includes(BUNDLE_NAME)) throw invalid("the zip holds none");
  await readContents(cursor, names);
}

function limitsOf(limits: ZipLimits): Limits {
  const given = Object.entries(limits).filter(([, limit]) => limit !== undefined);
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

function placeOf(name: string, keep: (name: string) => void): Pick<ZippedFile, "kind" | "name"> {
  if (name === BUNDLE_NAME) {
    keep(name);
    return { kind: "bundle", name };
  }
  const inFolder = name.startsWith(MEDIA_FOLDER) ? name.slice(MEDIA_FOLDER.length) : undefined;
  keep(inFolder ?? name);
  if (inFolder === undefined)
    throw invalid(`the zip has a file that belongs to none: ${JSON.stringify(name)}`);
  return { kind: "media", name: inFolder };
}

/** The same bytes, of which somebody may leave the rest: who breaks off does not end them. */
function withoutEnd(bytes: AsyncGenerator<Uint8Array>): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => ({ next: () => bytes.next() }) };
}

async function* unpack(
  cursor: Cursor,
  header: LocalHeader,
  most: Limits,
  unpacked: Unpacked,
): AsyncGenerator<Uint8Array> {
  const inflate = header.method === 8 ? inflater() : (piece: Uint8Array) => [piece];
  const packed = packedBytes(cursor, header);
  let [crc, size, taken] = [0, 0, 0];
  for (;;) {
    const next = await packed.next();
    if (next.done) {
      const said = next.value;
      if (said.crc !== crc || said.size !== size) throw altered(`${header.name} is not as it was packed`);
      return;
    }
    taken += next.value.length;
    for (const bytes of inflate(next.value)) {
      crc = crc32(bytes, crc);
      size += bytes.length;
      unpacked.total += bytes.length;
      if (size > most.file) throw tooLarge("A file in the zip", most.file);
      if (unpacked.total > most.total) throw tooLarge("The zip, unpacked,", most.total);
      if (size > FIRST && size > taken * most.ratio)
        throw tooLarge("The ratio of a file in the zip to its packed form", most.ratio);
      if (bytes.length > 0) yield bytes;
    }
  }
}

/** Undoes deflate, piece by piece. */
function inflater(): (piece: Uint8Array) => readonly Uint8Array[] {
  let ready: Uint8Array[] = [];
  const inflate = new Inflate((bytes) => void ready.push(bytes));
  return (piece) => {
    ready = [];
    try {
      inflate.push(piece, false);
    } catch {
      throw altered("a file in the zip is damaged");
    }
    return ready;
  };
}
