import {
  decide,
  type EventData,
  evolve,
  fold,
  type Incident,
  type Space,
  type SpaceEvent,
} from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Command } from "../../../src/model/commands.js";
import type { IncidentCommands, IncidentEvents } from "../../../src/model/incidents.js";
import { aSpace, counter, NOW } from "../../helpers/spaces.js";

const START = aSpace();
const IDS = ["a", "b", "c", "__proto__"];
const id = fc.constantFrom(...IDS);
const by = fc.constantFrom("ana", "cora", "cid", "gus", "leo");
const severity = fc.constantFrom(1, 2, 3, 4);

/** A command of incidents, mostly on those that may be there, and when it comes: clocks may go back a little. */
const step: fc.Arbitrary<{ readonly command: Command<keyof IncidentCommands>; readonly wait: number }> =
  fc.record({
    wait: fc.integer({ min: -1_000, max: 20_000 }),
    command: fc.oneof(
      {
        weight: 2,
        arbitrary: fc.record({
          type: fc.constant("incident.declare"),
          by,
          id,
          severity,
          title: fc.constant("x"),
          commander: fc.option(fc.constantFrom("gus", "rita"), { nil: undefined }),
        }),
      },
      {
        weight: 6,
        arbitrary: fc.record({
          type: fc.constantFrom(
            "incident.acknowledge",
            "incident.contain",
            "incident.resolve",
            "incident.reopen",
          ),
          by,
          incident: id,
        }),
      },
      fc.record({ type: fc.constant("incident.command"), by, incident: id, member: by }),
      fc.record({ type: fc.constant("incident.classify"), by, incident: id, severity }),
      fc.record({ type: fc.constant("incident.update"), by, incident: id, text: fc.constant("news") }),
      fc.record({ type: fc.constant("incident.merge"), by, incident: id, into: id }),
    ) as fc.Arbitrary<Command<keyof IncidentCommands>>,
  });

/** What follows from these commands; those that are refused leave no trace. */
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
  return { space, events };
}

function expectSound(incident: Incident, space: Space): void {
  const { status, acknowledgedAt, acknowledgedBy, containedAt, resolvedAt, mergedInto, entries } = incident;
  expect(status === "merged").toBe(mergedInto !== null);
  if (mergedInto !== null) expect(Object.hasOwn(space.incidents, mergedInto)).toBe(true);
  else if (resolvedAt !== null) expect(status).toBe("resolved");
  else if (containedAt !== null) expect(status).toBe("contained");
  else expect(status).toBe(acknowledgedAt === null ? "open" : "acknowledged");
  expect(acknowledgedAt === null).toBe(acknowledgedBy === null);
  expect(incident.occurredAt).toBeLessThanOrEqual(incident.openedAt);
  const times = entries.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(entries.filter(({ kind }) => kind === "declared").length).toBeGreaterThan(0);
  expect(times[0]).toBeLessThanOrEqual(incident.openedAt);
}

describe("whatever is accepted", () => {
  test("leaves every incident sound: its status says what its times say, its record is in order", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { space } = run(steps);
        for (const incident of Object.values(space.incidents)) expectSound(incident, space);
      }),
      { numRuns: 200 },
    );
  });

  test("never makes incidents duplicates of each other in a circle", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { space } = run(steps);
        for (const incident of Object.values(space.incidents)) {
          let at: Incident | undefined = incident;
          for (let hops = 0; at?.mergedInto != null; hops++) {
            expect(hops).toBeLessThan(IDS.length);
            at = space.incidents[at.mergedInto];
          }
          expect(at).toBeDefined();
        }
      }),
      { numRuns: 200 },
    );
  });

  test("says nothing new when it is said again at once", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), step, (before, { command }) => {
        fc.pre(command.type !== "incident.update" && command.type !== "incident.reopen");
        // A guest who gives the lead away cannot do so again.
        fc.pre(command.by !== "gus");
        const { space } = run(before);
        const first = decide(space, command, { now: NOW + 1_000_000, newId: counter() });
        fc.pre(first.ok);
        if (!first.ok) return;
        const again = decide(fold(space, first.events), command, { now: NOW + 1_000_000, newId: counter() });
        expect(again).toEqual({ ok: true, events: [] });
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

describe("events", () => {
  const data: { readonly [T in keyof IncidentEvents]: fc.Arbitrary<EventData[T]> } = {
    "incident.declared": fc.record({
      incident: id,
      title: fc.constant("x"),
      severity: severity as fc.Arbitrary<1>,
      occurredAt: fc.integer(),
      duty: fc.constant("ops"),
      channel: fc.constantFrom(null, "lounge"),
      source: fc.constant(null),
      text: fc.string(),
    }),
    "incident.acknowledged": fc.record({ incident: id }),
    "incident.commanded": fc.record({ incident: id, member: id }),
    "incident.classified": fc.record({ incident: id, severity: severity as fc.Arbitrary<1> }),
    "incident.contained": fc.record({ incident: id, text: fc.string() }),
    "incident.updated": fc.record({ incident: id, text: fc.string() }),
    "incident.resolved": fc.record({ incident: id, text: fc.string() }),
    "incident.reopened": fc.record({ incident: id, text: fc.string() }),
    "incident.merged": fc.record({ incident: id, into: id }),
  };
  const event = fc.oneof(
    ...Object.entries(data).map(([type, arbitrary]) =>
      fc.record({
        id: fc.constant("evt"),
        type: fc.constant(type),
        at: fc.integer(),
        by: id,
        data: arbitrary as fc.Arbitrary<unknown>,
      }),
    ),
  ) as unknown as fc.Arbitrary<SpaceEvent>;

  test("in any order, about what is there and what is not, fold to something sound", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const { incidents } = fold(START, events);
        for (const { status, mergedInto, entries } of Object.values(incidents)) {
          expect(status === "merged").toBe(mergedInto !== null);
          const times = entries.map(({ at }) => at);
          expect(times).toEqual([...times].sort((a, b) => a - b));
        }
      }),
      { numRuns: 200 },
    );
  });

  test("that say the same twice leave the first time of an acknowledgement", () => {
    const about = { id: "evt", data: { incident: "a" } };
    const { incidents } = fold(START, [
      {
        ...about,
        type: "incident.declared",
        at: 0,
        by: "cid",
        data: {
          incident: "a",
          title: "x",
          severity: 1,
          occurredAt: 0,
          duty: "ops",
          channel: null,
          source: null,
          text: "",
        },
      },
      { ...about, type: "incident.acknowledged", at: 1, by: "cora" },
      { ...about, type: "incident.acknowledged", at: 2, by: "cid" },
    ]);
    expect(incidents["a"]).toMatchObject({ acknowledgedAt: 1, acknowledgedBy: "cora" });
  });

  test("about incidents that are not there leave everything as it is", () => {
    const about = fc.oneof(event).filter(({ type }) => type !== "incident.declared");
    fc.assert(
      fc.property(fc.array(about), (events) => {
        expect(fold(START, events).incidents).toEqual({});
      }),
      { numRuns: 50 },
    );
  });
});
