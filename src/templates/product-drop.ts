import * as z from "zod/mini";
import { id, lazily, must, parse, text } from "../kernel/schema.js";
import type { StandardSchema } from "../kernel/standard-schema.js";
import { readInstant, toInstant } from "../kernel/time.js";
import { isTimeZone } from "../kernel/zone.js";
import type { PlannedLink, PlannedPost } from "../model/plan.js";
import { defineTemplate, type Template } from "./define.js";

/** What a product drop needs to know. */
export type ProductDropVariables = {
  /** What is sold, as fans know it. */
  readonly product: string;
  /** When the sale opens: ISO text with an offset. */
  readonly opensAt: string;
  /** The IANA zone in which the team and its fans count days. Default `UTC`. */
  readonly timeZone?: string | undefined;
  /** Where the product is sold. With it, one attribution link per cohort is made. */
  readonly shopUrl?: string | undefined;
  /** Groups of fans that are told separately, so that sales can be told apart. Default: none. */
  readonly cohorts?: readonly string[] | undefined;
  /** The team beside the creator: member id to role. */
  readonly team?: { readonly [member: string]: "host" | "co-moderator" | "contributor" } | undefined;
};

const URL_TEXT = 2_048;

const TEAM_ROLES: readonly unknown[] = ["host", "co-moderator", "contributor"];

// Not z.record, which skips a member called "__proto__".
const team = lazily(() =>
  z.custom<NonNullable<ProductDropVariables["team"]>>(
    (value) =>
      typeof value === "object" &&
      value !== null &&
      Object.entries(value).every(
        ([member, role]) => z.safeParse(id(), member).success && TEAM_ROLES.includes(role),
      ),
    'must map member ids to "host", "co-moderator" or "contributor"',
  ),
);

const schema = lazily(() =>
  z.strictObject({
    product: text(120).check(z.minLength(1, "must not be empty")),
    opensAt: z
      .string()
      .check(
        must(
          (value) => readInstant(value) !== undefined,
          'must be an instant such as "2026-05-01T16:00:00Z"',
        ),
      ),
    timeZone: z.optional(
      z.string().check(must(isTimeZone, 'must be an IANA time zone such as "Europe/Berlin"')),
    ),
    shopUrl: z.optional(
      text(URL_TEXT).check(
        must((value) => URL.canParse(value), "must be a URL such as https://shop.example/kit"),
      ),
    ),
    cohorts: z.optional(z.array(text(64).check(z.minLength(1))).check(z.maxLength(100))),
    team: z.optional(team()),
  }),
);

/** The schema, built when it is first asked for. */
const variables: StandardSchema<ProductDropVariables> = {
  "~standard": {
    version: 1,
    vendor: "chat-spaces",
    validate: (value) => {
      const result = parse(schema(), value);
      return result.ok
        ? { value: result.value }
        : { issues: result.issues.map(({ path, expected }) => ({ path: [path], message: expected })) };
    },
  },
};

/**
 * A product drop: fans count down in a read-only channel and talk in the lounge; the team prepares posts in
 * drafts, runs the day in operations and has a place for when something breaks. Cohorts get a link each, so
 * that every sale can be told apart.
 *
 * Channels: `countdown` (announcement), `lounge` (discussion), `studio` (drafts), `floor` (operations),
 * `alarm` (incident).
 */
export const productDrop: Template<StandardSchema<ProductDropVariables>> = /* @__PURE__ */ defineTemplate({
  name: "product-drop",
  version: 1,
  variables,
  plan: ({ product, opensAt, timeZone = "UTC", shopUrl, cohorts = [], team = {} }) => ({
    name: `${product} drop`,
    visibility: "invite",
    timeZone,
    exportPolicy: "hosts",
    channels: [
      { id: "countdown", name: "Countdown", kind: "announcement", topic: `${product} opens ${opensAt}` },
      { id: "lounge", name: "Lounge", kind: "discussion", topic: "Questions, hopes, unboxings" },
      { id: "studio", name: "Studio", kind: "drafts", topic: "Posts and assets before they go out" },
      { id: "floor", name: "Floor", kind: "operations", topic: "Stock, shipping, refunds" },
      { id: "alarm", name: "Alarm", kind: "incident", topic: "Only when something breaks" },
    ],
    members: Object.entries(team).map(([member, role]) => ({ id: member, roles: [role] })),
    links: shopUrl === undefined ? [] : cohorts.map((cohort) => linkFor(cohort, shopUrl, product)),
    posts: [pinnedTimes(product, opensAt, timeZone), pinnedChecklist(product)],
  }),
});

function linkFor(cohort: string, target: string, product: string): PlannedLink {
  const campaign = product
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return { target, campaign: campaign || "drop", cohort };
}

function pinnedTimes(product: string, opensAt: string, timeZone: string): PlannedPost {
  const when = new Intl.DateTimeFormat("en-GB", {
    dateStyle: "full",
    timeStyle: "short",
    timeZone,
  }).format(toInstant(opensAt));
  return { channel: "countdown", body: `${product} opens on ${when} (${timeZone}).`, pinned: true };
}

function pinnedChecklist(product: string): PlannedPost {
  return {
    channel: "floor",
    body: [
      `${product}: before we open`,
      "- stock counted and entered in the shop",
      "- shipping times agreed and written down",
      "- refund answer approved by legal",
      "- who is host at opening, and who relieves them",
      "- one link per cohort, tested on a phone",
    ].join("\n"),
    pinned: true,
  };
}
