import type { Command, Incident } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";

const declare = (id: string, more: Partial<Command<"incident.declare">> = {}) =>
  ({ type: "incident.declare", by: "cid", id, title: `about ${id}`, severity: 3, ...more }) as const;
const merge = (incident: string, into: string, by = "cid") =>
  ({ type: "incident.merge", by, incident, into }) as const;

/** `first` was declared an hour before `second`, by somebody else, and is worse. */
const two = () =>
  given(aSpace())
    .at(NOW - HOUR)
    .and(declare("first", { by: "cora", severity: 1, occurredAt: NOW - 3 * HOUR }))
    .at(NOW)
    .and(declare("second"));

describe("merging a duplicate", () => {
  test("ends it as part of the other, which begins with the earlier of both and is as bad as the worse", () => {
    const { space } = two()
      .when(merge("first", "second"))
      .happens({ type: "incident.merged", data: { incident: "first", into: "second" } });
    expect(space.incidents["first"]).toMatchObject({ status: "merged", mergedInto: "second" });
    expect(space.incidents["second"]).toMatchObject({
      status: "open",
      severity: 1,
      occurredAt: NOW - 3 * HOUR,
      openedAt: NOW - HOUR,
      openedBy: "cora",
      title: "about second",
      titledBy: "cid",
    });
  });

  test("that came later and is less bad changes neither", () => {
    const { space } = two().and(merge("second", "first"));
    expect(space.incidents["first"]).toMatchObject({
      severity: 1,
      occurredAt: NOW - 3 * HOUR,
      openedAt: NOW - HOUR,
      openedBy: "cora",
    });
  });

  test("brings its record along, in order of time, what happened at once in the order of the records", () => {
    const { space } = two()
      .and({ type: "incident.update", by: "cid", incident: "second", text: "second looks" })
      .at(NOW - 1)
      .and({ type: "incident.update", by: "cora", incident: "first", text: "first looks" })
      .at(NOW)
      .and({ type: "incident.update", by: "cora", incident: "first", text: "first looks again" })
      .at(NOW + 1)
      .and(merge("first", "second"));
    expect(space.incidents["second"]?.entries.map(({ text }) => text)).toEqual([
      "about first",
      "first looks",
      "about second",
      "second looks",
      "first looks again",
      "first",
    ]);
    expect(space.incidents["first"]?.entries.at(-1)).toEqual({
      at: NOW + 1,
      by: "cid",
      kind: "merged",
      text: "second",
    });
  });

  test("whose acknowledgement came first brings it along", () => {
    const { space } = two().and(
      { type: "incident.acknowledge", by: "cora", incident: "first" },
      merge("first", "second"),
    );
    expect(space.incidents["second"]).toMatchObject({
      status: "acknowledged",
      acknowledgedAt: NOW,
      acknowledgedBy: "cora",
    });
    const later = two()
      .and({ type: "incident.acknowledge", by: "cid", incident: "second" })
      .at(NOW + 1)
      .and({ type: "incident.acknowledge", by: "cora", incident: "first" }, merge("first", "second"));
    expect(later.space.incidents["second"]).toMatchObject({ acknowledgedAt: NOW, acknowledgedBy: "cid" });
  });

  test("that was acknowledged when the other was over does not make that acknowledged", () => {
    const { space } = two()
      .and({ type: "incident.resolve", by: "cid", incident: "second" })
      .at(NOW + 1)
      .and({ type: "incident.acknowledge", by: "cora", incident: "first" }, merge("first", "second"));
    expect(space.incidents["second"]).toMatchObject({ status: "resolved", acknowledgedAt: null });
  });

  test("again into the same changes nothing; into another it is refused", () => {
    const merged = two().and(declare("third"), merge("first", "second"));
    merged.when(merge("first", "second")).happens();
    merged.when(merge("first", "third")).refused("INCIDENT_MERGED", { incident: "first", into: "second" });
  });

  test("goes into another, that is there and is no duplicate itself: never in a circle", () => {
    two()
      .when(merge("first", "first"))
      .refused("INVALID_COMMAND", { issues: [{ path: "into" }] });
    two().when(merge("first", "third")).refused("INCIDENT_UNKNOWN", { incident: "third" });
    two().when(merge("third", "first")).refused("INCIDENT_UNKNOWN", { incident: "third" });
    two()
      .and(merge("first", "second"))
      .when(merge("second", "first"))
      .refused("INCIDENT_MERGED", { incident: "first", into: "second" });
  });

  test("is for who may deal with both", () => {
    const led = two().and({ type: "incident.command", by: "cid", incident: "first", member: "gus" });
    led.when(merge("first", "second", "gus")).refused("NOT_ALLOWED");
    led.when(merge("second", "first", "gus")).refused("NOT_ALLOWED");
    led
      .and({ type: "incident.command", by: "cid", incident: "second", member: "gus" })
      .when(merge("first", "second", "gus"))
      .happens({ type: "incident.merged" });
  });
});

describe("a duplicate that was merged", () => {
  const acts = [
    { type: "incident.acknowledge", by: "cid", incident: "first" },
    { type: "incident.command", by: "cid", incident: "first", member: "cora" },
    { type: "incident.classify", by: "cid", incident: "first", severity: 4 },
    { type: "incident.contain", by: "cid", incident: "first" },
    { type: "incident.update", by: "cid", incident: "first", text: "looking" },
    { type: "incident.resolve", by: "cid", incident: "first" },
    { type: "incident.reopen", by: "cid", incident: "first" },
    { type: "item.raise", by: "cid", title: "Look", incident: "first" },
  ] as const satisfies readonly Command[];

  test.each(acts)("is not acted on any more: $type", (act) => {
    two().and(merge("first", "second")).when(act).refused("INCIDENT_MERGED", { into: "second" });
  });

  test("is refused with the one that goes on, however often it was merged", () => {
    const chain = two().and(declare("third"), merge("first", "second"), merge("second", "third"));
    chain.when(acts[0]).refused("INCIDENT_MERGED", { incident: "first", into: "third" });
    const { entries } = chain.space.incidents["third"] as Incident;
    expect(entries.filter(({ kind }) => kind === "declared")).toHaveLength(3);
  });

  test("says nothing to those whom it is no business of", () => {
    two()
      .and(merge("first", "second"))
      .when({ type: "incident.update", by: "gus", incident: "first", text: "?" })
      .refused("NOT_ALLOWED");
  });
});
