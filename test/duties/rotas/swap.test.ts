import { type Command, onDuty, type RefusalCode } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";
import { at, line } from "./rotas.js";

// NOW is noon on Friday, 1 May 2026. By plan cid has Saturdays, cora Sundays, gus is beside both from 16:00 to 18:00.
const defined = given(aSpace()).and({
  type: "rota.define",
  by: "ana",
  rota: "weekends",
  plan: {
    duty: "ops",
    timeZone: "UTC",
    grid: [
      line([6], "10:00", "18:00", "cid"),
      line([7], "10:00", "18:00", "cora"),
      line([6, 7], "16:00", "18:00", "gus"),
    ],
  },
});
const hours = (date: string, from: string, to: string) => ({
  start: at(`${date}T${from}Z`),
  end: at(`${date}T${to}Z`),
});
const saturday = hours("2026-05-02", "10:00", "16:00");
const sunday = hours("2026-05-03", "10:00", "16:00");
const offer = (fields: Partial<Command<"swap.offer">> = {}): Command<"swap.offer"> => ({
  type: "swap.offer",
  by: "cid",
  rota: "weekends",
  to: "cora",
  give: saturday,
  note: "a wedding",
  ...fields,
});
const idOf = (space: { swaps: object }, index = -1): string => Object.keys(space.swaps).at(index) ?? "";
const answer = (
  type: "swap.accept" | "swap.decline" | "swap.withdraw",
  by: string,
  swap: string,
): Command => ({
  type,
  by,
  swap,
});

describe("a swap", () => {
  const offered = defined.and(offer());
  const id = idOf(offered.space);

  test("changes nothing before it is accepted", () => {
    expect(onDuty(offered.space, "ops", saturday.start)).toEqual(["cid"]);
    expect(offered.space.swaps[id]).toMatchObject({
      from: "cid",
      to: "cora",
      take: null,
      note: "a wedding",
      status: "offered",
      offeredAt: NOW,
      answeredAt: null,
    });
  });

  test("gives the hours to who accepts, and no others", () => {
    const { space } = offered.when(answer("swap.accept", "cora", id)).happens({
      type: "swap.accepted",
      data: { swap: id, overrides: [{ ...saturday, replaces: "cid", member: "cora" }] },
    });
    expect(onDuty(space, "ops", saturday.start)).toEqual(["cora"]);
    expect(onDuty(space, "ops", saturday.end)).toEqual(["cid", "gus"]);
    expect(space.swaps[id]).toMatchObject({ status: "accepted", answeredAt: NOW });
  });

  test("in exchange gives hours both ways", () => {
    const exchange = defined.and(offer({ take: sunday }));
    const { space } = exchange.and(answer("swap.accept", "cora", idOf(exchange.space)));
    expect(onDuty(space, "ops", saturday.start)).toEqual(["cora"]);
    expect(onDuty(space, "ops", sunday.start)).toEqual(["cid"]);
    expect(onDuty(space, "ops", sunday.end)).toEqual(["cora", "gus"]);
    expect(space.rotas["weekends"]?.overrides).toHaveLength(2);
  });

  test("of hours that were swapped before goes on from there", () => {
    const swapped = offered.and(answer("swap.accept", "cora", id));
    const on = swapped.and(offer({ by: "cora", to: "rita" }));
    const { space } = on.and(answer("swap.accept", "rita", idOf(on.space)));
    expect(onDuty(space, "ops", saturday.start)).toEqual(["rita"]);
    const back = swapped.and(offer({ by: "cora", to: "cid" }));
    const { space: as } = back.and(answer("swap.accept", "cid", idOf(back.space)));
    expect(onDuty(as, "ops", saturday.start)).toEqual(["cid"]);
  });

  test("of hours that have begun is of the rest", () => {
    const now = saturday.start + 2 * HOUR;
    const { space } = offered.at(now).and(answer("swap.accept", "cora", id));
    expect(onDuty(space, "ops", now - 1)).toEqual(["cid"]);
    expect(onDuty(space, "ops", now)).toEqual(["cora"]);
  });

  test("is declined by who it was offered to", () => {
    const { space } = offered.when(answer("swap.decline", "cora", id)).happens({ type: "swap.declined" });
    expect(onDuty(space, "ops", saturday.start)).toEqual(["cid"]);
    expect(space.swaps[id]).toMatchObject({ status: "declined", answeredAt: NOW });
  });

  test("is withdrawn by who offered it, or who plans the rotas", () => {
    for (const by of ["cid", "ana", "cora"]) {
      const { space } = offered.when(answer("swap.withdraw", by, id)).happens({ type: "swap.withdrawn" });
      expect(space.swaps[id]).toMatchObject({ status: "withdrawn" });
    }
  });

  test("is not others' to answer", () => {
    for (const by of ["cid", "ana", "gus", "leo"]) {
      offered.when(answer("swap.accept", by, id)).refused("SWAP_NOT_YOURS", { swap: id });
      offered.when(answer("swap.decline", by, id)).refused("SWAP_NOT_YOURS");
    }
    for (const by of ["gus", "leo"])
      offered.when(answer("swap.withdraw", by, id)).refused("SWAP_NOT_YOURS", { swap: id });
  });

  test("is answered once", () => {
    for (const [verb, by] of [
      ["swap.accept", "cora"],
      ["swap.decline", "cora"],
      ["swap.withdraw", "cid"],
    ] as const) {
      const answered = offered.and(answer(verb, by, id));
      for (const [again, who] of [
        ["swap.accept", "cora"],
        ["swap.decline", "cora"],
        ["swap.withdraw", "cid"],
      ] as const)
        answered.when(answer(again, who, id)).refused("SWAP_SETTLED", { swap: id });
    }
  });

  test("that is not there cannot be answered", () => {
    for (const swap of ["swp_9", "__proto__"])
      offered.when(answer("swap.accept", "cora", swap)).refused("SWAP_UNKNOWN", { swap });
  });
});

describe("an offer is refused", () => {
  test.each<[string, Partial<Command<"swap.offer">>, RefusalCode]>([
    ["of hours that are somebody else's", { give: sunday }, "HOURS_NOT_HELD"],
    [
      "of hours that are only in part one's own",
      { give: hours("2026-05-02", "09:59", "12:00") },
      "HOURS_NOT_HELD",
    ],
    [
      "of hours with a break in them",
      { give: { start: saturday.start, end: at("2026-05-09T18:00Z") } },
      "HOURS_NOT_HELD",
    ],
    ["for hours that are not the other's", { take: hours("2026-05-03", "10:00", "18:01") }, "HOURS_NOT_HELD"],
    [
      "to somebody who is on duty then",
      { to: "gus", give: hours("2026-05-02", "15:00", "17:00") },
      "ALREADY_ON_DUTY",
    ],
    ["to somebody who is no member", { to: "leo" }, "MEMBER_UNKNOWN"],
    ["by somebody who is no member", { by: "leo" }, "MEMBER_UNKNOWN"],
    ["to oneself", { to: "cid" }, "INVALID_COMMAND"],
    ["of hours that are over", { give: hours("2026-04-25", "10:00", "12:00") }, "INVALID_COMMAND"],
    ["for hours that are over", { take: hours("2026-04-26", "10:00", "12:00") }, "INVALID_COMMAND"],
    ["of no hours", { give: { start: saturday.start, end: saturday.start } }, "INVALID_COMMAND"],
    ["for the same hours", { take: saturday }, "INVALID_COMMAND"],
    ["of a rota that is not there", { rota: "nightly" }, "ROTA_UNKNOWN"],
  ])("%s", (_, fields, code) => {
    defined.when(offer(fields)).refused(code);
  });

  test("for hours in which one is on duty already", () => {
    // gus has 16:00 to 18:00 on Sundays as cora does.
    defined
      .when(
        offer({
          by: "gus",
          give: hours("2026-05-02", "16:00", "18:00"),
          take: hours("2026-05-03", "15:00", "17:00"),
        }),
      )
      .refused("ALREADY_ON_DUTY", { member: "gus" });
  });

  test("to somebody on duty then by another rota of the same duty; one of another duty is no matter", () => {
    const other = (duty: string): Command => ({
      type: "rota.define",
      by: "ana",
      rota: "second",
      plan: { duty, timeZone: "UTC", grid: [line([6], "12:00", "13:00", "cora")] },
    });
    defined.and(other("ops")).when(offer()).refused("ALREADY_ON_DUTY", { member: "cora" });
    defined.and(other("legal")).when(offer()).happens({ type: "swap.offered" });
  });

  test("to somebody who cannot look after the duty then", () => {
    defined
      .and({ type: "duty.define", by: "ana", duty: "ops", needs: ["member.remove"] })
      .when(offer({ to: "rita" }))
      .refused("DUTY_NEEDS_MORE", { member: "rita" });
    defined
      .and({ type: "limit.put", by: "ana", member: "rita", ceiling: "timeout", expiresIn: "30h" })
      .when(offer({ to: "rita" }))
      .refused("MEMBER_SUSPENDED", { member: "rita" });
  });

  test("while the same member has not answered one of the same hours", () => {
    const offered = defined.and(offer());
    offered.when(offer({ give: { ...saturday, start: saturday.start + HOUR } })).refused("SWAP_PENDING");
    offered.when(offer({ give: hours("2026-05-02", "16:00", "17:00") })).happens({ type: "swap.offered" });
    offered
      .and(answer("swap.decline", "cora", idOf(offered.space)))
      .when(offer())
      .happens({ type: "swap.offered" });
  });

  test("but not because of an offer of hours that are over by now", () => {
    const offered = defined.and(offer({ give: hours("2026-05-02", "10:00", "12:00") }));
    const rest = offer({ give: hours("2026-05-02", "11:00", "16:00") });
    offered.at(at("2026-05-02T11:59Z")).when(rest).refused("SWAP_PENDING");
    offered.at(at("2026-05-02T12:00Z")).when(rest).happens({ type: "swap.offered" });
  });
});

describe("at acceptance everything is asked again", () => {
  const offered = defined.and(offer({ take: sunday }));
  const id = idOf(offered.space);
  const accept = answer("swap.accept", "cora", id);

  test("of two swaps of the same hours, the first that is accepted counts", () => {
    const twice = defined.and(offer(), offer({ to: "rita" }));
    twice
      .and(answer("swap.accept", "rita", idOf(twice.space)))
      .when(answer("swap.accept", "cora", idOf(twice.space, -2)))
      .refused("HOURS_NOT_HELD", { member: "cid" });
  });

  test.each<[string, Command, RefusalCode]>([
    ["the rota has ended", { type: "rota.define", by: "ana", rota: "weekends", plan: null }, "ROTA_UNKNOWN"],
    [
      "the hours are no longer theirs",
      { type: "rota.override", by: "ana", rota: "weekends", ...saturday, replaces: "cid", member: "rita" },
      "HOURS_NOT_HELD",
    ],
    [
      "a part of the hours in return is no longer the other's",
      {
        type: "rota.override",
        by: "ana",
        rota: "weekends",
        start: sunday.start + HOUR,
        end: sunday.start + 2 * HOUR,
        replaces: "cora",
        member: null,
      },
      "HOURS_NOT_HELD",
    ],
    ["who offered it has left", { type: "member.leave", by: "cid" }, "SWAP_SETTLED"],
    [
      "who accepts it cannot look after the duty any more",
      { type: "duty.define", by: "ana", duty: "ops", needs: ["space.archive"] },
      "DUTY_NEEDS_MORE",
    ],
    [
      "who accepts it is on duty then by now",
      {
        type: "rota.define",
        by: "ana",
        rota: "second",
        plan: { duty: "ops", timeZone: "UTC", grid: [line([6], "12:00", "13:00", "cora")] },
      },
      "ALREADY_ON_DUTY",
    ],
  ])("%s", (_, command, code) => {
    offered.and(command).when(accept).refused(code);
  });

  test("hours of it are over", () => {
    offered.at(saturday.end).when(accept).refused("SWAP_OVER", { end: saturday.end });
    offered
      .at(saturday.end - 1)
      .when(accept)
      .happens({ type: "swap.accepted" });
    offered
      .at(saturday.end)
      .when(answer("swap.decline", "cora", id))
      .happens({ type: "swap.declined" });
  });

  test("whoever has left cannot accept", () => {
    const { space } = offered.and({ type: "member.leave", by: "cora" });
    given(space).when(accept).refused("SWAP_SETTLED", { status: "withdrawn" });
  });
});

test("half of an exchange can be taken back by who plans the rotas", () => {
  const exchange = defined.and(offer({ take: sunday }));
  const accepted = exchange.and(answer("swap.accept", "cora", idOf(exchange.space)));
  const override = accepted.space.rotas["weekends"]?.overrides[1]?.id ?? "";
  const { space } = accepted.and({ type: "rota.restore", by: "ana", rota: "weekends", override });
  expect(onDuty(space, "ops", saturday.start)).toEqual(["cora"]);
  expect(onDuty(space, "ops", sunday.start)).toEqual(["cora"]);
});
