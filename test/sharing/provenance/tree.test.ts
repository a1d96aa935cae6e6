import { hexToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leafHash, merkleTree, pathOf, rootFrom, rootOf } from "../../../src/sharing/provenance/tree.js";

const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("hex");
const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => leafHash(Uint8Array.of(i, i >> 8)));

describe("the hash tree of Certificate Transparency", () => {
  // The leaves and roots with which the reference implementation of RFC 6962 is tested.
  const LEAVES = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ];
  const ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];

  test.each(ROOTS.map((root, index) => [index + 1, root] as const))(
    "of %i leaves has the root %s",
    (size, root) => {
      const leaves = LEAVES.slice(0, size).map((text) => leafHash(hexToBytes(text)));
      expect(hex(rootOf(leaves))).toBe(root);
    },
  );

  test("of nothing has the hash of nothing as its root", () => {
    expect(hex(merkleTree().root())).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  test("tells its root at any time without being changed by it", () => {
    const tree = merkleTree();
    for (const [index, leaf] of leavesOf(20).entries()) {
      tree.add(leaf);
      expect(hex(tree.root())).toBe(hex(rootOf(leavesOf(index + 1))));
    }
    expect(tree.size).toBe(20);
  });
});

describe("a path", () => {
  test("leads from every leaf to the root, and from no other place", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), (size, one, other) => {
        const leaves = leavesOf(size);
        const index = one % size;
        const leaf = leaves[index] ?? new Uint8Array();
        const path = pathOf(leaves, index);
        expect(hex(rootFrom(leaf, index, size, path))).toBe(hex(rootOf(leaves)));
        const elsewhere = other % (size + 1);
        if (elsewhere !== index) {
          expect(hex(rootFrom(leaf, elsewhere, size, path))).not.toBe(hex(rootOf(leaves)));
        }
      }),
    );
  });

  test("of the wrong length leads nowhere", () => {
    const leaves = leavesOf(7);
    const [leaf = new Uint8Array()] = leaves;
    const path = pathOf(leaves, 0);
    expect(rootFrom(leaf, 0, 7, path.slice(1))).toBeUndefined();
    expect(rootFrom(leaf, 0, 7, [...path, leaf])).toBeUndefined();
    expect(rootFrom(leaf, 0, 1, [leaf])).toBeUndefined();
    expect(rootFrom(leaf, 0.5, 7, path)).toBeUndefined();
    expect(rootFrom(leaf, 7, 7, path)).toBeUndefined();
    expect(rootFrom(leaf, -1, 7, path)).toBeUndefined();
  });
});
