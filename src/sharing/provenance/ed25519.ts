import { getPublicKey, hashes, sign } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { InvalidInputError } from "../../kernel/errors.js";
import type { Signer } from "./seal.js";

const SECRET_KEY = /^[0-9a-f]{64}$/;

/**
 * Signs with a secret key (Ed25519, RFC 8032): 32 random bytes as 64 hexadecimal digits, kept where secrets are kept.
 *
 * ```ts
 * const signer = ed25519Signer(process.env.SPACE_KEY);
 * const spaces = createSpaces({ store, signer });
 * await drop.keys.add({ by: "ana", publicKey: signer.publicKey });
 * ```
 *
 * @throws InvalidInputError `INVALID_INPUT` where it is not such a key. The message does not repeat it.
 */
export function ed25519Signer(secretKey: string): Signer {
  if (!SECRET_KEY.test(secretKey)) {
    throw new InvalidInputError(
      "INVALID_INPUT",
      "A secret key is 32 random bytes, written as 64 hexadecimal digits.",
    );
  }
  withSha512();
  const secret = hexToBytes(secretKey);
  return { publicKey: bytesToHex(getPublicKey(secret)), sign: (bytes) => bytesToHex(sign(bytes, secret)) };
}

/** Gives the library its hash function, which it does not bring along, so that it can work synchronously. */
export function withSha512(): void {
  hashes.sha512 ??= sha512;
}
