import { bytesToHex } from "@noble/hashes/utils.js";
import type { Message } from "../../model/message.js";
import type { Curated } from "../slices/request.js";
import type { Seal, Slice } from "../slices/slice.js";
import { fieldHashes, headerLeaf, messageLeaf, saltOf, signedBytes, sourceHash } from "./leaf.js";
import { rootOf } from "./tree.js";

/**
 * Signs for a space. `ed25519Signer` of `chat-spaces/provenance` is one; a key service can be another.
 */
export type Signer = {
  /** The Ed25519 public key, 64 hexadecimal digits. */
  readonly publicKey: string;
  /** The signature of some bytes (RFC 8032), 128 hexadecimal digits. */
  sign(bytes: Uint8Array): string | Promise<string>;
};

/** What a seal is made with. */
export type SealOptions = {
  /** The seed of the slice's record. */
  readonly seed: string;
  /** Who signs. Without one the seal tells that nothing was altered, and not by whom it was made. */
  readonly signer?: Signer | undefined;
};

/** A slice with its seal: the same slice, seed and key give the same seal. */
export async function sealSlice({ slice, sources }: Curated, options: SealOptions): Promise<Slice> {
  const { seed, signer } = options;
  const salts = slice.messages.map((_, index) => saltOf(seed, slice.share, index));
  const hashes = sources.map((source) => sourceHash(sourceSalt(seed, source), source));
  const bare: Slice = { ...slice, seal: null };
  const root = bytesToHex(rootOf(leavesOf(bare, salts, hashes)));
  const signature = signer ? await signer.sign(signedBytes(root, slice.messages.length + 1)) : null;
  const seal: Seal = { version: 1, root, salts, sources: hashes, key: signer?.publicKey ?? null, signature };
  return { ...slice, seal };
}

/** The leaves of a slice: its header, then its messages. */
export function leavesOf(
  slice: Slice,
  salts: readonly string[],
  sources: readonly string[],
): readonly Uint8Array[] {
  const messages = slice.messages.map((message, index) =>
    messageLeaf(fieldHashes(message, salts[index] ?? "", sources[index] ?? "")),
  );
  return [headerLeaf(slice), ...messages];
}

/** The salt of a source message, which those who have the message may give out to prove what it said. */
export function sourceSalt(seed: string, { id }: Pick<Message, "id">): string {
  return saltOf(seed, id, "source");
}
