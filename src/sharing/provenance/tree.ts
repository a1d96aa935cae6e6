import { sha256 } from "../../kernel/sha256.js";

// The hash tree of Certificate Transparency (RFC 9162, section 2.1). Leaves and nodes are hashed with different first bytes,
// so that a node can never be passed off as a leaf.
const LEAF = 0;
const NODE = 1;

/** The hash of a leaf: SHA-256(0x00 || bytes). */
export function leafHash(bytes: Uint8Array): Uint8Array {
  const data = new Uint8Array(bytes.length + 1);
  data[0] = LEAF;
  data.set(bytes, 1);
  return sha256(data);
}

/** The hash of a node: SHA-256(0x01 || left || right). */
function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const data = new Uint8Array(65);
  data[0] = NODE;
  data.set(left, 1);
  data.set(right, 33);
  return sha256(data);
}

/** A hash tree that grows leaf by leaf and keeps one hash for each bit of its size. */
export type MerkleTree = {
  readonly size: number;
  /** Adds the hash of a leaf. */
  add(leaf: Uint8Array): void;
  /** The root over all leaves so far; of none it is SHA-256 of nothing. */
  root(): Uint8Array;
};

/** An empty hash tree. */
export function merkleTree(): MerkleTree {
  // Roots of complete subtrees, the largest first: those that the binary digits of the size say.
  const peaks: Uint8Array[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(leaf) {
      let hash = leaf;
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) hash = nodeHash(peaks.pop() ?? hash, hash);
      peaks.push(hash);
      size++;
    },
    root: () =>
      peaks.reduceRight<Uint8Array | undefined>(
        (right, left) => (right ? nodeHash(left, right) : left),
        undefined,
      ) ?? sha256(""),
  };
}

/** The root over the hashes of some leaves. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const tree = merkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree.root();
}

/**
 * The hashes that lead from a leaf to the root, from the bottom up (RFC 9162, 2.1.3.1): what it takes to prove that the leaf is
 * in the tree, and nothing of the other leaves. `index` counts from 0 and must be one of them.
 */
export function pathOf(leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (leaves.length < 2) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...pathOf(left, index), rootOf(right)]
    : [...pathOf(right, index - split), rootOf(left)];
}

/** The root that a leaf and its path come to, or `undefined` where the path has the wrong length for its place (RFC 9162, 2.1.3.2). */
export function rootFrom(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size)
    return undefined;
  if (size === 1) return path.length === 0 ? leaf : undefined;
  const last = path.at(-1);
  if (!last) return undefined;
  const split = splitOf(size);
  const rest = path.slice(0, -1);
  if (index < split) {
    const left = rootFrom(leaf, index, split, rest);
    return left && nodeHash(left, last);
  }
  const right = rootFrom(leaf, index - split, size - split, rest);
  return right && nodeHash(last, right);
}

/** The largest power of two below a size of 2 or more. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
