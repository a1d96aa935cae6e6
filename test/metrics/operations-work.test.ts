import { mergeOperations, operations } from "chat-spaces";
import { describe, expect, test } from "vitest";
import {
  AS_OF,
  approved,
  DAY,
  declared,
  did,
  factsOf,
  type Happening,
  HOUR,
  judged,
  MINUTE,
  offered,
  proposed,
  raised,
  report,
  stored,
  submitted,
  T,
} from "./operations-events.js";

describe("items", () => {
  const items = (happenings: readonly Happening[]) => report(happenings).items;
  const done = (at: number, by = "cid", item = "a") => did("item.completed", at, by, { item });

  test("take from being raised to being completed; reopening extends that to the last completion", () => {
    const once = [raised("a", T, "cora", { duty: "ops" }), done(T + HOUR)];
    expect(items(once).resolution).toMatchObject({
      time: { n: 1, max: HOUR },
      byPerson: [{ person: "cid" }],
      byDuty: [{ duty: "ops", time: { n: 1 }, open: 0 }],
    });
    const again = [...once, did("item.reopened", T + 2 * HOUR, "cora", { item: "a" })];
    expect(items(again)).toMatchObject({ resolution: { time: { n: 0 }, open: { n: 1 } }, reopened: 1 });
    expect(items([...again, done(T + 5 * HOUR, "zoe")]).resolution).toMatchObject({
      time: { n: 1, max: 5 * HOUR },
      byPerson: [{ person: "zoe" }],
    });
  });

  test("that are open are counted with their age, those dropped and those a bot did apart", () => {
    const { resolution, dropped } = items([
      raised("a", T, "cora"),
      raised("b", T, "cora"),
      did("item.dropped", T + HOUR, "cora", { item: "b" }),
      raised("c", T, "cora"),
      done(T + HOUR, "bot", "c"),
    ]);
    expect(resolution).toMatchObject({ time: { n: 0 }, open: { n: 1, p50: AS_OF - T }, untimed: 1 });
    expect(dropped).toBe(1);
  });

  test("that ended before they began are errors", () => {
    expect(items([raised("a", T, "cora"), done(T - 1)]).resolution).toMatchObject({
      time: { n: 0, mean: null, p50: null },
      open: { n: 0 },
      errors: 1,
    });
  });

  test("are in the order of their revisions, also where clocks differ a little", () => {
    const reopened = did("item.reopened", T + HOUR - 1, "cora", { item: "a" });
    expect(items([raised("a", T, "cora"), done(T + HOUR), reopened]).resolution.open.n).toBe(1);
  });

  test("without revisions are in the order in which things go, where all of it is one instant", () => {
    const make = [
      () => raised("a", T, "cora"),
      () => did("item.acknowledged", T, "zoe", { item: "a" }),
      () => done(T),
    ];
    for (const order of [make, make.toReversed()]) {
      const all = order.map((happen) => happen());
      const { resolution } = operations(factsOf(all), { timeZone: "UTC", asOf: AS_OF }).items;
      expect(resolution).toMatchObject({ time: { n: 1, max: 0 }, open: { n: 0 } });
    }
  });

  test("count an event once that comes with its revision and without, at its revision", () => {
    const all = [raised("a", T, "cora"), done(T + 2), did("item.reopened", T + 1, "cora", { item: "a" })];
    for (const facts of [
      mergeOperations(factsOf(all), factsOf(stored(all))),
      mergeOperations(factsOf(stored(all)), factsOf(all)),
    ])
      expect(operations(facts, { timeZone: "UTC", asOf: AS_OF }).items).toMatchObject({
        resolution: { open: { n: 1 } },
        reopened: 1,
      });
  });

  test("that are raised again are the ones that were raised first", () => {
    const again = [raised("a", T, "cora"), done(T + HOUR), raised("a", T + DAY, "zoe", { duty: "ops" })];
    expect(items(again).resolution).toMatchObject({ time: { n: 1, max: HOUR }, byDuty: [{ duty: null }] });
  });

  test("count for the duty that answers for them now", () => {
    const moved = did("item.changed", T + 1, "cora", { item: "a", duty: "legal" });
    expect(items([raised("a", T, "cora", { duty: "ops" }), moved]).resolution.byDuty).toMatchObject([
      { duty: "legal", open: 1 },
    ]);
  });
});

describe("overdue", () => {
  const overdue = (happenings: readonly Happening[]) => report(happenings).items.overdue;
  const done = (item: string, at: number, by = "cid") => did("item.completed", at, by, { item });

  test("is what was due and is not done, for how long, and what part was done in time", () => {
    const due = { dueAt: T + DAY, duty: "ops", owner: "cid" };
    const { late, inTime, byDuty, byOwner } = overdue([
      raised("in time", T, "cora", due),
      done("in time", T + DAY),
      raised("late", T, "cora", due),
      done("late", T + DAY + 1),
      raised("overdue", T, "cora", { ...due, owner: "zoe" }),
      raised("not yet", T, "cora", { dueAt: AS_OF + 1 }),
      raised("no date", T, "cora"),
      raised("dropped", T, "cora", due),
      did("item.dropped", T + 2 * DAY, "cora", { item: "dropped" }),
      raised("by a bot", T, "cora", due),
      done("by a bot", T + HOUR, "bot"),
    ]);
    expect(late).toMatchObject({ n: 1, max: AS_OF - T - DAY });
    expect(inTime).toEqual({ num: 1, den: 3 });
    expect(byDuty).toEqual([{ duty: "ops", late: 1, inTime: { num: 1, den: 3 } }]);
    expect(byOwner).toEqual([
      { owner: "cid", late: 0, inTime: { num: 1, den: 2 } },
      { owner: "zoe", late: 1, inTime: { num: 0, den: 1 } },
    ]);
  });

  test("is what is due at this instant, and not what has been given more time", () => {
    expect(overdue([raised("a", T, "cora", { dueAt: AS_OF })]).late).toMatchObject({ n: 1, max: 0 });
    const later = did("item.changed", T + HOUR, "cora", { item: "a", dueAt: AS_OF + DAY });
    expect(overdue([raised("a", T, "cora", { dueAt: T + 1 }), later])).toMatchObject({
      late: { n: 0, p50: null },
      inTime: { num: 0, den: 0 },
    });
  });

  test("is of whoever acknowledged it, where nobody owned it", () => {
    const taken = did("item.acknowledged", T, "mia", { item: "a" });
    const released = did("item.changed", T, "mia", { item: "a", owner: null });
    const due = raised("a", T, "cora", { dueAt: T });
    expect(overdue([due, taken]).byOwner).toMatchObject([{ owner: "mia", late: 1 }]);
    const owned = raised("a", T, "cora", { dueAt: T, owner: "cid" });
    expect(overdue([owned, taken]).byOwner).toMatchObject([{ owner: "cid", late: 1 }]);
    expect(overdue([due, taken, released]).byOwner).toMatchObject([{ owner: null, late: 1 }]);
  });
});

describe("approvals", () => {
  const approvals = (happenings: readonly Happening[]) => report(happenings).approvals;
  const start = [proposed("d", T - DAY, "leo"), submitted("d", T, "leo")];
  const revised = (at: number, keeps = false, by = "leo", suggestion: string | null = null) =>
    did("draft.revised", at, by, {
      draft: "d",
      revision: 2,
      body: "",
      attachments: [],
      cosmetic: keeps,
      keeps,
      suggestion,
    });

  test("take from the first submission to the approval, resubmissions inside", () => {
    const { cycle, firstDecision, reviewWait, rounds, rejected } = approvals([
      ...start,
      judged("d", T + HOUR, "ana", "changes"),
      revised(T + 2 * HOUR),
      submitted("d", T + 4 * HOUR, "leo"),
      judged("d", T + 5 * HOUR, "ana", "reject"),
      submitted("d", T + 7 * HOUR, "leo"),
      judged("d", T + 10 * HOUR, "cora", "approve"),
      approved("d", T + 10 * HOUR, "cora"),
    ]);
    expect(cycle).toMatchObject({ time: { n: 1, max: 10 * HOUR }, byPerson: [{ person: "cora" }] });
    // Asking for changes decides nothing: the first decision is the rejection.
    expect(firstDecision).toMatchObject({ time: { n: 1, max: 5 * HOUR }, byPerson: [{ person: "ana" }] });
    // 1 + 1 + 3 hours with approvers; the other five with the author.
    expect(reviewWait).toMatchObject({ n: 1, max: 5 * HOUR });
    expect(rounds).toMatchObject({ n: 1, max: 3 });
    expect(rejected).toBe(0);
  });

  test("of what was approved, changed and approved again end with the approval that stands", () => {
    const once = [...start, judged("d", T + HOUR, "ana", "approve"), approved("d", T + HOUR, "ana")];
    expect(approvals([...once, revised(T + 2 * HOUR, true)]).cycle.time.max).toBe(HOUR);
    const changed = [...once, revised(T + 2 * HOUR)];
    expect(approvals(changed).cycle).toMatchObject({ time: { n: 0 }, open: { n: 1, max: AS_OF - T } });
    const again = [...changed, submitted("d", T + 3 * HOUR, "leo"), approved("d", T + 5 * HOUR, "ana")];
    expect(approvals(again)).toMatchObject({
      cycle: { time: { max: 5 * HOUR } },
      reviewWait: { max: 3 * HOUR },
    });
    const taken = [...once, judged("d", T + 2 * HOUR, "cora", "reject")];
    expect(approvals(taken)).toMatchObject({ cycle: { time: { n: 0 }, open: { n: 0 } }, rejected: 1 });
  });

  test("that ended without one are reported apart; what was never submitted is not", () => {
    const rejected = [...start, judged("d", T + HOUR, "ana", "reject")];
    expect(approvals(rejected)).toMatchObject({
      cycle: { time: { n: 0 }, open: { n: 0 } },
      firstDecision: { time: { n: 1, max: HOUR } },
      rejected: 1,
      withdrawn: 0,
    });
    const withdrawn = [...start, did("draft.withdrawn", T + HOUR, "leo", { draft: "d" })];
    expect(approvals(withdrawn)).toMatchObject({
      cycle: { open: { n: 0 } },
      firstDecision: { open: { n: 0 }, untimed: 0 },
      withdrawn: 1,
    });
    expect(approvals([proposed("d", T, "leo")])).toMatchObject({ cycle: { open: { n: 0 } }, withdrawn: 0 });
    const kept = [
      ...start,
      approved("d", T + HOUR, "ana"),
      did("draft.withdrawn", T + DAY, "ana", { draft: "d" }),
    ];
    expect(approvals(kept)).toMatchObject({ cycle: { time: { n: 1 } }, withdrawn: 0 });
  });

  test("neither by bots nor by those who wrote a part of it", () => {
    const suggestion = { draft: "d", suggestion: "s", revision: 1, edits: [], note: null };
    const written = [
      proposed("d", T - DAY, "leo"),
      did("suggestion.made", T - HOUR, "mia", suggestion),
      revised(T - MINUTE, false, "leo", "s"),
      submitted("d", T, "leo"),
    ];
    for (const by of ["leo", "mia", "bot"]) {
      const decided = [...written, judged("d", T + MINUTE, by, "approve")];
      expect(approvals(decided).firstDecision).toMatchObject({ time: { n: 0 }, open: { n: 1 } });
      expect(approvals([...decided, approved("d", T + MINUTE, by)])).toMatchObject({
        cycle: { time: { n: 0 }, open: { n: 0 }, untimed: 1 },
        firstDecision: { time: { n: 0 }, open: { n: 0 }, untimed: 1 },
        rounds: { n: 0 },
      });
    }
  });

  test("that were submitted twice in a row wait since the first time; clocks that ran backwards tell no wait", () => {
    const twice = [...start, submitted("d", T + HOUR, "leo"), approved("d", T + 2 * HOUR, "ana")];
    expect(approvals(twice)).toMatchObject({ reviewWait: { n: 1, max: 2 * HOUR }, rounds: { max: 2 } });
    const askew = [
      ...[...start, judged("d", T - 1, "ana", "changes")],
      ...[submitted("d", T + 1, "leo"), approved("d", T + HOUR, "ana")],
    ];
    expect(approvals(askew)).toMatchObject({
      cycle: { time: { n: 1 } },
      reviewWait: { n: 0 },
      rounds: { n: 1 },
    });
  });

  test("of several wait for the last one, and are not taken back by one more", () => {
    const two = [
      ...[...start, judged("d", T + HOUR, "ana", "approve")],
      ...[judged("d", T + 3 * HOUR, "cora", "approve"), approved("d", T + 3 * HOUR, "cora")],
      judged("d", T + 4 * HOUR, "zoe", "approve"),
    ];
    expect(approvals(two)).toMatchObject({
      cycle: { time: { max: 3 * HOUR } },
      reviewWait: { max: 3 * HOUR },
    });
    expect(approvals(two).firstDecision.time.max).toBe(HOUR);
  });

  test("that were published without one are over, and were approved by nobody", () => {
    const out = did("draft.published", T + HOUR, "ana", { draft: "d", revision: 1, message: null });
    expect(approvals([...start, out])).toMatchObject({
      cycle: { time: { n: 0 }, open: { n: 0 }, untimed: 1 },
      firstDecision: { open: { n: 0 }, untimed: 1 },
    });
  });

  test("count what others say against a rejected draft as no other rejection", () => {
    const twice = [...start, judged("d", T + HOUR, "ana", "reject"), judged("d", T + DAY, "cora", "reject")];
    expect(approvals(twice)).toMatchObject({ rejected: 1, firstDecision: { time: { n: 1, max: HOUR } } });
    const late = [...start, approved("d", T + HOUR, "ana"), judged("d", T + DAY, "cora", "changes")];
    expect(approvals(late)).toMatchObject({ cycle: { time: { n: 0 }, open: { n: 1 } }, rejected: 0 });
  });

  test("count for the duty of the channel when the draft was submitted", () => {
    const to = (duty: string, at: number) => did("channel.assigned", at, "ana", { channel: "studio", duty });
    const end = approved("d", T + HOUR, "ana");
    expect(approvals([to("creative", T - 1), to("legal", T + 1), ...start, end]).cycle.byDuty).toMatchObject([
      { duty: "creative", time: { n: 1 } },
    ]);
  });
});

describe("incidents", () => {
  const incidents = (happenings: readonly Happening[]) => report(happenings).incidents;
  const act = (
    type: "acknowledged" | "contained" | "resolved" | "reopened",
    at: number,
    by: string,
    incident = "i",
  ) =>
    type === "acknowledged"
      ? did("incident.acknowledged", at, by, { incident })
      : did(`incident.${type}`, at, by, { incident, text: "" });
  const whole = [
    declared("i", T, "leo", { occurredAt: T - 20 * MINUTE }),
    act("acknowledged", T + 5 * MINUTE, "cora"),
    act("contained", T + 30 * MINUTE, "cid"),
    act("resolved", T + HOUR, "zoe"),
  ];

  test("have a lag each for detecting, acknowledging, containing and resolving them", () => {
    const { detect, acknowledge, contain, resolve, restore } = incidents(whole);
    const seen = [detect, acknowledge, contain, resolve, restore].map(({ time, byPerson, byDuty }) => [
      time.n,
      time.p50,
      byPerson[0]?.person,
      byDuty[0]?.duty,
    ]);
    expect(seen).toEqual([
      [1, 20 * MINUTE, "leo", "ops"],
      [1, 5 * MINUTE, "cora", "ops"],
      [1, 30 * MINUTE, "cid", "ops"],
      [1, HOUR, "zoe", "ops"],
      [1, HOUR, "zoe", "ops"],
    ]);
  });

  test("still wait for what has not been done", () => {
    const { detect, acknowledge, contain, resolve, restore } = incidents(whole.slice(0, 2));
    expect([detect, acknowledge, contain, resolve, restore].map(({ open }) => open.n)).toEqual([
      0, 0, 1, 1, 1,
    ]);
  });

  test("resolved without an acknowledgement are left out of that, and counted", () => {
    const { acknowledge, contain, resolve } = incidents([
      declared("i", T, "leo"),
      act("resolved", T + HOUR, "zoe"),
    ]);
    expect([acknowledge, contain].map(({ time, open, untimed }) => [time.n, open.n, untimed])).toEqual([
      [0, 0, 1],
      [0, 0, 1],
    ]);
    expect(resolve.time.n).toBe(1);
  });

  test("are acknowledged by people: the first one counts, a new lead is no acknowledgement", () => {
    const lead = did("incident.commanded", T + 1, "ana", { incident: "i", member: "cora" });
    const { acknowledge } = incidents([
      declared("i", T, "leo"),
      act("acknowledged", T + 1, "bot"),
      lead,
      act("acknowledged", T + MINUTE, "cora"),
      act("acknowledged", T + HOUR, "zoe"),
    ]);
    expect(acknowledge).toMatchObject({ time: { n: 1, max: MINUTE }, byPerson: [{ person: "cora" }] });
  });

  test("that a bot declared or resolved are not timed for that", () => {
    const { detect, acknowledge, resolve, restore } = incidents([
      declared("i", T, "bot"),
      act("acknowledged", T + MINUTE, "cora"),
      act("resolved", T + HOUR, "bot"),
    ]);
    expect([detect, resolve, restore].map(({ time, open, untimed }) => [time.n, open.n, untimed])).toEqual(
      Array(3).fill([0, 0, 1]),
    );
    expect(acknowledge.time.n).toBe(1);
  });

  test("reopened within 24 hours go on; until they are resolved for the last time service is not restored", () => {
    const again = [...whole, act("reopened", T + HOUR + DAY, "leo")];
    expect(incidents(again)).toMatchObject({
      resolve: { time: { n: 1, max: HOUR } },
      restore: { time: { n: 0 }, open: { n: 1, max: AS_OF - T } },
      reopened: 1,
    });
    expect(incidents([...again, act("resolved", T + 2 * DAY, "cid")])).toMatchObject({
      resolve: { time: { n: 1, max: HOUR } },
      restore: { time: { n: 1, max: 2 * DAY }, open: { n: 0 }, byPerson: [{ person: "cid" }] },
      detect: { time: { n: 1 } },
    });
  });

  test("reopened later are others", () => {
    const at = T + HOUR + DAY + 1;
    expect(
      incidents([...whole, act("reopened", at, "leo"), act("resolved", at + MINUTE, "cid")]),
    ).toMatchObject({
      detect: { time: { n: 1 } },
      acknowledge: { time: { n: 1 }, untimed: 1 },
      restore: { time: { n: 2, max: HOUR } },
      reopened: 0,
    });
  });

  test("merged into another are no cases, but the other began with the earliest of both", () => {
    const merge = did("incident.merged", T + 2 * HOUR, "cora", { incident: "dup", into: "i" });
    const duplicate = [
      declared("dup", T - HOUR, "mia", { occurredAt: T - 2 * HOUR }),
      act("acknowledged", T - 30 * MINUTE, "noa", "dup"),
    ];
    const figures = incidents([
      ...duplicate,
      declared("i", T, "leo"),
      act("acknowledged", T + 1, "cora"),
      merge,
    ]);
    expect(figures).toMatchObject({
      detect: { time: { n: 1, max: HOUR }, byPerson: [{ person: "mia" }] },
      acknowledge: { time: { n: 1, max: 30 * MINUTE }, byPerson: [{ person: "noa" }] },
      restore: { open: { n: 1, max: AS_OF - T + HOUR } },
      merged: 1,
    });
  });

  test("merged when they were over are acknowledged by what came before that", () => {
    const late = [
      ...[declared("i", T, "leo"), act("resolved", T + HOUR, "cora")],
      ...[declared("dup", T, "leo"), act("acknowledged", T + 2 * HOUR, "noa", "dup")],
      did("incident.merged", T + 3 * HOUR, "cora", { incident: "dup", into: "i" }),
    ];
    expect(incidents(late).acknowledge).toMatchObject({ time: { n: 0 }, untimed: 1 });
  });

  test("merged into themselves, into nothing, or twice, are what they were after the first time", () => {
    const merge = (incident: string, into: string, at: number) =>
      did("incident.merged", at, "cora", { incident, into });
    const three = [declared("i", T, "leo"), declared("j", T, "leo"), declared("dup", T - HOUR, "mia")];
    const all = [
      merge("i", "i", T + 1),
      merge("j", "none", T + 1),
      merge("dup", "i", T + 1),
      merge("dup", "j", T + 2),
    ];
    expect(incidents([...three, ...all])).toMatchObject({
      merged: 1,
      restore: { open: { n: 2, max: AS_OF - T + HOUR, p50: AS_OF - T + HOUR / 2 } },
    });
  });

  test("declared before they began are errors", () => {
    expect(incidents([declared("i", T, "leo", { occurredAt: T + 1 })]).detect).toMatchObject({
      time: { n: 0 },
      errors: 1,
    });
  });
});

describe("handoffs", () => {
  const handoffs = (happenings: readonly Happening[], asOf = AS_OF) => report(happenings, { asOf }).handoffs;

  test("take from being offered to being accepted; the others are counted", () => {
    const figures = handoffs([
      offered("a", T),
      did("handoff.accepted", T + HOUR, "sam", { handoff: "a" }),
      offered("b", T),
      did("handoff.declined", T + HOUR, "sam", { handoff: "b" }),
      offered("c", T),
      did("handoff.withdrawn", T + HOUR, "ana", { handoff: "c" }),
      offered("d", T),
      did("handoff.lapsed", T + 7 * DAY, "clock", { handoff: "d" }),
      offered("e", T, { of: { role: "host" } }),
      did("handoff.accepted", T + 3 * HOUR, "sam", { handoff: "e" }),
      did("handoff.returned", T + DAY, "clock", { handoff: "e", because: "ended" }),
      offered("f", T, { of: { ownership: true, roles: ["host"], keep: [] } }),
      did("handoff.accepted", T + 3 * HOUR, "bot", { handoff: "f" }),
    ]);
    expect(figures).toMatchObject({
      answer: { time: { n: 2, p50: 2 * HOUR }, open: { n: 0 }, untimed: 1, byPerson: [{ person: "sam" }] },
      accepted: 3,
      declined: 1,
      withdrawn: 1,
      lapsed: 1,
      returned: 1,
    });
    expect(figures.answer.byDuty.map(({ duty, time }) => [duty, time.n])).toEqual([
      ["ops", 1],
      [null, 1],
    ]);
  });

  test("are open until they run out, whether or not that is on record", () => {
    expect(handoffs([offered("a", T)], T + 7 * DAY - 1)).toMatchObject({
      answer: { open: { n: 1 } },
      lapsed: 0,
    });
    const declined = [offered("b", T), did("handoff.declined", T, "sam", { handoff: "b" })];
    const returned = did("handoff.returned", T, "clock", { handoff: "b", because: "gone" });
    expect(handoffs([...declined, returned])).toMatchObject({ declined: 1, returned: 0 });
    expect(handoffs([offered("a", T)], T + 7 * DAY)).toMatchObject({ answer: { open: { n: 0 } }, lapsed: 1 });
  });

  test("of the ownership count for the duty of the host", () => {
    const offer = offered("a", T, { of: { ownership: true, roles: ["host"], keep: [] } });
    expect(handoffs([offer], T + 1).answer.byDuty).toMatchObject([{ duty: "host", open: 1 }]);
  });
});
