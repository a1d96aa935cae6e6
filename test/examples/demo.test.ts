import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chat-spaces-demo-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** `npm run demo -- ...`, as a user runs it. */
function demo(...args: readonly string[]): Promise<{ ok: boolean; out: string; err: string }> {
  const node = [
    "--import",
    "tsx",
    "--conditions=@chat-spaces/source",
    "examples/demo/main.ts",
    "--out",
    join(folder, "out"),
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, [...node, ...args], { timeout: 60_000 }, (error, out, err) =>
      resolve({ ok: error === null, out, err }),
    );
  });
}

const made = (name: string): Promise<string> => readFile(join(folder, "out", name), "utf8");

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe("the demo on its invented chat", { timeout: 60_000 }, () => {
  let first: Awaited<ReturnType<typeof demo>>;
  beforeAll(async () => {
    first = await demo();
  }, 60_000);

  test("goes through the whole story", () => {
    expect(first.err).toBe("");
    expect(first.ok).toBe(true);
    for (const line of [
      "Spring kit drop, live, by invite only, days in Europe/London",
      "1,688 new, 0 known already",
      "joined: jonah, priya, greta",
      "✓ jonah may message.post in lounge: the role guest grants it  GRANTED",
      "✗ jonah may not message.post in countdown: the role guest does not grant it there  NOT_GRANTED",
      'host: ana to sam, Mon 4 May, 10:00 to Mon 4 May, 18:00, accepted. "two refunds open"',
      "174 clicks and orders recorded, 0 known already",
      "1,661 messages by 13 people",
      "Fri 1 May        247      13",
    ]) {
      expect(first.out).toContain(line);
    }
  });

  test("credits each sale to a cohort, and the rows sum up", () => {
    const rows = first.out
      .split("\n")
      .map((line) => line.trim().split(/ {2,}/))
      .filter((cells) => cells.length === 7 && cells[6]?.startsWith("£"));
    expect(rows).toEqual([
      ["collab-fans", "33", "26", "2", "9", "0", "£507.40"],
      ["early-birds", "42", "40", "2", "19", "1", "£718.00"],
      ["newsletter", "45", "39", "2", "13", "1", "£706.00"],
      ["unattributed", "0", "0", "0", "4", "1", "£160.60"],
      ["total", "120", "90", "6", "45", "3", "£2,092.00"],
    ]);
  });

  test("writes a report that loads nothing from elsewhere", async () => {
    const html = await made("report.html");
    expect(html.match(/<svg/g)).toHaveLength(4);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|\b(?:src|href)=|url\(|@import/);
    expect(html).toContain("<title>Fri 1 May: 247 messages by 13 people</title>");
  });

  test("writes a slice without the person and the details that were redacted", async () => {
    const slice = JSON.parse(await made("slice.json"));
    expect(slice.messages).toHaveLength(113);
    expect(slice.redactions).toEqual({ amounts: 3, attachments: 1, people: 26 });
    for (const file of ["slice.json", "slice.md", "slice.html"]) {
      const text = await made(file);
      expect(text).not.toMatch(/\bleo\b|marsh/i);
      expect(text).not.toMatch(/£\s?\d/);
      expect(text).toContain("Person 1");
    }
  });

  test("can be run again, and adds nothing", async () => {
    const again = await demo();
    expect(again.ok).toBe(true);
    expect(again.out).toContain("0 new, 1,688 known already");
    expect(again.out).toContain("0 clicks and orders recorded, 174 known already");
    const report = (out: string): string => out.slice(out.indexOf("How it is doing"));
    expect(report(again.out)).toBe(report(first.out));
  });
});

describe("the demo on one's own export", { timeout: 60_000 }, () => {
  const lines = ["14/05/2024, 21:07 - Mara <b>Lind</b>: first", "14/05/2024, 21:09 - Theo: second"];

  test("takes the text or the zip of the phone, and shows names as text", async () => {
    const path = await file(
      "WhatsApp Chat - Book club.zip",
      zipSync({ "_chat.txt": strToU8(lines.join("\n")) }),
    );
    const { ok, out } = await demo(path, "--time-zone", "Europe/Berlin");
    expect(ok).toBe(true);
    expect(out).toContain("2 new, 0 known already");
    expect(await made("report.html")).toContain("Mara &lt;b&gt;Lind&lt;/b&gt;");
  });

  test("says what to do where every date can be read in two ways", async () => {
    const path = await file("dates.txt", "03/04/2024, 10:00 - Mara: hello");
    const { ok, err } = await demo(path);
    expect(ok).toBe(false);
    expect(err).toContain("IMPORT_AMBIGUOUS_DATES");
    expect(err).toContain("--date-order dmy");
    expect(await demo(path, "--date-order", "mdy")).toMatchObject({ ok: true });
  });

  test.each([
    ["a file that is not there", ["nowhere.txt"], "nowhere.txt"],
    ["a folder", ["examples"], "EISDIR"],
    ["an option that it does not have", ["--fast"], "--fast"],
    ["a zone that is none", ["--time-zone", "Mars/Base"], '"Mars/Base" is not a time zone'],
    ["a date order that is none", ["--date-order", "ydm"], "none of dmy, mdy and ymd"],
    ["a CSV without the columns", ["--orders", "examples/demo/data/README.md"], "lacks the columns"],
    ["a file that is no export", ["package.json"], "IMPORT_NOT_AN_EXPORT"],
  ])("refuses %s in a line or two", async (_, args, message) => {
    const { ok, err } = await demo(...args);
    expect(ok).toBe(false);
    expect(err).toContain(message);
    expect(err).not.toContain("    at ");
  });
});
