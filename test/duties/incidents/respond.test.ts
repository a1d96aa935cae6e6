import type { Command, Incident } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";

const declare = {
  type: "incident.declare",
  by: "cid",
  id: "down",
  title: "The shop is down",
  severity: 2,
} as const;
const act = (
  verb: "acknowledge" | "contain" | "resolve" | "reopen",
  by = "cid",
): Command<"incident.acknowledge" | "incident.contain" | "incident.resolve" | "incident.reopen"> => ({
  type: `incident.${verb}`,
  by,
  incident: "down",
});
const declared = () => given(aSpace()).and(declare);
const theIncident = ({ space }: { readonly space: ReturnType<typeof aSpace> }) =>
  space.incidents["down"] as Incident;

describe("an incident", () => {
  test("is acknowledged, contained and resolved, each with its time", () => {
    const over = declared()
      .at(NOW + 1)
      .and(act("acknowledge", "cora"))
      .at(NOW + 2)
      .and({ type: "incident.contain", by: "cid", incident: "down", text: "Sales are paused" })
      .at(NOW + 3)
      .and(act("resolve"));
    expect(theIncident(over)).toMatchObject({
      status: "resolved",
      openedAt: NOW,
      acknowledgedAt: NOW + 1,
      acknowledgedBy: "cora",
      containedAt: NOW + 2,
      resolvedAt: NOW + 3,
      entries: [
        { kind: "declared", by: "cid" },
        { kind: "acknowledged", by: "cora", text: "" },
        { kind: "contained", by: "cid", text: "Sales are paused" },
        { kind: "resolved", by: "cid", at: NOW + 3 },
      ],
    });
  });

  test("goes through its states", () => {
    const states = [act("acknowledge"), act("contain"), act("resolve"), act("reopen")].map(
      (_, index, all) => theIncident(declared().and(...all.slice(0, index + 1))).status,
    );
    expect(states).toEqual(["acknowledged", "contained", "resolved", "acknowledged"]);
  });

  test("is acknowledged once: the first to say so counts", () => {
    declared().and(act("acknowledge", "cora")).when(act("acknowledge")).happens();
  });

  test("is contained, and resolved, once", () => {
    declared().and(act("contain")).when(act("contain", "cora")).happens();
    declared().and(act("resolve")).when(act("resolve", "cora")).happens();
  });

  test("can be contained and resolved without anybody having acknowledged it, and it shows", () => {
    const contained = declared().and(act("contain"));
    expect(theIncident(contained)).toMatchObject({ status: "contained", acknowledgedAt: null });
    const resolved = contained.and(act("resolve"));
    expect(theIncident(resolved)).toMatchObject({ status: "resolved", acknowledgedAt: null });
    expect(theIncident(declared().and(act("resolve")))).toMatchObject({
      acknowledgedAt: null,
      containedAt: null,
    });
  });

  test("can be acknowledged after it was contained, and is contained still", () => {
    const { status, acknowledgedAt } = theIncident(declared().and(act("contain"), act("acknowledge")));
    expect([status, acknowledgedAt]).toEqual(["contained", NOW]);
  });

  test("once it is resolved there is nothing to acknowledge, to contain or to lead", () => {
    const over = declared().and(act("resolve"));
    over.when(act("acknowledge")).refused("INCIDENT_RESOLVED", { incident: "down", resolvedAt: NOW });
    over.when(act("contain")).refused("INCIDENT_RESOLVED");
    over
      .when({ type: "incident.command", by: "cid", incident: "down", member: "cora" })
      .refused("INCIDENT_RESOLVED");
    declared().and(act("acknowledge"), act("resolve")).when(act("acknowledge")).happens();
  });

  test("once it is resolved, its record can still be added to, and corrected", () => {
    const { space } = declared().and(
      act("resolve"),
      { type: "incident.update", by: "cid", incident: "down", text: "It was the certificate" },
      { type: "incident.classify", by: "cid", incident: "down", severity: 1 },
    );
    expect(space.incidents["down"]).toMatchObject({ status: "resolved", severity: 1 });
    expect(space.incidents["down"]?.entries.slice(2)).toEqual([
      { at: NOW, by: "cid", kind: "updated", text: "It was the certificate" },
      { at: NOW, by: "cid", kind: "classified", text: "1" },
    ]);
  });

  test("is as bad as it is said to be; saying so again changes nothing", () => {
    const classify = { type: "incident.classify", by: "cid", incident: "down", severity: 4 } as const;
    const after = declared()
      .when(classify)
      .happens({ type: "incident.classified", data: { severity: 4 } });
    expect(theIncident(after).severity).toBe(4);
    after.when(classify).happens();
  });

  test("has to be there", () => {
    for (const verb of ["acknowledge", "contain", "resolve", "reopen"] as const)
      given(aSpace()).when(act(verb)).refused("INCIDENT_UNKNOWN", { incident: "down" });
  });
});

describe("reopening an incident", () => {
  test("is the same incident going on: what was contained and resolved is not, the acknowledgement stands", () => {
    const again = declared()
      .and(act("acknowledge", "cora"), act("contain"), act("resolve"))
      .at(NOW + HOUR)
      .and({ type: "incident.reopen", by: "cid", incident: "down", text: "It is back" });
    expect(theIncident(again)).toMatchObject({
      status: "acknowledged",
      openedAt: NOW,
      acknowledgedAt: NOW,
      acknowledgedBy: "cora",
      containedAt: null,
      resolvedAt: null,
      reopenings: 1,
    });
    expect(theIncident(again).entries.at(-1)).toMatchObject({ kind: "reopened", text: "It is back" });
    const over = again.at(NOW + 2 * HOUR).and(act("resolve"));
    expect(theIncident(over).resolvedAt).toBe(NOW + 2 * HOUR);
  });

  test("that nobody had acknowledged makes it open again", () => {
    expect(theIncident(declared().and(act("resolve"), act("reopen"))).status).toBe("open");
  });

  test("takes one that was resolved", () => {
    declared().when(act("reopen")).refused("INCIDENT_NOT_RESOLVED", { status: "open" });
    declared().and(act("contain")).when(act("reopen")).refused("INCIDENT_NOT_RESOLVED", {
      status: "contained",
    });
    declared().and(act("resolve"), act("reopen")).when(act("reopen")).refused("INCIDENT_NOT_RESOLVED");
  });

  test("is for 24 hours; what happens later is another incident", () => {
    const over = declared().and(act("resolve"));
    over
      .at(NOW + 24 * HOUR)
      .when(act("reopen"))
      .happens({ type: "incident.reopened" });
    over
      .at(NOW + 24 * HOUR + 1)
      .when(act("reopen"))
      .refused("INCIDENT_LONG_RESOLVED", { resolvedAt: NOW });
  });
});

describe("who may deal with an incident", () => {
  const updates = (by: string) =>
    ({ type: "incident.update", by, incident: "down", text: "looking" }) as const;

  test("is whoever may handle incidents", () => {
    declared().when(updates("cora")).happens({ type: "incident.updated" });
    declared().when(updates("gus")).refused("NOT_ALLOWED", { capability: "incident.handle" });
    declared().when(updates("leo")).refused("NOT_ALLOWED");
  });

  test("is its commander, whatever else they may do", () => {
    const led = given(aSpace()).and({ ...declare, commander: "rita" });
    led.when(updates("rita")).happens({ type: "incident.updated" });
    led.when(act("acknowledge", "rita")).happens({ type: "incident.acknowledged" });
    led
      .and({ type: "incident.command", by: "rita", incident: "down", member: "cora" })
      .when(updates("rita"))
      .refused("NOT_ALLOWED");
  });

  test("is whoever looks after its duty then", () => {
    const onDuty = given(aSpace()).and(
      { type: "duty.assign", by: "ana", duty: "ops", member: "gus" },
      declare,
    );
    onDuty.when(updates("gus")).happens({ type: "incident.updated" });
    onDuty
      .and({ type: "duty.assign", by: "ana", duty: "ops", member: "cora" })
      .when(updates("gus"))
      .refused("NOT_ALLOWED");
    given(aSpace())
      .and({ type: "duty.assign", by: "ana", duty: "legal", member: "gus" }, declare)
      .when(updates("gus"))
      .refused("NOT_ALLOWED");
  });

  test("is not a commander who is timed out or has left", () => {
    const led = given(aSpace()).and({ ...declare, commander: "gus" });
    led
      .and({ type: "limit.put", by: "ana", member: "gus", ceiling: "timeout", expiresIn: "1h" })
      .when(updates("gus"))
      .refused("NOT_ALLOWED");
    led.and({ type: "member.leave", by: "gus" }).when(updates("gus")).refused("NOT_ALLOWED");
  });
});
