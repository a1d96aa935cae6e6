import { type Command, due, nextDueAt, type Space } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, counterOf, given, HOUR, NOW } from "../../helpers/spaces.js";

const DAY = 24 * HOUR;
const typesOf = (space: Space, at: number) => due(space, at).map(({ command }) => command.type);
const define = (duty: string, rules: Partial<Command<"duty.define">>): Command => ({
  ...{ type: "duty.define", by: "ana", duty },
  ...rules,
});
/** Runs what is due, once each, as a tick does. */
function run(space: Space, now: number): Space {
  return given(space)
    .at(now)
    .and(...due(space, now).map(({ command }) => command)).space;
}

describe("of handoffs is due", () => {
  const window = { start: NOW + HOUR, end: NOW + 9 * HOUR };
  const offered = given(aSpace(), { newId: counterOf("hdo") }).and({
    ...{ type: "handoff.offer", by: "ana", duty: "host", from: "ana", to: "cora", window },
  });

  test("a reminder before an offer lapses, then that it has", () => {
    const { space } = offered;
    expect(nextDueAt(space, NOW)).toBe(NOW + 4.5 * HOUR);
    expect(due(space, NOW + 4.5 * HOUR)).toEqual([
      {
        dueAt: NOW + 4.5 * HOUR,
        command: { type: "reminder.send", by: "clock", about: { kind: "handoff", id: "hdo_1" } },
      },
    ]);
    const reminded = run(space, NOW + 5 * HOUR);
    expect(typesOf(reminded, NOW + 5 * HOUR)).toEqual([]);
    expect(nextDueAt(reminded, NOW + 5 * HOUR)).toBe(window.end);
    expect(typesOf(space, window.end)).toEqual(["handoff.lapse"]);
    expect(typesOf(run(space, window.end), window.end)).toEqual([]);
  });

  test("that a window began and ended, both where somebody calls late", () => {
    const { space } = offered.and({ type: "handoff.accept", by: "cora", handoff: "hdo_1" });
    expect(typesOf(space, NOW)).toEqual([]);
    expect(typesOf(space, window.start)).toEqual(["handoff.start"]);
    expect(typesOf(space, window.end)).toEqual(["handoff.start", "handoff.return"]);
    expect(typesOf(run(space, window.end), window.end)).toEqual([]);
  });
});

describe("of a required duty that is vacant", () => {
  const vacant = given(aSpace()).and(
    define("ops", { required: true, fallback: ["cora", "cid"] }),
    { type: "duty.assign", by: "ana", duty: "ops", member: "gus" },
    { type: "member.remove", by: "ana", member: "gus" },
  );

  test("those who may step in hear at once, and every day, until somebody has", () => {
    const { space } = vacant
      .at(NOW + HOUR)
      .when({ type: "reminder.send", by: "clock", about: { kind: "duty", id: "ops" } })
      .happens({ type: "reminder.sent", data: { people: ["cora", "cid"] } });
    expect(typesOf(space, NOW + 2 * HOUR)).toEqual([]);
    expect(nextDueAt(space, NOW + 2 * HOUR)).toBe(NOW + HOUR + DAY);
    expect(typesOf(space, NOW + HOUR + DAY)).toEqual(["reminder.send"]);
    const taken = given(space)
      .at(NOW + 2 * HOUR)
      .and({ type: "duty.take", by: "cid", duty: "ops" });
    expect(typesOf(taken.space, NOW + 9 * DAY)).toEqual([]);
  });

  test("they hear anew of a new vacancy", () => {
    const reminded = run(vacant.space, NOW);
    const { space } = given(reminded).and(
      { type: "duty.take", by: "cid", duty: "ops" },
      { type: "member.remove", by: "ana", member: "cid" },
    );
    expect(typesOf(space, NOW)).toEqual(["reminder.send"]);
  });
});

describe("of an incident that nobody acknowledges", () => {
  test("it goes from duty to duty, a step at a time however late it is", () => {
    const opened = given(aSpace()).and(
      define("ops", { escalation: { to: "legal", after: "30m" } }),
      define("legal", { escalation: { to: "host", after: "1h" } }),
      { type: "duty.assign", by: "ana", duty: "legal", member: "cora" },
      { type: "incident.declare", by: "cid", title: "Shop down", severity: 1, id: "shop" },
    );
    const about = { kind: "incident", id: "shop" } as const;
    const raise: Command = { type: "escalation.raise", by: "clock", about };
    opened.when(raise).refused("NOT_DUE", { dueAt: NOW + HOUR / 2 });
    const late = opened.at(NOW + 3 * HOUR);
    expect(due(late.space, NOW + 3 * HOUR).map(({ dueAt }) => dueAt)).toEqual([NOW + HOUR / 2]);
    const once = late
      .when(raise)
      .happens({ type: "escalation.raised", data: { to: "legal", people: ["cora"] } });
    const twice = once
      .when(raise)
      .happens({ type: "escalation.raised", data: { to: "host", people: ["ana"] } });
    twice.when(raise).happens();
    expect(typesOf(twice.space, NOW + 9 * DAY)).toEqual([]);
    const acknowledged = opened.and({ type: "incident.acknowledge", by: "cid", incident: "shop" });
    expect(typesOf(acknowledged.space, NOW + 3 * HOUR)).toEqual([]);
  });
});

describe("of an item", () => {
  test("its owner hears when it was to be done, and then who its duty escalates to", () => {
    const raised = given(aSpace()).and(
      define("ops", { escalation: { to: "host", after: "1h" } }),
      { type: "duty.assign", by: "ana", duty: "ops", member: "cora" },
      {
        type: "item.raise",
        by: "cid",
        title: "Count the stock",
        duty: "ops",
        dueAt: NOW + HOUR,
        id: "stock",
      },
    );
    expect(nextDueAt(raised.space, NOW)).toBe(NOW + HOUR);
    expect(due(raised.space, NOW + HOUR).map(({ command }) => command.type)).toEqual(["reminder.send"]);
    const { space } = raised
      .at(NOW + HOUR)
      .when({ type: "reminder.send", by: "clock", about: { kind: "item", id: "stock" } })
      .happens({ type: "reminder.sent", data: { people: ["cora"] } });
    expect(typesOf(space, NOW + 2 * HOUR)).toEqual(["escalation.raise"]);
    const done = given(space).and({ type: "item.complete", by: "cora", item: "stock" });
    expect(typesOf(done.space, NOW + 2 * HOUR)).toEqual([]);
  });
});

describe("nothing is due", () => {
  test("in a space that is archived, nor of what is not there", () => {
    const offered = given(aSpace()).and(
      { type: "handoff.offer", by: "ana", duty: "host", from: "ana", to: "cora" },
      { type: "space.archive", by: "ana" },
    );
    expect(due(offered.space, NOW + 99 * DAY)).toEqual([]);
    for (const kind of ["handoff", "draft", "incident", "item", "duty"] as const) {
      const about = { kind, id: "__proto__" };
      given(aSpace()).when({ type: "reminder.send", by: "clock", about }).happens();
      given(aSpace()).when({ type: "escalation.raise", by: "clock", about }).happens();
    }
  });
});
