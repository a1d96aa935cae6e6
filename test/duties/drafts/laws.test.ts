import {
  approvalsOf,
  type Command,
  decide,
  evolve,
  fold,
  openApprovalsFor,
  ruleOf,
  type Space,
  type SpaceEvent,
} from "chat-spaces";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aSpace, counter, NOW } from "../../helpers/spaces.js";
import { aTeam, draftIn, PROPOSED, rule, SUBMITTED, TEAM } from "./a-draft.js";

const WHO = ["cid", "cora", ...TEAM] as const;
const who = fc.constantFrom(...WHO);
const duty = fc.constantFrom("legal", "creative");

/** What may happen around a draft; `revision` is how far behind the current one it is. */
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ is: fc.constant("approve"), by: who, behind: fc.constantFrom(0, 0, 0, 1) }),
    },
    { weight: 1, arbitrary: fc.record({ is: fc.constantFrom("reject", "changes"), by: who }) },
    { weight: 2, arbitrary: fc.record({ is: fc.constant("revise"), by: who, cosmetic: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ is: fc.constant("suggest"), by: who, cosmetic: fc.boolean() }) },
    { weight: 4, arbitrary: fc.record({ is: fc.constant("submit"), by: fc.constant("cid") }) },
    { weight: 2, arbitrary: fc.record({ is: fc.constant("assign"), by: who, duty }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constantFrom("leave", "join", "lower", "raise"), by: who }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant("publish"), by: fc.constant("ana") }) },
  ),
  { maxLength: 40 },
) as fc.Arbitrary<readonly Step[]>;
type Step = {
  readonly is: string;
  readonly by: string;
  readonly behind?: number;
  readonly cosmetic?: boolean;
  readonly duty?: string;
};

const clause = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 2 }) }),
  fc.record({ count: fc.constant(1), duty }),
  fc.record({ count: fc.integer({ min: 1, max: 2 }), role: fc.constantFrom("contributor", "co-moderator") }),
  fc.record({ count: fc.constant(1), members: fc.subarray([...WHO], { minLength: 1 }) }),
);
const rules = fc.record({
  clauses: fc.array(clause, { minLength: 1, maxLength: 3 }),
  keepsCosmetic: fc.boolean(),
});

/** The commands of a step, on the space as it is then. */
function commandsOf(
  space: Space,
  { is, by, behind = 0, cosmetic = false, duty: of = "" }: Step,
): readonly Command[] {
  const { revisions, suggestions } = draftIn(space);
  const revision = revisions.length - behind;
  switch (is) {
    case "approve":
    case "reject":
    case "changes":
      return [{ type: "draft.judge", by, draft: "d", revision, verdict: is }];
    case "revise":
      return [{ type: "draft.revise", by, draft: "d", revision, body: `text ${revision}`, cosmetic }];
    case "suggest": {
      const open = suggestions.find(({ status }) => status === "open");
      return open
        ? [{ type: "suggestion.apply", by: "cora", draft: "d", suggestion: open.id, cosmetic }]
        : [
            {
              type: "suggestion.make",
              by,
              draft: "d",
              revision,
              edits: [{ start: 0, end: 0, text: `${by} ` }],
            },
          ];
    }
    case "submit":
      return [SUBMITTED];
    case "assign":
      return [{ type: "duty.assign", by: "ana", duty: of, member: by }];
    case "leave":
      return [{ type: "member.leave", by }];
    case "join":
      return [{ type: "member.add", by: "ana", member: by, roles: ["contributor"] }];
    case "lower":
    case "raise":
      return [
        {
          type: "role.assign",
          by: "ana",
          member: by,
          roles: [is === "lower" ? "guest" : "contributor"],
        },
      ];
    default:
      return [{ type: "draft.publish", by: "ana", draft: "d" }];
  }
}

/** A life of a draft, as far as it was allowed: the space before each accepted command, and the events so far. */
function* live(approval: Parameters<typeof rule>[0], all: readonly Step[]) {
  const { space: start } = aTeam(rule(approval));
  const newId = counter();
  let space = start;
  const events: SpaceEvent[] = [];
  for (const [index, step] of [{ is: "propose", by: "cid" }, ...all].entries()) {
    for (const command of index === 0 ? [PROPOSED] : commandsOf(space, step)) {
      const now = NOW + index;
      const outcome = decide(space, command, { now, newId });
      if (!outcome.ok) continue;
      const before = space;
      space = fold(space, outcome.events);
      events.push(...outcome.events);
      yield { before, space, events, command, now, happened: outcome.events };
    }
  }
}

/** Who may be counted for a clause, read from the events alone, by somebody who knows nothing of how it is kept. */
function naively(events: readonly SpaceEvent[]) {
  const roles = new Map<string, string>(TEAM.map((member) => [member, "contributor"]));
  roles.set("cid", "contributor");
  roles.set("cora", "co-moderator");
  const holders = new Map([
    ["legal", "leo"],
    ["creative", "sam"],
  ]);
  const authors = new Set<string>();
  const suggesters = new Map<string, string>();
  let approvers = new Set<string>();
  for (const { type, by, data } of events) {
    if (type === "draft.proposed") authors.add(by);
    if (type === "suggestion.made") suggesters.set(data.suggestion, by);
    if (type === "draft.revised") {
      authors.add(data.suggestion === null ? by : (suggesters.get(data.suggestion) ?? ""));
      if (!data.keeps) approvers = new Set();
    }
    if (type === "draft.submitted") approvers = new Set();
    if (type === "verdict.given") {
      if (data.verdict === "approve") approvers.add(by);
      else approvers = new Set();
    }
    if (type === "member.left") {
      roles.delete(data.member);
      for (const [of, holder] of holders) if (holder === data.member) holders.delete(of);
    }
    if (type === "member.joined") roles.set(data.member, data.roles[0] ?? "");
    if (type === "role.assigned") roles.set(data.member, data.roles[0] ?? "");
    if (type === "duty.assigned") holders.set(data.duty, data.member);
  }
  const able = [...approvers].filter(
    (person) => ["contributor", "co-moderator"].includes(roles.get(person) ?? "") && !authors.has(person),
  );
  return { approvers, able, roles, holders };
}

function canMeet(left: readonly string[], needs: readonly (readonly string[])[]): boolean {
  const [need, ...others] = needs;
  if (!need) return true;
  return left.some(
    (person) =>
      need.includes(person) &&
      canMeet(
        left.filter((one) => one !== person),
        others,
      ),
  );
}

test("no approval is counted that the rules of that instant do not allow, and none is missed that they do", () => {
  fc.assert(
    fc.property(rules, steps, (approval, all) => {
      for (const { space, events, now } of live(approval, all)) {
        const draft = draftIn(space);
        const { met, clauses, passedOver } = approvalsOf(space, draft, now);
        const { approvers, able, roles, holders } = naively(events);
        const fits = ({ duty: of, role, members }: (typeof clauses)[number]["clause"]) =>
          able.filter(
            (person) =>
              (of === undefined || holders.get(of) === person) &&
              (role === undefined || roles.get(person) === role) &&
              (members === undefined || members.includes(person)),
          );
        const counted = clauses.flatMap(({ by }) => by);
        for (const { clause: one, by, missing } of clauses) {
          for (const person of by) expect(fits(one)).toContain(person);
          expect(by.length + missing).toBe(one.count);
        }
        expect(new Set(counted).size).toBe(counted.length);
        expect([...counted, ...passedOver].sort()).toEqual([...approvers].sort());
        const needs = clauses.flatMap(({ clause: one }) =>
          Array.from({ length: one.count }, () => fits(one)),
        );
        expect(met).toBe(canMeet(able, needs));
      }
    }),
    { numRuns: 100 },
  );
});

test("nothing goes out, and nothing becomes approved, without the approvals of that moment", () => {
  fc.assert(
    fc.property(rules, steps, (approval, all) => {
      for (const { before, space, now, happened } of live(approval, all)) {
        for (const { type } of happened) {
          if (type === "draft.approved") expect(approvalsOf(space, draftIn(space), now).met).toBe(true);
          if (type === "draft.published") expect(approvalsOf(before, draftIn(before), now).met).toBe(true);
        }
      }
    }),
    { numRuns: 100 },
  );
});

test("a draft waits for exactly those whose approval is taken and brings it nearer", () => {
  fc.assert(
    fc.property(rules, steps, (approval, all) => {
      const missing = (space: Space, now: number) =>
        approvalsOf(space, draftIn(space), now).clauses.reduce((sum, one) => sum + one.missing, 0);
      for (const { space, now } of live(approval, all)) {
        for (const member of WHO) {
          const revision = draftIn(space).revisions.length;
          const outcome = decide(
            space,
            { type: "draft.judge", by: member, draft: "d", revision, verdict: "approve" },
            { now, newId: counter() },
          );
          const nearer = outcome.ok && missing(fold(space, outcome.events), now) < missing(space, now);
          expect(openApprovalsFor(space, member, now).length === 1, member).toBe(nearer);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test("what happens to drafts folds in any order and any number of times without a throw", () => {
  fc.assert(
    fc.property(rules, steps, fc.infiniteStream(fc.nat()), (approval, all, picks) => {
      const events = [...live(approval, all)].at(-1)?.events ?? [];
      const mixed = [...picks.take(40)].map((pick) => events[pick % events.length] as SpaceEvent);
      const space = fold(aSpace(), mixed);
      expect(mixed.reduce(evolve, aSpace())).toEqual(space);
      for (const draft of Object.values(space.drafts)) {
        expect(() => approvalsOf(space, draft, NOW)).not.toThrow();
        expect(() => ruleOf(space, draft)).not.toThrow();
        expect(() => openApprovalsFor(space, "leo", NOW)).not.toThrow();
      }
    }),
    { numRuns: 100 },
  );
});
