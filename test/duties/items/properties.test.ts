import {
  checklistOf,
  decide,
  evolve,
  fold,
  itemRows,
  openItems,
  overdue,
  type SpaceEvent,
} from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Command } from "../../../src/model/commands.js";
import { aSpace, counter, NOW } from "../../helpers/spaces.js";

const START = aSpace();
const id = fc.constantFrom("a", "b", "__proto__", "1");
const by = fc.constantFrom("ana", "cora", "cid", "gus", "leo");
const title = fc.constantFrom("x", "y");
const owner = fc.option(fc.constantFrom("gus", "cid", "leo"), { nil: undefined });

const step = fc.record({
  wait: fc.integer({ min: 0, max: 20_000 }),
  command: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant("item.raise"),
        by,
        id,
        title,
        owner,
        dueIn: fc.option(fc.integer({ min: 0, max: 50_000 }), { nil: undefined }),
        checklist: fc.option(id, { nil: undefined, freq: 4 }),
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        type: fc.constantFrom("item.acknowledge", "item.complete", "item.reopen", "item.drop"),
        by,
        item: id,
      }),
    },
    fc.record({ type: fc.constant("item.change"), by, item: id, title, owner }),
    fc.record({
      type: fc.constant("checklist.open"),
      by,
      id,
      channel: fc.constantFrom("lounge", "nowhere"),
      title,
      items: fc.array(fc.record({ title, owner }), { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant("checklist.close"), by, checklist: id }),
    fc.record({ type: fc.constant("member.leave"), by: fc.constant("gus") }),
  ) as fc.Arbitrary<Command>,
});

function run(steps: readonly { readonly command: Command; readonly wait: number }[]) {
  const newId = counter();
  const events: SpaceEvent[] = [];
  let space = START;
  let now = NOW;
  for (const { command, wait } of steps) {
    now += wait;
    const outcome = decide(space, command, { now, newId });
    if (!outcome.ok) continue;
    events.push(...outcome.events);
    space = fold(space, outcome.events);
  }
  return { space, events, now };
}

describe("whatever is accepted", () => {
  test("leaves every item sound: done has its time, acknowledged who it was, and an owner", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { space } = run(steps);
        for (const item of Object.values(space.items)) {
          expect(item.status === "done").toBe(item.doneAt !== null);
          expect(item.doneAt === null).toBe(item.doneBy === null);
          expect(item.acknowledgedAt === null).toBe(item.acknowledgedBy === null);
          if (item.status === "acknowledged") expect(item.acknowledgedAt).not.toBeNull();
          if (item.status === "open") expect(item.acknowledgedAt).toBeNull();
          if (item.dueAt !== null) expect(item.dueAt).toBeGreaterThan(item.raisedAt);
          if (item.checklist !== null) expect(Object.hasOwn(space.checklists, item.checklist)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("is counted once: rows, open items, overdue ones and checklists agree", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { space, now } = run(steps);
        const rows = itemRows(space, now);
        const ids = (items: readonly { readonly id: string }[]) => items.map((item) => item.id).sort();
        expect(ids(rows)).toEqual(Object.keys(space.items).sort());
        expect(ids(openItems(space))).toEqual(
          ids(rows.filter(({ status }) => status === "open" || status === "acknowledged")),
        );
        expect(ids(overdue(space, now))).toEqual(ids(rows.filter((row) => row.overdue)));
        const listed = Object.keys(space.checklists).flatMap((list) => checklistOf(space, list)?.items ?? []);
        expect(ids(listed)).toEqual(ids(rows.filter(({ checklist }) => checklist !== null)));
      }),
      { numRuns: 200 },
    );
  });

  test("folds one by one as it does at once", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { space, events } = run(steps);
        expect(events.reduce(evolve, START)).toEqual(space);
        expect(fold(START, events)).toEqual(space);
      }),
      { numRuns: 50 },
    );
  });
});

describe("events about items and lists that are not there", () => {
  const types = ["acknowledged", "completed", "reopened", "dropped", "changed"] as const;

  test("leave everything as it is", () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), id, id, (type, item, who) => {
        const event = { id: "evt", type: `item.${type}`, at: NOW, by: who, data: { item } } as SpaceEvent;
        const closed: SpaceEvent = {
          id: "evt",
          type: "checklist.closed",
          at: NOW,
          by: who,
          data: { checklist: item },
        };
        expect(fold(START, [event, closed])).toEqual(START);
      }),
      { numRuns: 50 },
    );
  });
});
