import { type Message, searchMessages } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readQuery } from "../../../src/sharing/search/query.js";
import { termsOf } from "../../../src/sharing/search/terms.js";

const message = (id: string, body: string, fields: Partial<Message> = {}): Message => ({
  ...{ id, channel: "lounge", at: 1, sequence: 0, author: "gus", authorName: null, kind: "text", body },
  ...{ replyTo: null, attachments: [], poll: null, votes: {}, reactions: {}, pinned: false },
  ...{ editedAt: null, deletedAt: null, source: null },
  ...fields,
});
const find = (messages: readonly Message[], query: string, options = {}) =>
  searchMessages(messages, query, options).map((hit) => hit.message.id);

describe("words", () => {
  test("are the same in any case, normal form and width, with and without accents and what cannot be seen", () => {
    const same = ["Café", "cafe\u0301", "CAFÉ", "ｃａｆé", "ca\u00adfe\u0301", "\u200bCafe", "c\u200dafe"];
    for (const text of same) expect(termsOf(text)).toEqual(["cafe"]);
    expect(termsOf("Straße ΣΑΣ σας ЙОД ﬁne")).toEqual(["strasse", "σασ", "σασ", "иод", "fine"]);
  });

  test("keep the signs that scripts other than Latin, Greek and Cyrillic write", () => {
    expect(termsOf("नमस्ते दुनिया")).toEqual(["नमस्ते", "दुनिया"].map((word) => word.normalize("NFKC")));
  });

  test("are split by what stands between them, or, where nothing does, by what they mean", () => {
    expect(termsOf("don't e-mail a.b@c.example, 3.14")).toEqual([
      ...["don", "t", "e", "mail", "a", "b", "c", "example", "3", "14"],
    ]);
    expect(termsOf("東京に行く")).toContain("東京");
    expect(termsOf("สวัสดีครับ").length).toBeGreaterThan(1);
    expect(termsOf("!? 🎉 --")).toEqual([]);
  });

  test("are cut where they are longer than anybody would write", () => {
    expect(termsOf("𝒳".repeat(100))).toEqual(["x".repeat(64)]);
    expect(termsOf("a ".repeat(20_000))).toHaveLength(10_000);
  });

  test("of words are themselves, whatever they were made from", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const terms = termsOf(text);
        for (const term of terms) {
          expect(term).not.toMatch(/\s/u);
          expect(termsOf(term).join("")).toBe(term);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("a query", () => {
  test("has words, words in quotes and words that must not be there", () => {
    expect(readQuery('red "big green" -blue -"old grey" tea')).toEqual({
      wanted: [
        { terms: ["red"], prefix: false },
        { terms: ["big", "green"], prefix: false },
        { terms: ["tea"], prefix: true },
      ],
      unwanted: [
        { terms: ["blue"], prefix: false },
        { terms: ["old", "grey"], prefix: false },
      ],
    });
    expect(readQuery("«big green» „tea")).toMatchObject({
      wanted: [{ terms: ["big", "green"] }, { terms: ["tea"] }],
    });
  });

  test("is read up to its thirty-second word", () => {
    const { wanted } = readQuery(Array.from({ length: 100 }, (_, index) => `w${index}`).join(" "));
    expect(wanted.flatMap(({ terms }) => terms)).toHaveLength(32);
  });

  test("is read without fail, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => void readQuery(text)),
      { numRuns: 200 },
    );
  });
});

describe("searching messages", () => {
  const kit = [
    message("m1", "The spring kit"),
    message("m2", "A kit for spring, and a long story about everything else that is in it", { at: 2 }),
    message("m3", "kitchen", { at: 3 }),
  ];

  test("finds those with all words, the last of which may go on", () => {
    expect(find(kit, "spring kit").sort()).toEqual(["m1", "m2"]);
    expect(find(kit, "kit").sort()).toEqual(["m1", "m2", "m3"]);
    expect(find(kit, "kit spring").sort()).toEqual(["m1", "m2"]);
    expect(find(kit, '"kit"').sort()).toEqual(["m1", "m2"]);
    expect(find(kit, '"spring kit"')).toEqual(["m1"]);
    expect(find(kit, "kit -story")).toEqual(["m1"]);
    for (const text of ["", " ", "-kit", "🎉"]) expect(find(kit, text)).toEqual([]);
  });

  test("gives the best first, then the newest, then what was first in the alphabet", () => {
    expect(find(kit, '"kit"')).toEqual(["m1", "m2"]);
    const alike = [message("b", "tea"), message("a", "tea"), message("c", "tea", { at: 5 })];
    expect(find(alike, "tea")).toEqual(["c", "a", "b"]);
    const scores = searchMessages(kit, "kit").map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
  });

  test("looks at polls, names of files and authors, who count less", () => {
    const poll = { question: "Colour?", options: ["Teal", "Ochre"], multiple: false };
    const messages = [
      message("p", "Colour?", { kind: "poll", poll }),
      message("f", "", { kind: "media", attachments: [{ name: "Teal_sample.pdf", kind: "document" }] }),
      message("a", "nothing to do with it, and long enough", { authorName: "Teal Ochre" }),
      message("i", "hello", { author: "mia" }),
    ];
    expect(find(messages, "teal")).toEqual(["f", "p", "a"]);
    expect(find(messages, "sample.pdf")).toEqual(["f"]);
    expect(find(messages, '"teal ochre"')).toEqual(["a"]);
    expect(find(messages, "mia")).toEqual(["i"]);
    expect(find(messages, "mia", { names: new Map([["mia", "Noa"]]) })).toEqual([]);
    expect(find(messages, "noa", { names: new Map([["mia", "Noa"]]) })).toEqual(["i"]);
  });

  test("passes over what was deleted, notices of the platform, and what says nothing", () => {
    const messages = [
      message("d", "tea", { deletedAt: 5 }),
      message("e", "tea", { kind: "deleted" }),
      message("s", "tea", { kind: "system", author: null }),
      message("n", "", { author: "tea" }),
    ];
    expect(find(messages, "tea")).toEqual([]);
  });

  test("takes messages of several channels that have the same ids, and ids of any kind", () => {
    const messages = [
      message("m1", "tea"),
      message("m1", "tea", { channel: "news" }),
      message("__proto__", "tea constructor __proto__ toString"),
    ];
    expect(find(messages, "tea")).toHaveLength(3);
    for (const text of ["constructor", "__proto__", "toString"])
      expect(find(messages, text)).toEqual(["__proto__"]);
  });

  test("forgives a typing error where it is told to, after all that has none", () => {
    const messages = [
      message("typo", "refnd refnd refnd"),
      message("exact", "a refund, said in a message that goes on and on about many other things"),
      message("short", "kot"),
    ];
    expect(find(messages, '"refund"')).toEqual(["exact"]);
    expect(find(messages, '"refund"', { typos: true })).toEqual(["exact", "typo"]);
    expect(find(messages, '"kit"', { typos: true })).toEqual([]);
  });

  const word = fc.constantFrom(
    "tea",
    "Tea",
    "téa",
    "kit",
    "kitchen",
    "東京",
    "re\u00adfund",
    "refunds",
    "—",
    "🎉",
  );
  const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(" "));

  test("finds every message by any of its own words, in quotes and alone", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (bodies) => {
        const messages = bodies.map((body, index) => message(`m${index}`, body));
        for (const { id, body } of messages) {
          const terms = termsOf(body);
          if (terms.length === 0) continue;
          expect(find(messages, terms.join(" "))).toContain(id);
          expect(find(messages, `"${body}"`)).toContain(id);
          expect(find(messages, `${terms[0]} -${terms[0]}`)).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("finds less with every word more, and the same in whatever order messages come", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), word, word, (bodies, one, other) => {
        const messages = bodies.map((body, index) => message(`m${index}`, body, { at: index % 2 }));
        const both = find(messages, `"${one}" "${other}"`);
        const single = find(messages, `"${one}"`);
        if (termsOf(one).length > 0) expect(single).toEqual(expect.arrayContaining(both));
        expect(find([...messages].reverse(), `"${one}"`)).toEqual(single);
      }),
      { numRuns: 200 },
    );
  });
});
