import { sha256Hex } from "../../kernel/secret.js";

/** The longest id that stands in the table as it is, in UTF-16 code units. Indexes hold 2,700 bytes at most. */
const LONGEST = 128;

/** An id as it stands in the table and its indexes: itself, or its hash, which is longer than any that is itself. */
export function keyOf(id: string): string {
  return id.length <= LONGEST ? id : sha256Hex(id).padStart(LONGEST + 1, "-");
}
