import { lineSplitter } from "./lines.js";
import type { BundleLine } from "./read.js";
import { bundleReader } from "./read.js";

/** A file as it comes: whole, or in pieces. */
export type BundleSource =
  | string
  | Uint8Array
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>;

/** How much a bundle may ask of who reads it. */
export type BundleLimits = {
  /** The longest line, in UTF-16 code units. Default 4,194,304. */
  readonly line?: number | undefined;
};

export const MAX_LINE = 2 ** 22;

/**
 * Reads and checks a whole bundle, as many lines at a time as a chunk brings. What it gives before its end is checked line by line
 * only: whether it is the bundle that was written is known with the last.
 *
 * @throws ImportError with a code that begins with `BUNDLE_`.
 */
export async function* scanBundle(
  source: BundleSource,
  { line = MAX_LINE }: BundleLimits = {},
): AsyncGenerator<readonly BundleLine[]> {
  const splitter = lineSplitter(line);
  const reader = bundleReader();
  for await (const chunk of piecesOf(source)) yield splitter.push(chunk).map(reader.read);
  reader.end(splitter.end());
}

/** The pieces of a file: of one that is whole, itself. */
export function piecesOf(source: BundleSource): Exclude<BundleSource, Uint8Array> {
  return typeof source === "string" || source instanceof Uint8Array ? [source] : source;
}
