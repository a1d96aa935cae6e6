import {
  type Slice,
  type SliceMessage,
  sliceToHtml,
  sliceToJson,
  sliceToMarkdown,
  sliceToText,
} from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { said, sliceOf } from "./campaign.js";
import { readHtml } from "./read-html.js";
import { readMarkdown } from "./read-markdown.js";

const EVIL = [
  "<script>alert(1)</script>",
  "</style><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '"><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  "<!-- ",
  "-->",
  "]]>",
  "<![CDATA[",
  "<?php",
  "</div></article></ol></main>",
  "<base href=https://evil.example>",
  "&lt;script&gt;",
  "&#60;b&#62;",
  "&NewLine;",
  "&amp",
  "[click](javascript:alert(1))",
  "![x](https://evil.example/x.png)",
  "[x]: javascript:alert(1)",
  "[^1]: note",
  "<https://evil.example>",
  "https://evil.example",
  "www.evil.example",
  "leo@evil.example",
  "javascript:alert(1)",
  "# heading",
  "x\n===",
  "x\n---",
  "===",
  "---",
  "***",
  "___",
  "- item",
  "+ item",
  "* item",
  "1. one",
  "1) one",
  "- [x] done",
  "> quote",
  "    code",
  "\tcode",
  "```js",
  "~~~",
  "`code`",
  "``",
  "a | b\n--- | ---\n1 | 2",
  "| a |\n|---|",
  ":-- | --:",
  "*em* **strong** _em_ ~~gone~~ ==mark== ++ins++ ^up^ %%hidden%%",
  "$x$ $$y$$",
  ":smile: @leo #tag",
  "\\",
  "\\*",
  "\\\\<b>",
  "line one\u2028line two",
  "line one\u0085# two",
  "a\r\n# b",
  "a\rb",
  "a\vb",
  "a\fb",
  "\u202egnp.exe",
  "\u2066x\u2067y",
  "\u0000\u0007\u001b[31mred",
  "\ud800",
  "\ufffe",
  "[99] 12:00 Ana\n[98] 12:01 Leo",
  "**9. Ana** \u00b7 12:00",
  "--- Friday ---",
  "  ",
  "\n\n\n",
  "",
];
const hostile = fc.oneof(
  fc.constantFrom(...EVIL),
  fc
    .array(fc.oneof(fc.constantFrom(...EVIL), fc.string({ maxLength: 6 })), { maxLength: 4 })
    .map((parts) => parts.join("")),
  fc
    .array(fc.oneof(fc.constantFrom(...EVIL), fc.string({ maxLength: 6 })), { maxLength: 4 })
    .map((parts) => parts.join("\n")),
);

const hostileMessage = fc
  .record({
    body: hostile,
    author: fc.option(hostile),
    channel: hostile,
    kind: hostile,
    name: fc.option(hostile),
    question: fc.option(hostile),
    replyTo: fc.option(fc.constantFrom("m0", "m1", "__proto__", '"><b>')),
    ...{ pinned: fc.boolean(), edited: fc.boolean(), context: fc.boolean(), redacted: fc.boolean() },
  })
  .map(
    ({ kind, name, question, ...rest }): SliceMessage =>
      said(0, null, "", {
        ...rest,
        attachments: [{ kind: kind as "image", name }],
        poll:
          question === null ? null : { question, options: [question, "no"], multiple: false, votes: [1, 2] },
      }),
  );

const hostileSlice = fc
  .record({
    messages: fc.array(hostileMessage, { maxLength: 4 }),
    ...{ title: hostile, by: hostile, recipient: fc.option(hostile), id: hostile, share: fc.option(hostile) },
    ...{ legal: fc.option(hostile), disclosure: fc.option(hostile), rule: hostile, root: hostile },
  })
  .map(({ messages, legal, disclosure, rule, root, ...rest }): Slice => {
    const { policy } = sliceOf([]);
    return sliceOf(
      messages.map((message, index) => ({ ...message, id: `m${index}` })),
      {
        ...rest,
        policy: { ...policy, legal, disclosure },
        redactions: { [rule]: 2 },
        seal: { version: 1, root, salts: [], sources: [], key: root, signature: null },
      },
    );
  });

describe("nothing that anybody wrote becomes markup", () => {
  test("in a page: it has the elements and attributes of ours, and no others", () => {
    fc.assert(
      fc.property(hostileSlice, (slice) => {
        const page = sliceToHtml(slice);
        const { tags, attributes, text } = readHtml(page);
        expect(tags).not.toContain("script");
        for (const tag of tags) expect(OURS).toContain(tag);
        for (const { name, value } of attributes) {
          expect(ATTRIBUTES).toContain(name);
          if (name === "href") expect(value).toMatch(/^#m\d+$/);
          if (name === "style") expect(value).toMatch(/^width:\d{1,3}%$/);
          if (name === "id") expect(value).toMatch(/^m\d+$/);
        }
        expect(tags.filter((tag) => tag === "article")).toHaveLength(slice.messages.length);
        expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
        for (const { body } of slice.messages)
          for (const word of body.match(/[a-z]+/gi) ?? []) expect(text).toContain(word);
      }),
      { numRuns: 200 },
    );
  });

  test("in Markdown: every line is one of ours, and within it everything that could mean something is escaped", () => {
    fc.assert(
      fc.property(hostileSlice, (slice) => {
        const { messages } = slice;
        const read = readMarkdown(sliceToMarkdown(slice));
        expect(read.unescaped).toEqual([]);
        expect(read.headings).toBe(1 + (messages.length > 0 ? 1 : 0));
        expect(read.messages).toBe(messages.length);
      }),
      { numRuns: 300 },
    );
  });

  test("in plain text: nothing can pass for the beginning of another message, or turn text round", () => {
    fc.assert(
      fc.property(hostileSlice, (slice) => {
        const text = sliceToText(slice);
        const inside = text.split("\n").slice(3);
        const starts = inside.filter((line) => /^\[\d+\] /.test(line));
        expect(starts).toHaveLength(slice.messages.length);
        expect(inside.filter((line) => line.startsWith("--- "))).toHaveLength(
          slice.messages.length > 0 ? 1 : 0,
        );
        expect(text).not.toMatch(/[\r\v\f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
      }),
      { numRuns: 200 },
    );
  });

  test("in JSON: it reads back as it was, and holds nothing that ends the script it is put into", () => {
    fc.assert(
      fc.property(hostileSlice, (slice) => {
        const json = sliceToJson(slice);
        expect(JSON.parse(json)).toEqual(slice);
        expect(json).not.toMatch(/[<>\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 200 },
    );
  });
});

const OURS = [
  ...[
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "header",
    "footer",
    "h1",
    "h2",
    "p",
    "b",
    "i",
    "bdi",
  ],
  ...["ol", "ul", "li", "article", "span", "time", "div", "a", "figure", "figcaption", "dl", "dt", "dd"],
];
const ATTRIBUTES = [
  ...["lang", "charset", "http-equiv", "content", "name", "class", "dir", "datetime", "id", "href", "style"],
  "aria-hidden",
];
