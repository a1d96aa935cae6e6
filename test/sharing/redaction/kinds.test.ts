import { curate, type Redaction } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { message, REQUEST } from "../messages.js";

const redacted = (rule: Redaction, body: string) =>
  curate([message("m1", "leo", body)], { ...REQUEST, redact: [rule] }).messages[0]?.body;

describe("what is found by its form", () => {
  test.each([
    ["12 Main Street, London", "[address]"],
    ["at 221B Baker St. tonight", "at [address] tonight"],
    ["Hauptstra\u00dfe 12, 10115 Berlin", "[address]"],
    ["wir wohnen Lange Stra\u00dfe 5a", "wir wohnen [address]"],
    ["12 bis rue de la Paix, 75002 Paris", "[address]"],
    ["Calle de Alcal\u00e1 42", "[address]"],
    ["Via Roma, 7", "[address]"],
    ["P.O. Box 12 34", "[address]"],
    ["SW1A 1AA is the code", "[address] is the code"],
    ["take the first street on the left", "take the first street on the left"],
    ["10000 Followers in 3 weeks", "10000 Followers in 3 weeks"],
    ["in 5 minutes we drive", "in 5 minutes we drive"],
  ])("addresses: %s", (body, shown) => expect(redacted("addresses", body)).toBe(shown));

  test.each([
    ["on 2026-05-01 12:30", "on 2026-05-01 12:30"],
    ["on 01.05.2026 12:30", "on 01.05.2026 12:30"],
    ["2026-99-99 12345", "[phone]"],
    ["2026-05-01 07700 900123", "2026-05-01 [phone]"],
    ["tel07700900123", "tel[phone]"],
    ["\u7535\u8bdd13800138000", "\u7535\u8bdd[phone]"],
    ["555-0123 or 030 1234", "[phone] or [phone]"],
    ["4111 1111 1111 1111", "[phone]"],
    ["in 2026, 12 of 34", "in 2026, 12 of 34"],
    ["\uff0b\uff14\uff14 7700 900\u200b123", "[phone]"],
  ])("phones: %s", (body, shown) => expect(redacted("phones", body)).toBe(shown));

  test.each([
    ["ana at mail dot com", "ana at mail dot com"],
    ["ana (at) mail.example", "[email]"],
    [`${"a".repeat(100)}@mail.example`, "[email]"],
    ["ana(at)mail(dot)example", "[email]"],
    ["ana@mail.xn--p1ai", "[email]"],
    ["jos\u00e9@caf\u00e9.example", "[email]"],
    ["ANA\uff20MAIL.EXAMPLE", "[email]"],
  ])("emails: %s", (body, shown) => expect(redacted("emails", body)).toBe(shown));

  test.each([
    ["t.me/joinchat", "[link]"],
    ["hxxp://evil.example/x", "[link]"],
    ["evil[.]example", "[link]"],
    ["evil(dot)example", "[link]"],
    ["hxxps[:]//evil.example", "[link]"],
    ["mailto:ana@mail.example", "[link]"],
    ["e.g. now", "e.g. now"],
  ])("links: %s", (body, shown) => expect(redacted("links", body)).toBe(shown));

  test.each([
    ["\u4fa1\u683c5000\u5186", "\u4fa1\u683c[amount]"],
    ["500 \u0440\u0443\u0431", "[amount]"],
    ["500 z\u0142", "[amount]"],
    ["\u0665\u0660 \u0631\u064a\u0627\u0644", "[amount]"],
  ])("amounts: %s", (body, shown) => expect(redacted("amounts", body)).toBe(shown));

  test("a longer finding takes the shorter ones in it along, so that nothing of it stays", () => {
    const { messages } = curate(
      [message("m1", "leo", "write mara.lind@brand.example or +44 7700 900123 Mara")],
      {
        ...REQUEST,
        redact: [{ person: "mara", alsoKnownAs: ["Mara Lind"] }, "emails", "links", "phones"],
      },
    );
    expect(messages[0]?.body).toBe("write [email] or [phone] Person 1");
  });
});
