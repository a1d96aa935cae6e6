import type { SpaceHandle } from "chat-spaces";

/** What is said in the tests of searching: in several scripts, with names of files and polls. */
export const SAID: readonly (readonly [id: string, by: string, channel: string, body: string])[] = [
  ["m1", "gus", "lounge", "Can I get a refund for the Spring Kit?"],
  ["m2", "cora", "lounge", "Refunds take three days, the kit ships in spring."],
  ["m3", "cid", "lounge", "Das Café in der Straße hat schöne Grüße"],
  ["m4", "gus", "lounge", "Когда будет ёлка? Ждём рефанд"],
  ["m5", "gus", "lounge", "東京都で春のキットを買いました"],
  ["m6", "cid", "lounge", "สวัสดีครับ อยากคืนเงิน"],
  ["m7", "cid", "lounge", "re\u00adfund and ZERO\u200bwidth, ＦＵＬＬ width, ﬁne"],
  ["m8", "cora", "lounge", "NEAR(refund kit) OR NOT * : \" ' ; -- '; DROP TABLE x"],
  ["m9", "ana", "floor", "The refund list is only for the team"],
  ["m10", "gus", "lounge", "مرحبا بالعالم नमस्ते दुनिया"],
  ["m11", "gus", "lounge", "🎉🎉🎉"],
];

/** Queries, and what they find. */
export const QUERIES: readonly (readonly [text: string, found: readonly string[]])[] = [
  ["refund", ["m1", "m2", "m7", "m8", "m9"]],
  ["REFUND kit", ["m1", "m8"]],
  ['"spring kit"', ["m1"]],
  ["“spring kit”", ["m1"]],
  ['kit "spring', ["m1", "m2"]],
  ["refund -kit", ["m7", "m9"]],
  ['refund -"spring kit"', ["m7", "m8", "m9"]],
  ["refunds", ["m2"]],
  ['"refund"', ["m1", "m7", "m8", "m9"]],
  ["kit ref", ["m1", "m2", "m8"]],
  ["cafe strasse grusse", ["m3"]],
  ["CAFÉ STRASSE", ["m3"]],
  ["елка", ["m4"]],
  ["ЖДЁМ", ["m4"]],
  ["東京", ["m5"]],
  ["キット", ["m5"]],
  ["สวัสดี", ["m6"]],
  ["zerowidth full fine", ["m7"]],
  ["near", ["m8"]],
  ["or not", ["m8"]],
  ["drop table", ["m8"]],
  ["مرحبا", ["m10"]],
  ["नमस्ते", ["m10"]],
  ["gus kit", ["m1"]],
  ["cid", ["f1", "m3", "m6", "m7"]],
  ["nowhere", []],
];

/** Texts that mean something to a database or a query language. They do no harm. */
export const HOSTILE: readonly string[] = [
  ...['"', '""', '" "', "'", "*", "-", "--", "-*", ":*", "refund:*", "a & b | !c", "<->", "(", ")", "NEAR("],
  ...[
    "words:refund",
    "{words} : x",
    "^refund",
    "refund*",
    "'; DROP TABLE chat_spaces_text; --",
    "\\",
    "%",
    "_",
  ],
  ...["\u0000", "refund\u0000kit", "\ud800", "\udc00x", "AND", "OR", "NOT", "z", "zz41", "Z".repeat(10_000)],
  `${"refund kit ".repeat(1_000)}`,
  Array.from({ length: 2_000 }, (_, index) => `w${index}`).join(" "),
];

/** Says it all, in channels of a space that has gus, cora, cid and ana. */
export async function sayAll(drop: SpaceHandle): Promise<void> {
  for (const [id, by, channel, body] of SAID) await drop.post({ by, channel, id, body });
  await drop.poll({
    by: "cora",
    channel: "lounge",
    id: "p1",
    question: "Which colour?",
    options: ["Teal", "Ochre"],
  });
  await drop.post({
    ...{ by: "cid", channel: "lounge", id: "f1", body: "" },
    attachments: [{ name: "Invoice-2026_final.pdf", kind: "document" }],
  });
}
