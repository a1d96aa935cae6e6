import { StoreError } from "../../kernel/errors.js";

/** Bytes in memory of their own, as WebCrypto takes them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A key for AES-GCM that may encrypt and decrypt. A `CryptoKey` is one. */
export type EncryptionKey = {
  readonly type: string;
  readonly extractable: boolean;
  readonly algorithm: { readonly name: string };
  readonly usages: readonly string[];
};

/** How something is encrypted, as WebCrypto names it. */
export type AesGcmParams = {
  readonly name: "AES-GCM";
  /** The initialisation vector. */
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly additionalData: Uint8Array<ArrayBuffer>;
};

/** What is used of WebCrypto. The `crypto` of browsers, workers, Node, Deno and Bun is one. */
export type WebCrypto = {
  /** Fills what it is given with random bytes, and gives it back. */
  getRandomValues(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
  readonly subtle: {
    /** Gives the encrypted bytes, with the tag at their end. */
    encrypt(algorithm: AesGcmParams, key: EncryptionKey, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
    /** Gives the bytes as they were, and rejects where anything about them has changed. */
    decrypt(algorithm: AesGcmParams, key: EncryptionKey, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
  };
};

declare const crypto: WebCrypto | undefined;

/**
 * The WebCrypto of the platform.
 *
 * @throws StoreError `STORE_DRIVER_MISSING` where there is none, as on pages that were not loaded over HTTPS.
 */
export function platformCrypto(): WebCrypto {
  if (typeof crypto === "object" && typeof crypto.subtle === "object") return crypto;
  throw new StoreError(
    "STORE_DRIVER_MISSING",
    "There is no WebCrypto here. Browsers have it on pages loaded over HTTPS; elsewhere hand one in as `crypto`.",
  );
}
