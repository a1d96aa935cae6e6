import { createSpaces, memoryStore, RefusedError, type SpaceHandle, type SpacePlan } from "chat-spaces";
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

describe("an incident declared with a template", () => {
  const runbook = (id: string): SpacePlan => ({
    ...{
      template: { name: "payments", version: 1 },
      name: "Payments",
      visibility: "private",
      timeZone: "UTC",
    },
    ...{ exportPolicy: "nobody", duties: [], links: [] },
    channels: [
      { id: "talk", name: "Talk", kind: "discussion" },
      { id, name: "Payments", kind: "incident", topic: "Only until it works" },
    ],
    members: [{ id: "mia", roles: ["contributor"] }],
    posts: [
      { channel: "talk", body: "Hello" },
      { channel: id, body: "1. Stop the campaign", pinned: true },
      { channel: id, body: "2. Call the provider" },
    ],
  });

  beforeEach(() => drop.add({ by: "ana", member: "mia", roles: ["contributor"] }));

  test("has its channel, with the members and the posts of the template", async () => {
    const incident = await drop.incidents.declare({ ...declare, template: runbook("payments") });
    expect(incident.channel).toBe("payments");
    expect(drop.space.channels["payments"]).toMatchObject({ kind: "incident", topic: "Only until it works" });
    expect(drop.can("mia", "message.post", { channel: "payments" })).toBe(true);
    expect((await drop.messages("payments")).map(({ body, pinned }) => [body, pinned])).toEqual([
      ["1. Stop the campaign", true],
      ["2. Call the provider", false],
    ]);
  });

  test("can be declared again, and has everything once", async () => {
    const options = { ...declare, id: "mine", template: runbook("payments") };
    const first = await drop.incidents.declare(options);
    expect(await drop.incidents.declare(options)).toEqual(first);
    expect(await drop.messages("payments")).toHaveLength(2);
  });

  test("may have another name for its channel, so that the template serves again", async () => {
    await drop.incidents.declare({ ...declare, template: runbook("payments") });
    const second = await drop.incidents.declare({
      ...declare,
      template: runbook("payments"),
      channel: { id: "payments-2", members: [] },
    });
    expect(second.channel).toBe("payments-2");
    expect(drop.can("mia", "channel.view", { channel: "payments-2" })).toBe(false);
    expect(await drop.messages("payments-2")).toHaveLength(2);
  });

  test("is none where the template has no channel for it", async () => {
    const template = { ...runbook("payments"), channels: [] };
    await expect(drop.incidents.declare({ ...declare, template })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    expect(drop.space.incidents).toEqual({});
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
