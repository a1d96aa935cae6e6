import { operations } from "chat-spaces";
import { describe, expect, test } from "vitest";
import {
  AS_OF,
  declared,
  deleted,
  did,
  factsOf,
  type Happening,
  HOUR,
  MINUTE,
  offered,
  raised,
  report,
  said,
  stored,
  T,
} from "./operations-events.js";

const ask = said("1", T, "leo");
const IN_LOUNGE = { channel: "lounge", message: "1" } as const;
const assigned = (at: number, by: string, to: { duty?: string | null; member?: string | null }) =>
  did("thread.assigned", at, by, { ...IN_LOUNGE, ...to });
const action = (happenings: readonly Happening[]) => report(happenings).messages.action;

describe("the clock of a message stops at the first action by somebody else", () => {
  test.each<[string, Happening]>([
    ["a reply that names it", said("2", T + HOUR, "cora", { replyTo: "1" })],
    ["an item raised from it", raised("a", T + HOUR, "cora", { message: "1" })],
    ["an incident raised from it", declared("i", T + HOUR, "cora", { source: IN_LOUNGE })],
    ["its thread given to a duty", assigned(T + HOUR, "cora", { duty: "ops" })],
    ["its thread given to a member", assigned(T + HOUR, "cora", { member: "cora" })],
    [
      "its thread offered to somebody",
      { ...offered("h", T + HOUR, { of: { thread: IN_LOUNGE } }), channel: null },
    ],
  ])("%s", (_, happening) => {
    const { time, open, errors, untimed } = action([ask, happening]);
    expect(time).toMatchObject({ n: 1, p50: HOUR, max: HOUR });
    expect({ open: open.n, errors, untimed }).toEqual({ open: 0, errors: 0, untimed: 0 });
  });

  test.each<[string, (by: string, at: number) => readonly Happening[]]>([
    ["acknowledged", (by, at) => [did("item.acknowledged", at, by, { item: "a" })]],
    ["completed", (by, at) => [did("item.completed", at, by, { item: "a" })]],
    ["given to somebody", (by, at) => [did("item.changed", at, by, { item: "a", owner: "cid" })]],
    ["dropped", (by, at) => [did("item.dropped", at, by, { item: "a" })]],
  ])("an item that its author or a bot raised, %s by somebody else", (_, then) => {
    for (const raiser of ["leo", "bot"]) {
      const before = [ask, raised("a", T + MINUTE, raiser, { message: "1" })];
      expect(action(before)).toMatchObject({ time: { n: 0 }, open: { n: 1, max: AS_OF - T } });
      expect(action([...before, ...then("leo", T + HOUR)]).open.n).toBe(1);
      expect(action([...before, ...then("bot", T + HOUR)]).open.n).toBe(1);
      expect(action([...before, ...then("cora", T + HOUR)])).toMatchObject({ time: { n: 1, max: HOUR } });
    }
  });

  test("what is done with an incident that its author declared from it", () => {
    const before = [ask, declared("i", T + MINUTE, "leo", { source: IN_LOUNGE })];
    const seen = did("incident.acknowledged", T + HOUR, "cora", { incident: "i" });
    expect(action(before).open.n).toBe(1);
    expect(action([...before, seen])).toMatchObject({ time: { n: 1, max: HOUR }, open: { n: 0 } });
  });

  test("taking over a thread that its author offered", () => {
    const offer = offered("h", T + MINUTE, { of: { thread: IN_LOUNGE } });
    const byLeo = { ...offer, event: { ...offer.event, by: "leo" } } as Happening;
    const taken = did("handoff.accepted", T + HOUR, "cora", { handoff: "h" });
    expect(action([ask, byLeo]).open.n).toBe(1);
    expect(action([ask, byLeo, taken]).time).toMatchObject({ n: 1, max: HOUR });
  });

  test("neither its author nor a bot stops it, and a deleted reply never did", () => {
    const nothing = [
      ask,
      assigned(T, "leo", { duty: "ops" }),
      said("2", T + MINUTE, "leo", { replyTo: "1" }),
      said("3", T + MINUTE, "bot", { replyTo: "1" }),
      said("4", T + MINUTE, "cora", { replyTo: "1" }),
      deleted("4", T + HOUR),
      said("5", T + MINUTE, "cora", { replyTo: "1", kind: "deleted" }),
      said("6", T + MINUTE, null, { replyTo: "1", kind: "system" }),
    ];
    expect(action(nothing)).toMatchObject({ time: { n: 0 }, open: { n: 1 } });
    const late = said("7", T + HOUR, "cora", { replyTo: "1" });
    expect(action([...nothing, late])).toMatchObject({ time: { n: 1, max: HOUR }, open: { n: 0 } });
  });

  test("of several actions the first counts, and the others are counted", () => {
    const { messages } = report([
      ask,
      raised("a", T + 2 * HOUR, "ana", { message: "1" }),
      said("2", T + HOUR, "cora", { replyTo: "1" }),
      said("3", T + 3 * HOUR, "ana", { replyTo: "1" }),
      said("4", T + 3 * HOUR, "leo", { replyTo: "1" }),
    ]);
    expect(messages.action.time).toMatchObject({ n: 1, max: HOUR });
    expect(messages.action.byPerson).toMatchObject([{ person: "cora", time: { n: 1 } }]);
    expect(messages.actions).toEqual({ reply: 1, item: 0, incident: 0, thread: 0 });
    expect(messages.further).toBe(2);
  });

  test("of several in one instant it is always the same one that counts", () => {
    const reply = (id: string, by: string) => said(id, T + HOUR, by, { replyTo: "1" });
    const whoOf = (happenings: readonly Happening[]) =>
      operations(factsOf(happenings), { timeZone: "UTC", asOf: AS_OF }).messages.action.byPerson[0]?.person;
    const [a, b] = [reply("a", "cora"), reply("b", "zoe")];
    for (const order of [
      [ask, a, b],
      [ask, b, a],
    ])
      expect([whoOf(order), whoOf(stored(order))]).toEqual(["cora", "cora"]);
  });

  test("what was done before it was written is an error, and is counted nowhere else", () => {
    const { messages } = report([ask, said("2", T - MINUTE, "cora", { replyTo: "1" })]);
    expect(messages.action).toMatchObject({
      time: { n: 0 },
      open: { n: 0 },
      errors: 1,
      byPerson: [],
      byDuty: [],
    });
    expect(messages).toMatchObject({ actions: { reply: 0 }, further: 0 });
  });
});

describe("a message has a clock", () => {
  test("for what was raised from it first, not for what says so again", () => {
    const again = raised("a", T + HOUR, "cora", { message: "2" });
    const incident = (message: string, at: number) =>
      declared("i", at, "cora", { source: { channel: "lounge", message } });
    const two = [ask, said("2", T, "leo")];
    expect(action([...two, raised("a", T + MINUTE, "cora", { message: "1" }), again]).time.n).toBe(1);
    expect(action([...two, incident("1", T + MINUTE), incident("2", T + HOUR)]).time.n).toBe(1);
  });

  test("where it is flagged, not because it was said", () => {
    expect(action([ask])).toMatchObject({ time: { n: 0 }, open: { n: 0 } });
    expect(action([ask, assigned(T, "leo", { member: "cora" })]).open.n).toBe(1);
    // To take a thread away from whoever had it flags nothing, and does nothing about it.
    expect(action([ask, assigned(T, "cora", { duty: null, member: null })])).toMatchObject({
      time: { n: 0 },
      open: { n: 0 },
    });
  });

  test("not where it is a notice of the platform, or of an excluded account", () => {
    const joined = said("1", T, "leo", { kind: "system" });
    expect(action([joined, said("2", T + HOUR, "cora", { replyTo: "1" })]).time.n).toBe(0);
    for (const author of [null, "bot"]) {
      expect(action([said("1", T, author), said("2", T + HOUR, "cora", { replyTo: "1" })]).time.n).toBe(0);
      expect(action([said("1", T, author), assigned(T, "cora", { duty: "ops" })])).toMatchObject({
        time: { n: 0 },
        open: { n: 0 },
      });
    }
  });

  test("and keeps it when it is deleted where somebody acted on it, not where it only waits", () => {
    const flagged = assigned(T, "leo", { duty: "ops" });
    const gone = deleted("1", T + 2 * HOUR);
    const reply = said("2", T + HOUR, "cora", { replyTo: "1" });
    expect(action([ask, flagged, gone])).toMatchObject({ time: { n: 0 }, open: { n: 0 } });
    expect(action([ask, flagged, reply, gone]).time.n).toBe(1);
    expect(action([said("1", T, "leo", { kind: "deleted" }), reply]).time.n).toBe(1);
  });

  test("as of the instant of the report: what comes later is not known yet", () => {
    const all = [
      ask,
      assigned(T + MINUTE, "leo", { duty: "ops" }),
      said("2", T + HOUR, "cora", { replyTo: "1" }),
      deleted("1", T + 2 * HOUR),
    ];
    expect(report(all, { asOf: T }).messages.action.open.n).toBe(0);
    expect(report(all, { asOf: T + 30 * MINUTE }).messages.action.open).toMatchObject({
      n: 1,
      max: 30 * MINUTE,
    });
    expect(report(all, { asOf: T + HOUR }).messages.action).toMatchObject({ time: { n: 1 }, open: { n: 0 } });
  });

  test("however far back it is, and wherever it comes among what was imported", () => {
    const many = Array.from({ length: 1_500 }, (_, i) => said(`${i}`, T + i, "leo"));
    const answers = [0, 400, 999, 1_499].map((i) => said(`to ${i}`, T + HOUR, "cora", { replyTo: `${i}` }));
    const before = many.toSpliced(800, 0, ...answers);
    for (const all of [[...many, ...answers], before, [...answers, ...many]])
      expect(action(all).time).toMatchObject({ n: 4, max: HOUR, p50: HOUR - (400 + 999) / 2 });
  });

  test("its own, whatever messages of other channels are called", () => {
    const { messages } = report([
      ask,
      said("1", T, "zoe", { channel: "floor" }),
      said("2", T + HOUR, "cora", { replyTo: "1", channel: "floor" }),
      raised("a", T + 2 * HOUR, "cora", { message: "1" }),
    ]);
    expect(messages.action.time).toMatchObject({ n: 2, p50: 1.5 * HOUR });
  });

  test("also where it is called __proto__, and so are its people and items", () => {
    const { messages, items } = report([
      said("__proto__", T, "constructor", { channel: "__proto__" }),
      said("toString", T + HOUR, "__proto__", { replyTo: "__proto__", channel: "__proto__" }),
      raised("__proto__", T, "__proto__", { duty: "__proto__" }),
      did("item.completed", T + HOUR, "__proto__", { item: "__proto__" }),
    ]);
    expect(messages.action.byPerson).toMatchObject([{ person: "__proto__", time: { n: 1, max: HOUR } }]);
    expect(items.resolution.byDuty).toMatchObject([{ duty: "__proto__", time: { n: 1, max: HOUR } }]);
  });
});

describe("a message counts", () => {
  const reply = said("2", T + HOUR, "cora", { replyTo: "1" });
  const dutyOf = (happenings: readonly Happening[]) => action(happenings).byDuty.map(({ duty }) => duty);
  const channelTo = (duty: string | null, at: number) =>
    did("channel.assigned", at, "ana", { channel: "lounge", duty });

  test("for the duty that answered for its channel when it was written", () => {
    expect(dutyOf([ask, reply])).toEqual([null]);
    expect(
      dutyOf([channelTo("ops", T - 2), channelTo("legal", T), channelTo("host", T + 1), ask, reply]),
    ).toEqual(["legal"]);
    expect(dutyOf([channelTo("ops", T - 2), channelTo(null, T - 1), ask, reply])).toEqual([null]);
  });

  test("or for the first that was named in flagging it", () => {
    const flags = [assigned(T, "ana", { member: "cid" }), assigned(T + 1, "ana", { duty: "creative" })];
    const later = raised("a", T + 2, "ana", { message: "1", duty: "legal" });
    expect(dutyOf([channelTo("ops", T - 2), ask, ...flags, later, reply])).toEqual(["creative"]);
  });

  test("for whoever stopped its clock; waiting ones have only a duty", () => {
    const { byDuty, byPerson } = action([
      ask,
      said("9", T, "leo"),
      raised("a", T, "leo", { message: "9", duty: "ops" }),
      reply,
    ]);
    expect(byDuty.map(({ duty, time, open }) => [duty, time.n, open])).toEqual([
      ["ops", 0, 1],
      [null, 1, 0],
    ]);
    expect(byPerson.map(({ person, time }) => [person, time.n])).toEqual([["cora", 1]]);
  });
});

describe("what was raised from a message is resolved", () => {
  const resolution = (happenings: readonly Happening[]) => report(happenings).messages.resolution;
  const done = (item: string, at: number, by = "cora") => did("item.completed", at, by, { item });
  const from = [ask, raised("a", T + MINUTE, "cora", { message: "1" })];

  test("when it is completed, counted from the message", () => {
    expect(resolution([...from, done("a", T + HOUR)]).time).toMatchObject({ n: 1, max: HOUR });
    expect(resolution(from)).toMatchObject({ time: { n: 0 }, open: { n: 1, max: AS_OF - T } });
  });

  test("when the last of several is, and for the last time", () => {
    const two = [...from, raised("b", T + MINUTE, "cora", { message: "1" }), done("a", T + HOUR)];
    expect(resolution(two).open.n).toBe(1);
    const both = [...two, done("b", T + 2 * HOUR)];
    expect(resolution(both).time).toMatchObject({ n: 1, max: 2 * HOUR });
    const again = [...both, did("item.reopened", T + 3 * HOUR, "ana", { item: "a" })];
    expect(resolution(again).open.n).toBe(1);
    expect(resolution([...again, done("a", T + 4 * HOUR)]).time.max).toBe(4 * HOUR);
  });

  test("without those that were dropped", () => {
    const drop = did("item.dropped", T + 5 * HOUR, "cora", { item: "b" });
    const two = [...from, raised("b", T + MINUTE, "cora", { message: "1" }), drop];
    expect(resolution([...two, done("a", T + HOUR)]).time).toMatchObject({ n: 1, max: HOUR });
    const all = [ask, raised("b", T + MINUTE, "cora", { message: "1" }), drop];
    expect(resolution(all)).toMatchObject({ time: { n: 0 }, open: { n: 0 }, untimed: 0 });
  });

  test("unless it was deleted and nobody else had acted on it", () => {
    const own = [ask, raised("a", T + MINUTE, "leo", { message: "1" })];
    expect(resolution(own).open.n).toBe(1);
    expect(resolution([...own, deleted("1", T + 2)]).open.n).toBe(0);
    expect(resolution([...from, deleted("1", T + 2)]).open.n).toBe(1);
  });

  test("but not timed where its author or a bot did it", () => {
    for (const by of ["leo", "bot"]) {
      expect(resolution([...from, done("a", T + HOUR, by)])).toMatchObject({
        time: { n: 0 },
        open: { n: 0 },
        untimed: 1,
      });
    }
  });
});
