import { forbid } from "../../access/guard.js";
import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import { sha256Hex } from "../../kernel/secret.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";

const DIGITS = 16;

/** The id of a key: the first 16 hexadecimal digits of the SHA-256 of what is written for it. */
export function keyId(publicKey: string): string {
  return sha256Hex(publicKey).slice(0, DIGITS);
}

/** Puts a key on record with which the space signs what it shares. */
export function addKey(space: Space, command: Command<"key.add">, context: Context): Outcome<SpaceEvent> {
  const { by, publicKey } = command;
  const forbidden = forbid(space, { member: by, capability: "space.configure", at: context.now });
  if (forbidden) return forbidden;
  const key = keyId(publicKey);
  const known = entry(space.keys, key);
  if (known?.revokedAt === null) return accept();
  if (known) return refuse("KEY_REVOKED", "The key has been revoked and is not taken back.", { key });
  return accept(happened("key.added", { key, publicKey }, command, context));
}

/** Says that a key is the space's no more. Doing it again changes nothing. */
export function revokeKey(
  space: Space,
  command: Command<"key.revoke">,
  context: Context,
): Outcome<SpaceEvent> {
  const { by, key: id } = command;
  const forbidden = forbid(space, { member: by, capability: "space.configure", at: context.now });
  if (forbidden) return forbidden;
  const key = entry(space.keys, id);
  if (!key) return refuse("KEY_UNKNOWN", `There is no key ${JSON.stringify(id)}.`, { key: id });
  return key.revokedAt === null ? accept(happened("key.revoked", { key: id }, command, context)) : accept();
}
