import {
  curate,
  type Message,
  messagesOf,
  type Redaction,
  select,
  sliceToJson,
  sliceToMarkdown,
} from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { timelineOf } from "../helpers/spaces.js";

const AT = Date.parse("2026-05-01T09:00:00Z");

function message(id: string, author: string, body: string, extra: Partial<Message> = {}): Message {
  return {
    id,
    channel: "lounge",
    at: AT + Number(id.slice(1)) * 60_000,
    sequence: 0,
    author,
    authorName: null,
    kind: "text",
    body,
    replyTo: null,
    attachments: [],
    poll: null,
    votes: {},
    reactions: {},
    pinned: false,
    editedAt: null,
    deletedAt: null,
    source: null,
    ...extra,
  };
}

const chat: readonly Message[] = [
  message("m1", "ana", "Doors open at six", { pinned: true }),
  message("m2", "leo", "Where?", { replyTo: "m1" }),
  message("m3", "mara", "At the pier", { replyTo: "m2" }),
  message("m4", "leo", "gone", { kind: "deleted", body: "" }),
  message("m5", "nobody", "Mara joined", { author: null, kind: "system" }),
  message("m6", "leo", "Call me: +44 7700 900123 or write leo@mail.example"),
];

const slice = (redact: readonly Redaction[] = [], messages = chat, names?: ReadonlyMap<string, string>) =>
  curate(messages, {
    id: "slc_1",
    title: "For the partner",
    space: "drop",
    by: "ana",
    at: AT,
    pick: [{ from: 0 }],
    redact,
    names,
  });

describe("picking", () => {
  test.each([
    ["by id", [{ ids: ["m3", "m1", "mX"] }], ["m1", "m3"]],
    ["by time, the end not included", [{ from: AT + 120_000, to: AT + 180_000 }], ["m2"]],
    ["what is pinned", [{ pinned: true }], ["m1"]],
    ["a message with its replies and theirs", [{ thread: "m1" }], ["m1", "m2", "m3"]],
    ["several picks add up, each message once", [{ pinned: true }, { ids: ["m1", "m6"] }], ["m1", "m6"]],
    ["everything, but never what is deleted or the platform's own", [{}], ["m1", "m2", "m3", "m6"]],
    ["nothing", [], []],
  ] as const)("%s", (_, pick, ids) => {
    expect(select(chat, pick).map(({ id }) => id)).toEqual(ids);
  });
});

describe("what the recipient sees", () => {
  test("has ids of its own: those of imports are made from what was written", () => {
    expect(slice().messages.map(({ id, replyTo }) => [id, replyTo])).toEqual([
      ["m1", null],
      ["m2", "m1"],
      ["m3", "m2"],
      ["m4", null],
    ]);
  });

  test("says how many answered messages were left out", () => {
    const part = curate(chat, {
      id: "s",
      title: "t",
      space: "drop",
      by: "ana",
      at: AT,
      pick: [{ ids: ["m2", "m3"] }],
    });
    expect(part.leftOut).toBe(1);
    expect(part.messages[0]?.replyTo).toBeNull();
  });

  test("is plain data", () => {
    expect(JSON.parse(JSON.stringify(slice(["phones"])))).toEqual(slice(["phones"]));
  });
});

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

  test("nothing redacted is left in any export, in any case or with anything invisible in between", () => {
    const name = fc.constantFrom("Zuzana Quill", "Ødger Ýrr", "Жанна", "美咲子");
    const noise = fc.constantFrom("", "\u200b", "\u00ad", "\u2060", "\u200e");
    const spelling = fc.tuple(name, fc.boolean(), noise).map(([text, upper, between]) => ({
      secret: text,
      written: [...(upper ? text.toUpperCase() : text)].join(between),
    }));
    fc.assert(
      fc.property(fc.array(spelling, { minLength: 1, maxLength: 5 }), fc.lorem(), (people, filler) => {
        const messages = people.map(({ written }, index) =>
          message(`m${index}`, `whatsapp:${people[index]?.secret}`, `${filler} ${written}, ${filler}`),
        );
        const shared = curate(messages, {
          id: "slc_1",
          title: `What ${people[0]?.written} said`,
          space: "drop",
          by: `whatsapp:${people[0]?.secret}`,
          at: 0,
          pick: [{}],
          redact: people.map(({ secret }) => ({ person: `whatsapp:${secret}`, alsoKnownAs: [secret] })),
        });
        const everything = `${sliceToJson(shared)}${sliceToMarkdown(shared)}`.toLowerCase();
        for (const { secret } of people) expect(everything).not.toContain(secret.toLowerCase());
      }),
    );
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

describe("exports", () => {
  test("JSON is the slice itself", () => {
    expect(JSON.parse(sliceToJson(slice()))).toEqual(slice());
  });

  test("Markdown shows it in the zone of the reader, and nothing in it becomes markup", () => {
    const shared = slice(
      [],
      [
        message("m1", "ana", "# not a heading\n<img src=x onerror=alert(1)>\n[click](javascript:x) *b* `c`", {
          pinned: true,
        }),
        message("m2", "ana", "", {
          kind: "poll",
          poll: { question: "When?", options: ["Now"], multiple: false },
          votes: { leo: [0] },
        }),
      ],
    );
    const text = sliceToMarkdown(shared, { timeZone: "Europe/Berlin" });
    expect(text).toContain("**ana** · 2026-05-01 11:01 · m1 · pinned");
    expect(text).toContain("> \\# not a heading");
    expect(text).not.toMatch(/<img|\]\(javascript/);
    expect(text).toContain("> - Now: 1");
  });

  test("a Markdown export in a zone that there is not is refused", () => {
    expect(() => sliceToMarkdown(slice(), { timeZone: "Nowhere" })).toThrow(/not a time zone/);
  });
});

test("messagesOf gives them in the order they were said", () => {
  const posted = (id: string, at: number) => ({
    id,
    type: "message.posted" as const,
    at,
    by: "x",
    data: { author: "x", kind: "text" as const, body: id },
  });
  // An id of digits would come first in a plain object.
  const timeline = timelineOf("lounge", posted("b", 2), posted("c", 1), posted("1", 2));
  expect(messagesOf(timeline).map(({ id }) => id)).toEqual(["c", "b", "1"]);
});
