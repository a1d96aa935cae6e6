import { ChatSpacesError, curate, type Message, type Slice } from "chat-spaces";
import { readSliceBundle, sliceToBundle } from "chat-spaces/bundles";
import { describe, expect, test } from "vitest";
import { NOW } from "../../helpers/spaces.js";

const message = (id: string, body: string): Message => ({
  id,
  channel: "lounge",
  at: NOW,
  sequence: 0,
  author: "leo",
  authorName: null,
  kind: "text",
  body,
  replyTo: null,
  attachments: [{ name: "kit.jpg", kind: "image" }],
  poll: null,
  votes: {},
  reactions: {},
  pinned: false,
  editedAt: null,
  deletedAt: null,
  source: null,
});

const messages = ["Ciao ✓ 👋🏽", "line\nbreak", "__proto__"].map((body, index) => message(`m${index}`, body));
const slice: Slice = curate(messages, {
  id: "slc_1",
  title: "Launch quotes",
  space: "drop",
  by: "ana",
  at: NOW,
  pick: [{ ids: messages.map(({ id }) => id) }],
});

function codeOf(text: string): string | undefined {
  try {
    readSliceBundle(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof ChatSpacesError)) throw error;
    return error.code;
  }
}

describe("a slice as a bundle", () => {
  const text = sliceToBundle(slice);

  test("is read back as the slice that it was, its policy included", () => {
    expect(readSliceBundle(text)).toEqual(slice);
    expect(readSliceBundle(Buffer.from(text))).toEqual(slice);
    expect(text.split("\n")).toHaveLength(slice.messages.length + 3);
    const empty = { ...slice, messages: [] };
    expect(readSliceBundle(sliceToBundle(empty))).toEqual(empty);
  });

  test("is the same text whatever the order of the keys", () => {
    const reversed = Object.fromEntries(Object.entries(slice).reverse()) as Slice;
    expect(sliceToBundle(reversed)).toBe(text);
  });

  test("is refused where a byte was flipped, a line is missing, or it was cut", () => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (bytes[at] ?? 0) ^ (1 << (at % 7));
      expect(codeOf(flipped.toString()), `byte ${at}`).toMatch(/^BUNDLE_/);
      expect(codeOf(bytes.subarray(0, at).toString()), `cut at ${at}`).toMatch(/^BUNDLE_/);
    }
    const lines = text.trimEnd().split("\n");
    for (let at = 0; at < lines.length; at++) {
      expect(codeOf(`${lines.toSpliced(at, 1).join("\n")}\n`), `without ${at}`).toMatch(/^BUNDLE_/);
      expect(codeOf(`${lines.toSpliced(at, 0, lines[at]!).join("\n")}\n`), `twice ${at}`).toMatch(/^BUNDLE_/);
    }
    expect(codeOf(`${lines.slice(0, -1).join("\n")}\n`)).toBe("BUNDLE_TRUNCATED");
  });

  test("is told from the bundle of a space, and from one of a later version", () => {
    expect(codeOf(text.replace('"kind":"slice"', '"kind":"space"'))).toBe("BUNDLE_INVALID");
    expect(codeOf(text.replace('"version":1', '"version":9'))).toBe("BUNDLE_NEWER");
    expect(codeOf("")).toBe("BUNDLE_INVALID");
  });
});
