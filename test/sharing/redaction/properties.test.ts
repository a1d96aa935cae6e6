import { curate, type Message, type Redaction, renderSlice, type Slice } from "chat-spaces";
import { sliceToBundle } from "chat-spaces/bundles";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { message, REQUEST } from "../messages.js";

const RENDERINGS: { readonly [name: string]: (slice: Slice) => string } = {
  json: (slice) => renderSlice(slice, "json").body,
  markdown: (slice) => renderSlice(slice, "markdown").body,
  html: (slice) => renderSlice(slice, "html").body,
  text: (slice) => renderSlice(slice, "text").body,
  "the name of the file": (slice) => renderSlice(slice, "html").fileName,
  bundle: sliceToBundle,
};

/** Words in several scripts that stand in no frame of an export. */
const SECRETS = [
  "Zuzana",
  "\u00d8dger",
  "\u0416\u0430\u043d\u043d\u0430",
  "\u1f08\u03bb\u03ad\u03be\u03b1\u03bd\u03b4\u03c1\u03bf\u03c2",
  "\u0641\u0627\u0637\u0645\u0629",
  "\u674e\u5c0f\u9f99",
  "\u7f8e\u54b2\u5b50",
  "\u0e2a\u0e21\u0e0a\u0e32\u0e22",
  "\uae40\ubbfc\uc218",
  "Wei\u00dfkopf",
  "\u0130\u015f\u0131l",
  "quartz\ud83d\ude80vault",
  "\u0928\u0947\u0939\u093e",
] as const;

const HIDDEN = [
  "",
  "\u200b",
  "\u200d",
  "\u00ad",
  "\u2060",
  "\u200e",
  "\ufeff",
  "\u034f",
  "\ufe0f",
  "\u2063",
  "\u0000",
];

/** Full-width forms of what is ASCII. */
const wide = (text: string) =>
  text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

const disguises: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.normalize("NFD"),
  (text) => text.normalize("NFC"),
  (text) => text.normalize("NFKD"),
  (text) => text.normalize("NFKC"),
  wide,
];

/** What people who look for a text compare: one form, nothing hidden, one case. */
const folded = (text: string) =>
  text
    .normalize("NFKC")
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]|[^\P{Cc}\s]/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .toUpperCase()
    .normalize("NFKC");

const secret = fc.record({
  text: fc.constantFrom(...SECRETS),
  disguise: fc.constantFrom(...disguises),
  between: fc.constantFrom(...HIDDEN),
});
type Secret = {
  readonly text: string;
  readonly disguise: (text: string) => string;
  readonly between: string;
};

const written = ({ text, disguise, between }: Secret) => [...disguise(text)].join(between);

const around = fc.constantFrom("", " ", ", ", "\n", "(", "@", "\u2014", "\ud83d\ude80", "! ", "\u3002");

function shared(
  secrets: readonly Secret[],
  put: (spelling: string) => string,
  rules: readonly Redaction[],
): Slice {
  const spellings = secrets.map((one) => put(written(one)));
  const messages = spellings.map(
    (text, index): Message =>
      message(`m${index}`, `whatsapp:${secrets[index]?.text}`, text, {
        authorName: written(secrets[index] ?? secretless),
        attachments: [{ name: `${text}.jpg`, kind: "image" }],
        poll: { question: text, options: [text, "no"], multiple: false },
        votes: { [secrets[index]?.text ?? ""]: [0] },
        reactions: { "\ud83d\udc4d": [secrets[index]?.text ?? ""] },
        source: { platform: "whatsapp", id: text, note: text },
      }),
  );
  const [first = ""] = spellings;
  return curate(messages, {
    ...REQUEST,
    ...{ title: first, by: `whatsapp:${secrets[0]?.text}`, recipient: first, redact: rules },
    channels: new Map([["lounge", first]]),
  });
}
const secretless: Secret = { text: "x", disguise: (text) => text, between: "" };

function expectNoneOf(secrets: readonly Secret[], slice: Slice): void {
  for (const [name, render] of Object.entries(RENDERINGS)) {
    const text = folded(render(slice));
    for (const { text: hidden } of secrets)
      expect(text, `${hidden} in ${name}`).not.toContain(folded(hidden));
  }
}

describe("nothing redacted is left in any rendering, in any case or form, whatever stands invisibly in it", () => {
  const some = fc.array(secret, { minLength: 1, maxLength: 4 });

  test("of phrases, wherever they stand", () => {
    fc.assert(
      fc.property(some, fc.string({ maxLength: 8 }), around, (secrets, before, after) => {
        const rules = secrets.map(({ text }) => ({ phrase: text }));
        expectNoneOf(
          secrets,
          shared(secrets, (text) => `${before}${text}${after}${text}`, rules),
        );
      }),
    );
  });

  test("of people, between words and, where a script has no spaces, within them", () => {
    fc.assert(
      fc.property(some, around, around, (secrets, before, after) => {
        const rules = secrets.map(({ text }) => ({ person: `whatsapp:${text}`, alsoKnownAs: [text] }));
        expectNoneOf(
          secrets,
          shared(secrets, (text) => `${before}${text}${after}`, rules),
        );
      }),
    );
  });

  test("of everybody", () => {
    fc.assert(
      fc.property(some, around, (secrets, before) => {
        expectNoneOf(
          secrets,
          shared(secrets, (text) => `${before}${text}`, ["people"]),
        );
      }),
    );
  });

  test("of phrases that the placeholders themselves would say", () => {
    for (const phrase of ["person", "redacted", "link", "Person 1", "1", "███", "p1", "["]) {
      const { messages } = curate(
        [message("m1", "ana", `${phrase} and https://a.example ${phrase.toUpperCase()}`)],
        {
          ...REQUEST,
          redact: [{ phrase }, "links", { person: "ana" }],
        },
      );
      for (const { body, author } of messages) {
        expect(folded(body)).not.toContain(folded(phrase));
        expect(folded(author ?? "")).not.toContain(folded(phrase));
      }
    }
  });
});

test("redacting what has been redacted changes nothing", () => {
  const rules: readonly Redaction[] = [
    "people",
    "links",
    "emails",
    "phones",
    "amounts",
    "addresses",
    { phrase: "Zuzana" },
  ];
  fc.assert(
    fc.property(fc.array(fc.oneof(secret.map(written), fc.string({ unit: "grapheme" }))), (words) => {
      const once =
        curate([message("m1", "ana", words.join(" "))], { ...REQUEST, redact: rules }).messages[0]?.body ??
        "";
      const twice = curate([message("m1", "ana", once)], { ...REQUEST, redact: rules }).messages[0]?.body;
      expect(twice).toBe(once);
    }),
  );
});

test("a text in which nothing is found stays as it was written, joined emoji and Persian included", () => {
  const texts = [
    "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \u2764\ufe0f",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "Line\n\n  two\t\u00a0x",
  ];
  for (const body of texts) {
    expect(curate([message("m1", "leo", body)], { ...REQUEST, redact: ["phones"] }).messages[0]?.body).toBe(
      body,
    );
  }
});
