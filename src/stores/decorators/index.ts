/**
 * Stores around stores: several tenants in one, another attempt after a fault that passes, snapshots of what streams
 * fold to, and payloads that only who has the key can read.
 *
 * @module chat-spaces/decorators
 */
export { type EncryptionOptions, withEncryption } from "./encryption.js";
export { withNamespace } from "./namespace.js";
export { type RetryOptions, withRetry } from "./retry.js";
export { type SnapshotCache, type SnapshotsOptions, withSnapshots } from "./snapshots.js";
export type { AesGcmParams, EncryptionKey, WebCrypto } from "./web-crypto.js";
