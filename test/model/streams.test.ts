import { type Command, streamOf, streams } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("the names of streams", () => {
  test("say what is in them", () => {
    expect(streams.charter("drop")).toBe("space/drop");
    expect(streams.timeline("drop", "lounge")).toBe("timeline/drop/lounge");
    expect(streams.traffic("drop")).toBe("traffic/drop");
  });

  test("two different ids never share one, whatever characters they have", () => {
    const id = fc.string({
      unit: fc.constantFrom("a", "b", "/", "%", "2", "F", ".", "é", "😀"),
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(id, id, id, id, (a, b, c, d) => {
        expect(streams.charter(a) === streams.charter(b)).toBe(a === b);
        expect(streams.timeline(a, b) === streams.timeline(c, d)).toBe(a === c && b === d);
        expect(streams.timeline(a, b).split("/")).toHaveLength(3);
      }),
      { numRuns: 1_000 },
    );
  });

  test("are there for ids that are none: looking comes before deciding", () => {
    expect(streams.timeline("drop", "\ud83d")).toBe("timeline/drop/%EF%BF%BD");
    expect(streams.charter(undefined as never)).toBe("space/undefined");
  });
});

describe("a command belongs into one stream", () => {
  test.each<[Command, string]>([
    [{ type: "space.create", by: "ana" }, "space/drop"],
    [{ type: "member.leave", by: "ana" }, "space/drop"],
    [{ type: "channel.open", by: "ana", channel: "lounge" }, "space/drop"],
    [{ type: "link.create", by: "ana", target: "https://x.example", campaign: "c" }, "space/drop"],
    [{ type: "slice.create", by: "ana", title: "t", channels: ["a"], pick: [], count: 0 }, "space/drop"],
    [{ type: "slice.open", by: "leo", slice: "s" }, "traffic/drop"],
    [{ type: "message.post", by: "leo", channel: "lounge", body: "hi" }, "timeline/drop/lounge"],
    [{ type: "poll.vote", by: "leo", channel: "lounge", message: "m", choices: [] }, "timeline/drop/lounge"],
    [
      { type: "reaction.add", by: "leo", channel: "lounge", message: "m", emoji: "👍" },
      "timeline/drop/lounge",
    ],
    [{ type: "media.open", by: "leo", channel: "lounge", message: "m" }, "timeline/drop/lounge"],
    [{ type: "history.import", by: "ana", channel: "lounge" }, "timeline/drop/lounge"],
    [{ type: "click.record", by: "traffic", link: "lnk_1" }, "traffic/drop"],
    [{ type: "conversion.record", by: "shop", order: "1001" }, "traffic/drop"],
  ])("%j", (command, stream) => {
    expect(streamOf("drop", command)).toBe(stream);
  });
});
