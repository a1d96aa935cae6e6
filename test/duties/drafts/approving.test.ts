import { approvalsOf, type Command, openApprovalsFor } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { HOUR, NOW } from "../../helpers/spaces.js";
import { aTeam, draftIn, judge, PROPOSED, revise, rule, SUBMITTED } from "./a-draft.js";

/** 1 of legal, which leo looks after, and 2 of three people. */
const LEGAL_AND_TWO = rule({
  clauses: [
    { count: 1, duty: "legal" },
    { count: 2, members: ["leo", "zoe", "mia"] },
  ],
});
const assign = (duty: string, member: string): Command => ({ type: "duty.assign", by: "ana", duty, member });
const waits = (space: Parameters<typeof openApprovalsFor>[0], member: string, at = NOW) =>
  openApprovalsFor(space, member, at).map(({ id }) => id);

describe("a draft is approved", () => {
  test("with the approval that is the last one missing, in the same commit", () => {
    const space = aTeam(LEGAL_AND_TWO, PROPOSED, SUBMITTED);
    const one = space
      .when(judge("leo"))
      .happens({ type: "verdict.given", data: { verdict: "approve", revision: 1 } });
    const two = one.when(judge("mia")).happens({ type: "verdict.given" });
    expect(draftIn(two.space).status).toBe("submitted");
    const { space: after } = two
      .when(judge("zoe"))
      .happens({ type: "verdict.given" }, { type: "draft.approved", data: { revision: 1 } });
    expect(draftIn(after)).toMatchObject({ status: "approved", approvedAt: NOW });
    expect(approvalsOf(after, draftIn(after), NOW)).toEqual({
      met: true,
      clauses: [
        { clause: { count: 1, duty: "legal" }, by: ["leo"], missing: 0 },
        { clause: { count: 2, members: ["leo", "zoe", "mia"] }, by: ["mia", "zoe"], missing: 0 },
      ],
      passedOver: [],
    });
  });

  test("by each person for one clause only, whichever way meets most of them", () => {
    // zoe fits both, and has come first: she has to make room for mia, who fits the second only.
    const either = rule({
      clauses: [
        { count: 1, members: ["zoe", "mia"] },
        { count: 1, members: ["zoe"] },
      ],
    });
    const space = aTeam(either, PROPOSED, SUBMITTED, judge("zoe"));
    expect(approvalsOf(space.space, draftIn(space.space), NOW).met).toBe(false);
    space.when(judge("mia")).happens({ type: "verdict.given" }, { type: "draft.approved" });
  });

  test("by anybody who may and has not written it, where there is no rule", () => {
    const space = aTeam(PROPOSED, SUBMITTED);
    space.when(judge("leo")).happens({ type: "verdict.given" }, { type: "draft.approved" });
    space.when(judge("gus")).refused("NOT_ALLOWED");
    space.when(judge("nobody")).refused("NOT_ALLOWED");
    space.when(judge("cid")).refused("APPROVER_IS_AUTHOR");
  });

  test("by those who have a role, or look after a duty at that moment", () => {
    const asked = rule({
      clauses: [
        { count: 1, role: "co-moderator" },
        { count: 1, duty: "creative" },
      ],
    });
    const space = aTeam(asked, PROPOSED, SUBMITTED);
    space
      .when(judge("leo"))
      .refused("APPROVAL_NOT_ASKED", { asked: ["1 with the role co-moderator", "1 of creative"] });
    space
      .and(judge("cora"))
      .when(judge("sam"))
      .happens({ type: "verdict.given" }, { type: "draft.approved" });
    const passedOn = space.and(assign("creative", "noa"));
    passedOn.when(judge("sam")).refused("APPROVAL_NOT_ASKED");
    passedOn.when(judge("noa")).happens({ type: "verdict.given" });
  });

  test("on the revision that they have read", () => {
    const space = aTeam(PROPOSED, revise("cid", "New"), SUBMITTED);
    space.when(judge("leo", "approve", 1)).refused("DRAFT_STALE", { revision: 2 });
    space.when(judge("leo", "approve", 3)).refused("DRAFT_STALE", { revision: 2 });
    space.when(judge("leo", "approve", 2)).happens({ type: "verdict.given" }, { type: "draft.approved" });
  });

  test("once it is submitted, and not before, nor after it is settled", () => {
    aTeam(PROPOSED).when(judge("leo")).refused("DRAFT_NOT_SUBMITTED", { status: "open" });
    aTeam(PROPOSED).when(judge("leo", "reject")).refused("DRAFT_NOT_SUBMITTED");
    aTeam(PROPOSED, SUBMITTED, { type: "draft.withdraw", by: "cid", draft: "d" })
      .when(judge("leo"))
      .refused("DRAFT_SETTLED");
    aTeam().when(judge("leo")).refused("DRAFT_UNKNOWN");
  });

  test("also after the deadline, which only makes reminders", () => {
    aTeam(rule({ clauses: [{ count: 1 }], within: "1h" }), PROPOSED, SUBMITTED)
      .at(NOW + 2 * HOUR)
      .when(judge("leo"))
      .happens({ type: "verdict.given" }, { type: "draft.approved" });
  });

  test("once by each: approving again changes nothing, and counts once", () => {
    const space = aTeam(rule({ clauses: [{ count: 2 }] }), PROPOSED, SUBMITTED, judge("leo"));
    const again = space.when(judge("leo")).happens();
    expect(approvalsOf(again.space, draftIn(again.space), NOW).clauses).toMatchObject([
      { by: ["leo"], missing: 1 },
    ]);
  });

  test("when two approve at once, each on what the other has left", () => {
    // The second is decided anew on what the first left behind: it is the one that completes the rule.
    const space = aTeam(rule({ clauses: [{ count: 2 }] }), PROPOSED, SUBMITTED);
    space.when(judge("mia")).happens({ type: "verdict.given" });
    space.and(judge("leo")).when(judge("mia")).happens({ type: "verdict.given" }, { type: "draft.approved" });
  });

  test("not when one approves what another has just rejected", () => {
    aTeam(PROPOSED, SUBMITTED, judge("leo", "reject")).when(judge("mia")).refused("DRAFT_NOT_SUBMITTED", {
      status: "rejected",
    });
  });
});

describe("a draft is rejected or sent back", () => {
  test("by anybody who may approve, asked or not, also when it is approved or scheduled already", () => {
    const schedule = { type: "draft.schedule", by: "cora", draft: "d", publishAt: NOW + HOUR } as const;
    const space = aTeam(rule({ clauses: [{ count: 1, duty: "legal" }], within: "1d" }), PROPOSED, SUBMITTED);
    for (const state of [space, space.and(judge("leo")), space.and(judge("leo"), schedule)]) {
      const { space: rejected } = state
        .when({ ...judge("noa", "reject"), note: "not ours" })
        .happens({ type: "verdict.given", data: { verdict: "reject", note: "not ours" } });
      expect(draftIn(rejected)).toMatchObject({ status: "rejected", publishAt: null, deadline: null });
      expect(draftIn(state.and(judge("noa", "changes")).space).status).toBe("changes-requested");
    }
    space.when(judge("gus", "reject")).refused("NOT_ALLOWED");
  });

  test("and has to be submitted again, when it needs all approvals anew", () => {
    const two = aTeam(
      rule({ clauses: [{ count: 2 }] }),
      PROPOSED,
      SUBMITTED,
      judge("leo"),
      judge("noa", "changes"),
    );
    two.when(judge("mia")).refused("DRAFT_NOT_SUBMITTED", { status: "changes-requested" });
    const again = two.and(SUBMITTED);
    expect(approvalsOf(again.space, draftIn(again.space), NOW).clauses).toMatchObject([
      { by: [], missing: 2 },
    ]);
    again.and(judge("mia")).when(judge("leo")).happens({ type: "verdict.given" }, { type: "draft.approved" });
    // Whoever had said no may say yes now.
    again.when(judge("noa")).happens({ type: "verdict.given" });
  });

  test("by several, whose reasons are all kept; a rejection is the stronger word", () => {
    const space = aTeam(PROPOSED, SUBMITTED, judge("leo", "changes"));
    const { space: after } = space.and(judge("mia", "reject"), judge("noa", "changes"));
    expect(draftIn(after)).toMatchObject({
      status: "rejected",
      verdicts: [{ by: "leo" }, { by: "mia" }, { by: "noa" }],
    });
    space.when(judge("leo", "changes")).happens();
    space.and(judge("mia", "reject")).when(judge("leo", "changes")).happens();
  });

  test("also by who approved it before: the last word counts", () => {
    const space = aTeam(
      rule({ clauses: [{ count: 2 }] }),
      PROPOSED,
      SUBMITTED,
      judge("leo"),
      judge("leo", "reject"),
    );
    expect(draftIn(space.space).status).toBe("rejected");
    const again = space.and(SUBMITTED, judge("mia")).space;
    expect(approvalsOf(again, draftIn(again), NOW).clauses).toMatchObject([{ by: ["mia"], missing: 1 }]);
  });
});

describe("a cosmetic change", () => {
  const kept = rule({ clauses: [{ count: 2 }], keepsCosmetic: true });
  const cosmetic = { cosmetic: true } as const;

  test("keeps approvals and status where the rule says so, however many follow on each other", () => {
    const space = aTeam(kept, PROPOSED, SUBMITTED, judge("leo"))
      .and(revise("cid", "New", 1, cosmetic), judge("mia", "approve", 2))
      .and(revise("cid", "Newer", 2, cosmetic));
    expect(draftIn(space.space).status).toBe("approved");
    expect(approvalsOf(space.space, draftIn(space.space), NOW).clauses).toMatchObject([
      { by: ["leo", "mia"] },
    ]);
    // One change of substance ends the run, and no cosmetic one brings it back.
    const changed = space.and(
      revise("cid", "Other", 3),
      revise("cid", "Others", 4, cosmetic),
      SUBMITTED,
    ).space;
    expect(approvalsOf(changed, draftIn(changed), NOW).clauses).toMatchObject([{ by: [], missing: 2 }]);
  });

  test("voids them like any other where the rule does not", () => {
    const strict = aTeam(rule({ clauses: [{ count: 1 }] }), PROPOSED, SUBMITTED, judge("leo"));
    strict
      .when(revise("cid", "New", 1, cosmetic))
      .happens({ type: "draft.revised", data: { cosmetic: true, keeps: false } });
    // A rule of its own that does not say so takes what the rule of the channel gives.
    aTeam(kept, { ...PROPOSED, rule: { clauses: [{ count: 1 }] } })
      .when(revise("cid", "New", 1, cosmetic))
      .happens({ type: "draft.revised", data: { keeps: false } });
  });

  test("by an approver makes them an author, whose approval counts no more", () => {
    const space = aTeam(kept, PROPOSED, SUBMITTED, judge("cora"), judge("leo"));
    expect(draftIn(space.space).status).toBe("approved");
    const { space: after } = space.and(revise("cora", "New", 1, cosmetic));
    expect(draftIn(after).status).toBe("approved");
    expect(approvalsOf(after, draftIn(after), NOW)).toMatchObject({
      met: false,
      clauses: [{ by: ["leo"], missing: 1 }],
      passedOver: ["cora"],
    });
    expect(waits(after, "mia")).toEqual(["d"]);
    expect(waits(after, "cora")).toEqual([]);
  });
});

describe("an author's approval never counts", () => {
  test("also not of who became one by a suggestion that was taken up", () => {
    const space = aTeam(rule({ clauses: [{ count: 1 }], keepsCosmetic: true }), PROPOSED, SUBMITTED)
      .and(judge("leo"), {
        type: "suggestion.make",
        by: "leo",
        draft: "d",
        revision: 1,
        edits: [{ start: 0, end: 3, text: "Our" }],
      })
      .and();
    const suggestion = draftIn(space.space).suggestions[0]?.id ?? "";
    const applied = space.and({
      type: "suggestion.apply",
      by: "cora",
      draft: "d",
      suggestion,
      cosmetic: true,
    });
    expect(approvalsOf(applied.space, draftIn(applied.space), NOW)).toMatchObject({
      met: false,
      passedOver: ["leo"],
    });
    applied.when(judge("leo", "approve", 2)).refused("APPROVER_IS_AUTHOR");
    // Who took it up has written nothing.
    applied.when(judge("cora", "approve", 2)).happens({ type: "verdict.given" });
    // An author may still stop it.
    applied.when(judge("leo", "reject", 2)).happens({ type: "verdict.given" });
  });
});

describe("an approval counts only while the rules allow it", () => {
  const legal = rule({ clauses: [{ count: 1, duty: "legal" }] });
  const isMet = (space: ReturnType<typeof aTeam>, at = NOW) =>
    approvalsOf(space.space, draftIn(space.space), at).met;

  test("not once the duty has passed on, and again once it is back", () => {
    const approved = aTeam(legal, PROPOSED, SUBMITTED, judge("leo"));
    expect(isMet(approved)).toBe(true);
    const passedOn = approved.at(NOW + 1).and(assign("legal", "mia"));
    expect(isMet(passedOn, NOW + 1)).toBe(false);
    expect(waits(passedOn.space, "mia", NOW + 1)).toEqual(["d"]);
    expect(isMet(passedOn.at(NOW + 2).and(assign("legal", "leo")), NOW + 2)).toBe(true);
  });

  test("not once who gave it has left, been timed out, or may not approve any more", () => {
    const approved = aTeam(rule({ clauses: [{ count: 1 }] }), PROPOSED, SUBMITTED, judge("leo"));
    const changes: readonly Command[] = [
      { type: "member.leave", by: "leo" },
      { type: "member.remove", by: "ana", member: "leo" },
      { type: "role.assign", by: "ana", member: "leo", roles: ["guest"] },
      { type: "limit.put", by: "ana", member: "leo", ceiling: "timeout", expiresIn: "1h" },
      {
        type: "override.set",
        by: "ana",
        channel: "studio",
        subject: { member: "leo" },
        deny: ["draft.approve"],
      },
    ];
    for (const command of changes) expect(isMet(approved.and(command)), command.type).toBe(false);
    const timedOut = approved.and(changes[3] as Command);
    expect(isMet(timedOut, NOW + 2 * HOUR)).toBe(true);
  });

  test("not where the rule was made stricter since, and at once where it was made easier", () => {
    const approved = aTeam(rule({ clauses: [{ count: 1 }] }), PROPOSED, SUBMITTED, judge("leo"));
    expect(isMet(approved.and(rule({ clauses: [{ count: 2 }] })))).toBe(false);
    const one = aTeam(rule({ clauses: [{ count: 2 }] }), PROPOSED, SUBMITTED, judge("leo"));
    const easier = one.and(rule({ clauses: [{ count: 1 }] }));
    expect(isMet(easier)).toBe(true);
    // It says so as soon as anybody asks.
    easier.when(judge("leo")).happens({ type: "draft.approved" });
  });

  test("with another's in its place, where there is one", () => {
    const space = aTeam(rule({ clauses: [{ count: 1 }] }), PROPOSED, SUBMITTED, judge("leo"), judge("mia"));
    expect(approvalsOf(space.space, draftIn(space.space), NOW)).toMatchObject({
      clauses: [{ by: ["leo"] }],
      passedOver: ["mia"],
    });
    const left = space.and({ type: "member.leave", by: "leo" }).space;
    expect(approvalsOf(left, draftIn(left), NOW)).toMatchObject({
      met: true,
      clauses: [{ by: ["mia"] }],
      passedOver: ["leo"],
    });
  });

  test("with roles that were handed over, while they are", () => {
    const space = aTeam(
      { type: "role.assign", by: "ana", member: "ana", roles: ["host", "co-moderator"] },
      rule({ clauses: [{ count: 1, role: "co-moderator" }] }),
      PROPOSED,
      SUBMITTED,
    );
    const window = { start: NOW + HOUR, end: NOW + 2 * HOUR };
    const offered = space.and({
      type: "handoff.offer",
      by: "ana",
      role: "co-moderator",
      from: "ana",
      to: "leo",
      window,
    });
    const handoff = Object.keys(offered.space.handoffs)[0] ?? "";
    const accepted = offered.and({ type: "handoff.accept", by: "leo", handoff });
    accepted.when(judge("leo")).refused("APPROVAL_NOT_ASKED");
    const approved = accepted.at(window.start).and(judge("leo"));
    expect(draftIn(approved.space).status).toBe("approved");
    expect(isMet(approved, window.start)).toBe(true);
    expect(isMet(approved, window.end)).toBe(false);
  });
});

describe("drafts that wait for somebody", () => {
  test("are those that their approval would bring nearer", () => {
    const space = aTeam(LEGAL_AND_TWO, PROPOSED);
    expect(waits(space.space, "leo")).toEqual([]);
    const submitted = space.and(SUBMITTED);
    for (const member of ["leo", "zoe", "mia"]) expect(waits(submitted.space, member)).toEqual(["d"]);
    for (const member of ["cid", "sam", "gus", "nobody", "__proto__"])
      expect(waits(submitted.space, member)).toEqual([]);
    const approved = submitted.and(judge("zoe"), judge("mia"));
    for (const member of ["zoe", "mia"]) expect(waits(approved.space, member)).toEqual([]);
    expect(waits(approved.space, "leo")).toEqual(["d"]);
    expect(waits(approved.and(judge("leo")).space, "leo")).toEqual([]);
    expect(waits(submitted.and(judge("leo", "reject")).space, "zoe")).toEqual([]);
  });
});
