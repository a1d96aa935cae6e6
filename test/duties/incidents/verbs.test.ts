import { createSpaces, memoryStore, RefusedError, type SpaceHandle } from "chat-spaces";
import { beforeEach, describe, expect, test } from "vitest";
import { HOUR, NOW } from "../../helpers/spaces.js";

let now: number;
let drop: SpaceHandle;

beforeEach(async () => {
  now = NOW;
  drop = await createSpaces({ store: memoryStore(), now: () => now }).create({ id: "drop", by: "ana" });
  await drop.add({ by: "ana", member: "cid", roles: ["contributor"] });
  await drop.add({ by: "ana", member: "gus", roles: ["guest"] });
});

const declare = { by: "cid", title: "The shop is down", severity: 1 } as const;
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error: unknown) => (error instanceof RefusedError ? error.code : error),
  );

describe("the verbs of incidents", () => {
  test("give the incident as it is then", async () => {
    const { incidents } = drop;
    const { id, status } = await incidents.declare({ ...declare, channel: { id: "shop-down" } });
    expect(status).toBe("open");
    const of = { by: "cid", incident: id };
    expect(await incidents.acknowledge(of)).toMatchObject({ id, status: "acknowledged" });
    expect(await incidents.command({ ...of, member: "gus" })).toMatchObject({ commander: "gus" });
    expect(await incidents.classify({ ...of, severity: 2 })).toMatchObject({ severity: 2 });
    expect(await incidents.contain({ ...of, text: "paused" })).toMatchObject({ status: "contained" });
    expect((await incidents.update({ ...of, text: "looking" })).entries.at(-1)?.text).toBe("looking");
    expect(await incidents.resolve(of)).toMatchObject({ status: "resolved" });
    expect(await incidents.reopen(of)).toMatchObject({ status: "acknowledged", reopenings: 1 });
    const twin = await incidents.declare({ ...declare, id: "twin" });
    expect(await incidents.merge({ by: "cid", incident: twin.id, into: id })).toMatchObject({
      id,
      severity: 1,
    });
    expect(await refusalOf(incidents.update({ by: "cid", incident: "twin", text: "x" }))).toBe(
      "INCIDENT_MERGED",
    );
  });

  test("give what is there where an incident is declared again", async () => {
    const first = await drop.incidents.declare({ ...declare, id: "mine" });
    expect(await drop.incidents.declare({ ...declare, id: "mine", title: "Other" })).toEqual(first);
  });

  test("open the channel for those in it", async () => {
    await drop.incidents.declare({ ...declare, channel: { id: "shop-down" } });
    expect(drop.can("cid", "message.post", { channel: "shop-down" })).toBe(true);
    expect(drop.can("gus", "channel.view", { channel: "shop-down" })).toBe(false);
    await drop.post({ by: "cid", channel: "shop-down", body: "Looking into it" });
    expect(await drop.messages("shop-down")).toHaveLength(1);
  });
});

describe("the post-mortem of a handle", () => {
  test("is as of now, or of a time that is named", async () => {
    const { id } = await drop.incidents.declare(declare);
    now += HOUR;
    await drop.incidents.resolve({ by: "cid", incident: id });
    expect(await drop.incidents.postMortem({ incident: id })).toMatchObject({
      asOf: NOW + HOUR,
      durations: { resolve: HOUR },
    });
    expect(await drop.incidents.postMortem({ incident: id, at: "2026-05-02T00:00:00Z" })).toMatchObject({
      asOf: Date.parse("2026-05-02T00:00:00Z"),
    });
  });

  test("is for those who may deal with the incident, where somebody asks for it", async () => {
    await drop.incidents.declare({ ...declare, id: "down" });
    await drop.incidents.declare({ ...declare, id: "twin" });
    await drop.incidents.merge({ by: "cid", incident: "twin", into: "down" });
    const asked = (as: string, incident = "down") => drop.incidents.postMortem({ incident, as });
    expect(await asked("cid")).toMatchObject({ incident: "down" });
    expect(await refusalOf(asked("gus"))).toBe("NOT_ALLOWED");
    await drop.incidents.command({ by: "cid", incident: "down", member: "gus" });
    expect(await asked("gus", "twin")).toMatchObject({ incident: "down" });
    expect(await refusalOf(asked("cid", "other"))).toBe("INCIDENT_UNKNOWN");
  });
});
