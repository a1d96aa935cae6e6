import { type Command, coverage, onDuty, type Space } from "chat-spaces";
import { describe, expect, test } from "vitest";
import { aSpace, given, HOUR, NOW } from "../../helpers/spaces.js";
import { at, DAILY, line } from "./rotas.js";

const define = (plan: Command<"rota.define">["plan"], fields: Partial<Command<"rota.define">> = {}) =>
  ({ type: "rota.define", by: "ana", rota: "weekends", plan, ...fields }) as const;
const daily = (...people: string[]) => ({
  duty: "ops",
  timeZone: "UTC",
  grid: [line(DAILY, "00:00", "24:00", ...people)],
});

describe("a rota is defined", () => {
  test("and holds from now on", () => {
    const { space } = given(aSpace())
      .when(define(daily("cid")))
      .happens({ type: "rota.defined", data: { rota: "weekends", plan: { duty: "ops", rotation: null } } });
    expect(onDuty(space, "ops", NOW - 1)).toEqual([]);
    expect(onDuty(space, "ops", NOW)).toEqual(["cid"]);
  });

  test("in the zone of the space, with turns that pass at midnight, unless it says otherwise", () => {
    const plan = {
      duty: "ops",
      rotation: { people: ["cid", "cora"], every: 1, unit: "week", firstDay: "2026-05-04" },
    } as const;
    const { space } = given(aSpace({ timeZone: "Europe/Berlin" }))
      .when(define(plan))
      .happens({
        type: "rota.defined",
        data: {
          plan: { timeZone: "Europe/Berlin", grid: [], rotation: { handoverAt: "00:00", hours: null } },
        },
      });
    expect(onDuty(space, "ops", at("2026-05-10T21:59Z"))).toEqual(["cid"]);
    expect(onDuty(space, "ops", at("2026-05-10T22:00Z"))).toEqual(["cora"]);
  });

  test("stays in its zone when the space moves to another", () => {
    const { timeZone: _, ...plan } = daily("cid");
    const { space } = given(aSpace({ timeZone: "Europe/Berlin" })).and(define(plan), {
      type: "space.configure",
      by: "ana",
      timeZone: "Asia/Tokyo",
    });
    expect(space.rotas["weekends"]?.plans[0]?.plan?.timeZone).toBe("Europe/Berlin");
  });

  test("by whoever may plan rotas, and by nobody else", () => {
    for (const by of ["cid", "gus", "rita", "leo"])
      given(aSpace())
        .when(define(daily("cid"), { by }))
        .refused("NOT_ALLOWED");
  });

  test("with people, all of them members", () => {
    given(aSpace())
      .when(define(daily("cid", "leo")))
      .refused("MEMBER_UNKNOWN", { member: "leo" });
    given(aSpace())
      .when(
        define({
          duty: "ops",
          rotation: { people: ["cid", "__proto__"], every: 1, unit: "day", firstDay: "2026-05-04" },
        }),
      )
      .refused("MEMBER_UNKNOWN", { member: "__proto__" });
  });

  test.each<[string, NonNullable<Command<"rota.define">["plan"]>]>([
    ["neither grid nor rotation", { duty: "ops" }],
    ["an empty grid", { duty: "ops", grid: [] }],
    [
      "a line of nobody",
      { duty: "ops", grid: [line([6], "10:00", "18:00", "cid"), line([7], "10:00", "18:00")] },
    ],
    [
      "turns of nobody",
      { duty: "ops", rotation: { people: [], every: 1, unit: "day", firstDay: "2026-05-04" } },
    ],
  ])("not with %s", (_, plan) => {
    given(aSpace()).when(define(plan)).refused("ROTA_EMPTY", { rota: "weekends" });
  });

  test.each([
    ["from", { grid: [line([6], "24:00", "06:00", "cid")] }],
    ["to", { grid: [line([6], "22:00", "24:01", "cid")] }],
    ["from", { grid: [line([6], "9:00", "10:00", "cid")] }],
    ["weekdays", { grid: [line([], "09:00", "10:00", "cid")] }],
    ["firstDay", { rotation: { people: ["cid"], every: 1, unit: "day", firstDay: "2026-02-30" } }],
    [
      "handoverAt",
      { rotation: { people: ["cid"], every: 1, unit: "day", firstDay: "2026-05-04", handoverAt: "24:00" } },
    ],
    ["every", { rotation: { people: ["cid"], every: 0, unit: "day", firstDay: "2026-05-04" } }],
    ["timeZone", { timeZone: "Mars/Olympus", grid: [line([6], "09:00", "10:00", "cid")] }],
  ] as const)("not with a %s that cannot be", (field, plan) => {
    const refusal = given(aSpace())
      .when(define({ duty: "ops", ...plan }))
      .refused("INVALID_COMMAND");
    expect(refusal.message).toContain(field);
  });
});

describe("a rota is defined anew", () => {
  const defined = given(aSpace()).and(define(daily("cid")));

  test("for the time from then on: who was on duty before stays on record", () => {
    const later = NOW + 10 * HOUR;
    const { space } = defined.at(later).and(define(daily("cora")));
    expect(onDuty(space, "ops", later - 1)).toEqual(["cid"]);
    expect(onDuty(space, "ops", later)).toEqual(["cora"]);
    const { people } = coverage(space, "ops", { start: NOW, end: NOW + 24 * HOUR });
    expect(people.map(({ member, ms }) => [member, ms / HOUR])).toEqual([
      ["cora", 14],
      ["cid", 10],
    ]);
  });

  test("as it is: nothing happens, also where a store gave its keys back in another order", () => {
    defined.when(define(daily("cid"))).happens();
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(reversed)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, inner]) => [key, reversed(inner)]),
            )
          : value;
    given(reversed(defined.space) as Space)
      .when(define(daily("cid")))
      .happens();
    defined.when(define(daily("cora"))).happens({ type: "rota.defined" });
  });

  test("twice at one instant: the last plan counts", () => {
    const { space } = defined.and(define(daily("cora")));
    expect(space.rotas["weekends"]?.plans).toHaveLength(1);
    expect(onDuty(space, "ops", NOW)).toEqual(["cora"]);
  });

  test("for another duty", () => {
    const { space } = defined.at(NOW + HOUR).and(define({ ...daily("cid"), duty: "legal" }));
    expect(onDuty(space, "ops", NOW)).toEqual(["cid"]);
    expect(onDuty(space, "ops", NOW + HOUR)).toEqual([]);
    expect(onDuty(space, "legal", NOW + HOUR)).toEqual(["cid"]);
  });

  test("with nothing: it ends, and what it was stays on record", () => {
    const ended = defined
      .at(NOW + HOUR)
      .when(define(null))
      .happens({ type: "rota.defined", data: { plan: null } });
    expect(onDuty(ended.space, "ops", NOW)).toEqual(["cid"]);
    expect(onDuty(ended.space, "ops", NOW + HOUR)).toEqual([]);
    ended
      .at(NOW + HOUR)
      .when(define(null))
      .happens();
    const again = ended.at(NOW + 2 * HOUR).and(define(daily("cora")));
    expect(onDuty(again.space, "ops", NOW + 2 * HOUR)).toEqual(["cora"]);
  });

  test("with nothing where there never was one", () => {
    given(aSpace()).when(define(null)).refused("ROTA_UNKNOWN", { rota: "weekends" });
    given(aSpace())
      .when(define(null, { rota: "__proto__" }))
      .refused("ROTA_UNKNOWN", { rota: "__proto__" });
  });

  test("with an id that may be any text", () => {
    const { space } = given(aSpace()).and(
      define({ ...daily("cid"), duty: "constructor" }, { rota: "__proto__" }),
    );
    expect(Object.keys(space.rotas)).toEqual(["__proto__"]);
    expect(onDuty(space, "constructor", NOW)).toEqual(["cid"]);
  });
});
