import { approvalsOf, ruleOf, textOf } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";
import { aTeam, draftIn, judge, PROPOSED, revise, rule, SUBMITTED } from "./a-draft.js";

const inAnyFold = ["__proto__", "constructor", "toString"];

describe("a draft is proposed", () => {
  test("by whoever may, with everything it needs on its way", () => {
    const { space } = given(aSpace()).when(PROPOSED).happens({ type: "draft.proposed" });
    expect(draftIn(space)).toMatchObject({
      author: "cid",
      status: "open",
      target: "lounge",
      createdAt: NOW,
      revisions: [{ revision: 1, by: "cid", body: PROPOSED.body, attachments: [] }],
      verdicts: [],
      publishAt: null,
      message: null,
    });
    expect(textOf(draftIn(space))).toBe(PROPOSED.body);
    expect(textOf(draftIn(space), 1)).toBe(PROPOSED.body);
    expect(textOf(draftIn(space), 2)).toBeNull();
  });

  test("with an id of the library's where it has none, and a title that is safe to show", () => {
    const { id: _, ...without } = PROPOSED;
    const { space } = given(aSpace())
      .when({ ...without, title: "\u202e Opening  day " })
      .happens({ type: "draft.proposed", data: { title: "Opening day" } });
    expect(Object.keys(space.drafts)).toEqual([expect.stringMatching(/^drf_/)]);
  });

  test("once under one id, whatever it says the second time", () => {
    const before = given(aSpace()).and(PROPOSED);
    before.when({ ...PROPOSED, body: "Something else" }).happens();
  });

  test("not by those who may not, nor where there is no such channel, or no open one", () => {
    const space = given(aSpace());
    space.when({ ...PROPOSED, by: "gus" }).refused("NOT_ALLOWED");
    space.when({ ...PROPOSED, by: "nobody" }).refused("NOT_ALLOWED");
    space.when({ ...PROPOSED, channel: "news" }).refused("NOT_ALLOWED");
    space.when({ ...PROPOSED, channel: "nowhere" }).refused("CHANNEL_UNKNOWN");
    space.when({ ...PROPOSED, target: "nowhere" }).refused("CHANNEL_UNKNOWN", { channel: "nowhere" });
    const closed = space.and(
      { type: "channel.close", by: "ana", channel: "lounge" },
      { type: "channel.close", by: "ana", channel: "studio" },
    );
    closed.when(PROPOSED).refused("CHANNEL_CLOSED", { channel: "studio" });
    space
      .and({ type: "channel.close", by: "ana", channel: "lounge" })
      .when(PROPOSED)
      .refused("CHANNEL_CLOSED", { channel: "lounge" });
  });

  test("in any channel in which somebody may, of whatever kind", () => {
    given(aSpace())
      .when({ ...PROPOSED, by: "ana", channel: "news" })
      .happens({ type: "draft.proposed" });
  });

  test("with a text or an attachment, and no more text than a message may have", () => {
    const space = given(aSpace());
    space.when({ ...PROPOSED, body: " \u200b\n" }).refused("MESSAGE_EMPTY");
    space.when({ ...PROPOSED, body: undefined }).refused("MESSAGE_EMPTY");
    space.when({ ...PROPOSED, body: "x".repeat(65_537) }).refused("MESSAGE_TOO_LONG", { limit: 65_536 });
    space.when({ ...PROPOSED, body: "x".repeat(65_536) }).happens({ type: "draft.proposed" });
    space
      .when({ ...PROPOSED, body: undefined, attachments: [{ name: "poster.png", kind: "image" }] })
      .happens({ type: "draft.proposed", data: { body: "", attachments: [{ name: "poster.png" }] } });
  });

  test("as the update of an incident that there is", () => {
    const space = given(aSpace());
    space.when({ ...PROPOSED, incident: "inc_9" }).refused("INCIDENT_UNKNOWN", { incident: "inc_9" });
    for (const incident of inAnyFold) space.when({ ...PROPOSED, incident }).refused("INCIDENT_UNKNOWN");
    const declared = { id: "inc_1" } as never;
    given({ ...space.space, incidents: { inc_1: declared } })
      .when({ ...PROPOSED, incident: "inc_1" })
      .happens({ type: "draft.proposed", data: { incident: "inc_1" } });
  });

  test.each(inAnyFold)("under the id %s as under any other", (id) => {
    const space = given(aSpace());
    space.when({ type: "draft.submit", by: "cid", draft: id }).refused("DRAFT_UNKNOWN");
    const { space: after } = space.and({ ...PROPOSED, id }, { ...SUBMITTED, draft: id });
    expect(Object.keys(after.drafts)).toEqual([id]);
    expect(Object.values(after.drafts)[0]).toMatchObject({ id, status: "submitted" });
  });

  test("and not in an archived space", () => {
    given(aSpace()).and({ type: "space.archive", by: "ana" }).when(PROPOSED).refused("SPACE_ARCHIVED");
  });
});

describe("the rule of a channel", () => {
  test("is set by who may configure channels, and kept as it was where nothing new is said", () => {
    const space = given(aSpace());
    space.when({ ...rule({ clauses: [{ count: 1 }] }), by: "cid" }).refused("NOT_ALLOWED");
    const ruled = space
      .when(rule({ clauses: [{ count: 2, duty: "legal" }], within: "2d", remindEvery: "1h" }))
      .happens({
        type: "channel.ruled",
        data: {
          channel: "studio",
          staged: false,
          approval: {
            clauses: [{ count: 2, duty: "legal" }],
            keepsCosmetic: false,
            within: 48 * HOUR,
            remindEvery: HOUR,
            escalation: null,
          },
        },
      });
    ruled.when(rule({ clauses: [{ duty: "legal", count: 2 }], within: "48h", remindEvery: "60m" })).happens();
    ruled.when({ type: "channel.rule", by: "ana", channel: "studio" }).happens();
    ruled.when({ type: "channel.rule", by: "ana", channel: "studio", staged: false }).happens();
  });

  test("is taken away with null, and staging with false", () => {
    const channel = { type: "channel.rule", by: "ana", channel: "studio" } as const;
    const ruled = given(aSpace()).and(rule({ clauses: [{ count: 2 }] }), { ...channel, staged: true });
    expect(ruled.space.channels["studio"]).toMatchObject({
      staged: true,
      approval: { clauses: [{ count: 2 }] },
    });
    const { space } = ruled.and({ ...channel, approval: null }, { ...channel, staged: false });
    expect(space.channels["studio"]).toEqual(aSpace().channels["studio"]);
  });

  test("survives what else is said of the channel", () => {
    const { space } = given(aSpace()).and(rule({ clauses: [{ count: 2 }] }), {
      type: "channel.configure",
      by: "ana",
      channel: "studio",
      name: "The studio",
    });
    expect(space.channels["studio"]).toMatchObject({
      name: "The studio",
      approval: { clauses: [{ count: 2 }] },
    });
  });

  test("names people and roles that there are, as many as it asks for, one kind at a time", () => {
    const space = given(aSpace());
    const clauses = (...all: readonly object[]) => space.when(rule({ clauses: all as never }));
    clauses({ count: 1, members: ["leo"] }).refused("MEMBER_UNKNOWN", { member: "leo" });
    clauses({ count: 1, members: ["__proto__"] }).refused("MEMBER_UNKNOWN");
    clauses({ count: 1, role: "lawyer" }).refused("ROLE_UNKNOWN", { role: "lawyer" });
    clauses({ count: 1, role: "__proto__" }).refused("ROLE_UNKNOWN");
    clauses({ count: 2, members: ["cid", "cid"] }).refused("INVALID_COMMAND");
    clauses({ count: 1, duty: "legal", role: "host" }).refused("INVALID_COMMAND");
    clauses().refused("INVALID_COMMAND");
    clauses({ count: 0 }).refused("INVALID_COMMAND");
    clauses({ count: 1, members: ["cid", "cid"] }).happens({
      type: "channel.ruled",
      data: { approval: { clauses: [{ count: 1, members: ["cid"] }] } },
    });
    space.when({ ...rule({ clauses: [{ count: 1 }] }), channel: "nowhere" }).refused("CHANNEL_UNKNOWN");
    space.when({ ...PROPOSED, rule: { clauses: [{ count: 1, role: "lawyer" }] } }).refused("ROLE_UNKNOWN");
  });

  test("and the draft's own hold both: all clauses, the shorter time, and cosmetic changes only where both say so", () => {
    const general = {
      clauses: [{ count: 1, duty: "legal" }],
      keepsCosmetic: true,
      within: "2d",
      remindEvery: "1h",
      escalation: { to: "ops", after: "1d" },
    } as const;
    const own = {
      clauses: [{ count: 2, duty: "creative" }],
      within: "1d",
      remindEvery: "2h",
      escalation: { to: "host", after: "2d" },
    } as const;
    const { space } = aTeam(rule(general), { ...PROPOSED, rule: own });
    expect(ruleOf(space, draftIn(space))).toEqual({
      clauses: [
        { count: 1, duty: "legal" },
        { count: 2, duty: "creative" },
      ],
      keepsCosmetic: false,
      within: 24 * HOUR,
      remindEvery: HOUR,
      escalation: { to: "ops", after: 24 * HOUR },
    });
    const both = { ...own, keepsCosmetic: true, escalation: { to: "host", after: "1h" } } as const;
    const { space: sooner } = aTeam(rule(general), { ...PROPOSED, rule: both });
    expect(ruleOf(sooner, draftIn(sooner))).toMatchObject({
      keepsCosmetic: true,
      escalation: { to: "host", after: HOUR },
    });
  });

  test("is one approval where nobody said anything, and the draft's own where only it has one", () => {
    const { space } = aTeam(PROPOSED, {
      ...PROPOSED,
      id: "own",
      rule: { clauses: [{ count: 2 }], keepsCosmetic: true },
    });
    expect(ruleOf(space, draftIn(space)).clauses).toEqual([{ count: 1 }]);
    expect(ruleOf(space, draftIn(space)).keepsCosmetic).toBe(false);
    expect(ruleOf(space, draftIn(space, "own"))).toMatchObject({
      clauses: [{ count: 2 }],
      keepsCosmetic: true,
    });
  });
});

describe("a draft is revised", () => {
  test("by its author and by who may publish, and nobody else", () => {
    const space = aTeam(PROPOSED);
    space.when(revise("cid", "New")).happens({ type: "draft.revised", data: { revision: 2, keeps: false } });
    space.when(revise("cora", "New")).happens({ type: "draft.revised" });
    space.when(revise("leo", "New")).refused("NOT_ALLOWED");
    space.when(revise("gus", "New")).refused("NOT_ALLOWED");
  });

  test("not by an author who may not propose any more", () => {
    const lowered = aTeam(PROPOSED, { type: "role.assign", by: "ana", member: "cid", roles: ["guest"] });
    lowered.when(revise("cid", "New")).refused("NOT_ALLOWED");
    lowered.when(SUBMITTED).refused("NOT_ALLOWED");
    const studio = {
      type: "override.set",
      by: "ana",
      channel: "studio",
      subject: { member: "cora" },
    } as const;
    const publisher = aTeam({ ...PROPOSED, by: "cora" }, { ...studio, deny: ["draft.propose"] });
    publisher.when(revise("cora", "New")).happens({ type: "draft.revised" });
    aTeam(PROPOSED, { type: "member.leave", by: "cid" }).when(revise("cid", "New")).refused("NOT_ALLOWED");
  });

  test("on the revision that is current: of two who do at once, the second hears which one that is", () => {
    const space = aTeam(PROPOSED, revise("cid", "Cid's"));
    space.when(revise("cora", "Cora's")).refused("DRAFT_STALE", { draft: "d", revision: 2 });
    space.when(revise("cora", "Cora's", 3)).refused("DRAFT_STALE", { revision: 2 });
    // Whoever wants what is there already has it.
    space.when(revise("cora", "Cid's")).happens();
  });

  test("with what is left out as it is, and not into nothing", () => {
    const poster = { name: "poster.png", kind: "image" } as const;
    const space = aTeam({ ...PROPOSED, attachments: [poster] });
    const { space: after } = space
      .when({ type: "draft.revise", by: "cid", draft: "d", revision: 1, body: "" })
      .happens({ type: "draft.revised", data: { body: "", attachments: [poster] } });
    given(after)
      .when({ type: "draft.revise", by: "cid", draft: "d", revision: 2, attachments: [] })
      .refused("MESSAGE_EMPTY");
    space.when(revise("cid", "x".repeat(65_537))).refused("MESSAGE_TOO_LONG");
    space.when({ type: "draft.revise", by: "cid", draft: "d", revision: 1, attachments: [poster] }).happens();
    space
      .when({
        type: "draft.revise",
        by: "cid",
        draft: "d",
        revision: 1,
        attachments: [{ ...poster, size: 1 }],
      })
      .happens({ type: "draft.revised", data: { body: PROPOSED.body } });
  });

  test.each([
    ["submitted", []],
    ["approved", [judge("leo")]],
    [
      "scheduled",
      [judge("leo"), { type: "draft.schedule", by: "cora", draft: "d", publishAt: NOW + HOUR } as const],
    ],
    ["changes-requested", [judge("leo", "changes")]],
    ["rejected", [judge("leo", "reject")]],
  ] as const)("when it is %s, and is open again then, without approvals", (status, before) => {
    const space = aTeam(rule({ clauses: [{ count: 1 }], within: "1d" }), PROPOSED, SUBMITTED, ...before);
    expect(draftIn(space.space).status).toBe(status);
    const { space: after } = space.and(revise("cid", "New"));
    expect(draftIn(after)).toMatchObject({
      status: "open",
      deadline: null,
      approvedAt: null,
      publishAt: null,
      scheduledBy: null,
    });
    expect(approvalsOf(after, draftIn(after), NOW).clauses).toMatchObject([{ by: [], missing: 1 }]);
  });

  test("not once it is published or withdrawn", () => {
    const published = aTeam(PROPOSED, SUBMITTED, judge("leo"), {
      type: "draft.publish",
      by: "cora",
      draft: "d",
    });
    published.when(revise("cid", "New")).refused("DRAFT_SETTLED", { status: "published" });
    const withdrawn = aTeam(PROPOSED, { type: "draft.withdraw", by: "cid", draft: "d" });
    withdrawn.when(revise("cid", "New")).refused("DRAFT_SETTLED", { status: "withdrawn" });
    withdrawn.when(SUBMITTED).refused("DRAFT_SETTLED");
  });
});

describe("a draft is submitted", () => {
  test("by its author and by who may publish, with the time that the rule gives", () => {
    const space = aTeam(rule({ clauses: [{ count: 1 }], within: "2h" }), PROPOSED);
    space.when({ ...SUBMITTED, by: "leo" }).refused("NOT_ALLOWED");
    space.when({ ...SUBMITTED, by: "cora" }).happens({ type: "draft.submitted" });
    const { space: after } = space
      .when(SUBMITTED)
      .happens({ type: "draft.submitted", data: { revision: 1, deadline: NOW + 2 * HOUR } });
    expect(draftIn(after)).toMatchObject({ status: "submitted", submittedAt: NOW, deadline: NOW + 2 * HOUR });
    aTeam(PROPOSED)
      .when(SUBMITTED)
      .happens({ type: "draft.submitted", data: { deadline: null } });
  });

  test("once: doing it again changes nothing, also when it is approved", () => {
    aTeam(PROPOSED, SUBMITTED).when(SUBMITTED).happens();
    aTeam(PROPOSED, SUBMITTED, judge("leo")).when(SUBMITTED).happens();
  });
});
