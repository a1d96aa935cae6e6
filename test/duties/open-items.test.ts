import { emptyTimeline, foldTimeline, openItemsOf, openQuestions, type SpaceEvent } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../helpers/spaces.js";

const said = (id: string, author: string, body: string, replyTo?: string): SpaceEvent<"message.posted"> => ({
  ...{ id, type: "message.posted", at: NOW + Number(id.slice(1)), by: author },
  data: { author, kind: "text", body, ...(replyTo === undefined ? {} : { replyTo }) },
});
const reacted = (id: string, by: string, message: string): SpaceEvent<"reaction.added"> => ({
  ...{ id, type: "reaction.added", at: NOW, by, data: { message, emoji: "👍" } },
});
const questionsIn = (...events: readonly SpaceEvent[]) =>
  openQuestions(foldTimeline(emptyTimeline("lounge"), events)).map(({ id }) => id);

describe("a question in a channel is open", () => {
  test("until somebody else replies or reacts to it", () => {
    expect(questionsIn(said("m1", "leo", "Does it ship?"), said("m2", "leo", "Hello."))).toEqual(["m1"]);
    expect(questionsIn(said("m1", "leo", "Does it ship?"), said("m2", "cora", "Yes.", "m1"))).toEqual([]);
    expect(questionsIn(said("m1", "leo", "Does it ship?"), reacted("r1", "cora", "m1"))).toEqual([]);
    expect(
      questionsIn(
        said("m1", "leo", "Does it ship?"),
        said("m2", "leo", "Anybody?", "m1"),
        reacted("r1", "leo", "m1"),
      ),
    ).toEqual(["m1", "m2"]);
  });

  test("in whatever script it is asked", () => {
    for (const body of ["Ships?", "هل يُشحن؟", "送料は？", "Πότε\u037e", "Ե՞րբ", "መቼ፧"])
      expect(questionsIn(said("m1", "leo", body)), body).toEqual(["m1"]);
    expect(questionsIn(said("m1", "leo", "Red; blue"))).toEqual([]);
  });

  test("with no more of it in the note than fits", () => {
    const [item] = openQuestions(
      foldTimeline(emptyTimeline("lounge"), [said("m1", "leo", `  Why\n\n${"👋".repeat(300)}?`)]),
    );
    expect(item).toMatchObject({ by: "leo", since: NOW + 1, title: `Why ${"👋".repeat(196)}` });
  });
});

describe("with what is handed over goes", () => {
  const thread = { channel: "lounge", message: "m1" };
  const { space } = given(aSpace()).and(
    { type: "duty.assign", by: "ana", duty: "ops", member: "cora" },
    {
      type: "channel.rule",
      by: "ana",
      channel: "studio",
      approval: { clauses: [{ count: 1, duty: "ops" }] },
    },
    { type: "draft.propose", by: "cid", channel: "studio", title: "Opening", body: "We open", id: "d1" },
    { type: "draft.submit", by: "cid", draft: "d1" },
    { type: "incident.declare", by: "cid", title: "Shop down", severity: 1, id: "i1", source: thread },
    { type: "incident.declare", by: "cid", title: "Old", severity: 4, id: "i2" },
    { type: "incident.resolve", by: "cora", incident: "i2" },
    { type: "item.raise", by: "cid", title: "Count", duty: "ops", id: "t1", dueIn: "1h" },
    { type: "item.raise", by: "cid", title: "Read", duty: "legal", id: "t2", source: thread },
    { type: "item.raise", by: "cid", title: "Done", duty: "ops", id: "t3" },
    { type: "item.complete", by: "cid", item: "t3" },
  );
  const idsOf = (of: Parameters<typeof openItemsOf>[1]) =>
    openItemsOf(space, of, "cora").map(({ kind, id }) => `${kind} ${id}`);

  test("of a duty, what the duty answers for", () => {
    expect(idsOf({ duty: "ops" })).toEqual(["draft d1", "incident i1", "item t1"]);
    expect(openItemsOf(space, { duty: "ops" }, "cora").at(-1)).toEqual({
      ...{ kind: "item", id: "t1", title: "Count", by: "cid", since: NOW, dueAt: NOW + HOUR },
    });
  });

  test("of a thread, what was raised from it", () => {
    expect(idsOf({ thread })).toEqual(["incident i1", "item t2"]);
  });

  test("of the ownership, everything; of a role, nothing by itself", () => {
    expect(idsOf({ ownership: true, roles: ["host"], keep: [] })).toEqual([
      "draft d1",
      "incident i1",
      "item t1",
      "item t2",
    ]);
    expect(idsOf({ role: "co-moderator" })).toEqual([]);
  });

  test("the posts that wait for their time, in the name of who scheduled them", () => {
    const { space: later } = given(space).and(
      { type: "draft.judge", by: "cora", draft: "d1", revision: 1, verdict: "approve" },
      { type: "draft.schedule", by: "cora", draft: "d1", publishAt: NOW + HOUR },
    );
    const posts = (from: string) =>
      openItemsOf(later, { duty: "ops" }, from).filter(({ kind }) => kind === "post");
    expect(posts("cora")).toMatchObject([{ id: "d1", dueAt: NOW + HOUR }]);
    expect(posts("cid")).toEqual([]);
  });
});
