import { parseWhatsApp, type WhatsAppOptions } from "chat-spaces/whatsapp";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const parse = (lines: string | readonly string[], options?: WhatsAppOptions) =>
  parseWhatsApp(typeof lines === "string" ? lines : lines.join("\n"), options);
const clocks = async (lines: string | readonly string[], options?: WhatsAppOptions) =>
  (await parse(lines, options)).messages.map(({ wallClock }) => wallClock);
const codes = async (lines: readonly string[], options?: WhatsAppOptions) =>
  (await parse(lines, options)).warnings.map(({ code, lines: at }) => [code, ...at]);

describe("headers of more phones than one could own", () => {
  test.each([
    ["2026. 2. 25. 오후 9:05, Mina : hi", null],
    ["25. 2. 2026, 21:05 - Mina: hi", "2026-02-25T21:05:00"],
    ["2026. 02. 25. 21:05 - Mina: hi", "2026-02-25T21:05:00"],
    ["[2026/02/25 午後9:05:05] Mina: hi", "2026-02-25T21:05:05"],
    ["[2026/02/25 午後0:05:05] Mina: hi", "2026-02-25T12:05:05"],
    ["2026年2月25日 凌晨1:05 - Mina: hi", "2026-02-25T01:05:00"],
    ["25/2/26, 12:05 a. m. - Mina: hi", "2026-02-25T00:05:00"],
    ["25.2.26, kl. 21.05 - Mina: hi", "2026-02-25T21:05:00"],
    ["२५/०२/२०२६, २१:०५ - Mina: hi", "2026-02-25T21:05:00"],
    ["25/2/2569, 21:05 - Mina: hi", "2026-02-25T21:05:00"],
    ["25/02/2026, 21:05 — Mina: hi", "2026-02-25T21:05:00"],
    ["25‏/02‏/2026, 9:05 ص - Mina: hi", "2026-02-25T09:05:00"],
    ["25/2/26 9:05 ΠΜ - Mina: hi", null],
    ["25/2/26, 9:05 μ.μ. - Mina: hi", "2026-02-25T21:05:00"],
    ["25-02-26, 9:05 em - Mina: hi", "2026-02-25T21:05:00"],
    ["25/02/2026, 24:05 - Mina: hi", "2026-02-25T00:05:00"],
    ["25/02/2026, 13:05 PM - Mina: hi", "2026-02-25T13:05:00"],
    ["25/02/2026, 13:05 AM - Mina: hi", null],
    ["25/02/2026, 21:60 - Mina: hi", null],
    ["25/02/2026, 25:00 - Mina: hi", null],
    ["25/02/1926, 21:00 - Mina: hi", null],
    ["45/02/2026, 21:00 - Mina: hi", null],
    ["25/02, 21:00 - Mina: hi", null],
    ["25/02-2026, 21:00 - Mina: hi", null],
    ["2502/2026, 21:00 - Mina: hi", null],
  ])("%s", async (line, clock) => {
    // A line that is no header is kept as the text of the one before it.
    const { messages } = await parse(["13/01/2026, 08:00 - Mina: first", line]);
    if (clock === null) expect(messages).toMatchObject([{ body: `first\n${line}` }]);
    else expect(messages[1]).toMatchObject({ wallClock: clock, author: "Mina", body: "hi" });
  });
});

describe("day or month first", () => {
  test("one date that can only be read one way settles all", async () => {
    expect(await clocks(["3/4/24, 10:00 - A: x", "13/4/24, 10:00 - A: x"])).toEqual([
      "2024-04-03T10:00:00",
      "2024-04-13T10:00:00",
    ]);
    expect(await clocks(["3/4/24, 10:00 - A: x", "3/14/24, 10:00 - A: x"])).toEqual([
      "2024-03-04T10:00:00",
      "2024-03-14T10:00:00",
    ]);
  });

  test("however far down it is", async () => {
    const early = Array.from(
      { length: 30_000 },
      () => "03/04/2024, 10:00 - Mara: this goes on for quite a while before anything is clear",
    );
    expect((await clocks([...early, "13/04/2024, 10:00 - Mara: x"]))[0]).toBe("2024-04-03T10:00:00");
  });

  test("time that would run backwards in one reading settles it for the other", async () => {
    expect(await clocks(["3/4/24, 10:00 - A: x", "4/2/24, 10:00 - A: x"])).toEqual([
      "2024-03-04T10:00:00",
      "2024-04-02T10:00:00",
    ]);
    expect(await clocks(["3/2/24, 10:00 - A: x", "2/4/24, 10:00 - A: x"])).toEqual([
      "2024-02-03T10:00:00",
      "2024-04-02T10:00:00",
    ]);
  });

  test("dots and dashes have the day first", async () => {
    expect(await clocks("03.04.24, 10:00 - A: x")).toEqual(["2024-04-03T10:00:00"]);
    expect(await clocks("[03-04-24 10:00:00] A: x")).toEqual(["2024-04-03T10:00:00"]);
  });

  test("days close together speak for themselves, and a warning says so", async () => {
    const week = [1, 2, 3, 4, 5].map((day) => `0${day}/02/2024, 10:00 - A: x`);
    expect((await clocks(week))[4]).toBe("2024-02-05T10:00:00");
    expect(await codes(week)).toEqual([["ASSUMED_DATE_ORDER", 1, 2, 3, 4, 5]]);
  });

  test("so does the American way of writing", async () => {
    expect(await clocks("6/4/24, 9:07 PM - A: x")).toEqual(["2024-06-04T21:07:00"]);
    expect(await codes(["6/4/24, 9:07 PM - A: x"])).toEqual([["ASSUMED_DATE_ORDER", 1]]);
    expect(await clocks("06/04/2024, 9:07 PM - A: x")).toEqual([null]);
  });

  test("where nothing settles it, the time is not guessed, and can be said", async () => {
    const lines = ["3/4/24, 10:00 - A: x", "3/5/24, 10:00 - A: y", "5/5/24, 10:00 - A: z"];
    // The fifth of May is the fifth of May either way.
    expect(await clocks(lines)).toEqual([null, null, "2024-05-05T10:00:00"]);
    expect(await codes(lines)).toEqual([["AMBIGUOUS_DATES", 1, 2]]);
    expect(await clocks(lines, { dateOrder: "dmy" })).toEqual([
      "2024-04-03T10:00:00",
      "2024-05-03T10:00:00",
      "2024-05-05T10:00:00",
    ]);
    expect(await clocks(lines, { dateOrder: "mdy" })).toEqual([
      "2024-03-04T10:00:00",
      "2024-03-05T10:00:00",
      "2024-05-05T10:00:00",
    ]);
    const { messages } = await parse(lines, { timeZone: "Europe/Berlin" });
    expect(messages[0]).not.toHaveProperty("at");
  });

  test("what is said does not make impossible dates possible", async () => {
    expect(await clocks("6/14/24, 10:00 - A: x", { dateOrder: "dmy" })).toEqual(["2024-06-14T10:00:00"]);
  });

  test("two phones in one file have an order each", async () => {
    expect(await clocks(["13/06/2024, 14:00 - A: x", "6/14/24, 2:00 PM - A: y"])).toEqual([
      "2024-06-13T14:00:00",
      "2024-06-14T14:00:00",
    ]);
  });

  test("a date that there is not is text, with a warning", async () => {
    const { messages, warnings } = await parse(["13/02/2024, 10:00 - A: x", "31/02/2024, 10:00 - A: y"]);
    expect(messages).toMatchObject([{ body: "x\n31/02/2024, 10:00 - A: y" }]);
    expect(warnings).toMatchObject([{ code: "IMPOSSIBLE_DATES", lines: [2], count: 1 }]);
  });
});

describe("clock changes", () => {
  test("an hour that is repeated is put in the order of the file", async () => {
    const { messages, warnings } = await parse(
      ["31/10/2021, 02:30 - A: x", "31/10/2021, 02:10 - A: y", "31/10/2021, 03:10 - A: z"],
      { timeZone: "Europe/Berlin" },
    );
    expect(messages.map(({ at }) => new Date(at as number).toISOString())).toEqual([
      "2021-10-31T00:30:00.000Z",
      "2021-10-31T01:10:00.000Z",
      "2021-10-31T02:10:00.000Z",
    ]);
    expect(warnings).toMatchObject([{ code: "REPEATED_HOUR", lines: [1, 2] }]);
  });

  test("an hour that is skipped moves to after it", async () => {
    const { messages, warnings } = await parse("28/03/2021, 02:30 - A: x", { timeZone: "Europe/Berlin" });
    expect(messages[0]?.at).toBe(Date.parse("2021-03-28T01:30:00Z"));
    expect(warnings).toMatchObject([{ code: "SKIPPED_HOUR", lines: [1] }]);
  });

  test("a zone that there is not is refused", async () => {
    await expect(parse("31/10/2021, 02:30 - A: x", { timeZone: "Mars" })).rejects.toThrow(/not a time zone/);
  });
});

describe("authors", () => {
  const authors = async (...lines: readonly string[]) =>
    (await parse(lines)).messages.map(({ author }) => author);
  const said = (...texts: readonly string[]) => texts.map((text) => `27/11/2021, 14:00 - ${text}`);

  test("colons in what people write do not make other people", async () => {
    expect(
      await authors(...said("Mara: hi", "Mara: Question: who?", "Mara: Step 2: go", "Mara: note: milk: now")),
    ).toEqual(["Mara", "Mara", "Mara", "Mara"]);
  });

  test("a name with a colon shows by being there every time", async () => {
    expect(
      await authors(
        ...said(
          "Studio: Berlin: one",
          "Studio: Berlin: two",
          "Studio: Berlin: a",
          "Studio: Berlin: b",
          "Studio: Berlin: c: d",
        ),
      ),
    ).toEqual(Array(5).fill("Studio: Berlin"));
  });

  test("somebody who sends nothing but pictures and places is called what they are called", async () => {
    const pictures = Array.from({ length: 9 }, (_, n) => `Mara: <attached: ${n}.jpg>`);
    const places = Array.from({ length: 9 }, (_, n) => `Ilo: location: https://maps.google.com/?q=1,${n}`);
    expect(new Set(await authors(...said(...pictures, ...places)))).toEqual(new Set(["Mara", "Ilo"]));
  });

  test("from one line alone it is a guess, with a warning", async () => {
    expect(await authors(...said("Lab: Room 2: hi"))).toEqual(["Lab: Room 2"]);
    expect(await codes(said("Lab: Room 2: hi"))).toEqual([["AMBIGUOUS_AUTHOR", 1]]);
  });

  test("one number is one person, however it is spelt", async () => {
    const { participants } = await parse(
      said("\u202a+49\u00a0170\u00a05550101\u202c: a", "+49 170 5550101: b", "+49 (170) 555-0101: c"),
    );
    expect(participants).toEqual([
      { id: "+491705550101", name: "+49 170 5550101", phone: "+491705550101", messages: 3 },
    ]);
  });

  test("names that JavaScript has plans for are names", async () => {
    expect(await authors(...said("__proto__: a", "constructor: b", "toString: c"))).toEqual([
      "__proto__",
      "constructor",
      "toString",
    ]);
  });

  test("a name that hides its direction is shown as it is written", async () => {
    expect(await authors(...said("\u202eanA\u202c: a", "~\u202fDee: b"))).toEqual(["anA", "Dee"]);
  });

  test("a notice with a colon in it is not somebody's", async () => {
    const lines = said(
      'Ann changed the subject from "Launch" to "Launch: phase 2"',
      "Mara changed the group description: everything is new",
      "Ann: hi",
    );
    expect(await authors(...lines)).toEqual([null, null, "Ann"]);
    expect((await parse(lines)).name).toBe("Launch: phase 2");
  });
});

describe("text", () => {
  test("keeps its blank lines, loses those at its end, and has one kind of line break", async () => {
    const { messages } = await parse(
      "27/11/2021, 14:00 - A: one\r\n\r\n\r\ntwo  \r\n\r\n27/11/2021, 14:01 - A: three\n\n\n",
    );
    expect(messages.map(({ body }) => body)).toEqual(["one\n\n\ntwo", "three"]);
  });

  test("in a file of an old Mac, whose lines end in CR alone", async () => {
    const { messages } = await parse("27/11/2021, 14:00 - A: one\rtwo\r27/11/2021, 14:01 - A: three\r");
    expect(messages.map(({ body }) => body)).toEqual(["one\ntwo", "three"]);
  });

  test("that only looks like the platform's words is text", async () => {
    const texts = [
      "I deleted this message",
      "image omitted",
      "call me (later)",
      "a <b> c",
      "<3 (you)",
      "5 > 3",
      "null and void",
      "POLL: yes",
      "see: https://maps.google.com/?q=1,2 there",
      "This message was deleted? why",
      "option (2)",
      "<edit: typo>",
    ];
    const { messages } = await parse(texts.map((text) => `27/11/2021, 14:00 - A: ${text}`));
    expect(messages.map(({ kind, body }) => [kind, body])).toEqual(texts.map((text) => ["text", text]));
  });

  test("with somebody's words about a place keeps the words", async () => {
    const { messages } = await parse([
      "27/11/2021, 14:00 - A: meet here: https://maps.google.com/?q=52.1,5.1",
      "27/11/2021, 14:00 - A: https://maps.google.com/?q=-33.85,151.2",
    ]);
    expect(messages).toMatchObject([
      { kind: "text", body: "meet here: https://maps.google.com/?q=52.1,5.1" },
      { kind: "location", location: [-33.85, 151.2] },
    ]);
  });

  test("pasted from another export stays where it was pasted, with a warning", async () => {
    const lines = [
      "27/11/2021, 14:00 - A: look:",
      "[4/12/18, 11:00] B: one",
      "[4/12/18, 11:01] B: two",
      "27/11/2021, 14:05 - A: end",
    ];
    const { messages, warnings } = await parse(lines);
    expect(messages.map(({ body }) => body)).toEqual([
      "look:\n[4/12/18, 11:00] B: one\n[4/12/18, 11:01] B: two",
      "end",
    ]);
    expect(warnings).toMatchObject([{ code: "PASTED_LINES", lines: [2, 3], count: 2 }]);
  });

  test("of another phone that goes on for long is another phone's", async () => {
    const other = Array.from({ length: 30 }, (_, n) => `[28/11/2021, 15:00:${10 + n}] B: ${n}`);
    const { messages } = await parse(["27/11/2021, 14:00 - A: one", ...other, "29/11/2021, 14:00 - A: two"]);
    expect(messages).toHaveLength(32);
  });

  test("before the first message is left out, with a warning", async () => {
    expect(await codes(["junk", "", "more", "27/11/2021, 14:00 - A: x"])).toEqual([["UNPARSED_LINES", 1, 3]]);
  });
});

describe("kinds in many languages", () => {
  const kinds = async (...texts: readonly string[]) =>
    (await parse(texts.map((text) => `27/11/2021, 14:00 - A: ${text}`))).messages;
  const iphone = async (...texts: readonly string[]) =>
    (
      await parse([
        "[26/11/2021, 14:00:00] A: hello",
        ...texts.map((text) => `[27/11/2021, 14:00:05] A: \u200e${text}`),
      ])
    ).messages.slice(1);

  test("omitted media", async () => {
    const texts = [
      "<Medier udeladt>",
      "<Mediefil utelatt>",
      "<Médiá vynechané>",
      "<Media omisă>",
      "<Παραλήφθηκαν πολυμέσα>",
      "<Мултимедията е пропусната>",
      "<Medijski zapis izostavljen>",
      "<Mitjans omesos>",
      "<媒體已省略>",
    ];
    for (const message of await kinds(...texts))
      expect(message).toMatchObject({ kind: "media", body: "", media: { omitted: true } });
  });

  test("omitted media of iPhones name their kind", async () => {
    const texts = {
      "Foto weggelassen": "image",
      "vidéo omise": "video",
      "áudio ocultado": "audio",
      "figurinha omitida": "sticker",
      "документ пропущен": "document",
      "ses dahil edilmedi": "audio",
      省略图片: "image",
      "صورة محذوفة": "image",
    };
    const messages = await iphone(...Object.keys(texts));
    expect(messages.map(({ media }) => media?.kind)).toEqual(Object.values(texts));
  });

  test("captions stay with what they are about", async () => {
    const messages = await iphone("<attached: 0001-PHOTO-2021.jpg>\nour shelf", "image omitted\nour shelf");
    const before = (
      await parse(
        "[27/11/2021, 14:00:05] A: our shelf \u200e<attached: 0001-PHOTO-2021.jpg>\n\u200e[27/11/2021, 14:00:06] A: our shelf \u200eimage omitted",
      )
    ).messages;
    for (const message of [...messages, ...before])
      expect(message).toMatchObject({ kind: "media", body: "our shelf", media: { kind: "image" } });
  });

  test("deleted messages", async () => {
    for (const message of await kinds(
      "Você apagou esta mensagem",
      "Bu mesaj silindi.",
      "此消息已删除",
      "Diese Nachricht wurde von Admin Mara gelöscht.",
    )) {
      expect(message).toMatchObject({ kind: "deleted", body: "" });
    }
  });

  test("calls", async () => {
    const calls = {
      "Verpasster Sprachanruf": "missed",
      "Llamada de voz perdida": "missed",
      "Appel vocal manqué": "missed",
      "Chamada de vídeo, 12 min": "taken",
      "Voice call, 1 hr 3 min": "taken",
      "Video call. Declined": "declined",
      "Silenced voice call": "missed",
    };
    expect((await iphone(...Object.keys(calls))).map(({ call }) => call)).toEqual(Object.values(calls));
  });

  test("polls with votes, whatever the words for them", async () => {
    const [poll] = await kinds(
      "UMFRAGE:\nWann?\nOPTION: Do (2 Stimmen)\nOPTION: Fr: spät (10 Stimmen)\nOPTION: nie (keine)\nOPTION: Sa (0 Stimmen)",
    );
    expect(poll).toMatchObject({
      kind: "poll",
      poll: { question: expect.stringContaining("Wann?"), options: [["Sa", 0]] },
    });
    const [good] = await kinds(
      "ENCUESTA:\n¿Cuándo?\nde verdad\nOPCIÓN: Jue: tarde (12 votos)\nOPCIÓN: Vie (1 voto)",
    );
    expect(good).toMatchObject({
      poll: {
        question: "¿Cuándo?\nde verdad",
        options: [
          ["Jue: tarde", 12],
          ["Vie", 1],
        ],
      },
    });
  });

  test("edited captions and edited texts", async () => {
    expect(
      await kinds(
        "IMG-20211127-WA0003.jpg (file attached)\nnew words <This message was edited>",
        "nuevo <Se editó este mensaje.>",
        "neu <Diese Nachricht wurde bearbeitet.>",
      ),
    ).toMatchObject([
      { kind: "media", body: "new words", edited: true },
      { body: "nuevo", edited: true },
      { body: "neu", edited: true },
    ]);
  });

  test("names of files that lead elsewhere are not taken over", async () => {
    const names = ["../../etc/passwd", "..\\..\\x.jpg", "C:x.jpg", "/etc/passwd", "a\u0000.jpg", ".."];
    const { messages, warnings } = await parse(
      names.map((name) => `27/11/2021, 14:00 - A: <attached: ${name}>`),
    );
    for (const message of messages) {
      expect(message).toMatchObject({ kind: "media", attachmentRejected: true });
      expect(message).not.toHaveProperty("attachment");
    }
    expect(warnings).toMatchObject([{ code: "UNSAFE_ATTACHMENT", count: names.length }]);
  });

  test("what notices tell, and whom an iPhone puts them under", async () => {
    const { messages, name } = await parse([
      "[27/11/2021, 14:00:05] Reading Club: \u200eMara added Ilo",
      "[27/11/2021, 14:00:06] Mara: \u200eMara left",
      "[27/11/2021, 14:00:07] Mara: hi",
      "[27/11/2021, 14:00:08] Mara: \u200eMara hat etwas getan, das niemand kennt",
    ]);
    expect(messages).toMatchObject([
      { kind: "system", event: "member-added", groupName: "Reading Club" },
      { kind: "system", event: "member-left", actor: "Mara" },
      { kind: "text", author: "Mara" },
      { kind: "system", event: "other", actor: "Mara" },
    ]);
    expect(name).toBe("Reading Club");
  });
});

describe("ids", () => {
  test("are the same for the same messages, wherever the export begins", async () => {
    const lines = Array.from(
      { length: 60 },
      (_, n) => `27/11/2021, 14:${String(n).padStart(2, "0")} - ${n % 2 ? "A" : "B"}: ${n}`,
    );
    const all = (await parse(lines)).messages.map(({ id }) => id);
    const tail = (await parse(lines.slice(25))).messages.map(({ id }) => id);
    expect(tail).toEqual(all.slice(25));
    expect(new Set(all).size).toBe(60);
  });

  test("do not depend on the zone, and are safe anywhere", async () => {
    const [here] = (await parse("27/11/2021, 14:00 - A: x", { timeZone: "Asia/Tokyo" })).messages;
    const [there] = (await parse("27/11/2021, 14:00 - A: x")).messages;
    expect(here?.id).toBe(there?.id);
    expect(here?.id).toMatch(/^[\w-]{11}$/);
  });

  test("tell a million moments apart", async () => {
    const people = ["A", "B", "C"];
    const lines: string[] = [];
    for (let n = 0; n < 200_000; n++) {
      const at = new Date(Date.UTC(2021, 0, 14) + Math.floor(n / 3) * 1_000).toISOString();
      lines.push(`[${at.slice(0, 10)}, ${at.slice(11, 19)}] ${people[n % 3]}: x`);
    }
    expect(new Set((await parse(lines)).messages.map(({ id }) => id)).size).toBe(200_000);
  });
});

test("whatever the text, nothing is lost: every line of it is in a message or in a warning", async () => {
  const line = fc.oneof(
    fc.constantFrom(
      "27/11/2021, 14:00 - Mara: hi",
      "27/11/2021, 14:01 - Ilo Berg: ok",
      "[4/12/18, 11:00] X: pasted",
      "28/11/2021, 09:00 - Mara left",
    ),
    fc.string({ maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, " ").trim()),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
      const { messages, warnings } = await parse(["27/11/2021, 13:00 - Mara: first", ...lines]);
      expect(messages.length).toBeGreaterThan(0);
      const kept = messages.map(({ body }) => body).join("\n");
      const unparsed = warnings.find(({ code }) => code === "UNPARSED_LINES")?.count ?? 0;
      const words = lines.filter((text) => /^\w+$/.test(text));
      expect(words.filter((word) => !kept.includes(word)).length).toBeLessThanOrEqual(unparsed);
    }),
  );
});
