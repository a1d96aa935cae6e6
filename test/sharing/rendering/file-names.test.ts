import { renderSlice } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sliceOf } from "./campaign.js";

const nameOf = (title: string) => renderSlice(sliceOf([], { title }), "text").fileName;

describe("the name of a file", () => {
  test.each([
    ["Launch: what we said", "launch-what-we-said.txt"],
    ["Größe & Zoë", "größe-zoë.txt"],
    ["発売 2026", "発売-2026.txt"],
    ["../../etc/passwd", "etc-passwd.txt"],
    ["C:\\temp\\a", "c-temp-a.txt"],
    [".hidden.", "hidden.txt"],
    ["report.html\u0000.exe", "report-html-exe.txt"],
    ["\u202egpj.exe", "gpj-exe.txt"],
    ["CON", "slice-con.txt"],
    ["lpt1", "slice-lpt1.txt"],
    ["nul.tar", "nul-tar.txt"],
    ["\ud83d\ude80 !?", "slice.txt"],
    ["", "slice.txt"],
    ["\u0301\u0301", "slice.txt"],
    ["\ud800", "slice.txt"],
    ["__proto__", "proto.txt"],
  ])("of %j is %s", (title, name) => {
    expect(nameOf(title)).toBe(name);
  });

  test("says by its ending what is in it", () => {
    const slice = sliceOf([]);
    const files = (["json", "markdown", "html", "text"] as const).map((format) => renderSlice(slice, format));
    expect(files.map(({ fileName, mediaType }) => [fileName, mediaType])).toEqual([
      ["spring-launch.json", "application/json"],
      ["spring-launch.md", "text/markdown"],
      ["spring-launch.html", "text/html"],
      ["spring-launch.txt", "text/plain"],
    ]);
  });

  test("is one that every system takes, whatever the title", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (title) => {
        const name = nameOf(title);
        expect(name).toMatch(/^[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}-]*\.txt$/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\./);
        expect(new TextEncoder().encode(name).length).toBeLessThan(180);
      }),
      { numRuns: 200 },
    );
  });

  test("of a long title is cut between characters", () => {
    const name = nameOf("\u{20bb7}".repeat(200));
    expect(name).toBe(`${"\u{20bb7}".repeat(40)}.txt`);
  });
});
