import { canonicalJson } from "../../kernel/canonical.js";
import { sha256Hex } from "../../kernel/secret.js";
import type { Message } from "../../model/message.js";
import type { Slice, SliceMessage } from "../slices/slice.js";
import { leafHash } from "./tree.js";

const encoder = /* @__PURE__ */ new TextEncoder();

/** Half a SHA-256: 128 bits nobody can guess. */
const SALT_DIGITS = 32;

/** A hash for each field of a message, by its name: what a leaf of the tree is made of. */
export type FieldHashes = { readonly [field: string]: string };

/** A salt that only those can make who know the seed. */
export function saltOf(seed: string, ...about: readonly (string | number | null)[]): string {
  return sha256Hex(canonicalJson([seed, ...about])).slice(0, SALT_DIGITS);
}

/** The salted hash of one field: SHA-256 of the canonical JSON of `[salt, name, value]`. */
export function fieldHash(salt: string, name: string, value: unknown): string {
  return sha256Hex(canonicalJson([salt, name, value]));
}

/** The hashes of all fields of a message, and of what its source was. */
export function fieldHashes(message: SliceMessage, salt: string, source: string): FieldHashes {
  const fields: [string, unknown][] = [...Object.entries(message), ["source", source]];
  return Object.fromEntries(fields.map(([name, value]) => [name, fieldHash(salt, name, value)]));
}

/** The leaf of a message. */
export function messageLeaf(fields: FieldHashes): Uint8Array {
  return leafHash(encoder.encode(canonicalJson(fields)));
}

/** The leaf of everything else that a slice says: its title, who made it when, its policy. */
export function headerLeaf({ messages: _, seal: __, ...header }: Slice): Uint8Array {
  return leafHash(encoder.encode(canonicalJson(header)));
}

/** What is proved of a source: who said what when. */
export type Source = Pick<Message, "author" | "authorName" | "at" | "kind" | "body" | "attachments" | "poll">;

/** The salted hash of a source message. */
export function sourceHash(salt: string, message: Source): string {
  const { author, authorName, at, kind, body, attachments, poll } = message;
  return fieldHash(salt, "source", { author, authorName, at, kind, body, attachments, poll });
}

/** What is signed: the root and the number of leaves, said to be those of a slice. */
export function signedBytes(root: string, size: number): Uint8Array {
  return encoder.encode(canonicalJson(["chat-spaces slice", 1, root, size]));
}
