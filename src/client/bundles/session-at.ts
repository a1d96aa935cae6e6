import type { Instant } from "../../kernel/time.js";
import type { SpaceStore } from "../../stores/contract.js";
import { randomId, randomSecret, systemNow } from "../defaults.js";
import { type Session, sessionOf } from "../session.js";

const MAX_ATTEMPTS = 100;

/** A session of a space beside those of any client: nobody listens to it. */
export function sessionAt(store: SpaceStore, space: string, now: () => Instant = systemNow): Session {
  return sessionOf(space, {
    store,
    now,
    newId: randomId,
    newSecret: randomSecret,
    maxAttempts: MAX_ATTEMPTS,
    signer: undefined,
    patterns: undefined,
    emit: () => {},
  });
}
