import type { NewEvent, StoredEvent } from "../contract.js";
import { type Binding, cannotDecrypt, isSealed, seal, unseal } from "./cipher.js";
import type { EncryptionKey, WebCrypto } from "./web-crypto.js";

/** An event whose payload and reason are sealed. One that has neither has nothing to hide, and stays as it is. */
export async function encryptEvent(
  web: WebCrypto,
  key: EncryptionKey,
  stream: string,
  event: NewEvent,
): Promise<NewEvent> {
  if (isBare(event)) return event;
  const { reason, ...rest } = event;
  const text = JSON.stringify({ data: event.data, reason });
  return { ...rest, data: await seal(web, key, text, bindingOf(stream, event)) };
}

/**
 * An event as it was before {@link encryptEvent}; without the key, as if it were erased.
 *
 * @throws StoreError `STORE_CANNOT_DECRYPT` where it was never sealed, or not with this key and for this event.
 */
export async function decryptEvent(
  web: WebCrypto,
  findKey: () => Promise<EncryptionKey | undefined>,
  stream: string,
  event: StoredEvent,
): Promise<StoredEvent> {
  if (isBare(event)) return event;
  const { data, reason: _, revision, ...rest } = event;
  const binding = bindingOf(stream, event);
  if (!isSealed(data)) throw cannotDecrypt(binding, "it was never encrypted");
  const key = await findKey();
  if (!key) return { ...rest, data: null, revision };
  return { ...rest, ...JSON.parse(await unseal(web, key, data, binding)), revision };
}

/** Whether there is nothing in an event to encrypt, or to erase. */
function isBare({ data, reason }: NewEvent): boolean {
  return (data ?? null) === null && reason === undefined;
}

function bindingOf(stream: string, { id, type, at, by }: NewEvent): Binding {
  return ["event", stream, id, type, at, by];
}
