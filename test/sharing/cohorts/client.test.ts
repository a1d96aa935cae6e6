import { createSpaces, memoryStore, type SpaceStore } from "chat-spaces";
import { describe, expect, test } from "vitest";

const DAY = 86_400_000;
const START = Date.parse("2026-05-01T12:00:00Z");

async function open() {
  let now = START;
  const read: string[] = [];
  const inner = memoryStore();
  const store: SpaceStore = {
    ...inner,
    read(stream, options) {
      read.push(stream);
      return inner.read(stream, options);
    },
  };
  const spaces = createSpaces({ store, now: () => now });
  const drop = await spaces.create({ id: "drop", by: "ana", visibility: "invite" });
  for (const channel of ["lounge", "stage"]) await drop.openChannel({ by: "ana", channel });
  for (const member of ["leo", "mia"]) await drop.add({ by: "ana", member, roles: ["guest"] });
  await drop.goLive({ by: "ana" });
  const reads = async (act: () => Promise<unknown>) => {
    read.length = 0;
    await act();
    return [...new Set(read)].sort();
  };
  return { spaces, drop, reads, wait: (time: number) => (now += time) };
}

describe("cohorts of a handle", () => {
  test("are lists and rules, worked out when they are asked for", async () => {
    const { drop, wait } = await open();
    const early = await drop.cohorts.define({ by: "ana", cohort: "early", name: "Early birds" });
    expect(early).toMatchObject({ id: "early", name: "Early birds", rule: null });
    await drop.cohorts.add({ by: "ana", cohort: "early", members: ["mia", "leo"] });
    await drop.cohorts.remove({ by: "ana", cohort: "early", members: ["mia"] });
    expect(await drop.cohorts.members("early")).toEqual(["leo"]);

    await drop.cohorts.define({ by: "ana", cohort: "regulars", rule: { active: { weeks: 2, of: 2 } } });
    await drop.post({ by: "leo", channel: "lounge", body: "one" });
    wait(8 * DAY);
    await drop.post({ by: "leo", channel: "stage", body: "two" });
    await drop.post({ by: "mia", channel: "stage", body: "three" });
    expect(await drop.cohorts.members("regulars")).toEqual(["leo"]);
    expect(await drop.cohorts.members("regulars", { at: START })).toEqual([]);

    await drop.cohorts.define({ by: "ana", cohort: "buyers", rule: { bought: { within: "30d" } } });
    await drop.recordConversion({ order: "o1", visitor: "mia", amount: { minor: 4900, currency: "EUR" } });
    expect(await drop.cohorts.members("buyers")).toEqual(["mia"]);
    await drop.recordConversion({
      order: "o1",
      id: "r1",
      kind: "refund",
      amount: { minor: 4900, currency: "EUR" },
    });
    expect(await drop.cohorts.members("buyers")).toEqual([]);

    expect((await drop.cohorts.drop({ by: "ana", cohort: "early" })).cohorts).not.toHaveProperty("early");
    await expect(drop.cohorts.members("early")).rejects.toMatchObject({
      refusal: { code: "COHORT_UNKNOWN" },
    });
  });

  test("have nobody who left, and roles as they are handed over then", async () => {
    const { drop, wait } = await open();
    await drop.cohorts.define({ by: "ana", cohort: "hosts", rule: { role: "host" } });
    await drop.cohorts.define({ by: "ana", cohort: "others", rule: { not: { cohort: "hosts" } } });
    expect(await drop.cohorts.members("others")).toEqual(["leo", "mia"]);
    await drop.leave({ by: "leo" });
    expect(await drop.cohorts.members("others")).toEqual(["mia"]);
    wait(DAY);
    expect(await drop.cohorts.members("hosts")).toEqual(["ana"]);
  });

  test("read only what their rules need", async () => {
    const { drop, reads } = await open();
    const define = (cohort: string, rule?: object) =>
      drop.cohorts.define({ by: "ana", cohort, ...(rule && { rule: rule as never }) });
    await define("list");
    await define("guests", { role: "guest" });
    await define("live", { attended: { channel: "stage" } });
    await define("buyers", { bought: {} });
    await define("all", { any: [{ active: { weeks: 1, of: 1 } }, { cohort: "buyers" }] });
    const of = (cohort: string) => reads(() => drop.cohorts.members(cohort));
    expect(await of("list")).toEqual(["space/drop"]);
    expect(await of("guests")).toEqual(["space/drop"]);
    expect(await of("live")).toEqual(["space/drop", "timeline/drop/stage"]);
    expect(await of("buyers")).toEqual(["space/drop", "traffic/drop"]);
    expect(await of("all")).toEqual([
      ...["space/drop", "timeline/drop/lounge", "timeline/drop/stage", "traffic/drop"],
    ]);
  });
});
