import { readFileSync } from "node:fs";
import { type ChatMessage, parseWhatsApp } from "chat-spaces/whatsapp";
import { describe, expect, test } from "vitest";

type Expected = { at: string | null; author: string | null; body: string | null } & Record<string, unknown>;
type Variant = { id: string; text: string; expect: Expected[]; note?: string };

const read = (name: string) => readFileSync(new URL(`../fixtures/whatsapp/${name}`, import.meta.url), "utf8");
const { variants } = JSON.parse(read("variants.json")) as { variants: Variant[] };

/** What the catalogue calls a message that is not a text, and what the parser calls it. */
const KINDS = { system: "system", deleted: "deleted", empty: "empty", kindGuess: "empty" } as const;
const SAME = [
  "event",
  "groupName",
  "actor",
  "attachment",
  "attachmentRejected",
  "authorPhone",
  "authorUnsaved",
] as const;
const SAME_TOO = ["edited", "viewOnce", "call", "poll", "location", "venue", "mentions"] as const;

function check(message: ChatMessage | undefined, expected: Expected): void {
  const wanted: Record<string, unknown> = { wallClock: expected.at, author: expected.author };
  // A body of null in the catalogue means that it does not matter.
  if (expected.body !== null) wanted["body"] = expected.body;
  for (const [flag, kind] of Object.entries(KINDS)) if (flag in expected) wanted["kind"] = kind;
  for (const field of [...SAME, ...SAME_TOO]) if (field in expected) wanted[field] = expected[field];
  if ("media" in expected) wanted["media"] = expect.objectContaining(expected["media"] as object);
  expect(message).toMatchObject(wanted);
}

describe("every variant of the catalogue", () => {
  test("is here", () => expect(variants).toHaveLength(162));

  test.each(variants.map((variant) => [variant.id, variant.note ?? "", variant] as const))(
    "%s %s",
    async (_, __, variant) => {
      const { messages } = await parseWhatsApp(variant.text);
      expect(messages).toHaveLength(variant.expect.length);
      for (const [index, expected] of variant.expect.entries()) check(messages[index], expected);
    },
  );

  test("comes out the same when the text arrives in pieces of any size", async () => {
    for (const { text } of variants) {
      const whole = await parseWhatsApp(text);
      for (const size of [1, 7, 64]) {
        const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, n) =>
          text.slice(n * size, (n + 1) * size),
        );
        expect(await parseWhatsApp(stream(pieces))).toEqual(whole);
        expect(await parseWhatsApp(stream(cut(new TextEncoder().encode(text), size)))).toEqual(whole);
      }
    }
  });
});

describe("whole exports", () => {
  const expected = JSON.parse(read("authored-expect.json")) as Record<
    string,
    { messages: number; system: number; people: string[]; groupName: string }
  >;

  test.each(Object.entries(expected))("%s", async (file, { messages, system, people, groupName }) => {
    const history = await parseWhatsApp(read(file.replace("whatsapp/", "")));
    expect(history).toMatchObject({ platform: "whatsapp", name: groupName, warnings: [] });
    expect(history.messages).toHaveLength(messages);
    expect(history.messages.filter(({ kind }) => kind === "system")).toHaveLength(system);
    expect(history.participants.map(({ id }) => id)).toEqual(people);
    expect(history.participants.reduce((all, { messages }) => all + messages, 0)).toBe(messages - system);
    expect(new Set(history.messages.map(({ id }) => id)).size).toBe(messages);
  });
});

async function* stream<T>(pieces: readonly T[]): AsyncGenerator<T> {
  yield* pieces;
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
    bytes.subarray(n * size, (n + 1) * size),
  );
}
