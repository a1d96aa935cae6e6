import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { ImportError } from "chat-spaces";
import {
  parseWhatsApp,
  streamWhatsApp,
  type WhatsAppInput,
  type WhatsAppOptions,
} from "chat-spaces/whatsapp";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { corpus } from "../helpers/corpus.js";

const LINE = "27/11/2021, 14:00 - Mara: héllo 😀";
const bytes = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, little: boolean) => {
  const out = new Uint8Array(text.length * 2);
  const view = new DataView(out.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), little);
  return out;
};
const refusal = async (input: unknown, options?: WhatsAppOptions): Promise<ImportError> => {
  const error = await parseWhatsApp(input as WhatsAppInput, options).catch((reason) => reason);
  expect(error).toBeInstanceOf(ImportError);
  // People read it: a sentence that says what to do.
  expect(error.message).toMatch(/\. ?|: /);
  return error;
};

describe("an export may come as", () => {
  const inputs: [string, () => WhatsAppInput][] = [
    ["text", () => LINE],
    ["text with a byte order mark", () => `\ufeff${LINE}`],
    ["bytes", () => bytes(LINE)],
    ["bytes with a byte order mark", () => bytes(`\ufeff${LINE}`)],
    ["an ArrayBuffer", () => bytes(LINE).buffer],
    ["a Buffer", () => Buffer.from(LINE)],
    ["a Blob", () => new Blob([LINE])],
    ["a File", () => new File([LINE], "chat.txt")],
    ["a web stream of bytes", () => new Blob([LINE]).stream()],
    [
      "a web stream of text",
      () => new Response(LINE).body?.pipeThrough(new TextDecoderStream()) as ReadableStream<string>,
    ],
    ["a Node stream", () => Readable.from([Buffer.from(LINE)])],
    [
      "a Node stream cut in the middle of a character",
      () => Readable.from([...bytes(LINE)].map((byte) => new Uint8Array([byte]))),
    ],
    ["UTF-16 of a small machine", () => utf16(`\ufeff${LINE}`, true)],
    ["UTF-16 of a big one", () => utf16(`\ufeff${LINE}`, false)],
    ["UTF-16 without a mark", () => utf16(LINE, true)],
    ["UTF-16 of a big one without a mark", () => utf16(LINE, false)],
    ["a zip", () => zipSync({ "_chat.txt": strToU8(LINE) })],
    [
      "a zip in pieces",
      () =>
        Readable.from(
          [zipSync({ "_chat.txt": strToU8(LINE) })].flatMap((zip) => [zip.subarray(0, 10), zip.subarray(10)]),
        ),
    ],
    ["a zip that is stored, not compressed", () => zipSync({ "_chat.txt": [strToU8(LINE), { level: 0 }] })],
  ];

  test.each(inputs)("%s", async (_, make) => {
    expect(await parseWhatsApp(make())).toMatchObject({
      messages: [{ author: "Mara", body: "héllo 😀" }],
      warnings: [],
    });
  });

  test("a stream is let go of when reading stops early", async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(bytes(`${LINE}\n`.repeat(20_000))),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const batch of streamWhatsApp(endless)) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    expect(cancelled).toBe(true);
  });
});

describe("a zip", () => {
  test("names the chat, where nothing in it does", async () => {
    for (const [file, name] of [
      ["WhatsApp Chat with Reading Club.txt", "Reading Club"],
      ["Chat de WhatsApp con Ilo.txt", "Ilo"],
      ["WhatsApp_Chat_mit_Mara.txt", "Mara"],
      ["Conversa do WhatsApp com Ilo (1).txt", "Ilo"],
      ["与Mara的 WhatsApp 聊天.txt", "Mara"],
    ]) {
      expect((await parseWhatsApp(zipSync({ [file as string]: strToU8(LINE) }))).name, file).toBe(name);
    }
  });

  test("may hold more: attachments, a Mac's own files, a folder around it", async () => {
    const zip = zipSync({
      "Export/__MACOSX/x.txt": strToU8("no"),
      "__MACOSX/._chat.txt": strToU8("no"),
      "Export/notes.txt": strToU8("27/11/2021, 14:00 - Wrong: one"),
      "Export/_chat.txt": strToU8(LINE),
      "Export/photo.jpg": new Uint8Array(5_000),
    });
    expect((await parseWhatsApp(zip)).messages).toMatchObject([{ author: "Mara" }]);
  });

  test.each(["../_chat.txt", "a/../../_chat.txt", "/etc/_chat.txt", "C:\\_chat.txt", "..\\_chat.txt"])(
    "that names %s is refused unread",
    async (name) => {
      const { code, message } = await refusal(zipSync({ [name]: strToU8(LINE), "_chat.txt": strToU8(LINE) }));
      expect(code).toBe("IMPORT_UNSAFE_NAME");
      expect(message).toContain(JSON.stringify(name));
    },
  );

  test("that would fill the memory is refused before it is unpacked", async () => {
    const bomb = zipSync({ "_chat.txt": new Uint8Array(50_000_000) }, { level: 9 });
    expect(bomb.length).toBeLessThan(100_000);
    const { code, details } = await refusal(bomb, { limits: { text: 1_000_000 } });
    expect(code).toBe("IMPORT_TOO_LARGE");
    expect(details).toEqual({ limit: 1_000_000, size: 50_000_000 });
  });

  test("that lies about how large it is unpacks to what it said at most", async () => {
    const zip = zipSync({ "_chat.txt": strToU8(`${LINE}\n`.repeat(100_000)) }, { level: 9 });
    // The size stands in the central directory, whose entry begins with PK\x01\x02.
    const directory = zip.findLastIndex(
      (_, at) => zip[at] === 0x50 && zip[at + 1] === 0x4b && zip[at + 2] === 1 && zip[at + 3] === 2,
    );
    new DataView(zip.buffer, zip.byteOffset).setUint32(directory + 24, 100, true);
    const result = await parseWhatsApp(zip, { limits: { text: 1_000 } }).catch((error) => error);
    if (result instanceof ImportError) expect(result.code).toBe("IMPORT_DAMAGED");
    else expect(result.messages.length).toBeLessThanOrEqual(4);
  });

  test("larger than may be held is refused while it comes in", async () => {
    async function* endless() {
      yield zipSync({ "_chat.txt": strToU8(LINE) });
      for (;;) yield new Uint8Array(1_000_000);
    }
    expect((await refusal(endless(), { limits: { archive: 5_000_000 } })).code).toBe("IMPORT_TOO_LARGE");
  });

  test("that is cut short, scrambled or without a chat says which", async () => {
    const zip = zipSync({ "_chat.txt": strToU8(LINE.repeat(100)) });
    expect((await refusal(zip.subarray(0, zip.length - 30))).code).toBe("IMPORT_DAMAGED");
    const scrambled = zip.slice();
    scrambled.fill(0xff, 40, 60);
    expect((await refusal(scrambled)).code).toMatch(/IMPORT_DAMAGED|IMPORT_NOT_AN_EXPORT/);
    expect((await refusal(zipSync({ "photo.jpg": new Uint8Array(10) }))).code).toBe("IMPORT_NO_CHAT");
    expect((await refusal(zipSync({ "a.txt": strToU8("x"), "b.txt": strToU8("y") }))).code).toBe(
      "IMPORT_NO_CHAT",
    );
  });
});

describe("what is no export says so", () => {
  test.each([
    ["nothing", "", "IMPORT_EMPTY"],
    ["no bytes", new Uint8Array(0), "IMPORT_EMPTY"],
    ["blank lines", "\n \n\r\n", "IMPORT_EMPTY"],
    [
      "a poem",
      "Two roads diverged in a yellow wood,\nAnd sorry I could not travel both",
      "IMPORT_NOT_AN_EXPORT",
    ],
    ["a table", "date,name\n2021-11-27,Mara\n", "IMPORT_NOT_AN_EXPORT"],
    [
      "a picture",
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, ...new Array(5_000).fill(0)]),
      "IMPORT_NOT_AN_EXPORT",
    ],
    ["a number", 5, "IMPORT_UNSUPPORTED_INPUT"],
    ["nothing at all", null, "IMPORT_UNSUPPORTED_INPUT"],
    ["an object", {}, "IMPORT_UNSUPPORTED_INPUT"],
    ["a stream of numbers", Readable.from([1, 2]), "IMPORT_UNSUPPORTED_INPUT"],
    [
      "a stream of both",
      Readable.from([Buffer.from("27/11/2021, "), "14:00 - Mara: x"]),
      "IMPORT_UNSUPPORTED_INPUT",
    ],
  ])("%s", async (_, input, code) => {
    expect((await refusal(input)).code).toBe(code);
  });

  test("in a stream, from the iteration", async () => {
    const read = async () => {
      for await (const _ of streamWhatsApp("hello")) expect.unreachable();
    };
    await expect(read()).rejects.toMatchObject({ code: "IMPORT_NOT_AN_EXPORT" });
  });
});

describe("limits", () => {
  const long = `${LINE}\n27/11/2021, 14:01 - Mara: ${"x".repeat(10_000_000)}\n27/11/2021, 14:02 - Mara: end`;

  test("a line of ten megabytes is refused by number, and may be allowed", async () => {
    for (const input of [long, bytes(long), Readable.from([Buffer.from(long)])]) {
      const { code, details } = await refusal(input);
      expect(code).toBe("IMPORT_LINE_TOO_LONG");
      expect(details).toEqual({ line: 2, limit: 1_048_576 });
    }
    expect((await parseWhatsApp(long, { limits: { message: 20_000_000 } })).messages).toHaveLength(3);
    expect(
      (await parseWhatsApp(bytes(long), { limits: { message: 20_000_000 } })).messages[1]?.body,
    ).toHaveLength(10_000_000);
  });

  test("so is a message of a million lines", async () => {
    expect((await refusal(`${LINE}\n${"and on\n".repeat(300_000)}`)).code).toBe("IMPORT_LINE_TOO_LONG");
  });

  test("ten megabytes without a line that is a message are no export", async () => {
    expect((await refusal("x".repeat(10_000_000))).code).toBe("IMPORT_NOT_AN_EXPORT");
    expect((await refusal(Readable.from([Buffer.alloc(10_000_000, 0x78)]))).code).toBe(
      "IMPORT_NOT_AN_EXPORT",
    );
  });

  test("hostile lines take time in proportion to their length", async () => {
    const head = "27/11/2021, 14:00 - ";
    for (const line of [
      "1/".repeat(200_000),
      `${head}${"a:".repeat(200_000)}`,
      `${head}A: ${"<".repeat(400_000)}>`,
      `${head}A: ${"(".repeat(400_000)})`,
      `${head}A: ${"x • ".repeat(100_000)}\u200eomitted`,
      `${head}${"number ".repeat(60_000)}`,
      `${head}A: @\u2068${"a".repeat(400_000)}`,
    ]) {
      expect((await parseWhatsApp(`${head}A: first\n${line}`)).messages.length).toBeGreaterThan(0);
    }
    const many = await parseWhatsApp(`${head}no colon here\n`.repeat(50_000));
    expect(many.messages).toHaveLength(50_000);
  });
});

test("bytes that are no text are noticed, by line, and the rest is kept", async () => {
  const broken = bytes(`${LINE}\n27/11/2021, 14:01 - Mara: caf?\n`);
  broken[broken.length - 2] = 0xe9; // é in Latin-1
  const { messages, warnings } = await parseWhatsApp(broken);
  expect(messages[1]?.body).toBe("caf\ufffd");
  expect(warnings).toMatchObject([{ code: "INVALID_CHARACTERS", lines: [2], count: 1 }]);
});

test("a stream says what it knows once it has been read", async () => {
  const stream = streamWhatsApp(`junk\n${LINE}\n27/11/2021, 14:01 - Mara created group "Club"`);
  let count = 0;
  for await (const batch of stream) count += batch.length;
  expect(count).toBe(2);
  expect(stream.summary()).toEqual({
    platform: "whatsapp",
    name: "Club",
    participants: [{ id: "Mara", name: "Mara", messages: 1 }],
    warnings: [
      { code: "UNPARSED_LINES", message: expect.stringContaining("(line 1)"), lines: [1], count: 1 },
    ],
  });
});

test.skipIf(!corpus)("real exports of others, text and zip", async () => {
  const read = async (file: string, options?: WhatsAppOptions) =>
    parseWhatsApp(readFileSync(`${corpus}/fixtures/whatsapp/${file}`), options);
  const zip = await read("ios-de-dates-with-media.zip");
  expect(zip.messages).toHaveLength(52);
  expect(zip.messages.filter(({ kind }) => kind === "media")).toHaveLength(4);
  expect(zip.messages.filter(({ kind }) => kind === "poll")).toHaveLength(1);
  expect(
    (await read("ios-us-12h-image-omitted.txt")).messages.filter(({ media }) => media?.omitted),
  ).toHaveLength(3);
  expect((await read("android-us-12h.txt")).participants).toHaveLength(2);
  expect((await read("android-dmy-24h.txt")).messages.at(-1)?.wallClock).toBe("2024-03-10T09:15:00");
  expect((await read("android-ambiguous-dates.txt")).warnings).toMatchObject([
    { code: "AMBIGUOUS_DATES", count: 5 },
  ]);
  expect((await read("android-ambiguous-dates.txt", { dateOrder: "dmy" })).messages[0]?.wallClock).toBe(
    "2025-01-12T09:10:00",
  );
});
