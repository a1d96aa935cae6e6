import { readFileSync } from "node:fs";
import {
  type Command,
  type CreditOptions,
  creditLastTouch,
  type Link,
  linkUrl,
  type TrafficEvent,
} from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { corpus } from "../helpers/corpus.js";
import { aSpace, given, HOUR, NOW } from "../helpers/spaces.js";

const DAY = 24 * HOUR;

function link(id: string, cohort: string | null = id): Link {
  return {
    id,
    target: "https://shop.example/kit",
    campaign: "spring",
    cohort,
    source: null,
    createdBy: "ana",
    createdAt: 0,
  };
}
const links = { a: link("a"), b: link("b") };

const click = (
  id: string,
  at: number,
  of: string,
  visitor: string | null,
  kind: "human" | "preview" = "human",
): TrafficEvent => ({
  id,
  type: "click.recorded",
  at,
  by: "traffic",
  data: { link: of, visitor, class: kind },
});
const sale = (
  order: string,
  at: number,
  minor: number,
  visitor: string | null,
  extra: { link?: string; currency?: string } = {},
): TrafficEvent => ({
  id: `sale:${order}`,
  type: "conversion.recorded",
  at,
  by: "shop",
  data: {
    order,
    kind: "sale",
    amount: { minor, currency: extra.currency ?? "EUR" },
    visitor,
    link: extra.link ?? null,
  },
});
const refund = (order: string, id: string, at: number, minor: number): TrafficEvent => ({
  id,
  type: "conversion.recorded",
  at,
  by: "shop",
  data: { order, kind: "refund", amount: { minor, currency: "EUR" }, visitor: null, link: null },
});
const credit = (events: readonly TrafficEvent[], options: Partial<CreditOptions> = {}) =>
  creditLastTouch(events, { links, ...options });
const revenue = (rows: readonly { key: string | null; revenue: readonly { minor: number }[] }[]) =>
  Object.fromEntries(rows.map(({ key, revenue: [sum] }) => [key, sum?.minor ?? 0]));

describe("last touch", () => {
  test("an order belongs to the last link its visitor clicked before it", () => {
    const { rows, unattributed, total } = credit([
      click("1", NOW, "a", "v1"),
      click("2", NOW + HOUR, "b", "v1"),
      sale("o1", NOW + 2 * HOUR, 4_900, "v1"),
      click("3", NOW + 3 * HOUR, "a", "v1"),
    ]);
    expect(revenue(rows)).toEqual({ a: 0, b: 4_900 });
    expect(unattributed.revenue).toEqual([]);
    expect(total).toMatchObject({
      clicks: 3,
      visitors: 1,
      sales: 1,
      revenue: [{ minor: 4_900, currency: "EUR" }],
    });
  });

  test("within the window, both ends included", () => {
    const at = (age: number) =>
      credit([click("1", NOW - age, "a", "v"), sale("o", NOW, 100, "v")]).unattributed.sales;
    expect(at(0)).toBe(0);
    expect(at(30 * DAY)).toBe(0);
    expect(at(30 * DAY + 1)).toBe(1);
  });

  test("of people: what a preview fetches earns nothing", () => {
    const { rows, unattributed } = credit([click("1", NOW, "a", "v", "preview"), sale("o", NOW, 100, "v")]);
    expect(rows).toEqual([]);
    expect(unattributed.sales).toBe(1);
  });

  test("an order that names its link needs no click", () => {
    expect(
      revenue(credit([click("1", NOW, "a", "v"), sale("o", NOW, 100, "v", { link: "b" })]).rows),
    ).toEqual({ a: 0, b: 100 });
  });

  test("orders nobody can be credited with have a row of their own", () => {
    const { unattributed } = credit([
      sale("o1", NOW, 100, null),
      sale("o2", NOW, 50, "stranger"),
      sale("o3", NOW, 7, null, { link: "gone" }),
    ]);
    expect(unattributed).toMatchObject({ key: null, sales: 3, revenue: [{ minor: 157, currency: "EUR" }] });
  });

  test("a refund follows its order, whenever it comes", () => {
    const { rows, total } = credit([
      refund("o1", "r1", NOW + 100 * DAY, 1_900),
      click("1", NOW, "a", "v"),
      sale("o1", NOW, 4_900, "v"),
      refund("o1", "r2", NOW + DAY, 3_000),
    ]);
    expect(rows).toMatchObject([
      { key: "a", sales: 1, refunds: 2, revenue: [{ minor: 0, currency: "EUR" }] },
    ]);
    expect(total.revenue).toEqual([{ minor: 0, currency: "EUR" }]);
  });

  test("a refund without its order is nobody's", () => {
    expect(credit([refund("o9", "r1", NOW, 500)]).unattributed.revenue).toEqual([
      { minor: -500, currency: "EUR" },
    ]);
  });

  test("currencies are never added up", () => {
    const { total } = credit([sale("o1", NOW, 100, null), sale("o2", NOW, 5, null, { currency: "JPY" })]);
    expect(total.revenue).toEqual([
      { minor: 100, currency: "EUR" },
      { minor: 5, currency: "JPY" },
    ]);
  });

  test("sums beyond what a number holds exactly are refused, not rounded", () => {
    const huge = Number.MAX_SAFE_INTEGER;
    expect(() => credit([sale("o1", NOW, huge, null), sale("o2", NOW, huge, null)])).toThrow(
      /too large to be held exactly/,
    );
  });

  test("rows can stand for links and campaigns too", () => {
    const events = [click("1", NOW, "a", "v"), click("2", NOW, "b", "w"), sale("o", NOW, 100, "v")];
    expect(revenue(credit(events, { per: "link" }).rows)).toEqual({ a: 100, b: 0 });
    expect(credit(events, { per: "campaign" }).rows).toMatchObject([
      { key: "spring", clicks: 2, visitors: 2 },
    ]);
    expect(creditLastTouch(events, { links: { a: link("a", null), b: link("b") } }).unattributed.clicks).toBe(
      1,
    );
  });
});

describe("whatever comes in, in whatever order", () => {
  const visitor = fc.option(fc.constantFrom("v1", "v2"));
  const when = fc.integer({ min: 0, max: 40 }).map((days) => NOW + days * DAY);
  const event = fc.oneof(
    fc.tuple(fc.uuid(), when, fc.constantFrom("a", "b"), visitor).map((click4) => click(...click4)),
    fc.tuple(fc.constantFrom("o1", "o2", "o3"), when, fc.nat(10_000), visitor).map((sale4) => sale(...sale4)),
    fc
      .tuple(fc.constantFrom("o1", "o2", "o9"), fc.uuid(), when, fc.nat(10_000))
      .map((refund4) => refund(...refund4)),
  );

  test("the rows and what is unattributed sum to the net revenue, to the cent", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const { rows, unattributed, total } = credit(events);
        const once = new Map(events.map((one) => [one.id, one]));
        const net = [...once.values()].reduce((sum, { data }) => {
          if (!("amount" in data)) return sum;
          return sum + (data.kind === "refund" ? -1 : 1) * (data.amount?.minor ?? 0);
        }, 0);
        const parts = [...rows, unattributed].reduce((sum, row) => sum + (row.revenue[0]?.minor ?? 0), 0);
        expect(parts).toBe(net);
        expect(total.revenue[0]?.minor ?? 0).toBe(net);
        for (const count of ["clicks", "sales", "refunds", "signups"] as const) {
          expect([...rows, unattributed].reduce((sum, row) => sum + row[count], 0)).toBe(total[count]);
        }
      }),
    );
  });

  test("neither order nor repetition matters", () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(event, { maxLength: 20, selector: ({ id }) => id })
          .chain((events) =>
            fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
          ),
        ([events, shuffled]) => {
          expect(credit([...shuffled, ...events])).toEqual(credit(events));
        },
      ),
    );
  });
});

describe("recording", () => {
  const withLink = given(aSpace()).and({
    type: "link.create",
    by: "ana",
    target: "https://shop.example",
    campaign: "c",
    cohort: "early",
  });
  const [id = ""] = Object.keys(withLink.space.links);
  const order: Command = {
    type: "conversion.record",
    by: "shop",
    order: "o1",
    amount: { minor: 100, currency: "EUR" },
  };

  test("a link is for those who may make one", () => {
    given(aSpace())
      .when({ type: "link.create", by: "gus", target: "https://shop.example", campaign: "c" })
      .refused("NOT_ALLOWED");
  });

  test("clicks and conversions are of links that are there", () => {
    withLink
      .when({ type: "click.record", by: "t", link: id, visitor: "v" })
      .happens({ type: "click.recorded", data: { class: "human" } });
    withLink.when({ type: "click.record", by: "t", link: "gone" }).refused("LINK_UNKNOWN");
    withLink.when({ ...order, link: "gone" } as Command).refused("LINK_UNKNOWN");
  });

  test("a sale has the order for its id, so that reporting it twice is reporting it once", () => {
    const { outcome } = withLink.when(order);
    const [first] = outcome.ok ? outcome.events : [];
    expect(first?.id).toBe("sale:o1");
  });

  test("a refund needs an id of its own, a sale an amount, a sign-up none", () => {
    withLink.when({ ...order, kind: "refund" } as Command).refused("INVALID_COMMAND");
    withLink.when({ ...order, kind: "refund", id: "r1" } as Command).happens({ type: "conversion.recorded" });
    withLink.when({ type: "conversion.record", by: "shop", order: "o1" }).refused("INVALID_COMMAND");
    withLink.when({ ...order, kind: "signup" } as Command).refused("INVALID_COMMAND");
    withLink
      .when({ type: "conversion.record", by: "shop", order: "o1", kind: "signup" })
      .happens({ type: "conversion.recorded" });
  });

  test("what happened earlier is recorded as of then", () => {
    withLink
      .when({ ...order, at: "2026-04-01T00:00:00Z" } as Command)
      .happens({ type: "conversion.recorded", ...{ at: Date.parse("2026-04-01T00:00:00Z") } });
  });
});

describe("the URL of a link", () => {
  test("carries the link and what analytics tools read, in lower case", () => {
    const url = new URL(
      linkUrl({
        id: "0ABC",
        target: "https://shop.example/kit?size=m",
        campaign: "Spring Kit!",
        cohort: "Early Birds",
        source: "WhatsApp",
      }),
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      size: "m",
      cid: "0ABC",
      utm_source: "whatsapp",
      utm_medium: "social",
      utm_campaign: "spring-kit",
      utm_content: "early-birds",
    });
  });

  test("leaves what the target says about itself", () => {
    expect(
      linkUrl({
        id: "x",
        target: "https://s.example/?utm_source=mail",
        campaign: "c",
        cohort: null,
        source: null,
      }),
    ).toContain("utm_source=mail");
  });
});

test.skipIf(!corpus)("agrees with published scenarios for the last touch", () => {
  const { scenarios } = JSON.parse(readFileSync(`${corpus}/reference/attribution/scenarios.json`, "utf8"));
  const last = scenarios.filter((scenario: { model: string }) => scenario.model === "last");
  expect(last.length).toBeGreaterThan(0);
  for (const { name, touches, conversions, window_days, expected } of last) {
    const campaigns = Object.fromEntries(
      touches.map(({ campaign }: { campaign: string }) => [campaign, { ...link(campaign), campaign }]),
    );
    for (const { id, at, value } of conversions) {
      const report = creditLastTouch(
        [
          ...touches.map((touch: { campaign: string; at: string }, index: number) =>
            click(`t${index}`, Date.parse(touch.at), touch.campaign, "v"),
          ),
          sale(id, Date.parse(at), Math.round(value * 100), "v"),
        ],
        { links: campaigns, per: "campaign", window: `${window_days}d` as never },
      );
      const [winner] = Object.keys(expected[id]);
      const won = report.rows.find((row) => row.sales > 0)?.key ?? "(unattributed)";
      expect(won, name).toBe(winner);
    }
  }
});
