import type { StateSnapshots } from "../contract.js";
import { isSealed, seal, unseal } from "./cipher.js";
import { encodeState } from "./copies.js";
import type { EncryptionKey, WebCrypto } from "./web-crypto.js";

/**
 * Snapshots whose state is sealed. They are only a cache: what cannot be read, or was never sealed, is not there, and
 * what cannot be sealed is not kept.
 */
export function sealedSnapshots(
  snapshots: StateSnapshots,
  web: WebCrypto,
  findKey: (stream: string) => Promise<EncryptionKey | undefined>,
): StateSnapshots {
  return {
    async load(stream, version) {
      const found = await snapshots.load(stream, version);
      if (!found || !isSealed(found.state)) return undefined;
      const key = await findKey(stream);
      if (!key) return undefined;
      try {
        const text = await unseal(web, key, found.state, ["snapshot", stream, version, found.revision]);
        return { ...found, state: JSON.parse(text) };
      } catch {
        return undefined;
      }
    },

    async save(stream, version, { revision, state }) {
      const text = encodeState(state);
      const key = await findKey(stream);
      if (!key) return;
      const sealed = await seal(web, key, text, ["snapshot", stream, version, revision]);
      await snapshots.save(stream, version, { revision, state: sealed });
    },
  };
}
