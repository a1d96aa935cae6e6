import { bytesToHex } from "@noble/hashes/utils.js";
import { InvalidInputError } from "../../kernel/errors.js";
import { quote as named } from "../../kernel/text.js";
import type { Slice, SliceMessage } from "../slices/slice.js";
import { type FieldHashes, fieldHashes } from "./leaf.js";
import { leavesOf } from "./seal.js";
import { pathOf } from "./tree.js";

/** One message of a slice with the proof that it is in there: what to hand on without the rest of it. */
export type Quote = {
  readonly version: 1;
  readonly space: string;
  readonly slice: string;
  readonly message: SliceMessage;
  /** Its salt, and the hashes of its fields under it. */
  readonly salt: string;
  readonly fields: FieldHashes;
  /** The salted hash of its source. */
  readonly source: string;
  /** Its place among the leaves, and how many there are; the first leaf is the header. */
  readonly index: number;
  readonly size: number;
  /** The hashes that lead from it to the root, from the bottom up. */
  readonly path: readonly string[];
  readonly root: string;
  readonly key: string | null;
  readonly signature: string | null;
};

/**
 * Takes one message out of a sealed slice, with its proof:
 *
 * ```ts
 * const quote = quoteOf(slice, "m2");
 * verifyQuote(quote, { trusted: [key] }).genuine; // true
 * ```
 *
 * @throws InvalidInputError `INVALID_INPUT` where the slice has no seal or no such message.
 */
export function quoteOf(slice: Slice, id: string): Quote {
  const { seal } = slice;
  if (!seal)
    throw new InvalidInputError("INVALID_INPUT", "The slice has no seal: nothing of it can be proved.");
  const place = slice.messages.findIndex((message) => message.id === id);
  const message = slice.messages[place];
  if (!message) throw new InvalidInputError("INVALID_INPUT", `The slice has no message ${named(id)}.`);
  const { salts, sources, root, key, signature } = seal;
  const salt = salts[place] ?? "";
  const source = sources[place] ?? "";
  const leaves = leavesOf({ ...slice, seal: null }, salts, sources);
  return {
    version: 1,
    space: slice.space,
    slice: slice.id,
    message,
    salt,
    fields: fieldHashes(message, salt, source),
    source,
    index: place + 1,
    size: leaves.length,
    path: pathOf(leaves, place + 1).map(bytesToHex),
    root,
    key,
    signature,
  };
}
