/**
 * Proofs for shared slices: seals, quotes, signatures, and marks that tell whose copy leaked.
 *
 * @module chat-spaces/provenance
 */

export type { Seal } from "../slices/slice.js";
export { ed25519Signer } from "./ed25519.js";
export type { FieldHashes, Source } from "./leaf.js";
export { type MarkOf, markSlice } from "./marks.js";
export { type Quote, quoteOf } from "./quote.js";
export { type SealOptions, type Signer, sealSlice, sourceSalt } from "./seal.js";
export { type Copy, type Suspect, traceLeak } from "./trace.js";
export {
  type Flaw,
  type Verification,
  type VerifyOptions,
  verifyQuote,
  verifySlice,
  verifySource,
} from "./verify.js";
