import {
  curate,
  InvalidInputError,
  renderSlice,
  type SliceFormat,
  sliceToHtml,
  sliceToJson,
  sliceToMarkdown,
  sliceToText,
} from "chat-spaces";
import { describe, expect, test } from "vitest";
import { codesIn, markSlice } from "../../../src/sharing/provenance/marks.js";
import { chat, REQUEST } from "../messages.js";
import { campaign, START, said, sliceOf } from "./campaign.js";
import { readHtml } from "./read-html.js";

const FORMATS: readonly SliceFormat[] = ["json", "markdown", "html", "text"];
const READABLE = ["markdown", "html", "text"] as const;
const berlin = { timeZone: "Europe/Berlin" };

/** What a format says to a reader, without what is there for its own sake. */
function readable(format: SliceFormat, slice = campaign): string {
  const { body } = renderSlice(slice, format, berlin);
  if (format === "html") return readHtml(body).text;
  return format === "markdown" ? body.replace(/\\([!-/:-@[-`{-~])/g, "$1") : body;
}

describe("a slice written for people", () => {
  test.each(READABLE)("as %s tells whom it is for, its terms, and what proves it", (format) => {
    const text = readable(format);
    for (const told of [
      ...["Acme × spring launch: what we agreed", "Acme, legal and brand", "Paid partnership with Acme"],
      ...["Confidential. Shared under the partner agreement", "until it is countersigned."],
      ...[
        "Taken out: amounts (1), emails (1), people (5), phones (1), phrases (1).",
        "2 messages that others here",
      ],
      ...[
        "Not to be passed on. Not to be given to machines to read. May be read for 30 days after it was shared.",
      ],
      ...[campaign.seal?.root ?? "?", campaign.seal?.key ?? "?", "slc_4f1", "shr_27c", "Europe/Berlin"],
    ])
      expect(text).toContain(told);
  });

  test.each(READABLE)("as %s has every message with its time, poll and attachments", (format) => {
    const text = readable(format);
    for (const told of [
      ...["16:02", "17:38", "Monday, 4 May 2026", "Tuesday, 5 May 2026"],
      ...[
        "Who signs off the captions?",
        "When do we go live?",
        "14 votes",
        "58%",
        "Acme brief, spring 2026.pdf",
      ],
      ...["document", "video", "pinned", "edited", "الجمعة مناسبة لنا"],
    ])
      expect(text).toContain(told);
  });

  test("says what a message answers", () => {
    const slice = sliceOf([
      said(1, "ana", "Doors open at six"),
      said(2, "leo", "Where?", { replyTo: "m1" }),
      said(3, "mia", "Too early", { replyTo: "m77" }),
    ]);
    expect(sliceToText(slice)).toContain("[2] 14:10 leo (answers [1])");
    expect(sliceToMarkdown(slice)).toContain("· answers 1\n\n> *ana: Doors open at six*\n>\n> Where?");
    expect(readHtml(sliceToHtml(slice)).attributes.filter(({ name }) => name === "href")).toEqual([
      { name: "href", value: "#m1" },
    ]);
  });

  test("names the channels only where there are several", () => {
    const one = said(1, "ana", "a");
    const other = said(2, "ana", "b", { channel: "Studio" });
    for (const format of READABLE) {
      expect(readable(format, sliceOf([one]))).not.toContain("Partner lounge");
      expect(readable(format, sliceOf([one, other]))).toMatch(/Partner lounge.*Studio/s);
    }
  });

  test("sets apart what was taken out, and only where something was", () => {
    const taken = sliceToHtml(sliceOf([said(1, "ana", "Call [phone], ask ███", { redacted: true })]));
    expect(taken).toContain('Call <span class="pill">phone</span>, ask <span class="pill blank">███</span>');
    expect(sliceToHtml(sliceOf([said(1, "ana", "Call [phone]")]))).toContain(">Call [phone]<");
  });

  test("keeps the lines of a text, and spaces before them, without making code of these", () => {
    const slice = sliceOf([said(1, "ana", "\n\none\n    two\n\nthree  \n\n")]);
    expect(sliceToMarkdown(slice)).toContain("> one  \n> \u00a0\u00a0\u00a0\u00a0two\n>\n> three\n");
    expect(sliceToText(slice)).toContain("    one\n        two\n\n    three\n");
    expect(sliceToHtml(slice)).toContain(">one\n    two\n\nthree</div>");
  });

  test("counts a poll without votes, and with votes that are no numbers, as nothing", () => {
    const poll = { question: "When?", options: ["a", "b", "c"], multiple: true, votes: [0, Number.NaN] };
    expect(sliceToText(sliceOf([said(1, "ana", "", { poll })]))).toContain(
      "Poll: When?\n    - a: 0 votes (0%)\n    - b: 0 votes (0%)\n    - c: 0 votes (0%)\n",
    );
  });

  test("has something to say where there are no messages", () => {
    for (const format of READABLE) expect(readable(format, sliceOf([]))).toContain("0 messages");
  });

  test("writes any instant, also ones that no calendar has", () => {
    for (const at of [Number.NaN, Number.POSITIVE_INFINITY, -1e300, 8.64e15])
      for (const format of READABLE)
        expect(() => renderSlice(sliceOf([said(1, "ana", "x", { at })]), format)).not.toThrow();
  });

  test("refuses a zone that is none", () => {
    for (const format of READABLE)
      expect(() => renderSlice(campaign, format, { timeZone: "Europe/Atlantis" })).toThrow(InvalidInputError);
  });

  test("is in UTC where no zone is named", () => {
    expect(sliceToText(sliceOf([said(0, "ana", "x")]))).toContain("[1] 14:02 ana");
    expect(START).toBe(Date.parse("2026-05-04T14:02:00Z"));
  });
});

describe("every format", () => {
  test.each(FORMATS)("%s gives the same text for the same slice", (format) => {
    expect(renderSlice(structuredClone(campaign), format)).toEqual(renderSlice(campaign, format));
  });

  test.each(FORMATS)("%s keeps the marks by which a copy can be told", (format) => {
    const marked = markSlice(campaign, { seed: "s", share: "shr_27c", reader: "acme" });
    const codes = codesIn(marked.messages[0]?.body ?? "");
    expect(codes.size).toBe(1);
    expect(codesIn(renderSlice(marked, format).body)).toEqual(codes);
  });

  test.each(FORMATS)("%s has nothing of what was redacted, in its name either", (format) => {
    const slice = curate(chat, {
      ...REQUEST,
      ...{ title: "Mara's night", redact: ["people", "emails", "phones", { phrase: "pier" }] },
      names: new Map([["mara", "Mara"]]),
    });
    const { body, fileName } = renderSlice(slice, format);
    expect(body + fileName).not.toMatch(/mara|leo@|7700|pier|mail\.example/i);
  });

  test("json is read back as it was", () => {
    expect(JSON.parse(sliceToJson(campaign))).toEqual(campaign);
  });
});

describe("a page", () => {
  test("is one file that loads nothing and runs nothing", () => {
    const page = sliceToHtml(campaign);
    expect(page).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.slice(0, 200)).toContain('<meta charset="utf-8">');
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(|@import|https?:/);
  });
});
