import { type ChatHistory, ImportError, importHistory } from "chat-spaces";
import { describe, expect, test } from "vitest";

/** A history of one message, written by hand as a parser of another platform might. */
function history(message: object): ChatHistory {
  const whole = { id: "1", wallClock: null, at: 0, author: "Mara", body: "hi", kind: "text", ...message };
  return { platform: "other", participants: [], warnings: [], messages: [whole] } as unknown as ChatHistory;
}

const imported = (message: object, options = {}) => importHistory(history(message), options)[0];

describe("a history that was written by hand", () => {
  test.each([
    [{ id: "" }, "messages.0.id"],
    [{ id: "x".repeat(1_000_000) }, "messages.0.id"],
    [{ wallClock: "2024-13-01T09:00:00" }, "messages.0.wallClock"],
    [{ wallClock: "2024-02-30T09:00:00" }, "messages.0.wallClock"],
    [{ wallClock: "2024-02-01T25:00:00" }, "messages.0.wallClock"],
    [{ wallClock: "2024-02-01T09:00" }, "messages.0.wallClock"],
    [{ wallClock: "2024-02-01T09:00:00Z" }, "messages.0.wallClock"],
    [{ at: 1.5 }, "messages.0.at"],
    [{ at: 9e15 }, "messages.0.at"],
    [{ at: "2024-02-01T09:00:00Z" }, "messages.0.at"],
    [{ author: 5 }, "messages.0.author"],
    [{ author: "x".repeat(1_000_000) }, "messages.0.author"],
    [{ authorPhone: 447700900123 }, "messages.0.authorPhone"],
    [{ body: null }, "messages.0.body"],
    [{ kind: "photo" }, "messages.0.kind"],
    [{ attachment: 5 }, "messages.0.attachment"],
    [{ media: "image" }, "messages.0.media"],
    [{ poll: { question: "When?" } }, "messages.0.poll.options"],
    [{ poll: { question: "When?", options: ["Thu"] } }, "messages.0.poll.options.0"],
    [{ location: [51.5] }, "messages.0.location"],
  ])("is refused where it has %j, and says where", (message, path) => {
    const act = () => imported(message, { timeZone: "UTC" });
    expect(act).toThrow(ImportError);
    try {
      act();
    } catch (error) {
      expect(error).toMatchObject({ code: "IMPORT_INVALID_HISTORY" });
      const { issues } = (error as ImportError).details as { issues: { path: string }[] };
      expect(issues.length).toBeGreaterThan(0);
      expect(issues.every((issue) => issue.path.startsWith(path))).toBe(true);
      expect(String(error).length).toBeLessThan(300);
    }
  });

  test("of many mistakes names the first ones", () => {
    const [message] = history({ body: null }).messages;
    const bad = { ...history({}), messages: Array.from({ length: 10_000 }, () => message) } as ChatHistory;
    expect(() => importHistory(bad)).toThrow(/^This is not a chat history: messages\.0\.body: .{1,2000}$/);
  });
});

describe("people of an import", () => {
  test.each(["__proto__", "constructor", "toString"])("may be called %s", (author) => {
    expect(imported({ author }, { people: { Mara: "mara" } })?.data).toMatchObject({
      author: `other:${author}`,
      authorName: author,
    });
    const people = JSON.parse(`{ ${JSON.stringify(author)}: "leo" }`);
    expect(imported({ author }, { people })?.data.author).toBe("leo");
  });

  test("are known by their number before they are known by their name", () => {
    const people = { "+447700900123": "mara", Mara: "somebody-else" };
    expect(imported({ authorPhone: "+447700900123" }, { people })?.data.author).toBe("mara");
  });
});

describe("text that was cut in the middle of an emoji", () => {
  // Half a surrogate pair is not text: no store could keep it.
  test.each([
    [{ body: "hi \ud83d" }, { body: "hi \ufffd" }],
    [{ author: "Mara \ud83d" }, { author: "other:Mara \ufffd", authorName: "Mara \ufffd" }],
    [{ attachment: "\ud83d.jpg" }, { attachments: [{ name: "\ufffd.jpg", kind: "unknown" }] }],
    [{ location: [1, 2], venue: "\ud83d", body: "" }, { body: "\ufffd geo:1,2" }],
    [
      { poll: { question: "When\ud83d?", options: [["\ude00Thu", 2]] } },
      { poll: { question: "When\ufffd?", options: ["\ufffdThu"], multiple: true, tally: [2] } },
    ],
  ])("is kept as far as it goes: %j", (message, data) => {
    const event = imported(message);
    expect(event?.data).toMatchObject(data);
    expect(JSON.stringify(event)).not.toMatch(/\\ud[89a-f]/i);
  });
});

describe("where there is a place", () => {
  test.each([
    [{ location: [51.5, -0.09] }, "geo:51.5,-0.09"],
    [{ location: [51.5, -0.09], venue: "Kew Gardens" }, "Kew Gardens geo:51.5,-0.09"],
    [{ location: "live" }, "live location"],
    [{ venue: "Kew Gardens" }, "Kew Gardens"],
    [{ location: [51.5, -0.09], body: "here" }, "here"],
  ])("and no text, the place is the text: %j", (message, body) => {
    expect(imported({ kind: "location", body: "", ...message })?.data.body).toBe(body);
  });
});
