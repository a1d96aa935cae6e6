import type { Slice, SliceMessage } from "chat-spaces";

/** When the conversation begins. */
export const START = Date.parse("2026-05-04T14:02:00Z");
const MINUTE = 60_000;

/** A message of a slice with what a test is about, and nothing else. */
export function said(number: number, author: string | null, body: string, extra: Partial<SliceMessage> = {}) {
  const message: SliceMessage = {
    ...{
      id: `m${number}`,
      channel: "Partner lounge",
      at: START + number * 4 * MINUTE,
      author,
      kind: "text",
      body,
    },
    ...{ replyTo: null, attachments: [], poll: null },
    ...{ pinned: false, edited: false, context: false, redacted: false },
    ...extra,
  };
  return message;
}

/** A slice of these messages, with nothing else to say. */
export function sliceOf(messages: readonly SliceMessage[], extra: Partial<Slice> = {}): Slice {
  return {
    ...{ id: "slc_4f1", title: "Spring launch", space: "spring-drop", by: "ana", at: START, mode: "live" },
    ...{ share: null, recipient: null, messages, redactions: {}, leftOut: 0, seal: null },
    policy: {
      ...{ visibility: "private", export: "members", ai: false, forward: false },
      ...{ retention: null, legal: null, disclosure: null },
    },
    ...extra,
  };
}

/** What a partner is given of the thread in which a campaign was agreed: a bit of everything a slice can have. */
export const campaign: Slice = sliceOf(
  [
    said(
      0,
      "Mia Sommer",
      "Hello everybody, and welcome! This is where we plan the spring launch together with Acme.",
      {
        ...{ pinned: true },
      },
    ),
    said(
      1,
      "Person 1",
      "Thanks for having us. The brief is attached; budget is [amount], contact is [email].",
      {
        ...{ redacted: true },
        attachments: [
          { kind: "document", name: "Acme brief, spring 2026.pdf" },
          { kind: "image", name: "moodboard.png" },
        ],
      },
    ),
    said(
      2,
      "Noa",
      "Read it. Two questions:\n\n1. May we show the packaging before the 20th?\n2. Who signs off the captions?",
      {
        ...{ replyTo: "m1" },
      },
    ),
    said(
      3,
      "Person 1",
      "Packaging is fine from the 18th. Captions go through Person 2, [phone], until Friday noon.",
      {
        ...{ replyTo: "m2", redacted: true, edited: true },
      },
    ),
    said(4, "Mia Sommer", "", {
      ...{ kind: "poll" },
      poll: {
        question: "When do we go live?",
        options: ["Thursday 18:00", "Friday 12:00", "Saturday 10:00, with the stream"],
        ...{ multiple: false, votes: [3, 14, 7] },
      },
    }),
    said(5, "Zoë", "Friday noon works best for the German audience \u{1f31e}", { replyTo: "m4" }),
    said(6, "سام", "الجمعة مناسبة لنا أيضاً، شكراً!", { replyTo: "m4" }),
    said(380, "Noa", "Draft of the first post is up. The link stays #ad from the first line on.", {
      attachments: [{ kind: "video", name: null }],
    }),
    said(
      381,
      "Person 2",
      "Approved with one change: please say \u201cmade with Acme\u201d, not \u201csponsored by\u201d.",
      {
        ...{ replyTo: "m380", redacted: true },
      },
    ),
    said(384, "Mia Sommer", "Changed. Then we are set for Friday 12:00. ███ has the keys to the studio.", {
      ...{ replyTo: "m381", redacted: true, pinned: true },
    }),
  ],
  {
    title: "Acme × spring launch: what we agreed",
    share: "shr_27c",
    recipient: "Acme, legal and brand",
    by: "Mia Sommer",
    at: START + 2000 * MINUTE,
    mode: "frozen",
    redactions: { amounts: 1, emails: 1, people: 5, phones: 1, phrases: 1 },
    leftOut: 2,
    policy: {
      ...{ visibility: "invite", export: "members", ai: false, forward: false, retention: 30 * 86_400_000 },
      legal:
        "Confidential. Shared under the partner agreement of 2 March 2026.\nNothing in here is a binding offer until it is countersigned.",
      disclosure: "Paid partnership with Acme",
    },
    seal: {
      version: 1,
      root: "9f2b7c41e05d3a8867f1c2ab90de54731b6f8e02c4a97d5508e13bf6a2cd7719",
      ...{ salts: [], sources: [] },
      key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
      signature: "00".repeat(64),
    },
  },
);
