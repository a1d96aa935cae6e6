import { curate, type Redaction } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { chat, message, REQUEST } from "../messages.js";

const slice = (redact: readonly Redaction[] = [], messages = chat, names?: ReadonlyMap<string, string>) =>
  curate(messages, { ...REQUEST, redact, names });

describe("redacting", () => {
  const texts = (redact: readonly Redaction[], ...bodies: string[]) =>
    slice(
      redact,
      bodies.map((body, index) => message(`m${index}`, "ana", body)),
    ).messages.map(({ body }) => body);

  test("a person becomes the same stranger everywhere, by any part of the name and in any case", () => {
    const { messages, redactions } = slice(
      [{ person: "mara" }],
      [
        message("m1", "mara", "hello", { authorName: "Mara Lind" }),
        message("m2", "leo", "Hi MARA LIND, hi lind! Ask mara's sister, not Marathon."),
        message("m3", "leo", "@Mara Lind?"),
      ],
    );
    expect(messages.map(({ author, body }) => `${author}: ${body}`)).toEqual([
      "Person 1: hello",
      "leo: Hi Person 1, hi Person 1! Ask Person 1's sister, not Marathon.",
      "leo: @Person 1?",
    ]);
    expect(redactions).toEqual({ people: 5 });
  });

  test("a person can be named as they wrote under, for whoever comes from an import has a longer id", () => {
    const [first, second] = slice(
      [{ person: "Mara Lind" }],
      [
        message("m1", "whatsapp:Mara Lind", "hello", { authorName: "Mara Lind" }),
        message("m2", "leo", "hi Mara"),
      ],
    ).messages;
    expect(first?.author).toBe("Person 1");
    expect(second?.body).toBe("hi Person 1");
  });

  test("other spellings can be added", () => {
    expect(texts([{ person: "mara", alsoKnownAs: ["M.L.", "Mimi"] }], "ask M.L. or mimi")).toEqual([
      "ask Person 1 or Person 1",
    ]);
  });

  test("neither spaces nor the case of a letter makes a stranger of their own", () => {
    expect(texts([{ person: "Mara Weiß" }], "mara\u00a0 weiß and MARA WEIẞ")).toEqual([
      "Person 1 and Person 1",
    ]);
  });

  test.each([
    ["mara99 wrote", "Person 1 wrote"],
    ["m\u0332a\u0332r\u0332a\u0332 wrote", "Person 1 wrote"],
    ["\u00e1sk M\u00e1ra", "\u00e1sk Person 1"],
    ["ask Lind, or O'Neil", "ask Person 1, or O'Person 1"],
    ["Mara\ud83d\udc95", "Person 1\ud83d\udc95"],
    ["von Beethoven", "von Beethoven"],
    ["\u0648\u0645\u0631\u064a\u0645 \u0642\u0627\u0644\u062a", "\u0648Person 1 \u0642\u0627\u0644\u062a"],
    ["Tamara, Marathon", "Tamara, Marathon"],
  ])("names: %s", (text, shown) => {
    const alsoKnownAs = ["Mara von Lind-O'Neil", "\u0645\u0631\u064a\u0645"];
    expect(texts([{ person: "whatsapp:Mara", alsoKnownAs }], text)).toEqual([shown]);
  });

  test.each([
    ["\u674e\u5c0f\u9f99", "\u6211\u548c\u674e\u5c0f\u9f99\u8bf4", "\u6211\u548cPerson 1\u8bf4"],
    ["\ubbfc\uc218", "\ubbfc\uc218\uac00 \uc654\ub2e4", "Person 1\uac00 \uc654\ub2e4"],
    [
      "\u0e2a\u0e21\u0e0a\u0e32\u0e22",
      "\u0e40\u0e08\u0e2d\u0e2a\u0e21\u0e0a\u0e32\u0e22\u0e17\u0e35\u0e48",
      "\u0e40\u0e08\u0e2dPerson 1\u0e17\u0e35\u0e48",
    ],
  ])("names within words, where a script has no spaces: %s", (person, text, shown) => {
    expect(texts([{ person }], text)).toEqual([shown]);
  });

  test("a rule that is none is told, for nothing would be taken out by it", () => {
    for (const rule of ["names", null, {}, 5]) {
      expect(() => slice([rule as never])).toThrow(/There is no redaction/);
    }
  });

  test("a whole name goes before a part of another", () => {
    const people = [{ person: "lind", alsoKnownAs: ["Mara Lind"] }, { person: "mara" }];
    expect(texts(people, "ask Mara, or Mara Lind")).toEqual(["ask Person 2, or Person 1"]);
  });

  test("what overlaps goes as a whole", () => {
    expect(texts([{ person: "mara" }, { phrase: "ara lind secret" }], "Mara Lind secret x")).toEqual([
      "[redacted] x",
    ]);
  });

  test("what is left of one finding and makes another goes too, if need be with all of the text", () => {
    const phrases = ["ab", "redacted", "\u2588", "*", "-"].map((phrase) => ({ phrase }));
    for (const text of texts(phrases, "aaaaaabbbbbb", "xMara ab")) expect(text).not.toContain("ab");
    expect(texts([{ person: "mara" }, { phrase: "x" }], "xMara is here")).toEqual([
      "[redacted]Person 1 is here",
    ]);
  });

  test("a pseudonym is not taken for an amount", () => {
    expect(texts([{ person: "mara" }, "amounts"], "Mara EUR now")).toEqual(["Person 1 EUR now"]);
  });

  test("phrases go from what stands around the messages too; names, which may be words in it, stay", () => {
    const policy = { ...curate([], REQUEST).policy, legal: "May Lynx be with you", disclosure: "LYNX" };
    const shared = curate([], {
      ...REQUEST,
      space: "lynx-drop",
      policy,
      redact: [{ phrase: "lynx" }, { person: "may" }],
    });
    expect(shared).toMatchObject({
      space: "[redacted]-drop",
      policy: { legal: "May [redacted] be with you", disclosure: "[redacted]" },
    });
  });

  test("a channel is named once, and does not make its messages redacted", () => {
    const shared = curate([message("m1", "ana", "a"), message("m2", "ana", "b")], {
      ...REQUEST,
      ...{ channels: new Map([["lounge", "Mara's lounge"]]), redact: [{ person: "mara" }] },
    });
    expect(shared.redactions).toEqual({ people: 1 });
    expect(shared.messages.map(({ channel, redacted }) => [channel, redacted])).toEqual([
      ["Person 1's lounge", false],
      ["Person 1's lounge", false],
    ]);
  });

  test("emoji that are joined of several stay whole", () => {
    const emoji =
      "\u2764\ufe0f\u200d\ud83d\udd25 \ud83c\udff3\ufe0f\u200d\ud83c\udf08 \ud83c\udff4\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}";
    expect(texts(["phones"], emoji)).toEqual([emoji]);
    expect(texts(["phones"], "a\u200c\u200c\u200db\u200b\u2060c")).toEqual(["a\u200cbc"]);
  });

  test("what cannot be seen does not hide a name", () => {
    expect(texts([{ person: "mara" }], "m\u200bar\u2060a and MA\u00adRA")).toEqual(["Person 1 and Person 1"]);
    expect(texts([{ person: "Zo\u00eb" }], "ask Zoe\u200b\u0308")).toEqual(["ask Person 1"]);
  });

  test.each([
    ["+44 7700 900123", "[phone]"],
    ["call 07700 900123 now", "call [phone] now"],
    ["(030) 1234-56789.", "[phone]."],
    ["+491705550101", "[phone]"],
    ["٠٧٧٠٠٩٠٠١٢٣", "[phone]"],
    ["order 12345678", "order 12345678"],
    ["at 21:07 in 2026", "at 21:07 in 2026"],
  ])("phones: %s", (text, shown) => expect(texts(["phones"], text)).toEqual([shown]));

  test.each([
    ["see https://shop.example/kit?x=1, ok", "see [link] ok"],
    ["www.example.com", "[link]"],
    ["shop.example/kit", "[link]"],
    ["HTTP://EXAMPLE.COM", "[link]"],
    ["tg://resolve?domain=x", "[link]"],
    ["it is 3.5 now. Really", "it is 3.5 now. Really"],
  ])("links: %s", (text, shown) => expect(texts(["links"], text)).toEqual([shown]));

  test.each([
    ["12 €", "[amount]"],
    ["£4.20 each", "[amount] each"],
    ["EUR 1.200,50!", "[amount]!"],
    ["about 30k dollars", "about [amount]"],
    ["1 200 of them", "1 200 of them"],
    ["$5m", "[amount]"],
    ["₹ 1,00,000", "[amount]"],
  ])("amounts: %s", (text, shown) => expect(texts(["amounts"], text)).toEqual([shown]));

  test("addresses", () => {
    expect(texts(["emails"], "to Ana.V+x@mail.example.org.")).toEqual(["to [email]."]);
  });

  test("file names go, what kind of file it was stays", () => {
    const [shared] = slice(
      ["attachments"],
      [message("m1", "ana", "", { attachments: [{ name: "leo-passport.jpg", kind: "image" }] })],
    ).messages;
    expect(shared?.attachments).toEqual([{ kind: "image", name: null }]);
  });

  test("reaches polls, file names and authors who go by a number", () => {
    const [poll, file] = slice(
      ["phones", { person: "leo" }],
      [
        message("m1", "wa:+447700900123", "Ask Leo?", {
          authorName: "+44 7700 900123",
          kind: "poll",
          poll: { question: "Ask Leo?", options: ["Leo", "+44 7700 900123"], multiple: false, tally: [1, 2] },
          votes: { ana: [0] },
        }),
        message("m2", "ana", "", { attachments: [{ name: "leo.jpg", kind: "image" }] }),
      ],
    ).messages;
    expect(poll).toMatchObject({
      author: "Person 2",
      poll: { question: "Ask Person 1?", options: ["Person 1", "[phone]"], votes: [2, 2] },
    });
    expect(file?.attachments[0]?.name).toBe("Person 1.jpg");
  });

  test("a great many names take time in proportion to their number", () => {
    const names = new Map(Array.from({ length: 20_000 }, (_, i) => [`user-${i}`, `User ${i} Name`] as const));
    const [shown] = slice(["people"], [message("m1", "leo", "ask User 19999 Name")], names).messages;
    expect(shown?.body).toMatch(/^ask Person \d+$/);
  });

  test("hostile texts take time in proportion to their length", () => {
    const all: Redaction[] = ["emails", "links", "amounts", "phones", { person: "mara" }];
    // Each of these makes a careless pattern take minutes.
    for (const text of [
      "a.".repeat(30_000),
      "1 ".repeat(30_000),
      "a@".repeat(30_000),
      "€".repeat(60_000),
      "(".repeat(60_000),
      "x".repeat(60_000),
    ]) {
      expect(texts(all, text)).toHaveLength(1);
    }
  });
});
