import { ChatSpacesError, StoreError } from "../../kernel/errors.js";
import type { SpaceStore, StoredEvent } from "../contract.js";
import { encodeErasure } from "../erasure.js";
import { inBatches } from "./batches.js";
import { isSealed } from "./cipher.js";
import { copyCommit } from "./copies.js";
import { decorate, none, same } from "./decorate.js";
import { eventsAt } from "./events-at.js";
import { decryptEvent, encryptEvent } from "./payloads.js";
import { sealedSnapshots } from "./sealed-snapshots.js";
import { type EncryptionKey, platformCrypto, type WebCrypto } from "./web-crypto.js";

type KeySource = () => Promise<EncryptionKey | undefined>;

/** With what payloads are encrypted. */
export type EncryptionOptions = {
  /**
   * The key of a stream, for AES-GCM, or nothing where it was forgotten. Asked at each call, and for each commit of a
   * feed, so that forgetting has an effect at once: fetch keys from afar into a cache of your own.
   */
  readonly keyOf: (
    stream: string,
  ) => EncryptionKey | null | undefined | PromiseLike<EncryptionKey | null | undefined>;
  /**
   * What becomes of payloads that were stored before there was encryption. `refuse` (the default) rejects the reading of
   * them with `STORE_CANNOT_DECRYPT`, so that nobody who can write to the database can slip one in; `allow` gives them
   * as they are.
   */
  readonly plain?: "refuse" | "allow" | undefined;
  /** Default: the `crypto` of the platform. */
  readonly crypto?: WebCrypto | undefined;
};

/**
 * A store whose payloads only those can read who have the key: of each event `data` and `reason` are encrypted before
 * they reach the store that it stands around, and decrypted when they come back.
 *
 * ```ts
 * const keys = new Map<string, EncryptionKey>(); // EncryptionKey: what a CryptoKey is
 * const store = withEncryption(sqliteStore({ path: "spaces.db" }), { keyOf: (stream) => keys.get(stream) });
 * ```
 *
 * AES-GCM by WebCrypto, with a random initialisation vector for each event. What is encrypted is bound to the name of
 * the stream and to id, type, instant and author of its event: it cannot be put elsewhere, nor can these be changed. All
 * of them stay readable, and so do revisions, commit ids and about how long each payload is. In the place of `data` is
 * stored `{ enc: "AES-GCM", v: 1, iv, text }`; an event without payload and reason is stored as it is.
 *
 * Where `keyOf` gives no key, events come back as if they were erased: forgetting a key erases all that was encrypted
 * with it, in backups too. Nothing can be appended then: `STORE_KEY_MISSING`. A payload that was encrypted with another
 * key, or that somebody has changed, rejects the reading with `STORE_CANNOT_DECRYPT`. Where `keyOf` fails, the call is
 * rejected with its error if that is one of this library's, so that a `transient` one may be tried again, and with
 * `STORE_FAULT` otherwise.
 *
 * Snapshots of the store it stands around are encrypted too; those of `withSnapshots` around it are not. An index over
 * words (`search`) would hold them as they are, so that there is none here: clients search in their own memory.
 *
 * @throws StoreError `STORE_DRIVER_MISSING` where the platform has no WebCrypto and none is handed in.
 */
export function withEncryption(store: SpaceStore, options: EncryptionOptions): SpaceStore {
  const { keyOf, plain = "refuse" } = options;
  const web = options.crypto ?? platformCrypto();

  const findKey = async (stream: string): Promise<EncryptionKey | undefined> => {
    try {
      return (await keyOf(stream)) ?? undefined;
    } catch (cause) {
      if (cause instanceof ChatSpacesError) throw cause;
      throw new StoreError("STORE_FAULT", "`keyOf` has failed.", { stream }, { cause });
    }
  };
  const ensureKey = (key: EncryptionKey | undefined, stream: string): EncryptionKey => {
    if (key) return key;
    throw new StoreError("STORE_KEY_MISSING", "There is no key to encrypt this stream with.", { stream });
  };

  const decrypt = async (stream: string, event: StoredEvent, key: KeySource): Promise<StoredEvent> =>
    plain === "allow" && !isSealed(event.data) ? event : decryptEvent(web, key, stream, event);

  /** Events as they went in. The key is asked for only where something is encrypted, and once. */
  const decryptAll = (stream: string, events: readonly StoredEvent[]): Promise<readonly StoredEvent[]> => {
    const key = once(() => findKey(stream));
    return inBatches(events, (event) => decrypt(stream, event, key));
  };

  /** Whether there is nothing to erase, because all that an event holds is what is to be left of it. */
  const holdsOnly = async (left: string, stream: string, event: StoredEvent, key: KeySource) => {
    try {
      const { data, reason } = await decrypt(stream, event, key);
      return reason === undefined && JSON.stringify(data) === left;
    } catch (error) {
      // What cannot be read can be erased all the same.
      if (error instanceof StoreError && error.code === "STORE_CANNOT_DECRYPT") return false;
      throw error;
    }
  };

  const sealLeft = async (left: string, stream: string, event: StoredEvent, key: KeySource) => {
    const { reason: _, ...rest } = event;
    const data: unknown = JSON.parse(left);
    return (await encryptEvent(web, ensureKey(await key(), stream), stream, { ...rest, data })).data;
  };

  return decorate(store, {
    capabilities: same,

    read: (read) => async (stream, readOptions) => {
      const { events, ...rest } = await read(stream, readOptions);
      return { ...rest, events: await decryptAll(stream, events) };
    },

    append: (append) => async (stream, commit) => {
      const copy = copyCommit(stream, commit);
      const key = ensureKey(await findKey(stream), stream);
      const events = await inBatches(copy.events, (event) => encryptEvent(web, key, stream, event));
      return append(stream, { ...copy, events });
    },

    feed: (feed) =>
      async function* (feedOptions) {
        for await (const commit of feed(feedOptions)) {
          yield { ...commit, events: await decryptAll(commit.stream, commit.events) };
        }
      },

    streams: same,

    erase: (erase) => async (stream, request) => {
      const left = encodeErasure(request);
      if (!left) return erase(stream, { all: true });
      const revisions = [...left.keys()];
      if (revisions.every((revision) => left.get(revision) === "null")) return erase(stream, { revisions });
      // What is left is encrypted anew, so the store could not tell that it was there already.
      const key = once(() => findKey(stream));
      const changes = new Map<number, unknown>();
      for (const event of await eventsAt(store, stream, revisions)) {
        const json = left.get(event.revision) ?? "null";
        if (json !== "null" && (await holdsOnly(json, stream, event, key))) continue;
        changes.set(event.revision, json === "null" ? null : await sealLeft(json, stream, event, key));
      }
      return erase(stream, { revisions: [...changes.keys()], data: [...changes.values()] });
    },

    snapshots: (snapshots) => sealedSnapshots(snapshots, web, findKey),

    // The words would lie in the index for everybody to read.
    search: none,

    close: same,
  });
}

function once(make: KeySource): KeySource {
  let made: ReturnType<KeySource> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
