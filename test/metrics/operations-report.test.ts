import {
  createSpaces,
  memoryStore,
  type OperationsOptions,
  operations,
  prepareOperations,
} from "chat-spaces";
import { describe, expect, test } from "vitest";
import {
  AS_OF,
  did,
  type Happening,
  HOUR,
  MINUTE,
  offered,
  raised,
  report,
  said,
  submitted,
  T,
} from "./operations-events.js";

const done = (item: string, at: number, by = "cora") => did("item.completed", at, by, { item });
const at = (text: string) => Date.parse(text);
const resolution = (happenings: readonly Happening[], options: Partial<OperationsOptions>) =>
  report(happenings, options).items.resolution;

describe("the days of a report", () => {
  // In Berlin, which is two hours ahead, this is raised on 2 May and done on 4 May.
  const night = [raised("a", at("2026-05-01T22:30:00Z"), "cora"), done("a", at("2026-05-03T22:00:00Z"))];

  test("are local days: a case belongs to the one on which it began", () => {
    const on = (day: string, timeZone: string) => resolution(night, { from: day, to: day, timeZone }).time.n;
    expect(["2026-05-01", "2026-05-02", "2026-05-03"].map((day) => on(day, "UTC"))).toEqual([1, 0, 0]);
    expect(["2026-05-01", "2026-05-02", "2026-05-03"].map((day) => on(day, "Europe/Berlin"))).toEqual([
      0, 1, 0,
    ]);
  });

  test("or, by the end, to the one on which it was over", () => {
    const on = (day: string) =>
      resolution(night, { by: "end", from: day, to: day, timeZone: "Europe/Berlin" }).time.n;
    expect(["2026-05-02", "2026-05-03", "2026-05-04", "2026-05-05"].map(on)).toEqual([0, 0, 1, 0]);
  });

  test("by the end, take in what is still open and had begun by the last day", () => {
    const open = [raised("a", T, "cora")];
    const on = (by: "start" | "end", from: string, to: string) => resolution(open, { by, from, to }).open.n;
    expect(on("start", "2026-05-02", "2026-05-09")).toBe(0);
    expect(on("end", "2026-05-02", "2026-05-09")).toBe(1);
    expect(on("end", "2026-04-01", "2026-04-30")).toBe(0);
  });

  test("may be the last ones, or everything", () => {
    const two = [raised("a", T, "cora"), raised("b", AS_OF - HOUR, "cora")];
    expect(report(two, { last: "7d" })).toMatchObject({ from: "2026-05-26", to: "2026-06-01" });
    expect(resolution(two, { last: "7d" }).open.n).toBe(1);
    expect(report(two)).toMatchObject({ from: null, to: null, by: "start", asOf: AS_OF, timeZone: "UTC" });
    expect(resolution(two, {}).open.n).toBe(2);
    expect(report(two, { from: "2026-05-02" })).toMatchObject({ from: "2026-05-02", to: null });
  });

  test("are asked of everything that is counted", () => {
    const all = [
      said("1", T, "leo"),
      said("2", T + 1, "cora", { replyTo: "1" }),
      said("3", T + 2, "cora", { replyTo: "1" }),
      raised("a", T, "cora", { dueAt: T + 1 }),
      raised("b", T, "cora"),
      done("b", T + 1),
      did("item.reopened", T + 2, "cora", { item: "b" }),
      did("item.dropped", T + 3, "cora", { item: "b" }),
      did("draft.proposed", T, "leo", {
        draft: "d",
        channel: "studio",
        target: null,
        title: "",
        body: "",
        attachments: [],
        incident: null,
        rule: null,
      }),
      submitted("d", T, "leo"),
      did("draft.withdrawn", T + 1, "leo", { draft: "d" }),
      offered("h", T),
      did("handoff.declined", T + 1, "sam", { handoff: "h" }),
    ];
    const counts = (options: Partial<OperationsOptions>) => {
      const { messages, items, approvals, handoffs } = report(all, options);
      const { resolution, dropped, reopened, overdue } = items;
      return [
        messages.action.time.n,
        messages.further,
        resolution.open.n,
        dropped,
        reopened,
        overdue.late.n,
        overdue.inTime.den,
        approvals.withdrawn,
        handoffs.declined,
      ];
    };
    expect(counts({ from: "2026-05-01" })).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(counts({ from: "2026-05-02" })).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(counts({ to: "2026-04-30" })).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe("periods", () => {
  const cases = (...starts: readonly string[]) =>
    starts.flatMap((start, i) => [raised(`${i}`, at(start), "cora"), done(`${i}`, at(start) + HOUR)]);
  const rows = (happenings: readonly Happening[], options: Partial<OperationsOptions>) =>
    resolution(happenings, options).periods.map(({ from, time, open }) => [from, time.n, open]);

  test("are none unless they are asked for, and none of nothing", () => {
    expect(rows(cases("2026-05-01T08:00:00Z"), {})).toEqual([]);
    expect(rows([], { every: "day" })).toEqual([]);
    expect(rows([], { every: "day", from: "2026-05-01" })).toEqual([]);
  });

  test("are days, weeks from Monday, or months, those without a case included", () => {
    const all = cases("2026-05-01T08:00:00Z", "2026-05-03T23:30:00Z", "2026-07-01T00:00:00Z");
    const asOf = "2026-07-02T00:00:00Z";
    expect(rows(all.slice(0, 4), { every: "day" })).toEqual([
      ["2026-05-01", 1, 0],
      ["2026-05-02", 0, 0],
      ["2026-05-03", 1, 0],
    ]);
    expect(rows(all.slice(0, 4), { every: "day", timeZone: "Europe/Berlin" }).at(-1)).toEqual([
      "2026-05-04",
      1,
      0,
    ]);
    expect(rows(all, { every: "week", asOf })[0]).toEqual(["2026-04-27", 2, 0]);
    expect(rows(all, { every: "month", asOf })).toEqual([
      ["2026-05-01", 2, 0],
      ["2026-06-01", 0, 0],
      ["2026-07-01", 1, 0],
    ]);
  });

  test("are those of the whole range where one is asked for", () => {
    const range = { from: "2026-04-28", to: "2026-05-02" } as const;
    expect(rows(cases("2026-05-01T08:00:00Z"), { every: "day", ...range }).map(([day]) => day)).toEqual([
      "2026-04-28",
      "2026-04-29",
      "2026-04-30",
      "2026-05-01",
      "2026-05-02",
    ]);
  });

  test("say what is open of them, by its start, and whether they are over", () => {
    const all = [...cases("2026-05-01T08:00:00Z"), raised("x", at("2026-05-02T08:00:00Z"), "cora")];
    const options = { every: "day", asOf: "2026-05-02T12:00:00Z" } as const;
    expect(resolution(all, options).periods.map(({ open, complete }) => [open, complete])).toEqual([
      [0, true],
      [1, false],
    ]);
    expect(resolution(all, { ...options, asOf: "2026-05-02T00:00:00Z" }).periods[0]?.complete).toBe(true);
    const late = [raised("y", T, "cora"), done("y", at("2026-05-02T08:00:00Z"))];
    expect(rows(late, { ...options, by: "end" })).toEqual([["2026-05-02", 1, 0]]);
    expect(resolution(all, { ...options, by: "end" }).periods.map(({ open }) => open)).toEqual([0]);
  });
});

describe("targets", () => {
  const targets = { "items.resolution": "1h" } as const;

  test("count what took no longer, of what is over or already took longer", () => {
    const { inTime } = resolution(
      [
        raised("a", T, "cora"),
        done("a", T + HOUR),
        raised("b", T, "cora"),
        done("b", T + HOUR + 1),
        raised("still may", AS_OF - HOUR, "cora"),
        raised("is over it", AS_OF - HOUR - 1, "cora"),
      ],
      { targets },
    );
    expect(inTime).toEqual({ num: 1, den: 3 });
  });

  test("are asked only of what has one, and of nothing are nothing", () => {
    const { items, messages } = report([], { targets });
    expect(items.resolution.inTime).toEqual({ num: 0, den: 0 });
    expect(messages.action.inTime).toBeNull();
  });
});

describe("a report", () => {
  test.each([
    [{ last: "7" }],
    [{ last: "7d", from: "2026-05-01" }],
    [{ from: "2026-02-30" }],
    [{ timeZone: "Nowhere" }],
    [{ asOf: "now" }],
    [{ by: "middle" }],
    [{ every: "year" }],
    [{ targets: { "messages.reply": "1h" } }],
    [{ targets: { "messages.action": "soon" } }],
  ])("%j makes no sense and is said so", (options) => {
    expect(() => report([], options as never)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });

  test("of nothing is nothing: counts are 0 and measures null", () => {
    const nothing = { n: 0, mean: null, p50: null, p90: null, p95: null, max: null };
    const lag = { time: nothing, open: nothing, errors: 0, untimed: 0, inTime: null };
    const { messages, items, approvals, incidents, handoffs } = report([]);
    for (const one of [
      messages.action,
      items.resolution,
      approvals.cycle,
      incidents.restore,
      handoffs.answer,
    ])
      expect(one).toEqual({ ...lag, byDuty: [], byPerson: [], periods: [] });
    expect(items.overdue).toEqual({ late: nothing, inTime: { num: 0, den: 0 }, byDuty: [], byOwner: [] });
  });

  test("of one is that one: every quantile is its time", () => {
    const { time } = resolution([raised("a", T, "cora"), done("a", T + MINUTE)], {});
    expect(time).toEqual({ n: 1, mean: MINUTE, p50: MINUTE, p90: MINUTE, p95: MINUTE, max: MINUTE });
  });

  test("knows nothing of erased events, of other events, nor of what has no beginning", () => {
    const strange = [
      { id: "1", type: "message.posted", at: T, by: "leo", data: null },
      { id: "2", type: "item.raised", at: T, by: "leo", data: null },
      { id: "3", type: "reaction.added", at: T, by: "leo", data: { message: "1", emoji: "x" } },
    ] as never;
    expect(prepareOperations(null, strange)).toEqual({ timelines: [], charter: [] });
    expect(prepareOperations("lounge", strange)).toEqual({ timelines: [], charter: [] });
    const ends = [
      done("a", T),
      did("incident.resolved", T, "cora", { incident: "i", text: "" }),
      did("incident.merged", T, "cora", { incident: "i", into: "j" }),
      did("draft.approved", T, "cora", { draft: "d", revision: 1 }),
      did("handoff.accepted", T, "cora", { handoff: "h" }),
      said("2", T, "cora", { replyTo: "1" }),
    ];
    expect(report(ends)).toEqual(report([]));
  });

  test("keeps nothing that anybody wrote", () => {
    const secret = [
      { ...said("1", T, "leo"), channel: "lounge" },
      raised("a", T, "leo"),
      did("item.changed", T, "leo", { item: "a", title: "secret", owner: "cora" }),
      did("incident.updated", T, "leo", { incident: "i", text: "secret" }),
      did("verdict.given", T, "leo", { draft: "d", revision: 1, verdict: "reject", note: "secret" }),
      offered("h", T, { note: "secret" }),
    ].map(({ event }) => JSON.parse(JSON.stringify(event).replaceAll("Answer", "secret")));
    const posted = { ...secret[0], data: { ...secret[0].data, body: "secret", authorName: "secret" } };
    const facts = [prepareOperations(null, secret), prepareOperations("lounge", [posted])];
    expect(JSON.stringify(facts)).not.toContain("secret");
  });

  test("ends with the edges of time that a host hands in", () => {
    const edges = [raised("a", -8.64e15, "cora"), done("a", 0), raised("b", 0, "cora")];
    expect(() => operations(prepareOperations(null, []), { timeZone: "UTC", asOf: 8.64e15 })).not.toThrow();
    expect(resolution(edges, { asOf: 8.64e15 }).open.max).toBe(8.64e15);
  });
});

describe("a handle", () => {
  async function aDrop() {
    let now = T;
    const spaces = createSpaces({ store: memoryStore(), now: () => now });
    const drop = await spaces.create({ id: "drop", by: "ana", timeZone: "Europe/Berlin" });
    await drop.openChannel({ by: "ana", channel: "lounge" });
    await drop.openChannel({ by: "ana", channel: "floor" });
    for (const member of ["cora", "leo"]) await drop.add({ by: "ana", member, roles: ["contributor"] });
    await drop.goLive({ by: "ana" });
    const wait = (time: number) => {
      now += time;
    };
    return { drop, wait };
  }

  test("reads the charter and the channels: how long it took from what was said to what was done", async () => {
    const { drop, wait } = await aDrop();
    const { id } = await drop.post({ by: "leo", channel: "lounge", body: "The form is broken" });
    wait(10 * MINUTE);
    const item = await drop.items.raise({
      by: "ana",
      title: "Mend the form",
      duty: "ops",
      source: { channel: "lounge", message: id },
    });
    wait(HOUR);
    await drop.items.complete({ by: "ana", item: item.id });
    const { timeZone, messages, items } = await drop.operations({ last: "1d" });
    expect(timeZone).toBe("Europe/Berlin");
    expect(messages.action).toMatchObject({
      time: { n: 1, max: 10 * MINUTE },
      byDuty: [{ duty: "ops" }],
      byPerson: [{ person: "ana" }],
    });
    expect(messages.resolution.time.max).toBe(70 * MINUTE);
    expect(items.resolution.time.max).toBe(HOUR);
    expect((await drop.operations({ channels: ["floor"] })).messages.action.time.n).toBe(0);
  });

  test("shows them to those who may see metrics", async () => {
    const { drop } = await aDrop();
    await drop.add({ by: "ana", member: "rita", roles: ["read-only"] });
    await expect(drop.operations({ as: "rita" })).rejects.toMatchObject({ code: "NOT_ALLOWED" });
    expect((await drop.operations({ as: "ana" })).items.dropped).toBe(0);
  });
});
