import { bytesToHex } from "@noble/hashes/utils.js";
import { sha256 } from "../../kernel/sha256.js";
import { merkleTree } from "../provenance/tree.js";

// A leaf of the hash tree is a block of lines: hashing each line by itself would take longer than writing it. A block ends with
// its 64th line, or with the line by which it has 2^18 UTF-16 code units or more.
const LINES = 64;
const LENGTH = 2 ** 18;

/** The first byte of what a leaf is the hash of (RFC 9162). */
const LEAF = "\0";

const encoder = /* @__PURE__ */ new TextEncoder();

/** Hashes the lines of a bundle, of which it holds one block at a time. */
export type Blocks = {
  /** Adds a line. Gives the bytes of its block where that is full, line ends included. */
  add(line: string): Uint8Array | undefined;
  /** Closes the last block and adds what the trailer says. The bytes of the block, the root, and the number of leaves. */
  end(summary: string): { readonly bytes: Uint8Array; readonly root: string; readonly size: number };
};

/** Starts without a line. */
export function blocksOf(): Blocks {
  const tree = merkleTree();
  let text = LEAF;
  let lines = 0;
  const close = (): Uint8Array => {
    const bytes = encoder.encode(text);
    tree.add(sha256(bytes));
    text = LEAF;
    lines = 0;
    return bytes.subarray(LEAF.length);
  };
  return {
    add(line) {
      text += `${line}\n`;
      lines++;
      return lines < LINES && text.length - LEAF.length < LENGTH ? undefined : close();
    },
    end(summary) {
      const bytes = lines === 0 ? new Uint8Array() : close();
      tree.add(sha256(encoder.encode(LEAF + summary)));
      return { bytes, root: bytesToHex(tree.root()), size: tree.size };
    },
  };
}
