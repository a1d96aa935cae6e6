import { type AsyncZipDeflate, Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { tooLarge } from "../faults.js";
import { type BundleSource, piecesOf } from "../scan.js";
import { BUNDLE_NAME, MEDIA_FOLDER, nameKeeper } from "./names.js";

/** A file that belongs to a bundle: the name is that of the attachment. */
export type MediaFile = {
  readonly name: string;
  readonly bytes: Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
};

/** The most that a zip without extensions can hold. */
const MOST = 2 ** 32 - 1;

/** The date of all files: a zip tells what was said, not when it was packed. */
const MTIME = "1980-01-02T12:00:00Z";

const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * Packs a bundle and the files that belong to it into a zip, as they come: `bundle.jsonl`, and `media/` with the files.
 *
 * ```ts
 * const bundle = exportSpace({ store, space: "spring-drop", by: "ana", media: ["kit.jpg"] });
 * await writeFile("spring-drop.zip", zipBundle(bundle, [{ name: "kit.jpg", bytes: await readFile("kit.jpg") }]));
 * ```
 *
 * @throws ImportError `BUNDLE_UNSAFE_NAME` for a name that could do harm where it is unpacked, or comes twice;
 *   `BUNDLE_TOO_LARGE` past 4 GB.
 */
export async function* zipBundle(
  bundle: BundleSource,
  media: AsyncIterable<MediaFile> | Iterable<MediaFile> = [],
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let fault: Error | undefined;
  let given = 0;
  const zip = new Zip((error, bytes) => {
    if (error) fault = error;
    else if (bytes.length > 0) ready.push(bytes);
  });
  const drain = (): readonly Uint8Array[] => {
    if (fault) throw fault;
    const chunks = ready;
    ready = [];
    given = chunks.reduce((sum, { length }) => sum + length, given);
    if (given > MOST) throw tooLarge("The zip", MOST);
    return chunks;
  };
  const keep = nameKeeper();

  const text = start(zip, new ZipDeflate(BUNDLE_NAME));
  for await (const chunk of piecesOf(bundle)) {
    text.push(typeof chunk === "string" ? encoder.encode(chunk) : chunk, false);
    yield* drain();
  }
  text.push(new Uint8Array(), true);
  for await (const { name, bytes } of media) {
    keep(name);
    // Photos, sounds and videos are compressed already.
    const file = start(zip, new ZipPassThrough(MEDIA_FOLDER + name));
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
      file.push(chunk, false);
      yield* drain();
    }
    file.push(new Uint8Array(), true);
    yield* drain();
  }
  zip.end();
  yield* drain();
}

function start<F extends Exclude<Parameters<Zip["add"]>[0], AsyncZipDeflate>>(zip: Zip, file: F): F {
  file.mtime = MTIME;
  zip.add(file);
  return file;
}
