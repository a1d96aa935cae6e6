import { ChatSpacesError, ImportError, memoryStore } from "chat-spaces";
import { importSpace } from "chat-spaces/bundles";
import { beforeAll, describe, expect, test } from "vitest";
import type { BundlePart } from "../../../src/sharing/bundles/format.js";
import { scanBundle } from "../../../src/sharing/bundles/scan.js";
import { bundleWriter } from "../../../src/sharing/bundles/write.js";
import { ed25519Signer } from "../../../src/sharing/provenance/ed25519.js";
import { aStore, bundleOf } from "./helpers.js";

const signer = ed25519Signer("5".repeat(64));

/** The code with which a bundle is refused, or `undefined` where it is not. */
async function refusalOf(source: string | Uint8Array): Promise<string | undefined> {
  try {
    for await (const _ of scanBundle(source));
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ImportError);
    if (!(error instanceof ChatSpacesError)) throw error;
    expect(error.message).toMatch(/^\S.{10,}\.$/s);
    return error.code;
  }
}

let text: string;
let lines: readonly string[];
beforeAll(async () => {
  text = await bundleOf(await aStore(), { signer });
  lines = text.trimEnd().split("\n");
});

const whole = (of: readonly string[]) => `${of.join("\n")}\n`;

describe("a bundle that was tampered with is refused", () => {
  test("as it was written it is not", async () => {
    expect(await refusalOf(text)).toBeUndefined();
    expect(lines.length).toBeGreaterThan(15);
  });

  test("whichever byte was flipped", async () => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
      expect(await refusalOf(flipped), `byte ${at}: ${bytes.subarray(at - 20, at + 5)}`).toMatch(/^BUNDLE_/);
    }
  }, 60_000);

  test("whichever byte is missing, or where it was cut", async () => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 3) {
      const missing = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
      expect(await refusalOf(missing), `byte ${at}`).toMatch(/^BUNDLE_/);
      expect(await refusalOf(bytes.subarray(0, at)), `cut at ${at}`).toMatch(/^BUNDLE_/);
    }
  }, 60_000);

  test("whichever line is missing, doubled, or in the place of the one before", async () => {
    for (let at = 0; at < lines.length; at++) {
      expect(await refusalOf(whole(lines.toSpliced(at, 1))), `without ${at}`).toMatch(/^BUNDLE_/);
      expect(await refusalOf(whole(lines.toSpliced(at, 0, lines[at]!))), `doubled ${at}`).toMatch(/^BUNDLE_/);
      if (at === 0) continue;
      const swapped = [...lines];
      [swapped[at - 1], swapped[at]] = [lines[at]!, lines[at - 1]!];
      expect(await refusalOf(whole(swapped)), `swapped ${at}`).toMatch(/^BUNDLE_/);
    }
  });

  test("where the last line is missing, it is cut short", async () => {
    expect(await refusalOf(whole(lines.slice(0, -1)))).toBe("BUNDLE_TRUNCATED");
    expect(await refusalOf(text.slice(0, -1))).toBe("BUNDLE_TRUNCATED");
    expect(await refusalOf(text.slice(0, text.length - 200))).toBe("BUNDLE_TRUNCATED");
    expect(await refusalOf(text.slice(0, 300))).toBe("BUNDLE_TRUNCATED");
  });

  test("where something comes after the last line", async () => {
    expect(await refusalOf(`${text}\n`)).toBe("BUNDLE_ALTERED");
    expect(await refusalOf(`${text} `)).toBe("BUNDLE_ALTERED");
    expect(await refusalOf(text + text)).toBe("BUNDLE_ALTERED");
  });

  test("where the last line says the same in another way", async () => {
    const last = lines.at(-1)!;
    expect(await refusalOf(whole(lines.with(-1, last.replace(":", ": "))))).toBe("BUNDLE_ALTERED");
    const reversed = Object.fromEntries(Object.entries(JSON.parse(last)).reverse());
    expect(await refusalOf(whole(lines.with(-1, JSON.stringify(reversed))))).toBe("BUNDLE_ALTERED");
  });

  test("where its parts are in another order, or there twice, though the root fits", async () => {
    const [header, , created] = lines.slice(0, 3).map((line) => JSON.parse(line));
    const charter = { part: "charter" } as const;
    const timeline = (channel: string) => ({ part: "timeline", channel }) as const;
    const written = async (...parts: BundlePart[]) => {
      const writer = bundleWriter(header, {});
      writer.part(charter);
      writer.event(created);
      for (const part of parts) writer.part(part);
      return Buffer.from((await writer.end()).bytes);
    };
    const traffic = { part: "traffic" } as const;
    expect(await refusalOf(await written(timeline("a"), timeline("b"), traffic))).toBeUndefined();
    for (const wrong of [
      [timeline("b"), timeline("a")],
      [timeline("a"), timeline("a")],
      [traffic, timeline("a")],
      [traffic, traffic],
      [charter],
    ]) {
      expect(await refusalOf(await written(...wrong))).toBe("BUNDLE_INVALID");
    }
  });

  test("where one signature was put in the place of another, or taken off by half", async () => {
    const trailer = JSON.parse(lines.at(-1)!);
    const other = ed25519Signer("6".repeat(64));
    const end = (changes: object) =>
      whole([...lines.slice(0, -1), JSON.stringify({ ...trailer, ...changes })]);
    expect(await refusalOf(end({}))).toBeUndefined();
    expect(await refusalOf(end({ key: other.publicKey }))).toBe("BUNDLE_ALTERED");
    expect(await refusalOf(end({ key: null }))).toBe("BUNDLE_ALTERED");
    expect(await refusalOf(end({ signature: null }))).toBe("BUNDLE_ALTERED");
    expect(await refusalOf(end({ losses: [] }))).toBe("BUNDLE_ALTERED");
    expect(await refusalOf(end({ counts: {} }))).toBe("BUNDLE_ALTERED");
    // Taken off whole it is a bundle that nobody signed, and only who asks for a key notices.
    const unsigned = end({ key: null, signature: null });
    expect(await refusalOf(unsigned)).toBeUndefined();
    const trusted = [signer.publicKey];
    await expect(
      importSpace({ store: memoryStore(), source: () => unsigned, trusted }),
    ).rejects.toMatchObject({ code: "BUNDLE_UNTRUSTED" });
  });
});

describe("what is no bundle at all", () => {
  test.each([
    ["nothing", ""],
    ["a text", "Hello.\nHow are you?\n"],
    ["a number", "5\n"],
    ["null", "null\n"],
    ["another JSON", '{"format":"tar"}\n'],
    ["bytes", new Uint8Array([0xff, 0xfe, 0x0a])],
    ["a bundle behind a byte order mark", "\ufeff{}\n"],
  ])("is refused: %s", async (_, source) => {
    expect(await refusalOf(source)).toBe("BUNDLE_INVALID");
  });

  test("is refused: a slice", async () => {
    expect(await refusalOf(text.replace('"kind":"space"', '"kind":"slice"'))).toBe("BUNDLE_INVALID");
  });

  test("is refused: a bundle without a space", async () => {
    expect(await refusalOf(whole([lines[0]!, lines.at(-1)!]))).toMatch(/^BUNDLE_/);
  });

  test("is told apart: a bundle of a later version", async () => {
    expect(await refusalOf(text.replace('"version":1', '"version":2'))).toBe("BUNDLE_NEWER");
    expect(await refusalOf(text.replace('"version":1', '"version":0'))).toBe("BUNDLE_INVALID");
    expect(await refusalOf(text.replace('"version":1', '"version":"2"'))).toBe("BUNDLE_INVALID");
  });
});

describe("a line that is no event is named", () => {
  const changed = (at: number, change: (event: Record<string, unknown>) => object) =>
    whole(lines.with(at, JSON.stringify(change(JSON.parse(lines[at]!)))));
  const detailsOf = async (source: string) => {
    try {
      for await (const _ of scanBundle(source));
    } catch (error) {
      if (error instanceof ImportError && error.code === "BUNDLE_INVALID_EVENT") return error.details;
    }
    return undefined;
  };

  test("by its line, the field, and what was expected there", async () => {
    expect(await detailsOf(changed(2, (event) => ({ ...event, at: "now" })))).toEqual({
      line: 3,
      issues: [{ path: "at", expected: "must be a number" }],
    });
    expect(
      await detailsOf(changed(2, (event) => ({ ...event, data: { ...(event["data"] as object), name: 5 } }))),
    ).toMatchObject({ line: 3, issues: [{ path: "data.name" }] });
    expect(await detailsOf(changed(2, (event) => ({ ...event, more: 1 })))).toMatchObject({ line: 3 });
    expect(await detailsOf(changed(2, (event) => ({ ...event, id: "" })))).toMatchObject({ line: 3 });
  });

  test("where its type is of another version, of another part, or not the first", async () => {
    for (const type of [
      "space.teleported",
      "message.posted",
      "__proto__",
      "toString",
      "channel.closed",
      5,
      null,
    ]) {
      expect(await detailsOf(changed(2, (event) => ({ ...event, type })))).toMatchObject({
        line: 3,
        issues: [{ path: "type" }],
      });
    }
  });

  test("where a text is half a surrogate pair; an escaped backslash is none", async () => {
    expect(await detailsOf(text.replace("Ciao", "\\ud83d"))).toMatchObject({
      issues: [{ expected: "must be well-formed text" }],
    });
    expect(await refusalOf(text.replace("Ciao", "C:\\\\udon"))).toBe("BUNDLE_ALTERED");
  });
});

describe("limits", () => {
  const codeWith = async (source: Iterable<Uint8Array | string>, line: number) => {
    try {
      for await (const _ of scanBundle(source, { line }));
      return undefined;
    } catch (error) {
      return (error as ImportError).code;
    }
  };

  test("a line that is longer is refused, whole or in pieces", async () => {
    const longest = Math.max(...lines.map(({ length }) => length));
    expect(await codeWith([text], longest)).toBeUndefined();
    expect(await codeWith([text], longest - 1)).toBe("BUNDLE_TOO_LARGE");
    expect(await codeWith([...text], longest - 1)).toBe("BUNDLE_TOO_LARGE");
    expect(await codeWith(["x".repeat(1_000)], 100)).toBe("BUNDLE_INVALID");
  });

  test("it is read the same in pieces of any size, also through the middle of a character", async () => {
    const bytes = Buffer.from(text);
    for (const size of [1, 2, 3, 7, 1_000]) {
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
      expect(await codeWith(pieces, 2 ** 20)).toBeUndefined();
    }
  });
});
