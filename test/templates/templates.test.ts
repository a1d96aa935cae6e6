import { decide, emptySpace, fold, InvalidInputError, type SpaceEvent, whoHolds } from "chat-spaces";
import { defineTemplate, instantiate, productDrop } from "chat-spaces/templates";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import * as mini from "zod/mini";
import { counter, NOW } from "../helpers/spaces.js";

const drop = { product: "Spring kit", opensAt: "2026-05-01T16:00:00Z" };

describe("a template", () => {
  const bookClub = defineTemplate({
    name: "book-club",
    version: 3,
    variables: z.object({ book: z.string().min(1), size: z.number().default(8) }),
    plan: ({ book, size }) => ({
      name: `Reading ${book} (${size})`,
      channels: [{ id: "talk", name: "Talk", kind: "discussion" }],
    }),
  });

  test("turns its variables into a plan, with the defaults of its schema and of spaces", () => {
    expect(bookClub({ book: "Middlemarch" })).toEqual({
      template: { name: "book-club", version: 3 },
      name: "Reading Middlemarch (8)",
      visibility: "private",
      timeZone: "UTC",
      exportPolicy: "hosts",
      channels: [{ id: "talk", name: "Talk", kind: "discussion" }],
      members: [],
      duties: [],
      links: [],
      posts: [],
    });
    expect(instantiate(bookClub, { book: "Emma" })).toEqual(bookClub({ book: "Emma" }));
    expect(instantiate(bookClub.definition, { book: "Emma" })).toEqual(bookClub({ book: "Emma" }));
  });

  test("takes schemas of zod, zod/mini and any other library that speaks Standard Schema", () => {
    const plan = ({ book }: { book: string }) => ({ name: book });
    const small = defineTemplate({
      name: "t",
      version: 1,
      variables: mini.object({ book: mini.string() }),
      plan,
    });
    const own = defineTemplate({
      name: "t",
      version: 1,
      variables: {
        "~standard": {
          version: 1,
          vendor: "mine",
          validate: (value: unknown) =>
            value === 5
              ? { value: { book: "five" } }
              : { issues: [{ message: "must be 5", path: [{ key: "n" }] }] },
          types: undefined as { input: number; output: { book: string } } | undefined,
        },
      },
      plan,
    });
    expect(small({ book: "x" }).name).toBe("x");
    expect(own(5).name).toBe("five");
    expect(() => own(6)).toThrow("n: must be 5");
  });

  test("refuses variables that do not fit, naming each", () => {
    const fill = () => bookClub({ book: 5, size: "big" } as never);
    expect(fill).toThrow(InvalidInputError);
    expect(fill).toThrow(/book-club cannot be filled in: book: .+; size: /);
    try {
      fill();
    } catch (error) {
      expect(error).toMatchObject({
        code: "TEMPLATE_VARIABLES_INVALID",
        details: { template: "book-club", issues: [{ path: "book" }, { path: "size" }] },
      });
    }
  });

  test("refuses a schema that answers later: templates are pure", () => {
    const late = defineTemplate({
      name: "late",
      version: 1,
      variables: z.object({ book: z.string().refine(async () => false) }),
      plan: () => ({ name: "x" }),
    });
    expect(() => late({ book: "x" })).toThrow(/asynchronous|Promise/);
  });
});

describe("the product drop", () => {
  test("has a read-only channel to count down in, and the team's own", () => {
    expect(productDrop(drop).channels.map(({ id, kind }) => [id, kind])).toEqual([
      ["countdown", "announcement"],
      ["lounge", "discussion"],
      ["studio", "drafts"],
      ["floor", "operations"],
      ["alarm", "incident"],
    ]);
  });

  test("tells fans when it opens, in their own time", () => {
    const [times] = productDrop({ ...drop, timeZone: "Europe/Berlin" }).posts;
    expect(times).toEqual({
      channel: "countdown",
      body: "Spring kit opens on Friday, 1 May 2026 at 18:00 (Europe/Berlin).",
      pinned: true,
    });
  });

  test("makes a link for every cohort, where there is a shop", () => {
    const { links } = productDrop({
      ...drop,
      shopUrl: "https://shop.example/kit",
      cohorts: ["early", "press"],
    });
    expect(links).toEqual([
      { target: "https://shop.example/kit", campaign: "spring-kit", cohort: "early" },
      { target: "https://shop.example/kit", campaign: "spring-kit", cohort: "press" },
    ]);
    expect(productDrop({ ...drop, cohorts: ["early"] }).links).toEqual([]);
  });

  test("becomes a space with its team in one commit", () => {
    const plan = productDrop({
      ...drop,
      team: { sam: "co-moderator", ana: "contributor" },
      shopUrl: "https://shop.example",
      cohorts: ["early"],
    });
    const outcome = decide(
      emptySpace("spring"),
      { type: "space.create", by: "ana", template: plan },
      { now: NOW, newId: counter() },
    );
    const space = fold(emptySpace("spring"), outcome.ok ? (outcome.events as SpaceEvent[]) : []);
    expect(space).toMatchObject({
      name: "Spring kit drop",
      template: { name: "product-drop", version: 1 },
      visibility: "invite",
      members: { ana: { roles: ["host"] }, sam: { roles: ["co-moderator"] } },
    });
    expect(Object.keys(space.channels)).toHaveLength(5);
    expect(Object.values(space.links)).toMatchObject([{ cohort: "early" }]);
    expect(whoHolds(space, "host", NOW)).toBe("ana");
  });

  test.each([
    [{ product: "" }, /product/],
    [{ opensAt: "next friday" }, /opensAt: must be an instant/],
    [{ timeZone: "Berlin" }, /timeZone: must be an IANA time zone/],
    [{ shopUrl: "shop" }, /shopUrl: must be a URL/],
    [{ team: { sam: "queen" } }, /team: must map member ids/],
    [{ team: { "": "host" } }, /team: must map member ids/],
    [{ cohort: ["x"] }, /unknown "cohort"/],
  ])("refuses %j", (change, message) => {
    expect(() => productDrop({ ...drop, ...change } as never)).toThrow(message);
  });
});
