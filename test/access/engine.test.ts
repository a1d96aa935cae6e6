import {
  applyChange,
  can,
  canMany,
  capabilitiesOf,
  checkChange,
  compile,
  decide,
  type Question,
  type Snapshot,
  update,
  whereCan,
  whoCan,
} from "chat-spaces/access";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rawWords } from "../../src/access/cells.js";
import { CAPABILITIES, change, instant, MEMBERS, placesOf, question, snapshot } from "./arbitraries.js";
import { bypasses, isMember, naive, rankOf, rawSet } from "./naive.js";

const RUNS = Number(process.env["ACCESS_RUNS"] ?? 150);
const questions = fc.array(question, { minLength: 1, maxLength: 12 });

/** The question with nothing in it but who, what, where and when. */
function bare({ member, capability, channel, at }: Question): Question {
  return { member, capability, channel, at };
}

describe("the compiled rules are the plain rules", () => {
  test("every decision comes out as the plain interpreter has it", () => {
    fc.assert(
      fc.property(snapshot, questions, (rules, asked) => {
        const access = compile(rules);
        for (const one of asked) expect(decide(access, one).effect).toBe(naive(rules, one));
      }),
      { numRuns: RUNS * 3 },
    );
  });

  test("so does what somebody is given before anything limits it, and how they rank", () => {
    fc.assert(
      fc.property(snapshot, instant, (rules, at) => {
        const access = compile(rules);
        for (const id of Object.keys(rules.members)) {
          const member = access.member(id)!;
          expect(member.rank).toBe(rankOf(rules, id));
          expect(member.set.bypass !== undefined).toBe(bypasses(rules, id));
          for (const place of placesOf(rules)) {
            const settings = place === null ? access.space : access.channel(place)!;
            const words = rawWords(access, member, settings, at);
            const names = access.vocabulary.names.filter((_, i) => (words[i >> 5]! >>> (i & 31)) & 1);
            expect(new Set(names)).toEqual(rawSet(rules, id, place, at));
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe("the ways of asking agree", () => {
  test("a boolean, one member in one place, and a decision without context", () => {
    fc.assert(
      fc.property(snapshot, questions, (rules, asked) => {
        const access = compile(rules);
        for (const { member, capability, channel, at } of asked) {
          const expected = decide(access, { member, capability, channel, at }).effect === "allow";
          expect(can(access, member, capability, channel, at)).toBe(expected);
          expect(access.of(member, channel, at).can(capability)).toBe(expected);
        }
      }),
      { numRuns: RUNS * 2 },
    );
  });

  test("lists are what asking one by one gives, and many at once is each alone", () => {
    fc.assert(
      fc.property(snapshot, questions, (rules, asked) => {
        const access = compile(rules);
        for (const { member, capability, channel, at } of asked) {
          const fresh = compile(rules);
          expect(capabilitiesOf(access, member, channel, at)).toEqual(
            Object.keys(rules.capabilities).filter((one) => can(fresh, member, one, channel, at)),
          );
          expect(whoCan(access, capability, channel, at)).toEqual(
            Object.keys(rules.members).filter((one) => can(fresh, one, capability, channel, at)),
          );
          expect(whereCan(access, member, capability, at)).toEqual(
            Object.keys(rules.channels).filter((one) => can(fresh, member, capability, one, at)),
          );
        }
        expect(canMany(access, asked)).toEqual(asked.map((one) => naive(rules, one)));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("an instant that is none", () => {
  // From plain JavaScript: a date that did not parse, or ISO text where a number belongs.
  const nones = [Number.NaN, "2026-05-01T16:00:00Z" as unknown as number];

  test("gives nothing that has an end, and lifts nothing", () => {
    const access = compile({
      capabilities: { post: {}, pin: {} },
      roles: { guest: { rank: 0, allow: ["post"] } },
      ceilings: { timeout: { keeps: [] } },
      members: {
        leo: { roles: ["guest"], limits: [{ ceiling: "timeout", until: 1_000 }] },
        mina: { roles: ["guest"], until: 1_000 },
        theo: { roles: ["guest"], grants: [{ id: "g", allow: ["pin"], from: 0, until: 1_000 }] },
      },
      channels: { lounge: { kind: "discussion" } },
    });
    for (const at of nones) {
      for (const [member, capability] of [
        ["leo", "post"],
        ["mina", "post"],
        ["theo", "pin"],
      ] as const) {
        expect(can(access, member, capability, "lounge", at), `${member} ${at}`).toBe(false);
        expect(access.of(member, "lounge", at).can(capability)).toBe(false);
        expect(decide(access, { member, capability, channel: "lounge", at }).effect).toBe("deny");
      }
    }
  });

  test("never answers with more than no instant, and nothing of it is remembered", () => {
    fc.assert(
      fc.property(snapshot, questions, fc.constantFrom(...nones), (rules, asked, none) => {
        const access = compile(rules);
        for (const one of asked) {
          const { member, capability, channel, at } = one;
          if (can(access, member, capability, channel, none)) {
            expect(can(access, member, capability, channel)).toBe(true);
          }
          expect(can(access, member, capability, channel, at)).toBe(
            can(compile(rules), member, capability, channel, at),
          );
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe("nothing that is remembered is wrong", () => {
  test("asked in any order and at any time, everybody gets the answer of a fresh start", () => {
    fc.assert(
      fc.property(snapshot, fc.array(question, { maxLength: 40 }), (rules, asked) => {
        const access = compile(rules);
        for (const one of asked) {
          expect(can(access, one.member, one.capability, one.channel, one.at)).toBe(
            naive(rules, bare(one)) === "allow",
          );
        }
      }),
      { numRuns: RUNS * 2 },
    );
  });

  test("an access that came out of another answers like a fresh one, and the old one as before", () => {
    fc.assert(
      fc.property(snapshot, fc.array(change, { maxLength: 6 }), questions, (rules, changes, asked) => {
        const line: { rules: Snapshot; access: ReturnType<typeof compile> }[] = [
          { rules, access: compile(rules) },
        ];
        const ask = ({ rules, access }: (typeof line)[number]): void => {
          for (const one of asked) {
            expect(decide(access, one).effect).toBe(naive(rules, one));
            const { member, capability, channel, at } = one;
            expect(can(access, member, capability, channel, at)).toBe(naive(rules, bare(one)) === "allow");
          }
        };
        for (const one of changes) {
          const last = line.at(-1)!;
          ask(last);
          const next = applyChange(last.rules, one, MEMBERS[0]);
          line.push({ rules: next, access: update(last.access, next) });
        }
        for (const one of line.reverse()) ask(one);
      }),
      { numRuns: RUNS },
    );
  });

  test("so does one that goes back and forth between two snapshots", () => {
    fc.assert(
      fc.property(snapshot, change, questions, (rules, one, asked) => {
        const other = applyChange(rules, one, MEMBERS[0]);
        let access = compile(rules);
        for (const now of [rules, other, rules, other]) {
          access = update(access, now);
          for (const q of asked) {
            expect(can(access, q.member, q.capability, q.channel, q.at)).toBe(
              naive(now, bare(q)) === "allow",
            );
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("whatever part of a snapshot changes, what hung on it is not remembered", () => {
    const parts = fc.subarray<keyof Snapshot>(
      [
        "roles",
        "groups",
        "ceilings",
        "overrides",
        "limits",
        "conditions",
        "thresholds",
        "collisions",
        "members",
      ],
      { minLength: 1, maxLength: 2 },
    );
    fc.assert(
      fc.property(snapshot, snapshot, parts, questions, (rules, other, changed, asked) => {
        const next: Snapshot = {
          ...rules,
          ...Object.fromEntries(changed.map((part) => [part, other[part]])),
        };
        const access = compile(rules);
        for (const one of asked) decide(access, one);
        for (const { member, channel, capability, at } of asked) can(access, member, capability, channel, at);
        const then = update(access, next);
        for (const one of asked) {
          const { member, channel, capability, at } = one;
          expect(can(then, member, capability, channel, at)).toBe(naive(next, bare(one)) === "allow");
          expect(can(access, member, capability, channel, at)).toBe(naive(rules, bare(one)) === "allow");
        }
      }),
      { numRuns: RUNS * 2 },
    );
  });

  describe("where something else changes than what is asked about", () => {
    const rules: Snapshot = {
      capabilities: { view: {} },
      roles: { all: { rank: 0, allow: ["view"] } },
      members: {
        ana: { roles: ["all"] },
        leo: { roles: [], grants: [{ id: "g", allow: ["view"], by: "ana", bound: true }] },
      },
      channels: {
        house: { kind: "talk" },
        floor: { kind: "talk", parent: "house" },
        room: { kind: "talk", parent: "floor" },
      },
    };

    test("a channel knows what its parents say now", () => {
      const before = compile(rules);
      const deny = applyChange(rules, {
        type: "override.set",
        channel: "house",
        subject: "everyone",
        overrides: [{ deny: ["view"] }],
      });
      expect(can(before, "ana", "view", "room", 0)).toBe(true);
      const after = update(before, deny);
      expect(can(after, "ana", "view", "room", 0)).toBe(false);
      expect(can(update(after, rules), "ana", "view", "room", 0)).toBe(true);
      expect(can(before, "ana", "view", "room", 0)).toBe(true);
    });

    test("a grant that hangs on somebody knows what they have now", () => {
      const before = compile(rules);
      expect(can(before, "leo", "view", "room", 0)).toBe(true);
      const after = update(before, applyChange(rules, { type: "role.assign", member: "ana", roles: [] }));
      expect(can(after, "leo", "view", "room", 0)).toBe(false);
      expect(can(before, "leo", "view", "room", 0)).toBe(true);
    });
  });

  test("one member in one place stays right until the instant it says", () => {
    fc.assert(
      fc.property(snapshot, question, ({ ...rules }, { member, channel, at }) => {
        if (at === undefined) return;
        const access = compile(rules);
        const { validUntil, can: may } = access.of(member, channel, at);
        if (!isMember(rules, member, at)) expect(validUntil).toBeNull();
        for (let then = at; then < Math.min(validUntil ?? 60, 60); then++) {
          for (const capability of CAPABILITIES)
            expect(may(capability)).toBe(can(access, member, capability, channel, then));
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe("large and odd snapshots", () => {
  const capabilities: Snapshot["capabilities"] = { view: {}, post: { requires: ["view"] } };
  const many = <T>(count: number, prefix: string, one: (i: number) => T): Record<string, T> =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, one(i)]));

  test("10,000 roles and 100,000 members", () => {
    const rules: Snapshot = {
      capabilities,
      roles: many(10_000, "r", (i) => ({ rank: i % 100, allow: i % 2 === 0 ? ["view", "post"] : ["view"] })),
      members: many(100_000, "m", (i) => ({ roles: [`r${i % 10_000}`, `r${(i * 7) % 10_000}`] })),
      channels: { lounge: { kind: "talk", overrides: [{ subject: { role: "r0" }, deny: ["post"] }] } },
      collisions: "deny-wins",
    };
    const access = compile(rules);
    expect(whoCan(access, "view", "lounge", 0)).toHaveLength(100_000);
    // Even numbers come to even numbers; m0, m10000, ... have the role that is denied it.
    expect(whoCan(access, "post", "lounge", 0)).toHaveLength(49_990);
    expect(checkChange(access, "m99", { type: "role.assign", member: "m1", roles: [] }, 0)).toMatchObject({
      code: "NOT_ALLOWED",
    });
  }, 30_000);

  test("one member with 10,000 roles, and a role in 10,000 overrides", () => {
    const access = compile({
      capabilities,
      roles: many(10_000, "r", (i) => ({ rank: i, allow: [] })),
      members: { leo: { roles: Array.from({ length: 10_000 }, (_, i) => `r${i}`) } },
      channels: {
        lounge: {
          kind: "talk",
          overrides: Array.from({ length: 10_000 }, (_, i) => ({
            subject: { role: `r${i}` },
            [i % 2 === 0 ? "deny" : "allow"]: ["view"],
          })),
        },
      },
      collisions: "ranked",
    });
    expect(can(access, "leo", "view", "lounge", 0)).toBe(true);
  });

  test("parents 10,000 deep, and in a circle", () => {
    const rules = (last: number | undefined): Snapshot => ({
      capabilities,
      roles: { all: { rank: 0, allow: ["view"] } },
      members: { leo: { roles: ["all"] } },
      channels: many(10_000, "c", (i) => ({
        kind: "talk",
        parent: i === 0 ? (last === undefined ? undefined : `c${last}`) : `c${i - 1}`,
        overrides: i === 5000 ? [{ subject: "everyone" as const, deny: ["view"] }] : [],
      })),
    });
    const deep = compile(rules(undefined));
    expect(["c9999", "c5000", "c4999"].map((id) => can(deep, "leo", "view", id, 0))).toEqual([
      false,
      false,
      true,
    ]);
    const circle = compile(rules(9999));
    expect(["c9999", "c5000", "c4999"].map((id) => can(circle, "leo", "view", id, 0))).toEqual([
      true,
      false,
      true,
    ]);
  });

  test("groups 10,000 deep, groups that name each other, and themselves", () => {
    const access = compile({
      capabilities,
      roles: { all: { rank: 0, allow: ["view"] } },
      members: { leo: { roles: ["all"] }, gus: { roles: ["all"] } },
      channels: { lounge: { kind: "talk", overrides: [{ subject: { group: "g0" }, deny: ["view"] }] } },
      // Each names the next two: more ways through than anybody could walk.
      groups: {
        ...many(10_000, "g", (i) => ({ groups: [`g${i}`, `g${(i + 1) % 10_000}`, `g${(i + 2) % 10_000}`] })),
        g9999: { members: ["leo"], groups: ["g0"] },
      },
    });
    expect(["leo", "gus"].map((id) => can(access, id, "view", "lounge", 0))).toEqual([false, true]);
  });

  test("grants that hang on grants that hang on grants, 2,000 deep, and each on two", () => {
    const bound = (i: number, n: number) => ({ id: `${n}`, allow: ["view"], by: `m${i + n}`, bound: true });
    const rules: Snapshot = {
      capabilities,
      roles: { all: { rank: 0, allow: ["view"] } },
      members: {
        ...many(2000, "m", (i) => ({ roles: [], grants: [bound(i, 1), bound(i, 2)] })),
        m2000: { roles: ["all"] },
        m2001: { roles: [] },
      },
      channels: { lounge: { kind: "talk" } },
    };
    expect(can(compile(rules), "m0", "view", "lounge", 0)).toBe(true);
    const without = applyChange(rules, { type: "role.assign", member: "m2000", roles: [] });
    expect(can(compile(without), "m0", "view", "lounge", 0)).toBe(false);
  });
});
