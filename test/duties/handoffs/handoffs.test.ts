import { type Command, whoHolds } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";

const window = { start: NOW + HOUR, end: NOW + 9 * HOUR };
const offer = {
  type: "handoff.offer",
  by: "ana",
  duty: "host",
  from: "ana",
  to: "cora",
  note: "two refunds open",
} as const;
const accept = (by = "cora"): Command => ({ type: "handoff.accept", by, handoff: "hdo_1" });

describe("a handoff is offered and accepted", () => {
  test("nothing changes before it is accepted", () => {
    const { space } = given(aSpace())
      .when(offer)
      .happens({
        type: "handoff.offered",
        data: { of: { duty: "host" }, from: "ana", to: "cora", note: "two refunds open", window: null },
      });
    expect(whoHolds(space, "host", NOW)).toBe("ana");
    expect(space.handoffs["hdo_1"]).toMatchObject({ status: "offered", note: "two refunds open" });
  });

  test("without a window it holds at once and for good", () => {
    const { space } = given(aSpace()).and(offer).when(accept()).happens({ type: "handoff.accepted" });
    expect(whoHolds(space, "host", NOW)).toBe("cora");
    expect(whoHolds(space, "host", NOW + 10_000 * HOUR)).toBe("cora");
  });

  test("with a window it holds from its start up to, not including, its end, and returns by itself", () => {
    const { space } = given(aSpace()).and({ ...offer, window }, accept());
    expect(whoHolds(space, "host", window.start - 1)).toBe("ana");
    expect(whoHolds(space, "host", window.start)).toBe("cora");
    expect(whoHolds(space, "host", window.end - 1)).toBe("cora");
    expect(whoHolds(space, "host", window.end)).toBe("ana");
  });

  test("within a window, whoever has the duty may hand it on", () => {
    const handed = given(aSpace()).and({ ...offer, window }, accept());
    const { space } = handed.at(window.start + HOUR).and({
      ...offer,
      by: "cora",
      from: "cora",
      to: "cid",
      window: { start: window.start + 2 * HOUR, end: window.start + 3 * HOUR },
    });
    const id = Object.keys(space.handoffs).at(-1) as string;
    const after = given(space)
      .at(window.start + HOUR)
      .and({ type: "handoff.accept", by: "cid", handoff: id }).space;
    expect(whoHolds(after, "host", window.start + 2 * HOUR)).toBe("cid");
    expect(whoHolds(after, "host", window.start + 3 * HOUR)).toBe("cora");
    expect(whoHolds(after, "host", window.end)).toBe("ana");
  });

  test("handing over for good leaves windows that were agreed before as they are", () => {
    const { space } = given(aSpace()).and({ ...offer, window }, accept(), { ...offer, to: "cid" });
    const id = Object.keys(space.handoffs).at(-1) as string;
    const after = given(space).and({ type: "handoff.accept", by: "cid", handoff: id }).space;
    expect(whoHolds(after, "host", NOW)).toBe("cid");
    expect(whoHolds(after, "host", window.start)).toBe("cora");
    expect(whoHolds(after, "host", window.end)).toBe("cid");
  });

  test("a no leaves everything as it was", () => {
    const { space } = given(aSpace())
      .and(offer)
      .when({ type: "handoff.decline", by: "cora", handoff: "hdo_1" })
      .happens({ type: "handoff.declined" });
    expect(whoHolds(space, "host", NOW)).toBe("ana");
  });

  test("an offer can be taken back, by who made it or by a host", () => {
    const offered = given(aSpace()).and(
      { type: "duty.assign", by: "ana", duty: "ops", member: "cid" },
      { ...offer, by: "cid", duty: "ops", from: "cid", to: "gus" },
    );
    const id = Object.keys(offered.space.handoffs)[0] as string;
    for (const by of ["cid", "ana"])
      offered.when({ type: "handoff.withdraw", by, handoff: id }).happens({ type: "handoff.withdrawn" });
    offered.when({ type: "handoff.withdraw", by: "cora", handoff: id }).refused("HANDOFF_NOT_YOURS");
  });
});

describe("a handoff is refused", () => {
  test("of a duty one does not hold", () => {
    given(aSpace())
      .when({ ...offer, by: "cid", from: "cid" })
      .refused("HANDOFF_NOT_HELD");
    given(aSpace())
      .when({ ...offer, duty: "legal" })
      .refused("HANDOFF_NOT_HELD");
  });

  test("in somebody else's name, unless one may assign duties", () => {
    given(aSpace())
      .when({ ...offer, by: "cora" })
      .refused("NOT_ALLOWED");
    given(aSpace())
      .and({ type: "duty.assign", by: "ana", duty: "ops", member: "cid" })
      .when({ ...offer, duty: "ops", from: "cid", to: "gus" })
      .happens({ type: "handoff.offered" });
  });

  test("to oneself, to nobody, or for a time that is over", () => {
    given(aSpace())
      .when({ ...offer, to: "ana" })
      .refused("INVALID_COMMAND");
    given(aSpace())
      .when({ ...offer, to: "zoe" })
      .refused("MEMBER_UNKNOWN", { member: "zoe" });
    given(aSpace())
      .when({ ...offer, window: { start: NOW - 2 * HOUR, end: NOW - HOUR } })
      .refused("INVALID_COMMAND");
    given(aSpace())
      .when({ ...offer, window: { start: NOW + 2 * HOUR, end: NOW + HOUR } })
      .refused("INVALID_COMMAND");
  });

  test("while the same duty is on offer for an overlapping time", () => {
    const offered = given(aSpace()).and({ ...offer, window });
    offered
      .when({ ...offer, to: "cid", window: { start: window.end - 1, end: window.end + HOUR } })
      .refused("HANDOFF_PENDING");
    offered
      .when({ ...offer, to: "cid", window: { start: window.end, end: window.end + HOUR } })
      .happens({ type: "handoff.offered" });
  });

  test("when the wrong one answers, or answers twice, or too late", () => {
    const offered = given(aSpace()).and({ ...offer, window });
    offered.when(accept("cid")).refused("HANDOFF_NOT_YOURS");
    offered.when({ type: "handoff.decline", by: "ana", handoff: "hdo_1" }).refused("HANDOFF_NOT_YOURS");
    offered.and(accept()).when(accept()).refused("HANDOFF_SETTLED", { status: "accepted" });
    offered.at(window.end).when(accept()).refused("HANDOFF_LAPSED");
    given(aSpace()).when(accept()).refused("HANDOFF_UNKNOWN");
  });

  test("when the one who offered has lost the duty in between", () => {
    given(aSpace())
      .and(offer, { type: "duty.assign", by: "ana", duty: "host", member: "cid" })
      .when(accept())
      .refused("HANDOFF_NOT_HELD");
  });

  test("when the one it was offered to has left", () => {
    given(aSpace())
      .and(offer)
      .when({ type: "member.leave", by: "cora" })
      .happens({ type: "member.left" }, { type: "handoff.withdrawn" })
      .when(accept())
      .refused("HANDOFF_SETTLED");
  });
});

describe("whoever takes a duty over and leaves", () => {
  test("gives it back by leaving", () => {
    const { space } = given(aSpace()).and(offer, accept(), { type: "member.leave", by: "cora" });
    expect(whoHolds(space, "host", NOW)).toBe("ana");
  });
});

describe("assigning a duty", () => {
  test("ends what was handed over, from now on; what was before stays on the record", () => {
    const handed = given(aSpace()).and({ ...offer, window }, accept());
    const { space } = handed
      .at(window.start + HOUR)
      .and({ type: "duty.assign", by: "ana", duty: "host", member: "cid" });
    expect(whoHolds(space, "host", window.start + HOUR)).toBe("cid");
    expect(whoHolds(space, "host", window.start)).toBe("cora");
    expect(whoHolds(space, "host", NOW)).toBe("ana");
    expect(whoHolds(space, "host", window.end)).toBe("cid");
  });

  test("is for hosts, and for duties of the team's own too", () => {
    const { space } = given(aSpace())
      .when({ type: "duty.assign", by: "ana", duty: "night watch", member: "cid" })
      .happens({ type: "duty.assigned" });
    expect(whoHolds(space, "night watch", NOW)).toBe("cid");
    given(aSpace())
      .when({ type: "duty.assign", by: "cora", duty: "ops", member: "cora" })
      .refused("NOT_ALLOWED");
    given(aSpace())
      .when({ type: "duty.assign", by: "ana", duty: "ops", member: "zoe" })
      .refused("MEMBER_UNKNOWN");
  });
});

test("at every instant a duty has one holder, who is a member, whatever is handed over and whoever leaves", () => {
  const who = fc.constantFrom("ana", "cora", "cid", "gus");
  const time = fc.integer({ min: 0, max: 20 }).map((hours) => NOW + hours * HOUR);
  const step = fc.oneof(
    fc.record({
      type: fc.constant("offer" as const),
      from: who,
      to: who,
      start: time,
      hours: fc.option(fc.integer({ min: 1, max: 8 })),
    }),
    fc.record({ type: fc.constant("accept" as const), by: who }),
    fc.record({ type: fc.constant("leave" as const), by: fc.constantFrom("cora", "cid", "gus") }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let state = given(aSpace());
      for (const next of steps) {
        const open = Object.values(state.space.handoffs).find((handoff) => handoff.status === "offered");
        const command: Command =
          next.type === "offer"
            ? {
                type: "handoff.offer",
                by: next.from,
                duty: "host",
                from: next.from,
                to: next.to,
                window: {
                  start: next.start,
                  end: next.hours === null ? undefined : next.start + next.hours * HOUR,
                },
              }
            : next.type === "accept"
              ? { type: "handoff.accept", by: next.by, handoff: open?.id ?? "none" }
              : { type: "member.leave", by: next.by };
        const { outcome } = state.when(command);
        if (outcome.ok) state = state.and(command);
        for (let hour = 0; hour < 30; hour++) {
          const holder = whoHolds(state.space, "host", NOW + hour * HOUR);
          expect(holder !== null && holder in state.space.members).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});
