import type { SpaceKey } from "../model/slices.js";
import type { Space } from "../model/space.js";
import { keyId } from "../sharing/shares/keys.js";
import type { Options } from "./options.js";
import { found } from "./results.js";
import type { Session } from "./session.js";

/** What a handle does with the keys with which its space signs. */
export type KeyVerbs = {
  /** Puts the public key of a signer on record, so that everybody who may see the space knows whose signatures count. */
  add(options: Options<"key.add">): Promise<SpaceKey>;
  /** Says that a key is the space's no more. */
  revoke(options: Options<"key.revoke">): Promise<Space>;
};

/** The verbs of keys. */
export function keyVerbs(session: Session): KeyVerbs {
  return {
    async add(options) {
      await session.run({ type: "key.add", ...options });
      return found(session.space().keys, keyId(options.publicKey));
    },
    async revoke(options) {
      await session.run({ type: "key.revoke", ...options });
      return session.space();
    },
  };
}
