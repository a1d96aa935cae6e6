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

describe("of a draft that waits for approval", () => {
  const submitted = given(aSpace()).and(
    { type: "duty.assign", by: "ana", duty: "legal", member: "cora" },
    {
      ...{ type: "channel.rule", by: "ana", channel: "studio" },
      approval: {
        clauses: [{ count: 1, duty: "legal" }, { count: 1 }],
        ...{ within: "1d", remindEvery: "8h", escalation: { to: "host", after: "12h" } },
      },
    },
    { type: "draft.propose", by: "cid", channel: "studio", title: "Opening", body: "We open", id: "d1" },
    { type: "draft.submit", by: "cid", draft: "d1" },
  );
  const about = { kind: "draft", id: "d1" } as const;
  const remind: Command = { type: "reminder.send", by: "clock", about };
  const approve = (by: string): Command => ({
    type: "draft.judge",
    by,
    draft: "d1",
    revision: 1,
    verdict: "approve",
  });

  test("those hear whose approval is missing, every so often, and once for all that were missed", () => {
    const late = submitted.at(NOW + 25 * HOUR);
    expect(typesOf(late.space, NOW + 25 * HOUR)).toEqual(["escalation.raise", "reminder.send"]);
    const { space } = late.when(remind).happens({ type: "reminder.sent", data: { people: ["cora", "ana"] } });
    given(space)
      .at(NOW + 25 * HOUR)
      .when(remind)
      .refused("NOT_DUE", { dueAt: NOW + 32 * HOUR });
    submitted
      .and(approve("ana"))
      .at(NOW + 8 * HOUR)
      .when(remind)
      .happens({ type: "reminder.sent", data: { people: ["cora"] } });
  });

  test("it escalates anew once it was submitted anew", () => {
    const escalate: Command = { type: "escalation.raise", by: "clock", about };
    const { space } = submitted
      .at(NOW + 12 * HOUR)
      .and(escalate, { type: "draft.judge", by: "ana", draft: "d1", revision: 1, verdict: "changes" })
      .at(NOW + 13 * HOUR)
      .and({ type: "draft.submit", by: "cid", draft: "d1" });
    const again = due(space, NOW + 99 * DAY).find(({ command }) => command.type === "escalation.raise");
    expect(again?.dueAt).toBe(NOW + 25 * HOUR);
  });

  test("nobody hears any more once it is approved", () => {
    const { space } = submitted.and(approve("ana"), approve("cora"));
    expect(typesOf(space, NOW + 25 * HOUR)).toEqual([]);
  });

  test("without a rhythm of its own, when its time is up", () => {
    const { space } = submitted.and(
      {
        ...{ type: "channel.rule", by: "ana", channel: "studio" },
        approval: { clauses: [{ count: 1 }], within: "1d" },
      },
      { type: "draft.propose", by: "cid", channel: "studio", title: "Other", body: "We open", id: "d2" },
      { type: "draft.submit", by: "cid", draft: "d2" },
    );
    const mine = due(space, NOW + 99 * DAY).filter(
      ({ command }) => "about" in command && command.about.id === "d2",
    );
    expect(mine.map(({ dueAt }) => dueAt)).toEqual([NOW + DAY]);
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
