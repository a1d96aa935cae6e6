import { ImportError, memoryStore } from "chat-spaces";
import { exportSpace, importSpace, unzipBundle, type ZipLimits, zipBundle } from "chat-spaces/bundles";
import fc from "fast-check";
import { unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { flawOf } from "../../../src/sharing/bundles/zip/names.js";
import { aStore, bundleOf, everythingOf } from "./helpers.js";

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** All files of a zip that is read in pieces of a size. */
async function filesOf(zip: Uint8Array, size = 1_000, limits: ZipLimits = {}) {
  const files: { kind: string; name: string; bytes: Uint8Array }[] = [];
  for await (const { kind, name, bytes } of unzipBundle(inPieces(zip, size), { limits })) {
    files.push({ kind, name, bytes: await bytesOf(bytes) });
  }
  return files;
}

function* inPieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ImportError);
    return (error as ImportError).code;
  }
}

const text = (value: string) => Buffer.from(value);
const zipped = (files: Record<string, Uint8Array>) => zipSync({ "bundle.jsonl": text("{}\n"), ...files });

describe("a bundle and its files in one zip", () => {
  test("comes out as it went in, and can be brought in from there", async () => {
    const store = await aStore();
    const photo = new Uint8Array(200_000).map((_, at) => (at * at) >> 3);
    const bundle = exportSpace({ store, space: "drop", by: "ana", media: ["kit.jpg"] });
    const zip = await bytesOf(zipBundle(bundle, [{ name: "kit.jpg", bytes: inPieces(photo, 9_999) }]));
    const files = await filesOf(zip);
    expect(files.map(({ kind, name }) => [kind, name])).toEqual([
      ["bundle", "bundle.jsonl"],
      ["media", "kit.jpg"],
    ]);
    expect(Buffer.from(photo).equals(files[1]!.bytes)).toBe(true);
    expect(Object.keys(unzipSync(zip))).toEqual(["bundle.jsonl", "media/kit.jpg"]);

    const copy = memoryStore();
    await importSpace({
      store: copy,
      async *source() {
        for await (const file of unzipBundle(inPieces(zip, 5_000)))
          if (file.kind === "bundle") yield* file.bytes;
      },
    });
    expect(await everythingOf(copy)).toEqual(await everythingOf(store));
  });

  test("also where the files are zips themselves, and the pieces are small", async () => {
    const inner = await bytesOf(zipBundle("inner\n", [{ name: "a.txt", bytes: text("a") }]));
    const deeper = await bytesOf(zipBundle("deeper\n", [{ name: "inner.zip", bytes: inner }]));
    const zip = await bytesOf(zipBundle("outer\n", [{ name: "deeper.docx", bytes: deeper }]));
    for (const size of [1, 13, 100_000]) {
      const files = await filesOf(zip, size);
      expect(files.map(({ name }) => name)).toEqual(["bundle.jsonl", "deeper.docx"]);
      expect(Buffer.from(deeper).equals(files[1]!.bytes)).toBe(true);
    }
  });

  test("whatever is in them, however it is cut, and whoever packed it", async () => {
    const contents = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(contents, fc.integer({ min: 1, max: 400 }), fc.boolean(), async (all, size, other) => {
        const media = all.map((bytes, index) => ({ name: `${index}.bin`, bytes }));
        const zip = other
          ? zipped(Object.fromEntries(media.map(({ name, bytes }) => [`media/${name}`, bytes])))
          : await bytesOf(zipBundle("{}\n", media));
        const files = await filesOf(zip, size);
        expect(files.map(({ bytes }) => Buffer.from(bytes).toString("hex"))).toEqual(
          [text("{}\n"), ...all].map((bytes) => Buffer.from(bytes).toString("hex")),
        );
      }),
      { numRuns: 200 },
    );
  });

  test("a file that nobody reads, or not to its end, is passed over", async () => {
    const big = new Uint8Array(50_000).fill(7);
    const zip = await bytesOf(
      zipBundle("{}\n", [
        { name: "a", bytes: big },
        { name: "b", bytes: big },
        { name: "c", bytes: text("end") },
      ]),
    );
    const names: string[] = [];
    for await (const { name, bytes } of unzipBundle(inPieces(zip, 1_000))) {
      names.push(name);
      if (name === "b") for await (const _ of bytes) break;
    }
    expect(names).toEqual(["bundle.jsonl", "a", "b", "c"]);
  });
});

describe("names that could do harm", () => {
  const BAD = [
    "",
    "..",
    ".",
    "../x",
    "a/../b",
    "/etc/passwd",
    "C:\\x",
    "c:x",
    "a\\b",
    "a/b",
    "a\0b",
    "a\nb",
    "CON",
    "con.txt",
    "nul",
    "LPT1.pdf",
    "COM¹",
    "a.",
    "a ",
    "x".repeat(256),
    "photo\u202egpj.exe",
    "a\ud800",
  ];

  test.each(BAD)("%j is refused when packing and when unpacking", async (name) => {
    expect(await codeOf(bytesOf(zipBundle("{}\n", [{ name, bytes: text("x") }])))).toBe("BUNDLE_UNSAFE_NAME");
    // The empty name in the folder is the folder itself, which holds nothing.
    if (name === "" || name === "a\ud800") return;
    expect(await codeOf(filesOf(zipped({ [`media/${name}`]: text("x") })))).toMatch(/^BUNDLE_/);
  });

  test.each([
    "kit.jpg",
    "Fotos vom 1.5..jpg",
    "写真.png",
    "👍🏽.webp",
    "console.log",
    "__proto__",
    "com",
    "x".repeat(255),
  ])("%j is not", (name) => expect(flawOf(name)).toBeUndefined());

  test("two that some file systems take for one are refused", async () => {
    for (const [a, b] of [
      ["Kit.jpg", "kit.JPG"],
      ["é.png", "e\u0301.png"],
      ["straße", "STRASSE"],
      ["a", "a"],
    ]) {
      const media = [a, b].map((name) => ({ name: name!, bytes: text("x") }));
      expect(await codeOf(bytesOf(zipBundle("{}\n", media)))).toBe("BUNDLE_UNSAFE_NAME");
      if (a !== b) {
        const zip = zipped({ [`media/${a}`]: text("x"), [`media/${b}`]: text("x") });
        expect(await codeOf(filesOf(zip))).toBe("BUNDLE_UNSAFE_NAME");
      }
    }
  });
});

describe("a zip that cannot be trusted", () => {
  test("ends too early", async () => {
    const zip = await bytesOf(zipBundle("{}\n", [{ name: "a", bytes: text("hello") }]));
    for (let at = 0; at < zip.length - 22; at++) {
      expect(await codeOf(filesOf(zip.subarray(0, at))), `cut at ${at}`).toMatch(/^BUNDLE_/);
    }
  });

  test("is none, is encrypted, or holds no bundle or something else", async () => {
    expect(await codeOf(filesOf(text("hello there")))).toBe("BUNDLE_INVALID");
    expect(await codeOf(filesOf(zipSync({ "media/a": text("x") })))).toBe("BUNDLE_INVALID");
    expect(await codeOf(filesOf(zipped({ "notes.txt": text("x") })))).toBe("BUNDLE_INVALID");
    const encrypted = Buffer.from(zipped({}));
    encrypted[6] = 1;
    expect(await codeOf(filesOf(encrypted))).toBe("BUNDLE_INVALID");
  });

  test("has files that are not what they were, or not those that it lists", async () => {
    const zip = Buffer.from(await bytesOf(zipBundle("{}\n", [{ name: "a", bytes: text("hello") }])));
    const damaged = Buffer.from(zip);
    damaged[zip.indexOf("hello")] = 0x48;
    expect(await codeOf(filesOf(damaged))).toBe("BUNDLE_ALTERED");
    const renamed = Buffer.from(zip);
    renamed[zip.lastIndexOf("media/a") + 6] = 0x62;
    expect(await codeOf(filesOf(renamed))).toBe("BUNDLE_ALTERED");
  });

  test("is larger than it may be, whatever sizes it declares", async () => {
    const bomb = zipSync({ "bundle.jsonl": new Uint8Array(8 * 2 ** 20) }, { level: 9 });
    expect(await codeOf(filesOf(bomb))).toBe("BUNDLE_TOO_LARGE");
    expect(await codeOf(filesOf(bomb, 1_000, { ratio: 2_000 }))).toBeUndefined();
    const lying = Buffer.from(bomb);
    lying.writeUInt32LE(3, 22);
    expect(await codeOf(filesOf(lying, 1_000, { ratio: 2_000, file: 2 ** 20 }))).toBe("BUNDLE_TOO_LARGE");
    expect(await codeOf(filesOf(lying, 1_000, { ratio: 2_000 }))).toBe("BUNDLE_ALTERED");
    const two = zipped({ "media/a": new Uint8Array(1_000), "media/b": new Uint8Array(1_000) });
    expect(await codeOf(filesOf(two, 1_000, { total: 2_003 }))).toBeUndefined();
    expect(await codeOf(filesOf(two, 1_000, { total: 2_002 }))).toBe("BUNDLE_TOO_LARGE");
    expect(await codeOf(filesOf(two, 1_000, { files: 2 }))).toBe("BUNDLE_TOO_LARGE");
    expect(await codeOf(filesOf(two, 1_000, { file: 999 }))).toBe("BUNDLE_TOO_LARGE");
  });

  test("a zip without a bundle of a space is told so by the import", async () => {
    const zip = await bytesOf(zipBundle(await bundleOf(await aStore())));
    await expect(importSpace({ store: memoryStore(), source: () => zip })).rejects.toMatchObject({
      code: "BUNDLE_INVALID",
    });
  });
});
