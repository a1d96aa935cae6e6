import { curate, type Redaction, reviewRedactions } from "chat-spaces";
import { linearPatterns } from "chat-spaces/patterns";
import { describe, expect, test } from "vitest";
import { message, REQUEST } from "../messages.js";

const chat = [
  message("m1", "ana", "Call +44 7700 900123, it is 2 K for Project Lynx"),
  message("m2", "leo", "LYNX costs 5k USD, says Ana", {
    attachments: [{ name: "ana.pdf", kind: "document" }],
  }),
];
const redact: readonly Redaction[] = ["phones", "amounts", { phrase: "lynx" }, { person: "ana" }];

describe("reviewing redactions", () => {
  test("lists every finding with where it stands and what would stand in its place", () => {
    expect(reviewRedactions(chat, { ...REQUEST, redact })).toMatchObject([
      {
        rule: "phones",
        message: "m1",
        field: "body",
        text: "+44 7700 900123",
        replacement: "[phone]",
        before: "Call ",
      },
      { rule: "phrases", message: "m1", field: "body", text: "Lynx", replacement: "[redacted]", after: "" },
      {
        rule: "phrases",
        message: "m2",
        text: "LYNX",
        key: "phrases:LYNX",
        before: "",
        after: " costs 5k USD, says Ana",
      },
      { rule: "amounts", message: "m2", text: "5k USD", replacement: "[amount]" },
      { rule: "people", message: "m2", text: "Ana", replacement: "Person 1" },
      { rule: "people", message: "m2", field: "attachment", text: "ana", key: "people:ANA" },
      { rule: "people", message: null, field: "by", text: "ana" },
    ]);
  });

  test("is exactly what is taken out of the texts", () => {
    const findings = reviewRedactions(chat, { ...REQUEST, redact });
    const { redactions, messages } = curate(chat, { ...REQUEST, redact });
    const count = (rule: string) => findings.filter((finding) => finding.rule === rule).length;
    expect(redactions).toMatchObject({
      phones: count("phones"),
      amounts: count("amounts"),
      phrases: count("phrases"),
    });
    let body = chat[1]?.body ?? "";
    for (const { message: id, field, text, replacement } of findings) {
      if (id === "m2" && field === "body") body = body.replace(text, replacement);
    }
    expect(messages[1]?.body).toBe(body);
  });

  test("lets what was found wrongly stay, wherever it is", () => {
    const [wrong] = reviewRedactions(chat, { ...REQUEST, redact: [{ phrase: "lynx" }] });
    const spared = curate(chat, { ...REQUEST, redact, spare: [wrong?.key ?? ""] });
    expect(spared.messages.map(({ body }) => body)).toEqual([
      "Call [phone], it is 2 K for Project Lynx",
      "LYNX costs [amount], says Person 1",
    ]);
  });
});

describe("patterns", () => {
  const body = "Ship PO-4711 and po-12 to the pier";
  const texts = (rule: Redaction) =>
    curate([message("m1", "leo", body)], { ...REQUEST, redact: [rule], patterns: linearPatterns }).messages[0]
      ?.body;

  test("find what they fit, in the case they are written in unless they say otherwise", () => {
    expect(texts({ pattern: "\\bPO-\\d+\\b", as: "[order]" })).toBe("Ship [order] and po-12 to the pier");
    expect(texts({ pattern: "\\bPO-\\d+\\b", ignoreCase: true })).toBe(
      "Ship [redacted] and [redacted] to the pier",
    );
    expect(texts({ pattern: "x*" })).toBe(body);
  });

  test("find it also where something hidden stands in it, and count in UTF-16 code units", () => {
    const hidden = curate([message("m1", "leo", "\ud83d\ude80\ud83d\ude80 P\u200bO-\uff14\uff17 ok")], {
      ...REQUEST,
      ...{ redact: [{ pattern: "PO-\\d+" }], patterns: linearPatterns },
    });
    expect(hidden.messages[0]?.body).toBe("\ud83d\ude80\ud83d\ude80 [redacted] ok");
  });

  test("take time in proportion to the text, whatever the pattern", () => {
    const hostile = curate([message("m1", "leo", `${"a".repeat(5_000)}!`)], {
      ...REQUEST,
      ...{ redact: [{ pattern: "(a+)+$" }], patterns: linearPatterns },
    });
    expect(hostile.messages[0]?.body).toHaveLength(5_001);
  });

  test("need an engine, and one that can take them", () => {
    expect(() => curate(chat, { ...REQUEST, redact: [{ pattern: "x" }] })).toThrow(/chat-spaces\/patterns/);
    for (const pattern of ["(?=x)y", "(a)\\1", "("]) {
      expect(() => texts({ pattern })).toThrow(/look-around and back-references/);
    }
  });
});
