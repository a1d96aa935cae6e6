import { type Command, isVacant, peopleOf, vacantDuties, whoAnswers, whoHolds } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, counterOf, given, HOUR, NOW } from "../helpers/spaces.js";

const assign = (duty: string, member: string): Command => ({ type: "duty.assign", by: "ana", duty, member });
const define = (duty: string, rules: Partial<Command<"duty.define">>): Command => ({
  ...{ type: "duty.define", by: "ana", duty },
  ...rules,
});
const timeOut = (member: string, expiresIn?: "3h"): Command => ({
  ...{ type: "limit.put", by: "ana", ceiling: "timeout", member, expiresIn },
});

describe("a space says of a duty", () => {
  test("what it asks, a thing at a time", () => {
    const { space } = given(aSpace())
      .and(define("ops", { required: true, fallback: ["cid"] }))
      .when(define("ops", { escalation: { to: "host", after: "30m" } }))
      .happens({ type: "duty.defined", data: { required: true, fallback: ["cid"] } });
    expect(space.duties["ops"]).toMatchObject({
      required: true,
      escalation: { to: "host", after: HOUR / 2 },
    });
    given(space)
      .when(define("ops", { required: true, escalation: { to: "host", after: 1_800_000 } }))
      .happens();
  });

  test("nothing that makes no sense", () => {
    given(aSpace())
      .when(define("ops", { needs: ["coffee.make"] }))
      .refused("INVALID_COMMAND");
    given(aSpace())
      .when(define("ops", { escalation: { to: "ops", after: "1h" } }))
      .refused("INVALID_COMMAND");
    given(aSpace())
      .when(define("host", { required: false }))
      .refused("INVALID_COMMAND");
    given(aSpace())
      .when(define("ops", { fallback: ["zoe"] }))
      .refused("MEMBER_UNKNOWN");
    given(aSpace())
      .when({ ...define("ops", {}), by: "cora" })
      .refused("NOT_ALLOWED");
  });
});

describe("a duty that must never be vacant", () => {
  const guarded = given(aSpace(), { newId: counterOf("hdo") }).and(
    define("ops", { required: true, fallback: ["cid", "cora"] }),
    assign("ops", "gus"),
  );

  test("is handed over before its holder leaves", () => {
    guarded.when({ type: "member.leave", by: "gus" }).refused("DUTY_REQUIRED", { duties: ["ops"] });
    guarded
      .and(
        { type: "handoff.offer", by: "gus", duty: "ops", from: "gus", to: "cid" },
        { type: "handoff.accept", by: "cid", handoff: "hdo_1" },
      )
      .when({ type: "member.leave", by: "gus" })
      .happens({ type: "member.left" });
  });

  test("is not left by who would have it back", () => {
    guarded
      .and(
        {
          type: "handoff.offer",
          by: "gus",
          duty: "ops",
          from: "gus",
          to: "cid",
          window: { start: NOW, end: NOW + HOUR },
        },
        { type: "handoff.accept", by: "cid", handoff: "hdo_1" },
      )
      .when({ type: "member.leave", by: "gus" })
      .refused("DUTY_REQUIRED");
  });

  test("is vacant on record where its holder is removed, and may be taken by who was named for it", () => {
    const vacant = guarded
      .when({ type: "member.remove", by: "cora", member: "gus" })
      .happens({ type: "member.removed" }, { type: "duty.vacated", data: { duty: "ops", member: "gus" } });
    expect(vacantDuties(vacant.space, NOW).map(({ id }) => id)).toEqual(["ops"]);
    vacant.when({ type: "duty.take", by: "ana", duty: "ops" }).refused("NOT_A_FALLBACK");
    const taken = vacant
      .when({ type: "duty.take", by: "cid", duty: "ops" })
      .happens({ type: "duty.taken", data: { member: "cid", until: null } });
    taken.when({ type: "duty.take", by: "cora", duty: "ops" }).refused("DUTY_NOT_VACANT");
    taken.when({ type: "duty.take", by: "cid", duty: "ops" }).happens();
    expect(whoHolds(taken.space, "ops", NOW)).toBe("cid");
    expect(vacantDuties(taken.space, NOW)).toEqual([]);
  });

  test("is vacant while its holder is timed out, and comes back after that", () => {
    const out = guarded.and(timeOut("gus", "3h"));
    expect(isVacant(out.space, "ops", NOW)).toBe(true);
    const { space } = out.at(NOW + HOUR).and({ type: "duty.take", by: "cora", duty: "ops" });
    expect(whoHolds(space, "ops", NOW + 3 * HOUR)).toBe("cora");
    expect(isVacant(space, "ops", NOW + 3 * HOUR)).toBe(false);
    expect(whoHolds(space, "ops", NOW + 3 * HOUR + 1)).toBe("gus");
    expect(isVacant(space, "ops", NOW + 3 * HOUR + 1)).toBe(false);
  });

  test("is not taken by who is timed out, or no member", () => {
    const vacant = guarded.and({ type: "member.remove", by: "ana", member: "gus" });
    vacant
      .and(timeOut("cid"))
      .when({ type: "duty.take", by: "cid", duty: "ops" })
      .refused("MEMBER_SUSPENDED");
    vacant.when({ type: "duty.take", by: "zoe", duty: "ops" }).refused("MEMBER_UNKNOWN");
    vacant
      .and(define("ops", { needs: ["member.remove"] }))
      .when({ type: "duty.take", by: "cid", duty: "ops" })
      .refused("DUTY_NEEDS_MORE", { missing: ["member.remove"] });
  });
});

describe("who answers", () => {
  const assigned = given(aSpace()).and(
    assign("ops", "cid"),
    assign("legal", "cora"),
    { type: "channel.assign", by: "ana", channel: "lounge", duty: "ops" },
    { type: "thread.assign", by: "ana", channel: "lounge", message: "contract", duty: "legal" },
    { type: "thread.assign", by: "ana", channel: "lounge", message: "refund", member: "gus" },
  );
  const people = (target: Parameters<typeof whoAnswers>[1]) => whoAnswers(assigned.space, target, NOW).people;

  test("for a message is who was named for it, then for its thread, then for its channel, and else the host", () => {
    expect(people({ channel: "lounge", message: "contract" })).toEqual(["cora"]);
    expect(people({ channel: "lounge", message: "reply", thread: "contract" })).toEqual(["cora"]);
    expect(people({ channel: "lounge", message: "refund", thread: "contract" })).toEqual(["gus"]);
    expect(people({ channel: "lounge", message: "hello" })).toEqual(["cid"]);
    expect(people({ channel: "lounge" })).toEqual(["cid"]);
    expect(people({ channel: "news", message: "__proto__" })).toEqual(["ana"]);
    expect(people({ duty: "creative" })).toEqual([]);
  });

  test("is taken back by assigning nobody", () => {
    const { space } = assigned.and(
      { type: "thread.assign", by: "cora", channel: "lounge", message: "contract", duty: null },
      { type: "channel.assign", by: "ana", channel: "lounge", duty: null },
    );
    expect(whoAnswers(space, { channel: "lounge", message: "contract" }, NOW).people).toEqual(["ana"]);
    given(space).when({ type: "channel.assign", by: "ana", channel: "lounge", duty: null }).happens();
    given(space)
      .when({ type: "thread.assign", by: "cora", channel: "lounge", message: "contract", duty: null })
      .happens();
  });

  test("is assigned by who may, to who is there, in a channel that is", () => {
    const thread = { type: "thread.assign", channel: "lounge", message: "m" } as const;
    assigned.when({ ...thread, by: "gus", member: "gus" }).refused("NOT_ALLOWED");
    assigned.when({ ...thread, by: "cora", member: "zoe" }).refused("MEMBER_UNKNOWN");
    assigned.when({ ...thread, by: "cora", channel: "attic", member: "cid" }).refused("CHANNEL_UNKNOWN");
    assigned
      .when({ type: "channel.assign", by: "ana", channel: "attic", duty: "ops" })
      .refused("CHANNEL_UNKNOWN");
    assigned
      .when({ type: "channel.assign", by: "cora", channel: "news", duty: "ops" })
      .refused("NOT_ALLOWED");
  });

  test("passes on to the next duty where nobody acts for so long", () => {
    const { space } = assigned.and(
      define("ops", { escalation: { to: "legal", after: "30m" } }),
      define("legal", { escalation: { to: "host", after: "1h" } }),
    );
    const at = (minutes: number) =>
      whoAnswers(space, { channel: "lounge" }, NOW + minutes * 60_000, { since: NOW });
    expect(at(29)).toMatchObject({
      duty: "ops",
      people: ["cid"],
      next: { duty: "legal", at: NOW + HOUR / 2 },
    });
    expect(at(30)).toMatchObject({
      duty: "legal",
      people: ["cora"],
      next: { duty: "host", at: NOW + 1.5 * HOUR },
    });
    expect(at(90)).toMatchObject({ duty: "host", people: ["ana"], next: null });
    expect(at(90).asked.map(({ duty, from }) => [duty, from - NOW])).toEqual([
      ["ops", 0],
      ["legal", HOUR / 2],
      ["host", 1.5 * HOUR],
    ]);
  });

  test("ends with the last duty where they pass it on in a circle", () => {
    const { space } = assigned.and(
      define("ops", { escalation: { to: "legal", after: 1 } }),
      define("legal", { escalation: { to: "ops", after: 1 } }),
    );
    const answer = whoAnswers(space, { duty: "ops" }, NOW + HOUR, { since: NOW });
    expect(answer.asked.map(({ duty }) => duty)).toEqual(["ops", "legal"]);
    expect(answer.next).toBeNull();
  });
});

test("no required duty is ever vacant but on record, whoever leaves, is removed or hands over", () => {
  const who = fc.constantFrom("cora", "cid", "gus", "rita");
  const step = fc.oneof(
    fc.record({
      type: fc.constant("offer"),
      from: who,
      to: who,
      hours: fc.option(fc.integer({ min: 1, max: 6 })),
    }),
    fc.record({ type: fc.constant("accept"), from: who, to: who, hours: fc.constant(null) }),
    fc.record({ type: fc.constant("leave"), from: who, to: who, hours: fc.constant(null) }),
    fc.record({ type: fc.constant("remove"), from: who, to: who, hours: fc.constant(null) }),
    fc.record({ type: fc.constant("take"), from: who, to: who, hours: fc.constant(null) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let state = given(aSpace()).and(
        define("ops", { required: true, fallback: ["cora"] }),
        assign("ops", "cid"),
      );
      let now = NOW;
      let vacated = false;
      for (const { type, from, to, hours } of steps) {
        now += HOUR;
        state = state.at(now);
        const open = Object.values(state.space.handoffs).findLast(({ status }) => status === "offered");
        const commands: { [type: string]: Command } = {
          offer: {
            ...{ type: "handoff.offer", by: from, duty: "ops", from, to },
            window: hours === null ? undefined : { start: now, end: now + hours * HOUR },
          },
          accept: { type: "handoff.accept", by: open?.to ?? from, handoff: open?.id ?? "none" },
          leave: { type: "member.leave", by: from },
          remove: { type: "member.remove", by: "ana", member: from },
          take: { type: "duty.take", by: "cora", duty: "ops" },
        };
        const command = commands[type] as Command;
        const { outcome } = state.when(command);
        if (!outcome.ok) continue;
        vacated ||= outcome.events.some((event) => event.type === "duty.vacated");
        state = state.and(command);
        if (peopleOf(state.space, "ops", now).length === 0) expect(vacated).toBe(true);
        else if (outcome.events.some((event) => event.type === "duty.taken")) vacated = false;
      }
    }),
    { numRuns: 200 },
  );
});
