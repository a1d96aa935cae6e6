import {
  type CohortFacts,
  type CohortRule,
  cohortFacts,
  cohortMembers,
  cohortNeeds,
  InvalidInputError,
  mergeCohortFacts,
  type Space,
  type SpaceEvent,
  type Ticket,
} from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, HOUR, NOW } from "../../helpers/spaces.js";

const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const NOTHING: CohortFacts = { activity: [], sales: [] };
const ALL = ["ana", "cid", "cora", "gus", "rita"];

/** The space with cohorts as they are named. */
const having = (rules: { readonly [cohort: string]: CohortRule | null }, space: Space = aSpace()): Space => ({
  ...space,
  cohorts: Object.fromEntries(
    Object.entries(rules).map(([id, rule]) => [id, { id, name: id, rule, createdBy: "ana", createdAt: NOW }]),
  ),
});
const who = (rule: CohortRule, facts: CohortFacts | undefined = NOTHING, space = aSpace(), at = NOW) =>
  cohortMembers(having({ x: rule }, space), "x", { at, facts });
const withMember = (id: string, fields: object): Space => {
  const space = aSpace();
  const [member] = Object.values(space.members).filter((one) => one.id === id);
  return { ...space, members: { ...space.members, [id]: { ...member, ...fields } } } as Space;
};

let count = 0;
const event = (type: string, at: number, by: string, data: object): SpaceEvent =>
  ({ id: `e${++count}`, type, at, by, data }) as unknown as SpaceEvent;
const posted = (author: string, at: number) =>
  event("message.posted", at, author, { author, kind: "text", body: "hi" });
const sold = (order: string, visitor: string | null, at = NOW, kind = "sale", minor = 4900) =>
  event("conversion.recorded", at, "shop", {
    ...{ order, kind, visitor, link: null },
    amount: kind === "signup" ? null : { minor, currency: "EUR" },
  });

describe("who is in a cohort", () => {
  test("by list: those whom it names", () => {
    const space = having({ early: null }, withMember("gus", { cohorts: ["early"] }));
    expect(cohortMembers(space, "early", { at: NOW })).toEqual(["gus"]);
    expect(cohortMembers(space, "nothing", { at: NOW })).toEqual([]);
    expect(cohortMembers(space, "__proto__", { at: NOW })).toEqual([]);
  });

  test("by campaign, invite, role and other cohorts", () => {
    const space = withMember("gus", { campaign: "spring", invite: "inv_1", cohorts: ["early"] });
    expect(who({ campaign: "spring" }, undefined, space)).toEqual(["gus"]);
    expect(who({ invite: "inv_1" }, undefined, space)).toEqual(["gus"]);
    expect(who({ role: "host" })).toEqual(["ana"]);
    const chain = having({ early: null, b: { cohort: "early" }, c: { not: { cohort: "b" } } }, space);
    expect(cohortMembers(chain, "c", { at: NOW })).toEqual(ALL.filter((id) => id !== "gus"));
  });

  test("by when they joined: from one instant up to, not including, another", () => {
    const space = withMember("gus", { joinedAt: NOW + HOUR });
    expect(who({ joined: { from: NOW + HOUR } }, undefined, space)).toEqual(["gus"]);
    expect(who({ joined: { from: NOW + HOUR, to: NOW + HOUR } }, undefined, space)).toEqual([]);
    expect(who({ joined: { to: NOW + HOUR } }, undefined, space)).not.toContain("gus");
    expect(who({ joined: {} }, undefined, space)).toEqual(ALL);
  });

  test("by activity: in so many of the last weeks, each seven days up to now", () => {
    const facts = cohortFacts("lounge", [
      posted("gus", NOW),
      posted("gus", NOW - WEEK),
      event("reaction.added", NOW - 2 * WEEK, "gus", { message: "m", emoji: "+" }),
      posted("cid", NOW),
      posted("cid", NOW - WEEK + 1),
      posted("cid", NOW - 3 * WEEK),
      event("poll.voted", NOW - 3 * WEEK, "rita", { message: "m", choices: [0] }),
      event("media.opened", NOW - 2 * WEEK, "rita", { message: "m", attachment: 0 }),
      event("poll.voted", NOW, "rita", { message: "m", choices: [] }),
    ]);
    expect(who({ active: { weeks: 3, of: 4 } }, facts)).toEqual(["gus"]);
    expect(who({ active: { weeks: 2, of: 4 } }, facts)).toEqual(["cid", "gus", "rita"]);
    expect(who({ active: { weeks: 2, of: 3 } }, facts)).toEqual(["gus"]);
    expect(who({ active: { weeks: 1, of: 1 } }, facts)).toEqual(["cid", "gus"]);
    // What comes after the instant that is asked about does not count.
    expect(who({ active: { weeks: 1, of: 1 } }, facts, aSpace(), NOW - 1)).toEqual(["cid", "gus"]);
    expect(who({ active: { weeks: 1, of: 1 } }, facts, aSpace(), NOW - 2 * WEEK)).toEqual(["gus", "rita"]);
  });

  test("by attendance: who was active in a channel in that time", () => {
    const facts = mergeCohortFacts(
      cohortFacts("lounge", [posted("gus", NOW - HOUR), posted("cid", NOW - 2 * HOUR)]),
      cohortFacts("news", [posted("rita", NOW - 2 * HOUR)]),
    );
    const live = { channel: "lounge", from: NOW - 2 * HOUR, to: NOW - HOUR };
    expect(who({ attended: live }, facts)).toEqual(["cid"]);
    expect(who({ attended: { channel: "lounge" } }, facts)).toEqual(["cid", "gus"]);
  });

  test("by purchase: tickets and sales of theirs that were not paid back", () => {
    const facts = cohortFacts(null, [
      sold("o1", "gus", NOW - DAY),
      sold("o2", "cid", NOW - 3 * DAY),
      sold("o2", null, NOW - DAY, "refund"),
      sold("o3", "rita", NOW - 3 * DAY),
      sold("o3", null, NOW - DAY, "refund", 100),
      sold("o4", "cora", NOW, "signup"),
      sold("o5", "stranger"),
    ]);
    expect(who({ bought: {} }, facts)).toEqual(["gus", "rita"]);
    expect(who({ bought: { within: 2 * DAY } }, facts)).toEqual(["gus"]);
    expect(who({ bought: { within: DAY } }, facts)).toEqual([]);
    const ticket = (id: string, person: string, refundedAt: number | null): Ticket => ({
      ...{ id, person, invite: "inv_1", amount: null, paidAt: NOW - HOUR, until: null, refundedAt },
    });
    const space = {
      ...aSpace(),
      tickets: { t1: ticket("t1", "cora", null), t2: ticket("t2", "ana", NOW - 1) },
    };
    expect(who({ bought: {} }, NOTHING, space)).toEqual(["cora"]);
    expect(who({ bought: {} }, NOTHING, space, NOW - 2)).toEqual(["ana", "cora"]);
  });

  test("never somebody whose membership has ended", () => {
    const space = withMember("gus", { until: NOW });
    expect(who({ role: "guest" }, undefined, space)).toEqual([]);
    expect(who({ role: "guest" }, undefined, space, NOW - 1)).toEqual(["gus"]);
    expect(who({ not: { role: "host" } }, undefined, space)).not.toContain("gus");
  });

  test("has to be told what was said and sold, where it depends on it", () => {
    for (const rule of [
      { active: { weeks: 1, of: 1 } },
      { bought: {} },
      { attended: { channel: "lounge" } },
    ]) {
      const space = having({ x: { any: [rule] } });
      expect(() => cohortMembers(space, "x", { at: NOW })).toThrow(InvalidInputError);
      expect(() => cohortMembers(space, "x", { at: NOW })).toThrow(/cohortFacts/);
    }
  });

  test("ends somewhere where rules run in a circle, or multiply", () => {
    const circle = having({ a: { cohort: "b" }, b: { not: { cohort: "a" } } });
    expect(() => cohortMembers(circle, "a", { at: NOW })).not.toThrow();
    const doubling: Record<string, CohortRule> = { c0: { role: "guest" } };
    for (let i = 1; i < 64; i++)
      doubling[`c${i}`] = { any: [{ cohort: `c${i - 1}` }, { cohort: `c${i - 1}` }] };
    expect(cohortMembers(having(doubling), "c63", { at: NOW })).toEqual(["gus"]);
    expect(cohortNeeds(having(doubling), ["c63"])).toEqual({ channels: [], traffic: false });
  });
});

test("only what the rules need has to be read", () => {
  const space = having({
    ...{ list: null, guests: { role: "guest" }, buyers: { not: { bought: {} } } },
    ...{ live: { attended: { channel: "news" } }, both: { all: [{ cohort: "buyers" }, { cohort: "live" }] } },
    regulars: { active: { weeks: 3, of: 4 } },
  });
  expect(cohortNeeds(space, ["list", "guests", "nothing"])).toEqual({ channels: [], traffic: false });
  expect(cohortNeeds(space, ["both"])).toEqual({ channels: ["news"], traffic: true });
  expect([...cohortNeeds(space, ["regulars"]).channels].sort()).toEqual(Object.keys(space.channels).sort());
});

const person = fc.constantFrom("gus", "cid", "rita", "leo", "__proto__");
const instant = fc.integer({ min: NOW - 5 * WEEK, max: NOW + HOUR });
const said = fc.oneof(
  fc.record({ by: person, at: instant }).map(({ by, at }) => posted(by, at)),
  fc
    .record({ by: person, at: instant })
    .map(({ by, at }) => event("media.opened", at, by, { message: "m", attachment: 0 })),
  fc
    .record({
      order: fc.constantFrom("o1", "o2", "o3"),
      by: fc.option(person),
      at: instant,
      back: fc.boolean(),
    })
    .map(({ order, by, at, back }) => sold(order, by, at, back ? "refund" : "sale")),
);
const leaf: fc.Arbitrary<CohortRule> = fc.oneof(
  fc.constantFrom<CohortRule>({ role: "guest" }, { campaign: "spring" }, { bought: {} }, { cohort: "early" }),
  fc.record({ weeks: fc.integer({ min: 1, max: 4 }) }).map(({ weeks }) => ({ active: { weeks, of: 4 } })),
  instant.map((from) => ({ attended: { channel: "lounge", from } })),
  instant.map((within) => ({ bought: { within: NOW - within } })),
);
const rule: fc.Arbitrary<CohortRule> = fc.letrec<{ rule: CohortRule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("rule"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie("rule"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie("rule").map((not) => ({ not })),
  ),
})).rule;

describe("for any events and any rule", () => {
  const facts = (events: readonly SpaceEvent[]) => cohortFacts("lounge", events);

  test("what is prepared apart and joined is what is prepared together, repetitions included", () => {
    fc.assert(
      fc.property(fc.array(said), fc.nat(20), fc.nat(20), (events, one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const parts = [events.slice(from), events.slice(0, to), events.slice(from, to)].map(facts);
        expect(mergeCohortFacts(...parts)).toEqual(facts(events));
        expect(mergeCohortFacts(...parts.reverse(), facts([]))).toEqual(facts(events));
      }),
      { numRuns: 200 },
    );
  });

  test("`not` is everybody else, and the order of `all` and `any` does not matter", () => {
    const space = having({ early: null }, withMember("rita", { cohorts: ["early"], campaign: "spring" }));
    const of = (one: CohortRule, known: CohortFacts) =>
      cohortMembers({ ...space, cohorts: { ...space.cohorts, ...having({ x: one }).cohorts } }, "x", {
        at: NOW,
        facts: known,
      });
    fc.assert(
      fc.property(fc.array(said), rule, rule, (events, one, other) => {
        const known = facts(events);
        const members = of(one, known);
        expect(members).toEqual([...members].sort());
        expect(of({ not: one }, known)).toEqual(ALL.filter((id) => !members.includes(id)));
        expect(of({ all: [one, other] }, known)).toEqual(of({ all: [other, one] }, known));
        expect(of({ any: [one, other] }, known)).toEqual(of({ any: [other, one] }, known));
        expect(of({ not: { all: [one, other] } }, known)).toEqual(
          of({ any: [{ not: one }, { not: other }] }, known),
        );
      }),
      { numRuns: 200 },
    );
  });
});
