import { type Command, type Message, messagesOf, type SpaceEvent } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, eventsOf, given, timelineOf } from "../helpers/spaces.js";

const space = aSpace();

/** The events of commands that came one after the other in a channel. */
function said(...commands: readonly (Command & { channel: string })[]): readonly SpaceEvent[] {
  const events: SpaceEvent[] = [];
  for (const command of commands) {
    events.push(...eventsOf(space, command, { timeline: timelineOf(command.channel, ...events) }));
  }
  return events;
}

const hello = { type: "message.post", by: "gus", channel: "lounge", id: "m1", body: "hello" } as const;
const lounge = timelineOf("lounge", ...said(hello));
const only = (events: readonly SpaceEvent[]): Message | undefined =>
  messagesOf(timelineOf("lounge", ...events))[0];

describe("posting", () => {
  test("adds a message under its author's name", () => {
    given(space)
      .when(hello)
      .happens({ type: "message.posted", data: { author: "gus", kind: "text", body: "hello" } });
  });

  test("with an attachment needs no text", () => {
    given(space)
      .when({
        type: "message.post",
        by: "gus",
        channel: "lounge",
        attachments: [{ name: "a.jpg", kind: "image" }],
      })
      .happens({ type: "message.posted", data: { kind: "media", body: "" } });
  });

  test("under an id that is known changes nothing", () => {
    given(space, { timeline: lounge }).when(hello).happens();
  });

  test("follows the kind of the channel", () => {
    const post = (by: string, channel: string) =>
      given(space).when({ type: "message.post", by, channel, body: "x" });
    post("gus", "news").refused("NOT_ALLOWED");
    post("cid", "news").refused("NOT_ALLOWED");
    post("cora", "news").happens({ type: "message.posted" });
    post("cid", "studio").happens({ type: "message.posted" });
    post("gus", "floor").refused("NOT_ALLOWED");
    post("rita", "lounge").refused("NOT_ALLOWED");
    post("zoe", "lounge").refused("NOT_ALLOWED", { decision: { code: "NOT_A_MEMBER" } });
    post("ana", "attic").refused("CHANNEL_UNKNOWN");
  });

  test("nothing, or what nobody can see, is refused", () => {
    for (const body of ["", "   ", "\u200b\u200e"]) {
      given(space)
        .when({ ...hello, body })
        .refused("MESSAGE_EMPTY");
    }
  });

  test("a megabyte is refused, and says how long a message may be", () => {
    const { details } = given(space)
      .when({ ...hello, body: "x".repeat(1_000_000) })
      .refused("MESSAGE_TOO_LONG");
    expect(details).toEqual({ length: 1_000_000, limit: 65_536 });
    given(space)
      .when({ ...hello, body: "x".repeat(65_536) })
      .happens({ type: "message.posted" });
  });

  test("half an emoji is refused: it is not text", () => {
    given(space)
      .when({ ...hello, body: "\ud83d" })
      .refused("INVALID_COMMAND");
  });

  test("a reply names a message that is there", () => {
    const reply = { type: "message.post", by: "cid", channel: "lounge", body: "hi", replyTo: "m1" } as const;
    given(space, { timeline: lounge })
      .when(reply)
      .happens({ type: "message.posted", data: { replyTo: "m1" } });
    given(space).when(reply).refused("MESSAGE_UNKNOWN");
  });

  test("in a closed channel is refused", () => {
    given(space)
      .and({ type: "channel.close", by: "ana", channel: "lounge" })
      .when(hello)
      .refused("CHANNEL_CLOSED");
  });
});

describe("editing and deleting", () => {
  const edit = (by: string) =>
    ({ type: "message.edit", by, channel: "lounge", message: "m1", body: "hello all" }) as const;
  const remove = (by: string) => ({ type: "message.delete", by, channel: "lounge", message: "m1" }) as const;

  test("authors edit what they wrote; nobody else does", () => {
    given(space, { timeline: lounge }).when(edit("gus")).happens({ type: "message.edited" });
    given(space, { timeline: lounge }).when(edit("ana")).refused("NOT_ALLOWED");
    given(space).when(edit("gus")).refused("MESSAGE_UNKNOWN");
    expect(only(said(hello, edit("gus")))).toMatchObject({ body: "hello all", editedAt: expect.any(Number) });
  });

  test("authors and moderators delete; the words are gone and the place stays", () => {
    given(space, { timeline: lounge }).when(remove("gus")).happens({ type: "message.deleted" });
    given(space, { timeline: lounge }).when(remove("cora")).happens({ type: "message.deleted" });
    given(space, { timeline: lounge }).when(remove("cid")).refused("NOT_ALLOWED");
    expect(only(said(hello, remove("cora")))).toMatchObject({ kind: "deleted", body: "", author: "gus" });
  });

  test("what is deleted stays deleted", () => {
    const gone = timelineOf("lounge", ...said(hello, remove("gus")));
    given(space, { timeline: gone }).when(remove("gus")).happens();
    given(space, { timeline: gone }).when(edit("gus")).refused("MESSAGE_DELETED");
  });

  test("an author who has lost the right to post has lost the right to edit", () => {
    given(space, { timeline: lounge })
      .and({ type: "role.assign", by: "ana", member: "gus", roles: ["read-only"] })
      .when(edit("gus"))
      .refused("NOT_ALLOWED");
  });
});

describe("pins, reactions and opens", () => {
  test("moderators pin and take off", () => {
    const pin = { type: "message.pin", by: "cora", channel: "lounge", message: "m1" } as const;
    expect(only(said(hello, pin))?.pinned).toBe(true);
    expect(only(said(hello, pin, { ...pin, type: "message.unpin" }))?.pinned).toBe(false);
    given(space, { timeline: lounge })
      .when({ ...pin, by: "gus" })
      .refused("NOT_ALLOWED");
  });

  test("a reaction is there once a person, however often it is given", () => {
    const react = { type: "reaction.add", by: "cid", channel: "lounge", message: "m1", emoji: "🔥" } as const;
    expect(only(said(hello, react, react, { ...react, by: "gus" }))?.reactions).toEqual({
      "🔥": ["cid", "gus"],
    });
    expect(only(said(hello, react, { ...react, type: "reaction.remove" }))?.reactions).toEqual({});
    given(space, { timeline: lounge })
      .when({ ...react, by: "rita" })
      .refused("NOT_ALLOWED");
  });

  test("an open names an attachment that is there", () => {
    const photo = { ...hello, attachments: [{ name: "a.jpg", kind: "image" }] } as const;
    const open = { type: "media.open", by: "rita", channel: "lounge", message: "m1" } as const;
    given(space, { timeline: timelineOf("lounge", ...said(photo)) })
      .when(open)
      .happens({ type: "media.opened", data: { attachment: 0 } });
    given(space, { timeline: lounge }).when(open).refused("INVALID_COMMAND");
  });
});

describe("polls", () => {
  const poll = {
    type: "poll.open",
    by: "cid",
    channel: "lounge",
    id: "p1",
    question: "When?",
    options: ["Thu", "Fri"],
  } as const;
  const vote = (by: string, ...choices: number[]) =>
    ({ type: "poll.vote", by, channel: "lounge", message: "p1", choices }) as const;

  test("the last vote of each counts, and an empty one takes it back", () => {
    expect(only(said(poll, vote("gus", 0), vote("ana", 1), vote("gus", 1)))?.votes).toEqual({
      gus: [1],
      ana: [1],
    });
    expect(only(said(poll, vote("gus", 0), vote("gus")))?.votes).toEqual({});
  });

  test("one choice is one choice, unless the poll takes several", () => {
    given(space, { timeline: timelineOf("lounge", ...said(poll)) })
      .when(vote("gus", 0, 1))
      .refused("POLL_OPTION_UNKNOWN");
    given(space, { timeline: timelineOf("lounge", ...said({ ...poll, multiple: true })) })
      .when(vote("gus", 1, 0, 1))
      .happens({ type: "poll.voted", data: { choices: [0, 1] } });
  });

  test("votes are for options of polls", () => {
    given(space, { timeline: timelineOf("lounge", ...said(poll)) })
      .when(vote("gus", 2))
      .refused("POLL_OPTION_UNKNOWN");
    given(space, { timeline: lounge })
      .when({ ...vote("gus", 0), message: "m1" })
      .refused("POLL_UNKNOWN");
    given(space)
      .when({ ...poll, options: ["only one"] })
      .refused("INVALID_COMMAND");
    given(space, { timeline: timelineOf("lounge", ...said(poll)) })
      .when(poll)
      .happens();
  });
});

describe("folding a timeline is total", () => {
  const [posted] = said(hello);

  test("an erased message stays as the trace that there was one", () => {
    expect(only([{ ...posted, data: null } as never])).toMatchObject({
      id: "m1",
      kind: "deleted",
      author: null,
      body: "",
    });
  });

  test("what is about messages nobody knows, unknown or posted twice is passed over", () => {
    const [edited] = eventsOf(
      space,
      { type: "message.edit", by: "gus", channel: "lounge", message: "m1", body: "x" },
      { timeline: lounge },
    );
    const events = [
      edited,
      { id: "e", type: "message.starred", at: 0, by: "gus", data: { message: "m1" } },
      posted,
      posted,
    ];
    expect(messagesOf(timelineOf("lounge", ...(events as SpaceEvent[])))).toHaveLength(1);
    expect(only(events as SpaceEvent[])?.body).toBe("hello");
  });
});
