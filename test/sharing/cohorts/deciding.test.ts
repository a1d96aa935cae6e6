import { type CohortRuleInput, emptySpace, fold, type SpaceEvent } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";

const define = (cohort: string, rule?: CohortRuleInput, by = "ana") =>
  ({ type: "cohort.define", by, cohort, ...(rule && { rule }) }) as const;
const add = (cohort: string, ...members: string[]) =>
  ({ type: "cohort.add", by: "ana", cohort, members }) as const;
const remove = (cohort: string, ...members: string[]) =>
  ({ type: "cohort.remove", by: "ana", cohort, members }) as const;
const drop = (cohort: string) => ({ type: "cohort.drop", by: "ana", cohort }) as const;

describe("a cohort", () => {
  test("is a list called by its id, where nothing else is said", () => {
    const { space } = given(aSpace())
      .when(define("early"))
      .happens({ type: "cohort.defined", data: { cohort: "early", name: "early", rule: null } });
    expect(space.cohorts["early"]).toEqual({
      ...{ id: "early", name: "early", rule: null, createdBy: "ana", createdAt: NOW },
    });
  });

  test("takes who may manage cohorts: no guest, and nobody from outside", () => {
    for (const by of ["gus", "cid", "nobody"])
      given(aSpace())
        .when(define("x", undefined, by))
        .refused("NOT_ALLOWED");
    const there = given(aSpace()).and(define("early"));
    for (const command of [drop("early"), add("early", "gus"), remove("early", "gus")]) {
      there.when({ ...command, by: "gus" }).refused("NOT_ALLOWED");
    }
    given(aSpace())
      .when(define("x", undefined, "cora"))
      .happens({ type: "cohort.defined" });
  });

  test("keeps its name, its maker and its beginning when it is said anew what it is", () => {
    const { space } = given(aSpace())
      .and({ ...define("early"), name: " Early \u202ebirds " })
      .at(NOW + HOUR)
      .and({ ...define("early", { role: "guest" }), by: "cora" });
    expect(space.cohorts["early"]).toEqual({
      ...{ id: "early", name: "Early birds", rule: { role: "guest" }, createdBy: "ana", createdAt: NOW },
    });
  });

  test("defined twice in the same way is defined once", () => {
    given(aSpace())
      .and(define("g", { role: "guest" }))
      .when(define("g", { role: "guest" }))
      .happens();
    given(aSpace()).and(define("g")).when(define("g")).happens();
  });

  test("has its instants and durations as numbers", () => {
    given(aSpace())
      .when(
        define("x", {
          all: [
            { joined: { from: "2026-05-01T12:00:00Z", to: new Date(NOW + HOUR) } },
            { any: [{ bought: { within: "30d" } }, { bought: {} }] },
            { not: { attended: { channel: "lounge", from: NOW } } },
          ],
        }),
      )
      .happens({
        type: "cohort.defined",
        data: {
          rule: {
            all: [
              { joined: { from: NOW, to: NOW + HOUR } },
              { any: [{ bought: { within: 30 * 24 * HOUR } }, { bought: {} }] },
              { not: { attended: { channel: "lounge", from: NOW } } },
            ],
          },
        },
      });
  });

  test("is not made of what there is not", () => {
    const there = given(aSpace());
    there.when(define("x", { not: { cohort: "y" } })).refused("COHORT_UNKNOWN", { cohort: "y" });
    there.when(define("x", { role: "pope" })).refused("ROLE_UNKNOWN", { role: "pope" });
    there
      .when(define("x", { attended: { channel: "cellar" } }))
      .refused("CHANNEL_UNKNOWN", { channel: "cellar" });
    there.when(define("x", { role: "__proto__" })).refused("ROLE_UNKNOWN");
    there.when(define("x", { cohort: "constructor" })).refused("COHORT_UNKNOWN");
  });

  test("does not depend on itself, however many others are in between", () => {
    const there = given(aSpace());
    there.when(define("a", { cohort: "a" })).refused("COHORT_CIRCLE", { cohort: "a" });
    const chain = there.and(
      define("a"),
      define("b", { cohort: "a" }),
      define("c", { any: [{ role: "guest" }, { not: { cohort: "b" } }] }),
    );
    chain.when(define("a", { all: [{ cohort: "c" }] })).refused("COHORT_CIRCLE", { cohort: "a" });
    chain.when(define("a", { role: "guest" })).happens({ type: "cohort.defined" });
  });

  test("that was dropped has nobody on it any more", () => {
    const { space } = given(aSpace()).and(
      define("early"),
      define("vip"),
      add("early", "gus", "cid"),
      add("vip", "cid"),
      drop("early"),
    );
    expect(space.cohorts).not.toHaveProperty("early");
    expect(space.members["gus"]).not.toHaveProperty("cohorts");
    expect(space.members["cid"]?.cohorts).toEqual(["vip"]);
  });

  test("is not dropped while there is none, or while another one needs it", () => {
    given(aSpace()).when(drop("early")).refused("COHORT_UNKNOWN", { cohort: "early" });
    const used = given(aSpace()).and(define("early"), define("rest", { not: { cohort: "early" } }));
    used.when(drop("early")).refused("COHORT_IN_USE", { cohort: "early", by: "rest" });
    used.and(drop("rest")).when(drop("early")).happens({ type: "cohort.dropped" });
  });
});

describe("a list", () => {
  const listed = given(aSpace()).and(define("early"), add("early", "gus"));

  test("takes each member once, in one event", () => {
    const { space } = listed
      .when(add("early", "cid", "gus", "rita", "cid"))
      .happens({ type: "cohort.joined", data: { cohort: "early", members: ["cid", "rita"] } });
    expect(Object.values(space.members).filter(({ cohorts }) => cohorts?.includes("early"))).toHaveLength(3);
    listed.when(add("early", "gus")).happens();
  });

  test("lets go of those who are on it", () => {
    const { space } = listed
      .when(remove("early", "gus", "cid"))
      .happens({ type: "cohort.left", data: { members: ["gus"] } });
    expect(space.members["gus"]).not.toHaveProperty("cohorts");
    listed.when(remove("early", "cid")).happens();
  });

  test("knows nobody who is not a member", () => {
    for (const member of ["leo", "__proto__", "constructor"]) {
      listed.when(add("early", "cid", member)).refused("MEMBER_UNKNOWN", { member });
      listed.when(remove("early", "gus", member)).refused("MEMBER_UNKNOWN", { member });
    }
    listed.when(add("late", "gus")).refused("COHORT_UNKNOWN", { cohort: "late" });
  });

  test("is not written by hand once it has a rule, and is empty when it is a list again", () => {
    const ruled = listed.and(define("early", { role: "guest" }));
    expect(ruled.space.members["gus"]).not.toHaveProperty("cohorts");
    ruled.when(add("early", "cid")).refused("COHORT_HAS_RULE", { cohort: "early" });
    ruled.when(remove("early", "gus")).refused("COHORT_HAS_RULE", { cohort: "early" });
    const { space } = ruled.and(define("early"));
    expect(space.members["gus"]).not.toHaveProperty("cohorts");
  });

  test("may be called anything, and so may its members", () => {
    const odd = given(aSpace()).and(
      { type: "member.add", by: "ana", member: "__proto__", roles: ["guest"] },
      define("__proto__"),
      add("__proto__", "__proto__"),
    );
    expect(Object.getOwnPropertyDescriptor(odd.space.members, "__proto__")?.value.cohorts).toEqual([
      "__proto__",
    ]);
    expect(Object.keys(odd.and(drop("__proto__")).space.cohorts)).toEqual([]);
  });
});

test("events of cohorts fold to something whatever came before", () => {
  const events = [
    { type: "cohort.joined", data: { cohort: "x", members: ["nobody", "__proto__"] } },
    { type: "cohort.left", data: { cohort: "x", members: ["nobody"] } },
    { type: "cohort.dropped", data: { cohort: "x" } },
    { type: "cohort.defined", data: { cohort: "x", name: "x", rule: { cohort: "x" } } },
    { type: "cohort.joined", data: null },
  ].map((event, index) => ({ id: `e${index}`, at: index, by: "ana", ...event }) as unknown as SpaceEvent);
  expect(Object.keys(fold(emptySpace("drop"), events).cohorts)).toEqual(["x"]);
});
