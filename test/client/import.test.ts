import {
  type ChatHistory,
  createSpaces,
  ImportError,
  importHistory,
  memoryStore,
  streams,
} from "chat-spaces";
import { parseWhatsApp } from "chat-spaces/whatsapp";
import { describe, expect, test, vi } from "vitest";

const chat = (...lines: readonly string[]) => parseWhatsApp(lines.join("\n"), { timeZone: "Europe/Berlin" });
const hours = Array.from(
  { length: 40 },
  (_, n) =>
    `${String(1 + Math.floor(n / 2)).padStart(2, "0")}/05/2026, ${n % 2 ? "18" : "09"}:00 - Mara: message ${n}`,
);

async function lounge() {
  const store = memoryStore();
  const space = await createSpaces({ store }).create({ id: "s", by: "ana", timeZone: "Europe/Berlin" });
  await space.openChannel({ by: "ana", channel: "lounge" });
  return { store, space };
}

describe("importing a history", () => {
  test("twice adds nothing twice", async () => {
    const { space } = await lounge();
    const history = await chat(...hours);
    expect(await space.import({ by: "ana", channel: "lounge", history })).toEqual({ added: 40, known: 0 });
    expect(await space.import({ by: "ana", channel: "lounge", history })).toEqual({ added: 0, known: 40 });
    expect(await space.messages("lounge")).toHaveLength(40);
  });

  test("that overlaps another adds what is new", async () => {
    const { space } = await lounge();
    await space.import({ by: "ana", channel: "lounge", history: await chat(...hours.slice(0, 30)) });
    const later = await space.import({
      by: "ana",
      channel: "lounge",
      history: await chat(...hours.slice(10)),
    });
    expect(later).toEqual({ added: 10, known: 20 });
    expect((await space.messages("lounge")).map(({ body }) => body)).toEqual(
      hours.map((_, n) => `message ${n}`),
    );
  });

  test("knows a message again that was edited or deleted since, or whose photo was left out this time", async () => {
    const { space } = await lounge();
    const first = await chat(
      "01/05/2026, 09:00 - Mara: helo",
      "01/05/2026, 09:01 - Mara: secret",
      "01/05/2026, 09:02 - Mara: IMG-20260501-WA0001.jpg (file attached)",
      "13/05/2026, 09:00 - Mara: x",
    );
    const later = await chat(
      "01/05/2026, 09:00 - Mara: hello <This message was edited>",
      "01/05/2026, 09:01 - Mara: This message was deleted",
      "01/05/2026, 09:02 - Mara: <Media omitted>",
      "13/05/2026, 09:00 - Mara: x",
    );
    await space.import({ by: "ana", channel: "lounge", history: first });
    expect(await space.import({ by: "ana", channel: "lounge", history: later })).toEqual({
      added: 0,
      known: 4,
    });
  });

  test("tells messages of one moment apart", async () => {
    const history = await chat(
      "13/05/2026, 09:00 - Mara: ok",
      "13/05/2026, 09:00 - Mara: ok",
      "13/05/2026, 09:00 - Ilo: ok",
    );
    expect(new Set(history.messages.map(({ id }) => id)).size).toBe(3);
  });

  test("keeps the order of the file within a minute", async () => {
    const { space } = await lounge();
    const lines = Array.from({ length: 30 }, (_, n) => `13/05/2026, 09:00 - ${n % 3 ? "Mara" : "Ilo"}: ${n}`);
    await space.import({ by: "ana", channel: "lounge", history: await chat(...lines) });
    expect((await space.messages("lounge")).map(({ body }) => Number(body))).toEqual(lines.map((_, n) => n));
  });

  test("by two at once adds nothing twice either", async () => {
    const { store, space } = await lounge();
    const other = await createSpaces({ store }).open("s");
    const history = await chat(...hours);
    const results = await Promise.all(
      [space, other].map((handle) => handle.import({ by: "ana", channel: "lounge", history })),
    );
    expect(results.reduce((all, { added }) => all + added, 0)).toBe(40);
    expect(await space.messages("lounge")).toHaveLength(40);
  });

  test("says how far it is", async () => {
    const { space } = await lounge();
    const many = Array.from(
      { length: 1_100 },
      (_, n) =>
        `13/05/2026, ${String(Math.floor(n / 60)).padStart(2, "0")}:${String(n % 60).padStart(2, "0")} - Mara: ${n}`,
    );
    const onProgress = vi.fn();
    await space.import({ by: "ana", channel: "lounge", history: await chat(...many), onProgress });
    expect(onProgress.mock.calls.flat()).toEqual([
      { done: 500, total: 1_100 },
      { done: 1_000, total: 1_100 },
      { done: 1_100, total: 1_100 },
    ]);
  });

  test("is for those who may, into channels that are there", async () => {
    const { space } = await lounge();
    await space.add({ by: "ana", member: "gus" });
    const history = await chat(...hours);
    await expect(space.import({ by: "gus", channel: "lounge", history })).rejects.toMatchObject({
      code: "NOT_ALLOWED",
    });
    await expect(space.import({ by: "ana", channel: "attic", history })).rejects.toMatchObject({
      code: "CHANNEL_UNKNOWN",
    });
  });

  test("without a zone takes the space's own, in which summer is summer", async () => {
    const { space } = await lounge();
    await space.import({
      by: "ana",
      channel: "lounge",
      history: await parseWhatsApp("13/07/2026, 09:00 - Mara: x"),
    });
    expect((await space.messages("lounge"))[0]?.at).toBe(Date.parse("2026-07-13T07:00:00Z"));
  });
});

describe("importHistory", () => {
  test("makes events that say who brought them, whose words they are and where they come from", async () => {
    const { messages } = await chat("13/05/2026, 09:00 - +44 7700 900123: hi");
    expect(
      importHistory({ platform: "whatsapp", participants: [], warnings: [], messages }, { by: "ana" }),
    ).toEqual([
      {
        id: `whatsapp:${messages[0]?.id}`,
        type: "message.posted",
        at: Date.parse("2026-05-13T07:00:00Z"),
        by: "ana",
        data: {
          author: "whatsapp:+447700900123",
          authorName: "+44 7700 900123",
          kind: "text",
          body: "hi",
          source: { platform: "whatsapp", id: messages[0]?.id, wallClock: "2026-05-13T09:00:00" },
        },
      },
    ]);
  });

  test("nobody becomes a member by being called like one; people are matched by hand", async () => {
    const history = await chat("13/05/2026, 09:00 - ana: hi", "13/05/2026, 09:01 - +44 7700 900123: hi");
    const authors = (people?: Record<string, string>) =>
      importHistory(history, { people }).map(({ data }) => data.author);
    expect(authors()).toEqual(["whatsapp:ana", "whatsapp:+447700900123"]);
    expect(authors({ ana: "ana", "+447700900123": "leo" })).toEqual(["ana", "leo"]);
    expect(authors({ "+44 7700 900123": "leo" })).toEqual(["whatsapp:ana", "leo"]);
  });

  test("keeps what a kind needs", async () => {
    const history = await chat(
      "13/05/2026, 09:00 - Mara: IMG-20260513-WA0001.jpg (file attached)",
      "our shelf",
      "13/05/2026, 09:01 - Mara: <Media omitted>",
      "13/05/2026, 09:02 - Mara: POLL:",
      "When?",
      "OPTION: Thu (2 votes)",
      "OPTION: Fri (1 vote)",
      "13/05/2026, 09:03 - Mara: location: https://maps.google.com/?q=51.5,-0.09",
      "13/05/2026, 09:04 - Mara: live location shared",
      "13/05/2026, 09:05 - Ilo left",
      "13/05/2026, 09:06 - Mara: yes <This message was edited>",
      "13/05/2026, 09:07 - Missed voice call",
    );
    expect(importHistory(history).map(({ data }) => data)).toMatchObject([
      { kind: "media", body: "our shelf", attachments: [{ name: "IMG-20260513-WA0001.jpg", kind: "image" }] },
      { kind: "media", attachments: [{ name: null, kind: "unknown" }] },
      { kind: "poll", poll: { question: "When?", options: ["Thu", "Fri"], multiple: true, tally: [2, 1] } },
      { kind: "location", body: "geo:51.5,-0.09" },
      { kind: "location", body: "live location" },
      { kind: "system", author: null, body: "Ilo left", source: { note: "member-left" } },
      { kind: "text", edited: true },
      { kind: "call", author: null, source: { note: "call-missed" } },
    ]);
  });

  test("half an emoji, from a text that was cut, does not stop the rest", async () => {
    const [event] = importHistory(await chat("13/05/2026, 09:00 - Mara: cut \ud83d"));
    expect(event?.data.body).toBe("cut \ufffd");
  });

  test.each([
    [null, "IMPORT_INVALID_HISTORY"],
    [{}, "IMPORT_INVALID_HISTORY"],
    [{ platform: "x", messages: [{ id: 5 }] }, "IMPORT_INVALID_HISTORY"],
    [
      {
        platform: "x",
        messages: [{ id: "1", wallClock: "yesterday", author: null, body: "", kind: "text" }],
      },
      "IMPORT_INVALID_HISTORY",
    ],
    [
      { platform: "x", messages: [{ id: "1", wallClock: null, author: null, body: "", kind: "text" }] },
      "IMPORT_AMBIGUOUS_DATES",
    ],
    [
      {
        platform: "x",
        messages: [{ id: "1", wallClock: "2026-05-01T09:00:00", author: null, body: "", kind: "text" }],
      },
      "IMPORT_TIME_ZONE_NEEDED",
    ],
  ])("%j is refused: %s", (history, code) => {
    const act = () => importHistory(history as unknown as ChatHistory);
    expect(act).toThrow(ImportError);
    expect(act).toThrow(expect.objectContaining({ code }));
  });
});

test("streams of a space keep apart whatever its ids are", () => {
  const names = [
    streams.charter("a/b"),
    streams.timeline("a", "b"),
    streams.timeline("a/b", "c"),
    streams.timeline("a", "b/c"),
    streams.traffic("a"),
  ];
  expect(new Set(names).size).toBe(names.length);
});
