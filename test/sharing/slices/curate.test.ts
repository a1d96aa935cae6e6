import { curate, type Message, messagesOf, type Redaction, type SliceMessage } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { timelineOf } from "../../helpers/spaces.js";
import { chat, message, REQUEST } from "../messages.js";

const slice = (redact: readonly Redaction[] = [], messages = chat, names?: ReadonlyMap<string, string>) =>
  curate(messages, { ...REQUEST, redact, names });

describe("what the recipient sees", () => {
  test("has ids of its own: those of imports are made from what was written", () => {
    expect(slice().messages.map(({ id, replyTo }) => [id, replyTo])).toEqual([
      ["m1", null],
      ["m2", "m1"],
      ["m3", "m2"],
      ["m4", null],
    ]);
  });

  test("says how many answered messages were left out", () => {
    const part = curate(chat, { ...REQUEST, pick: [{ ids: ["m2", "m3"] }] });
    expect(part.leftOut).toBe(1);
    expect(part.messages[0]?.replyTo).toBeNull();
  });

  test("is plain data", () => {
    expect(JSON.parse(JSON.stringify(slice(["phones"])))).toEqual(slice(["phones"]));
  });

  test("has what a shared message answers, where that is asked for, and says that it was not picked", () => {
    const part = curate(chat, { ...REQUEST, pick: [{ ids: ["m3"] }], context: true });
    expect(part.messages).toMatchObject([
      { id: "m1", body: "Where?", context: true, replyTo: null },
      { id: "m2", body: "At the pier", context: false, replyTo: "m1" },
    ]);
    expect(part.leftOut).toBe(1);
  });

  test("does not have what was answered and is gone", () => {
    const answer = message("m7", "mara", "Never mind", { replyTo: "m4" });
    const part = curate([...chat, answer], { ...REQUEST, pick: [{ ids: ["m7"] }], context: true });
    expect(part.messages).toHaveLength(1);
    expect(part.leftOut).toBe(1);
  });

  test("tells messages of several channels apart, also where their ids are the same", () => {
    const shared = curate(
      [
        message("m1", "ana", "in one", { channel: "a" }),
        message("m1", "ana", "in the other", { channel: "b" }),
        message("m2", "leo", "answers the other", { channel: "b", replyTo: "m1" }),
      ],
      { ...REQUEST, channels: new Map([["a", "Lounge"]]) },
    );
    expect(shared.messages.map(({ channel, replyTo }) => [channel, replyTo])).toEqual([
      ["Lounge", null],
      ["b", null],
      ["b", "m2"],
    ]);
  });

  test("takes a thread within its channel only", () => {
    const shared = curate(
      [
        message("m1", "ana", "root", { channel: "a" }),
        message("m2", "leo", "reply", { channel: "a", replyTo: "m1" }),
        message("m3", "leo", "not a reply", { channel: "b", replyTo: "m2" }),
      ],
      { ...REQUEST, pick: [{ thread: "m1" }] },
    );
    expect(shared.messages.map(({ body }) => body)).toEqual(["root", "reply"]);
  });

  test("says of each message whether something was taken out of it", () => {
    const { messages } = slice(["phones", { person: "mara" }]);
    expect(messages.map(({ redacted }) => redacted)).toEqual([false, false, true, true]);
  });

  // A field that somebody adds has to be decided on: a recipient is shown it, redacted, or not at all.
  const FATE: { readonly [field in keyof Message]: keyof SliceMessage | "withheld" } = {
    id: "id",
    channel: "channel",
    at: "at",
    sequence: "withheld",
    author: "author",
    authorName: "author",
    kind: "kind",
    body: "body",
    replyTo: "replyTo",
    attachments: "attachments",
    poll: "poll",
    votes: "poll",
    reactions: "withheld",
    pinned: "pinned",
    editedAt: "edited",
    deletedAt: "withheld",
    source: "withheld",
  };

  test("has nothing of a message but what was decided to be shown", () => {
    const whole = message("m1", "ana", "x", {
      reactions: { "SECRET-emoji": ["SECRET-member"] },
      source: {
        platform: "SECRET-platform",
        id: "SECRET-id",
        wallClock: "SECRET-clock",
        note: "SECRET-note",
      },
      sequence: 987_654,
      poll: { question: "q", options: ["o"], multiple: false },
      votes: { "SECRET-voter": [0] },
    });
    const [shown] = slice([], [whole]).messages;
    expect(JSON.stringify(shown)).not.toMatch(/SECRET|987654/);
    const shows = new Set([...Object.values(FATE), "context", "redacted"]);
    for (const field of Object.keys(shown ?? {})) expect(shows).toContain(field);
    expect(Object.keys(FATE).sort()).toEqual(Object.keys(whole).sort());
  });
});

test("messagesOf gives them in the order they were said", () => {
  const posted = (id: string, at: number) => ({
    id,
    type: "message.posted" as const,
    at,
    by: "x",
    data: { author: "x", kind: "text" as const, body: id },
  });
  // An id of digits would come first in a plain object.
  const timeline = timelineOf("lounge", posted("b", 2), posted("c", 1), posted("1", 2));
  expect(messagesOf(timeline).map(({ id }) => id)).toEqual(["c", "b", "1"]);
});
