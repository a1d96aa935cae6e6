import {
  type Lag,
  mergeOperations,
  type OperationsFacts,
  type OperationsOptions,
  type OperationsReport,
  operations,
  prepareOperations,
} from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  approved,
  declared,
  deleted,
  did,
  factsOf,
  type Happening,
  judged,
  MINUTE,
  offered,
  proposed,
  raised,
  said,
  stored,
  submitted,
} from "./operations-events.js";

const BEGIN = Date.parse("2026-03-27T00:00:00Z");
const options: OperationsOptions = {
  timeZone: "Europe/Berlin",
  asOf: "2026-03-31T00:00:00Z",
  exclude: ["bot"],
  every: "day",
  targets: { "messages.action": "2h" },
};

const instant = fc.integer({ min: 0, max: 300 }).map((step) => BEGIN + step * 20 * MINUTE);
const person = fc.constantFrom("ana", "cora", "leo", "bot");
const few = fc.constantFrom("1", "2", "3", "__proto__");
const messageId = fc.integer({ min: 0, max: 9 }).map((id) => `m${id}`);

/** Anything that may happen, whether or not it would be let. */
const happening: fc.Arbitrary<Happening> = fc
  .tuple(
    fc.constantFrom(
      ...["post", "post", "post", "reply", "reply", "delete", "raise", "item", "thread", "channel"],
      ...["declare", "incident", "merge", "propose", "draft", "verdict", "offer", "handoff"],
    ),
    instant,
    person,
    few,
    messageId,
    fc.nat(60),
  )
  .map(([what, at, by, id, message, pick]) => {
    const one = <T>(...list: readonly T[]): T => list[pick % list.length] as T;
    const ref = { channel: "lounge", message };
    switch (what) {
      case "post":
        return said(`m${pick % 10}`, at, by, pick % 7 === 0 ? { channel: "floor" } : {});
      case "reply":
        return said(`r${pick}`, at, by, { replyTo: message });
      case "delete":
        return deleted(one(message, `r${pick}`), at);
      case "raise":
        return raised(id, at, by, {
          ...(pick % 3 === 0 ? {} : { message }),
          duty: one("ops", null),
          ...(pick % 2 === 0 ? { dueAt: at + pick * 20 * MINUTE } : {}),
        });
      case "item":
        return did(
          one("item.acknowledged", "item.completed", "item.completed", "item.reopened", "item.dropped"),
          at,
          by,
          { item: id },
        );
      case "thread":
        return did("thread.assigned", at, by, {
          ...ref,
          duty: one("legal", null),
          member: one("cid", null, null),
        });
      case "channel":
        return did("channel.assigned", at, by, {
          channel: one("lounge", "studio"),
          duty: one("ops", "host", null),
        });
      case "declare":
        return declared(id, at, by, { occurredAt: at - pick * MINUTE, source: one(null, ref) });
      case "incident": {
        const type = one("acknowledged", "contained", "resolved", "resolved", "reopened");
        return type === "acknowledged"
          ? did("incident.acknowledged", at, by, { incident: id })
          : did(`incident.${type}`, at, by, { incident: id, text: "" });
      }
      case "merge":
        return did("incident.merged", at, by, { incident: id, into: one("1", "2") });
      case "propose":
        return proposed(id, at, by);
      case "draft":
        return one(submitted, approved)(id, at, by);
      case "verdict":
        return judged(id, at, by, one("approve", "reject", "changes"));
      case "offer":
        return offered(id, at, {
          of: one<{ duty: string } | { thread: typeof ref }>({ duty: "ops" }, { thread: ref }),
        });
      default:
        return did(one("handoff.accepted", "handoff.declined", "handoff.withdrawn"), at, by, { handoff: id });
    }
  });

/**
 * Long enough for things to be begun and ended: as they are in fact, one after the other, or all askew. Message ids are
 * unique in a channel, as a store keeps them.
 */
const history = fc
  .tuple(
    fc.uniqueArray(happening, {
      minLength: 40,
      maxLength: 120,
      size: "max",
      selector: ({ channel, event }) => `${channel} ${event.id}`,
    }),
    fc.constantFrom(true, true, false),
  )
  .map(([all, ordered]) => stored(ordered ? [...all].sort((a, b) => a.event.at - b.event.at) : all));

const prepared = ({ channel, event }: Happening): OperationsFacts => prepareOperations(channel, [event]);
const made = (facts: OperationsFacts, more: Partial<OperationsOptions> = {}) =>
  operations(facts, { ...options, ...more });

function lagsOf({ messages, items, approvals, incidents, handoffs }: OperationsReport): readonly Lag[] {
  const { detect, acknowledge, contain, resolve, restore } = incidents;
  return [
    ...[messages.action, messages.resolution, items.resolution, approvals.cycle, approvals.firstDecision],
    ...[detect, acknowledge, contain, resolve, restore, handoffs.answer],
  ];
}

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

describe("one pass, many shards and a replay give the same figures", () => {
  test("however the events of each stream are cut, shuffled and repeated, and wherever the facts have been", () => {
    fc.assert(
      fc.property(
        history.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events], { minLength: events.length }),
            fc.shuffledSubarray([...events]),
            fc.nat(events.length),
          ),
        ),
        ([events, shuffled, again, cut]) => {
          const whole = made(factsOf(events));
          expect(made(mergeOperations(...shuffled.map(prepared)))).toEqual(whole);
          const head = factsOf(events.slice(0, cut));
          const tail = factsOf(events.slice(cut));
          expect(made(mergeOperations(tail, head))).toEqual(whole);
          expect(made(mergeOperations(factsOf(events), head))).toEqual(whole);
          expect(made(mergeOperations(tail, factsOf(events)))).toEqual(whole);
          expect(made(mergeOperations(head, factsOf(events), factsOf(again)))).toEqual(whole);
          expect(made(factsOf([...events, ...again]))).toEqual(whole);
          expect(made(JSON.parse(JSON.stringify(mergeOperations(head, tail))))).toEqual(whole);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("also without revisions, as long as no two things happen in one instant", () => {
    const apart = history.map((events) =>
      events.map(({ channel, event }, index) => {
        const { revision: _, ...rest } = event;
        return { channel, event: { ...rest, at: BEGIN + index * MINUTE } as Happening["event"] };
      }),
    );
    fc.assert(
      fc.property(
        apart.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray([...events], { minLength: events.length })),
        ),
        ([events, shuffled]) => {
          const whole = made(factsOf(stored(events)));
          expect(made(factsOf(events))).toEqual(whole);
          expect(made(factsOf([...shuffled, ...events]))).toEqual(whole);
          expect(made(mergeOperations(...shuffled.map(prepared)))).toEqual(whole);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("a report as of an instant is the one that was made then", () => {
    const inOrder = history.map((events) => stored([...events].sort((a, b) => a.event.at - b.event.at)));
    fc.assert(
      fc.property(inOrder, instant, (events, asOf) => {
        const known = events.filter(({ event }) => event.at <= asOf);
        expect(made(factsOf(events), { asOf })).toEqual(made(factsOf(known), { asOf }));
      }),
      { numRuns: 200 },
    );
  });
});

describe("nothing is lost or counted twice", () => {
  test("the parts of duties, of people and of periods each sum to all of it", () => {
    fc.assert(
      fc.property(history, (events) => {
        const report = made(factsOf(events));
        for (const { time, open, byDuty, byPerson, periods, inTime } of lagsOf(report)) {
          for (const parts of [byDuty, byPerson, periods])
            expect(sum(parts.map((part) => part.time.n))).toBe(time.n);
          for (const parts of [byDuty, periods]) expect(sum(parts.map((part) => part.open))).toBe(open.n);
          if (inTime) expect(inTime.num).toBeLessThanOrEqual(inTime.den);
        }
        const { late, inTime, byDuty, byOwner } = report.items.overdue;
        for (const parts of [byDuty, byOwner]) {
          expect(sum(parts.map((part) => part.late))).toBe(late.n);
          expect(sum(parts.map((part) => part.inTime.num))).toBe(inTime.num);
          expect(sum(parts.map((part) => part.inTime.den))).toBe(inTime.den);
        }
        expect(sum(Object.values(report.messages.actions))).toBe(report.messages.action.time.n);
      }),
      { numRuns: 200 },
    );
  });

  test("every case of every day is a case of all of them, by its start as by its end", () => {
    fc.assert(
      fc.property(history, fc.constantFrom("start" as const, "end" as const), (events, by) => {
        const facts = factsOf(events);
        const whole = lagsOf(made(facts, { by }));
        const days = Array.from({ length: 6 }, (_, i) => `2026-03-${26 + i}`);
        const each = days.map((day) => lagsOf(made(facts, { by, from: day, to: day })));
        whole.forEach((lag, i) => {
          expect(sum(each.map((lags) => lags[i]?.time.n ?? 0))).toBe(lag.time.n);
          expect(sum(each.map((lags) => lags[i]?.errors ?? 0))).toBe(lag.errors);
          expect(sum(each.map((lags) => lags[i]?.untimed ?? 0))).toBe(lag.untimed);
        });
      }),
      { numRuns: 200 },
    );
  });

  test("no time and no wait is negative", () => {
    fc.assert(
      fc.property(history, (events) => {
        for (const { time, open } of lagsOf(made(factsOf(events)))) {
          expect(time.max ?? 0).toBeGreaterThanOrEqual(0);
          expect(open.p50 ?? 0).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("bots never stop a clock", () => {
  test("nobody who is excluded is among those who did", () => {
    fc.assert(
      fc.property(history, person, (events, bot) => {
        for (const { byPerson } of lagsOf(made(factsOf(events), { exclude: [bot] })))
          expect(byPerson.map((part) => part.person)).not.toContain(bot);
      }),
      { numRuns: 200 },
    );
  });

  test("what a bot answers in a channel changes nothing", () => {
    fc.assert(
      fc.property(history, fc.array(fc.tuple(instant, messageId), { maxLength: 10 }), (events, answers) => {
        const noise = answers.map(([at, replyTo], i) => said(`noise${i}`, at, "bot", { replyTo }));
        const more = stored([...events, ...noise]);
        expect(made(factsOf(more))).toEqual(made(factsOf(events)));
      }),
      { numRuns: 200 },
    );
  });
});
