import { readFileSync } from "node:fs";
import {
  type ActivityOptions,
  type Facts,
  finalise,
  type MessageKind,
  merge,
  prepare,
  quantile,
  summarise,
  type TimelineEvent,
} from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { corpus } from "../helpers/corpus.js";

const utc = (text: string) => Date.parse(`${text}Z`);
const MINUTE = 60_000;
const HOUR = 3_600_000;

function said(
  id: string,
  at: number,
  author: string | null,
  extra: { kind?: MessageKind; replyTo?: string } = {},
): TimelineEvent {
  const { kind = "text", replyTo } = extra;
  return {
    id,
    type: "message.posted",
    at,
    by: "x",
    data: { author, kind, body: id, ...(replyTo === undefined ? {} : { replyTo }) },
  };
}
const deleted = (message: string): TimelineEvent => ({
  id: `${message}~deleted`,
  type: "message.deleted",
  at: 0,
  by: "x",
  data: { message },
});
const report = (events: readonly TimelineEvent[], options: Partial<ActivityOptions> = {}) =>
  finalise(prepare("lounge", events), { timeZone: "UTC", asOf: "2030-01-01T00:00:00Z", ...options });

describe("counting", () => {
  const events = [
    said("1", utc("2026-05-01T08:00"), "ana"),
    said("2", utc("2026-05-01T09:00"), "leo"),
    said("3", utc("2026-05-03T23:30"), "ana", { kind: "media" }),
  ];

  test("messages, people and days, days without a message included", () => {
    const { messages, participants, people, days, kinds, from, to, busiestDays } = report(events);
    expect({ messages, participants, from, to }).toEqual({
      messages: 3,
      participants: 2,
      from: "2026-05-01",
      to: "2026-05-03",
    });
    expect(people).toEqual([
      { person: "ana", messages: 2, firstAt: utc("2026-05-01T08:00"), lastAt: utc("2026-05-03T23:30") },
      { person: "leo", messages: 1, firstAt: utc("2026-05-01T09:00"), lastAt: utc("2026-05-01T09:00") },
    ]);
    expect(days.map(({ date, messages }) => [date, messages])).toEqual([
      ["2026-05-01", 2],
      ["2026-05-02", 0],
      ["2026-05-03", 1],
    ]);
    expect(kinds).toEqual({ media: 1, text: 2 });
    expect(busiestDays.map(({ date }) => date)).toEqual(["2026-05-01", "2026-05-03"]);
  });

  test("by the local day, hour and weekday of the zone that is named", () => {
    const { days, hourByWeekday } = report(events, { timeZone: "Asia/Tokyo" });
    expect(days.map(({ date }) => date)).toEqual(["2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04"]);
    // 23:30 UTC on Sunday is 08:30 on Monday in Tokyo.
    expect(hourByWeekday[0]?.[8]).toBe(1);
    expect(hourByWeekday.flat().reduce((all, count) => all + count, 0)).toBe(3);
  });

  test("not what nobody wrote, what is deleted or who is excluded", () => {
    const more = [
      ...events,
      said("4", utc("2026-05-02T00:00"), null, { kind: "system" }),
      said("5", utc("2026-05-02T00:00"), "leo", { kind: "deleted" }),
      said("6", utc("2026-05-02T00:00"), "leo"),
      deleted("6"),
      said("7", utc("2026-05-02T00:00"), "bot"),
    ];
    expect(report(more, { exclude: ["bot"] })).toEqual(report(events));
  });

  test("an erased event and an edit count nothing", () => {
    const strange = [
      { ...said("8", utc("2026-05-02T00:00"), "x"), data: null },
      {
        id: "9",
        type: "message.edited",
        at: utc("2026-05-09T00:00"),
        by: "ana",
        data: { message: "1", body: "b" },
      },
    ] as unknown as TimelineEvent[];
    expect(report([...events, ...strange])).toEqual(report(events));
  });

  test("a day that is not over is marked so", () => {
    const { days } = report(events, { asOf: "2026-05-03T23:59:59Z" });
    expect(days.map(({ complete }) => complete)).toEqual([true, true, false]);
    expect(report(events, { asOf: "2026-05-04T00:00:00Z" }).days.at(-1)?.complete).toBe(true);
  });

  test("nothing that was said after the instant of the report", () => {
    expect(report(events, { asOf: "2026-05-01T08:30:00Z" }).messages).toBe(1);
  });

  test("the hour that is repeated is counted twice over, on its own day", () => {
    const night = [said("1", utc("2026-10-25T00:30"), "ana"), said("2", utc("2026-10-25T01:30"), "ana")];
    const { days, hourByWeekday } = report(night, { timeZone: "Europe/Berlin" });
    expect(days).toMatchObject([{ date: "2026-10-25", messages: 2 }]);
    expect(hourByWeekday[6]?.[2]).toBe(2);
  });
});

describe("ranges", () => {
  const events = [said("1", utc("2026-05-01T08:00"), "ana"), said("2", utc("2026-05-20T08:00"), "ana")];

  test("the last days go up to and include the day of the report", () => {
    const { from, to, messages, days } = report(events, { last: "7d", asOf: "2026-05-20T12:00:00Z" });
    expect({ from, to, messages }).toEqual({ from: "2026-05-14", to: "2026-05-20", messages: 1 });
    expect(days).toHaveLength(7);
  });

  test("first and last date are both included", () => {
    expect(report(events, { from: "2026-05-01", to: "2026-05-01" }).messages).toBe(1);
    expect(report(events, { from: "2026-05-02" }).messages).toBe(1);
  });

  test.each([
    [{ last: "7" }],
    [{ last: "0d" }],
    [{ last: "7d", from: "2026-05-01" }],
    [{ from: "2026-02-30" }],
    [{ to: "May" }],
    [{ timeZone: "Nowhere" }],
    [{ asOf: "now" }],
  ])("%j makes no sense and is said so", (options) => {
    expect(() => report(events, options as never)).toThrow();
  });

  test("of nothing is nothing: counts are 0 and measures null", () => {
    const empty = report([]);
    expect(empty).toMatchObject({
      from: null,
      to: null,
      messages: 0,
      participants: 0,
      people: [],
      days: [],
      busiestDays: [],
      kinds: {},
    });
    expect(empty.replies).toEqual({
      time: { n: 0, mean: null, p50: null, p90: null, p95: null, max: null },
      rate: { num: 0, den: 0 },
      open: 0,
    });
    expect(report([], { from: "2026-05-01", to: "2026-05-02" }).days).toHaveLength(2);
  });
});

describe("replies", () => {
  const T = utc("2026-05-01T08:00");

  test("the wait runs from somebody's last message to the next one by somebody else", () => {
    const { replies } = report([
      said("1", T, "ana"),
      said("2", T + 5 * MINUTE, "ana"),
      said("3", T + 7 * MINUTE, "leo"),
      said("4", T + 17 * MINUTE, "ana"),
    ]);
    expect(replies.time).toMatchObject({ n: 2, p50: 6 * MINUTE, max: 10 * MINUTE });
    // Nobody ever answered ana's last one.
    expect(replies.rate).toEqual({ num: 2, den: 3 });
  });

  test("an answer that names what it answers counts from there", () => {
    const { replies } = report([
      said("1", T, "ana"),
      said("2", T + MINUTE, "leo"),
      said("3", T + HOUR, "mia", { replyTo: "1" }),
    ]);
    expect(replies.time).toMatchObject({ n: 2, max: HOUR });
  });

  test("what takes longer than it may is no answer", () => {
    const slow = [said("1", T, "ana"), said("2", T + 25 * HOUR, "leo")];
    expect(report(slow).replies).toMatchObject({ time: { n: 0 }, rate: { num: 0, den: 2 } });
    expect(report(slow, { within: "48h" }).replies).toMatchObject({
      time: { n: 1 },
      rate: { num: 1, den: 2 },
    });
  });

  test("what may still be answered is open, not unanswered", () => {
    const { replies } = report([said("1", T, "ana")], { asOf: T + HOUR });
    expect(replies).toMatchObject({ rate: { num: 0, den: 0 }, open: 1 });
  });

  test("within one minute, which is all that some exports tell, the order is that of the stream", () => {
    const names = ["ana", "leo", "ana", "leo"];
    const events = names.map((name, index) => ({ ...said(`${9 - index}`, T, name), revision: index + 1 }));
    expect(report(events).replies.time.n).toBe(3);
    expect(report([...events].reverse())).toEqual(report(events));
  });

  test("channels do not answer each other", () => {
    const facts = merge(prepare("a", [said("1", T, "ana")]), prepare("b", [said("2", T + MINUTE, "leo")]));
    expect(finalise(facts, { timeZone: "UTC", asOf: T + HOUR }).replies).toMatchObject({
      time: { n: 0 },
      open: 2,
    });
  });
});

describe("one pass, many shards and a replay give the same numbers", () => {
  const event = fc
    .tuple(fc.nat(60), fc.integer({ min: 0, max: 200 }), fc.constantFrom("ana", "leo", "mia", null))
    .map(([id, hours, author]) => said(`m${id}`, utc("2026-03-27T00:00") + hours * HOUR, author));
  const chat = fc.uniqueArray(event, { maxLength: 40, selector: ({ id }) => id });
  const shard = (events: readonly TimelineEvent[]): Facts => prepare("lounge", events);

  test("however the events are split, shuffled or repeated", () => {
    fc.assert(
      fc.property(
        chat.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray(events, { minLength: events.length }),
            fc.nat(events.length),
          ),
        ),
        ([events, shuffled, cut]) => {
          const options = { timeZone: "Europe/Berlin", asOf: "2026-06-01T00:00:00Z" };
          const whole = finalise(shard(events), options);
          const parts = merge(shard(shuffled.slice(0, cut)), shard(shuffled.slice(cut)), shard(events));
          expect(finalise(parts, options)).toEqual(whole);
          expect(finalise(JSON.parse(JSON.stringify(parts)), options)).toEqual(whole);
        },
      ),
    );
  });

  test("days, people and kinds each sum to the messages", () => {
    fc.assert(
      fc.property(chat, (events) => {
        const { messages, days, people, kinds, hourByWeekday } = report(events, {
          timeZone: "America/New_York",
        });
        const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
        expect(sum(days.map((day) => day.messages))).toBe(messages);
        expect(sum(people.map((person) => person.messages))).toBe(messages);
        expect(sum(Object.values(kinds))).toBe(messages);
        expect(sum(hourByWeekday.flat())).toBe(messages);
      }),
    );
  });
});

describe("quantiles are of type 7", () => {
  test("between the values, in proportion", () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([7], 0.9)).toBe(7);
    expect(quantile([], 0.5)).toBeNull();
    expect(summarise([3, 1])).toEqual({ n: 2, mean: 2, p50: 2, p90: 2.8, p95: 2.9, max: 3 });
  });

  test.skipIf(!corpus)("as R computes them", () => {
    const { probs, quantiles } = JSON.parse(readFileSync(`${corpus}/reference/stats/quantiles.json`, "utf8"));
    for (const { x, type7 } of Object.values<{ x: number | number[]; type7: number[] }>(quantiles)) {
      const sorted = [x].flat().sort((a, b) => a - b);
      for (const [index, p] of probs.entries()) {
        expect(quantile(sorted, p)).toBeCloseTo(type7[index] as number, 9);
      }
    }
  });
});
