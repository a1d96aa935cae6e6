import { sha256 as pure } from "@noble/hashes/sha2.js";

/** The part of Node's `crypto` that is used where it is there. */
type NativeCrypto = {
  hash?(algorithm: "sha256", data: Uint8Array | string, encoding: "buffer"): Uint8Array;
};

const encoder = /* @__PURE__ */ new TextEncoder();

/**
 * SHA-256 (FIPS 180-4) of bytes, or of a text as UTF-8: 32 bytes. Synchronous, so that deciding and hashing stay pure. Node's own
 * is several times as fast and used where it is; everywhere else a library of JavaScript gives the same.
 */
export function sha256(data: Uint8Array | string): Uint8Array {
  native ??= findNative();
  if (native) return native(data);
  return pure(typeof data === "string" ? encoder.encode(data) : data);
}

let native: ((data: Uint8Array | string) => Uint8Array) | false | undefined;

function findNative(): typeof native {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => NativeCrypto | undefined };
  };
  const hash = process?.getBuiltinModule?.("crypto")?.hash;
  return hash === undefined ? false : (data) => hash("sha256", data, "buffer");
}
