import { verify } from "@noble/ed25519";
import { hexToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "../../kernel/canonical.js";
import { withSha512 } from "../provenance/ed25519.js";
import type { BundleTrailer } from "./format.js";

const encoder = /* @__PURE__ */ new TextEncoder();

/** What is signed: the root and the number of leaves, said to be those of a bundle. */
export function signedBytes(root: string, size: number): Uint8Array {
  return encoder.encode(canonicalJson(["chat-spaces bundle", 1, root, size]));
}

/** Whether the signature of a bundle is by its key; also where it has neither. */
export function isSignedRight({ root, key, signature }: BundleTrailer, size: number): boolean {
  if (key === null || signature === null) return key === signature;
  withSha512();
  return verify(hexToBytes(signature), signedBytes(root, size), hexToBytes(key), { zip215: false });
}
