import { type Command, decide, fold } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { counter, given, HOUR, NOW } from "../../helpers/spaces.js";
import { aTeam, draftIn, judge, PROPOSED, revise, rule, SUBMITTED } from "./a-draft.js";

const publish = (by: string): Command<"draft.publish"> => ({ type: "draft.publish", by, draft: "d" });
const deliver = (by: string): Command<"draft.deliver"> => ({ type: "draft.deliver", by, draft: "d" });
const withdraw = (by: string): Command<"draft.withdraw"> => ({ type: "draft.withdraw", by, draft: "d" });
const schedule = (by: string, publishAt: number | string = NOW + HOUR): Command<"draft.schedule"> => ({
  type: "draft.schedule",
  by,
  draft: "d",
  publishAt,
});
const legal = rule({ clauses: [{ count: 1, duty: "legal" }] });
const passOn: Command = { type: "duty.assign", by: "ana", duty: "legal", member: "mia" };
/** An approved draft, by leo who looks after legal. */
const approved = () => aTeam(legal, PROPOSED, SUBMITTED, judge("leo"));
const scheduled = () => approved().and(schedule("cora"));

describe("an approved draft is scheduled", () => {
  test("by who may publish it and post in its target, for a time to come", () => {
    const space = approved();
    const { space: after } = space
      .when(schedule("cora", "2026-05-01T13:00:00Z"))
      .happens({ type: "draft.scheduled", data: { publishAt: NOW + HOUR } });
    expect(draftIn(after)).toMatchObject({ status: "scheduled", publishAt: NOW + HOUR, scheduledBy: "cora" });
    space.when(schedule("cid")).refused("NOT_ALLOWED");
    space.when(schedule("cora", NOW)).refused("INVALID_COMMAND", { issues: [{ path: "publishAt" }] });
    const quiet = space.and({
      type: "override.set",
      by: "ana",
      channel: "lounge",
      subject: { member: "cora" },
      deny: ["message.post"],
    });
    quiet.when(schedule("cora")).refused("NOT_ALLOWED", { capability: "message.post", channel: "lounge" });
    quiet.when(publish("cora")).refused("NOT_ALLOWED", { capability: "message.post" });
    space
      .and({ type: "channel.close", by: "ana", channel: "lounge" })
      .when(schedule("cora"))
      .refused("CHANNEL_CLOSED");
  });

  test("again, which moves it", () => {
    scheduled().when(schedule("cora")).happens();
    scheduled()
      .when(schedule("cora", NOW + 2 * HOUR))
      .happens({ type: "draft.scheduled", data: { publishAt: NOW + 2 * HOUR } });
    scheduled().when(schedule("ana")).happens({ type: "draft.scheduled" });
  });

  test("not before it is approved, nor with an approval that counts no more", () => {
    aTeam(PROPOSED).when(schedule("cora")).refused("DRAFT_NOT_SUBMITTED");
    aTeam(legal, PROPOSED, SUBMITTED)
      .when(schedule("cora"))
      .refused("APPROVALS_MISSING", { missing: [{ count: 1, duty: "legal" }] });
    approved().and(passOn).when(schedule("cora")).refused("APPROVALS_MISSING");
    approved().and(withdraw("cid")).when(schedule("cora")).refused("DRAFT_SETTLED");
  });

  test("where the rule was made easier since, and is approved thereby", () => {
    aTeam(rule({ clauses: [{ count: 2 }] }), PROPOSED, SUBMITTED, judge("leo"))
      .and(rule({ clauses: [{ count: 1 }] }))
      .when(schedule("cora"))
      .happens({ type: "draft.approved" }, { type: "draft.scheduled" });
  });
});

describe("a draft is published", () => {
  test("by who may, with the id that its message will have", () => {
    const { space } = approved()
      .when(publish("cora"))
      .happens({ type: "draft.published", data: { revision: 1, message: expect.stringMatching(/^msg_/) } });
    expect(draftIn(space)).toMatchObject({
      status: "published",
      publishedAt: NOW,
      publishedBy: "cora",
      delivered: false,
    });
    approved().when(publish("cid")).refused("NOT_ALLOWED");
    approved().when(publish("gus")).refused("NOT_ALLOWED");
  });

  test("without a message where it has no target", () => {
    const { target: _, ...nowhere } = PROPOSED;
    const published = aTeam(nowhere, SUBMITTED, judge("leo"))
      .when(publish("cora"))
      .happens({ type: "draft.published", data: { message: null } });
    published.when(deliver("clock")).happens();
    published.when(withdraw("cora")).happens({ type: "draft.withdrawn" }).when(deliver("clock")).happens();
  });

  test("once: publishing it again changes nothing, and its message stays the one it was", () => {
    const published = approved().and(publish("cora"));
    const { message } = draftIn(published.space);
    published.when(publish("cora")).happens();
    published.when(publish("clock")).happens();
    expect(draftIn(published.and(publish("ana")).space).message).toBe(message);
  });

  test("of two who do at once, one does", () => {
    const before = approved().space;
    const context = { now: NOW, newId: counter() };
    const first = decide(before, publish("cora"), context);
    if (!first.ok) throw new Error("refused");
    expect(decide(fold(before, first.events), publish("ana"), context)).toEqual({ ok: true, events: [] });
  });

  test("not with what counts no more at that moment: the refusal says what is missing", () => {
    const two = rule({
      clauses: [
        { count: 1, duty: "legal" },
        { count: 2, members: ["sam", "zoe", "leo"] },
      ],
    });
    const space = aTeam(two, PROPOSED, SUBMITTED, judge("leo"), judge("sam"), judge("zoe"));
    const left = space.and(passOn, { type: "member.leave", by: "zoe" });
    // leo has lost the duty, and counts for the other clause now, in which zoe is missing.
    const refusal = left
      .when(publish("cora"))
      .refused("APPROVALS_MISSING", { status: "approved", missing: [{ count: 1, duty: "legal" }] });
    expect(refusal.message).toBe("Approvals are missing: 1 of legal.");
    left.and(judge("mia")).when(publish("cora")).happens({ type: "draft.published" });
  });

  test("not before it is submitted, nor after it is rejected or withdrawn", () => {
    aTeam(PROPOSED).when(publish("cora")).refused("DRAFT_NOT_SUBMITTED", { status: "open" });
    approved().and(judge("zoe", "reject")).when(publish("cora")).refused("DRAFT_NOT_SUBMITTED");
    approved().and(withdraw("cid")).when(publish("cora")).refused("DRAFT_SETTLED");
    approved().and(revise("cid", "New")).when(publish("cora")).refused("DRAFT_NOT_SUBMITTED");
    aTeam().when(publish("cora")).refused("DRAFT_UNKNOWN");
    approved()
      .and({ type: "channel.close", by: "ana", channel: "lounge" })
      .when(publish("cora"))
      .refused("CHANNEL_CLOSED");
  });

  test("straight from a rule that was made easier since, and is approved thereby", () => {
    aTeam(rule({ clauses: [{ count: 2 }] }), PROPOSED, SUBMITTED, judge("leo"))
      .and(rule({ clauses: [{ count: 1 }] }))
      .when(publish("cora"))
      .happens({ type: "draft.approved" }, { type: "draft.published" });
  });
});

describe("a scheduled draft goes out by the clock", () => {
  test("when its time has come, and not before, in the name of who scheduled it", () => {
    const space = scheduled();
    space
      .at(NOW + HOUR - 1)
      .when(publish("clock"))
      .refused("NOT_ALLOWED");
    const { outcome } = space.at(NOW + HOUR).when(publish("clock"));
    expect(outcome).toMatchObject({ events: [{ type: "draft.published", by: "cora", at: NOW + HOUR }] });
    // Whoever may publish need not wait.
    space
      .at(NOW + 1)
      .when(publish("ana"))
      .happens({ type: "draft.published" });
  });

  test("only while who scheduled it may still do so", () => {
    const due = scheduled().at(NOW + HOUR);
    const lowered = due.and({ type: "role.assign", by: "ana", member: "cora", roles: ["contributor"] });
    lowered.when(publish("clock")).refused("NOT_ALLOWED", { capability: "draft.publish" });
    due
      .and({ type: "member.remove", by: "ana", member: "cora" })
      .when(publish("clock"))
      .refused("NOT_ALLOWED");
    lowered.when(publish("ana")).happens({ type: "draft.published" });
  });

  test("only with approvals that count then", () => {
    const due = scheduled()
      .and(passOn)
      .at(NOW + HOUR);
    due.when(publish("clock")).refused("APPROVALS_MISSING");
    due.and(judge("mia")).when(publish("clock")).happens({ type: "draft.published" });
  });

  test("and not once it was changed, rejected or withdrawn", () => {
    const due = scheduled().at(NOW + HOUR);
    due.and(revise("cid", "New")).when(publish("clock")).refused("NOT_ALLOWED");
    due.and(judge("zoe", "reject")).when(publish("clock")).refused("NOT_ALLOWED");
    due.and(withdraw("cid")).when(publish("clock")).refused("NOT_ALLOWED");
  });
});

describe("a delivery is put on record", () => {
  test("once, by whoever saw to it, and only of what was published", () => {
    approved().when(deliver("clock")).refused("DRAFT_NOT_PUBLISHED", { status: "approved" });
    approved().and(withdraw("cid")).when(deliver("clock")).refused("DRAFT_NOT_PUBLISHED");
    aTeam().when(deliver("clock")).refused("DRAFT_UNKNOWN");
    const delivered = approved()
      .and(publish("cora"))
      .when(deliver("clock"))
      .happens({ type: "draft.delivered" });
    expect(draftIn(delivered.space).delivered).toBe(true);
    delivered.when(deliver("clock")).happens();
  });
});

describe("a draft is withdrawn", () => {
  test("by its author before it is out, and by who may publish at any time, for good", () => {
    const space = approved();
    space.when(withdraw("leo")).refused("NOT_ALLOWED");
    const { space: after } = space.when(withdraw("cid")).happens({ type: "draft.withdrawn" });
    expect(draftIn(after)).toMatchObject({ status: "withdrawn", withdrawnAt: NOW, withdrawnBy: "cid" });
    given(after).when(withdraw("cora")).happens();
    const published = space.and(publish("cora"));
    published.when(withdraw("cid")).refused("NOT_ALLOWED");
    published.when(withdraw("ana")).happens({ type: "draft.withdrawn" });
    aTeam().when(withdraw("cid")).refused("DRAFT_UNKNOWN");
  });

  test("with its message, so that its channel has to be open; then it is to be seen to again", () => {
    const published = approved().and(publish("cora"), deliver("clock"));
    published
      .and({ type: "channel.close", by: "ana", channel: "lounge" })
      .when(withdraw("cora"))
      .refused("CHANNEL_CLOSED");
    const withdrawn = published.and(withdraw("cora"));
    expect(draftIn(withdrawn.space).delivered).toBe(false);
    expect(draftIn(withdrawn.and(deliver("clock")).space).delivered).toBe(true);
  });
});
