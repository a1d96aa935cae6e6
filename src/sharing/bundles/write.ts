import { canonicalJson } from "../../kernel/canonical.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Signer } from "../provenance/seal.js";
import { blocksOf } from "./blocks.js";
import { eventLine } from "./event-line.js";
import type { BundleHeader, BundlePart, BundleTrailer } from "./format.js";
import { signedBytes } from "./signing.js";
import { summaryOf, tallyOf } from "./tally.js";

/** How many bytes are given at once, at the least. */
const CHUNK = 2 ** 16;

const encoder = /* @__PURE__ */ new TextEncoder();

/** Writes a bundle, line by line. What `part` and `event` give, where they give something, is next in the file. */
export type BundleWriter = {
  part(part: BundlePart): Uint8Array | undefined;
  event(event: SpaceEvent): Uint8Array | undefined;
  end(): Promise<{ readonly bytes: Uint8Array; readonly trailer: BundleTrailer }>;
};

/** Starts with the header. `media` are the names of the files that are packed beside the bundle. */
export function bundleWriter(
  header: BundleHeader,
  {
    signer,
    media,
  }: { readonly signer?: Signer | undefined; readonly media?: ReadonlySet<string> | undefined },
): BundleWriter {
  const blocks = blocksOf();
  const tally = tallyOf(media);
  let chunk: Uint8Array[] = [];
  let length = 0;
  const give = (bytes: Uint8Array | undefined): Uint8Array | undefined => {
    if (!bytes) return undefined;
    chunk.push(bytes);
    length += bytes.length;
    return length < CHUNK ? undefined : flush();
  };
  const flush = (): Uint8Array => {
    const whole = joined(chunk, length);
    chunk = [];
    length = 0;
    return whole;
  };
  give(blocks.add(canonicalJson(header)));
  return {
    part: (part) => give(blocks.add(canonicalJson(part))),
    event(event) {
      tally.add(event);
      return give(blocks.add(eventLine(event)));
    },
    async end() {
      const summary = { counts: tally.counts(), losses: tally.losses() };
      const { bytes, root, size } = blocks.end(summaryOf(summary));
      const signature = signer ? await signer.sign(signedBytes(root, size)) : null;
      const trailer: BundleTrailer = { ...summary, root, key: signer?.publicKey ?? null, signature };
      const last = encoder.encode(`${canonicalJson(trailer)}\n`);
      chunk.push(bytes, last);
      length += bytes.length + last.length;
      return { bytes: flush(), trailer };
    },
  };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
