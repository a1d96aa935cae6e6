import { select } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { AT, chat, message } from "../messages.js";

describe("picking", () => {
  test.each([
    ["by id", [{ ids: ["m3", "m1", "mX"] }], ["m1", "m3"]],
    ["by time, the end not included", [{ from: AT + 120_000, to: AT + 180_000 }], ["m2"]],
    ["what is pinned", [{ pinned: true }], ["m1"]],
    ["a message with its replies and theirs", [{ thread: "m1" }], ["m1", "m2", "m3"]],
    ["several picks add up, each message once", [{ pinned: true }, { ids: ["m1", "m6"] }], ["m1", "m6"]],
    ["everything, but never what is deleted or the platform's own", [{}], ["m1", "m2", "m3", "m6"]],
    ["nothing", [], []],
    ["from one message to another", [{ first: "m2", last: "m5" }], ["m2", "m3"]],
    ["from a message to one that is not there: nothing", [{ first: "m2", last: "mX" }], []],
    ["from a message that is not there: nothing", [{ first: "mX", last: "m2" }], []],
    ["backwards: nothing", [{ first: "m3", last: "m1" }], []],
    ["what somebody said", [{ author: "leo" }], ["m2", "m6"]],
    ["what a search finds", [{ search: "pier" }], ["m3"]],
  ] as const)("%s", (_, pick, ids) => {
    expect(select(chat, pick).map(({ id }) => id)).toEqual(ids);
  });

  test("leaves out what is excepted, whatever picked it", () => {
    expect(select(chat, [{}], { except: ["m2"] }).map(({ id }) => id)).toEqual(["m1", "m3", "m6"]);
  });

  test("takes decisions: the messages of published drafts", () => {
    expect(select(chat, [{ decisions: true }], { decisions: new Set(["m3"]) }).map(({ id }) => id)).toEqual([
      "m3",
    ]);
    expect(select(chat, [{ decisions: true }])).toEqual([]);
  });

  test("takes what an author of an import said, by the name they wrote under", () => {
    const imported = message("m1", "whatsapp:Mara", "hi", { authorName: "Mara" });
    expect(select([imported, ...chat], [{ author: "Mara" }])).toEqual([imported]);
  });

  test.each([
    ["#launch", "now #Launch!", true],
    ["launch", "#LAUNCH", true],
    ["launch", "#launchpad", false],
    ["launch", "launch", false],
    ["launch", "a#launch", false],
    ["été", "#été arrive", true],
    ["発売", "＃発売", true],
  ])("finds the tag %s in %s: %s", (tag, body, found) => {
    expect(select([message("m1", "ana", body)], [{ tag }])).toHaveLength(found ? 1 : 0);
  });
});
