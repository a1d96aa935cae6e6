import type { Snapshot } from "chat-spaces/access";
import { enforceability, type Platform, type Rule } from "chat-spaces/presets";
import { describe, expect, test } from "vitest";
import { PLATFORM_FEATURES } from "../../../src/access/presets/platform-features.js";
import { aSpace, given, HOUR, NOW, token } from "../../helpers/spaces.js";

const DAY = 24 * HOUR;
const PLATFORMS = Object.keys(PLATFORM_FEATURES) as Platform[];

const RULES: Snapshot = {
  capabilities: { "message.post": {} },
  roles: { guest: { rank: 0, allow: ["message.post"] } },
  members: {
    leo: {
      roles: ["guest"],
      until: NOW + DAY,
      grants: [{ id: "one-night", allow: ["message.post"], until: NOW + HOUR }],
      limits: [{ ceiling: "timeout", until: NOW + DAY }],
    },
  },
  channels: {
    lounge: {
      kind: "discussion",
      overrides: [{ subject: "everyone", deny: ["message.post"] }],
      limits: [{ ceiling: "team-only" }, { ceiling: "quiet-hours" }],
      conditions: [
        { kind: "slow-mode", on: ["message.post"], every: 30_000 },
        { kind: "approval", on: ["message.post"] },
        { kind: "time-limit", on: ["message.post"], within: HOUR },
        { kind: "age", on: ["message.post"], of: "membership", atLeast: DAY },
      ],
    },
    news: { kind: "announcement" },
  },
  ceilings: {
    timeout: { keeps: [] },
    "team-only": { removes: ["message.post"] },
    "quiet-hours": { keeps: [] },
  },
};

const TIMEOUT: Rule = { kind: "limit", ceiling: "timeout", on: "member", id: "leo" };
const SLOW: Rule = { kind: "condition", condition: "slow-mode", channel: "lounge" };

/** Who enforces a rule on each platform. */
function enforcers(snapshot: Snapshot, rule: Rule, at = NOW): Record<string, string | undefined> {
  return Object.fromEntries(
    PLATFORMS.map((platform) => {
      const rows = enforceability(snapshot, platform, { at });
      return [platform, rows.find((row) => JSON.stringify(row.rule) === JSON.stringify(rule))?.by];
    }),
  );
}

describe("who sees to it that a rule holds", () => {
  test.each<[string, Rule, readonly string[]]>([
    // discord, telegram, slack, whatsapp, email, sms
    [
      "a role",
      { kind: "role", role: "guest", channels: "discussion" },
      ["platform", "bot", "bot", "nobody", "bot", "bot"],
    ],
    [
      "a channel to read",
      { kind: "read-only", channel: "news" },
      ["platform", "platform", "platform", "platform", "bot", "bot"],
    ],
    [
      "an override",
      { kind: "override", channel: "lounge", subject: "everyone" },
      ["platform", "bot", "bot", "nobody", "bot", "bot"],
    ],
    ["a time-out of a day", TIMEOUT, ["platform", "platform", "bot", "nobody", "bot", "bot"]],
    ["slow mode", SLOW, ["platform", "platform", "bot", "nobody", "bot", "bot"]],
    [
      "approval",
      { kind: "condition", condition: "approval", channel: "lounge" },
      ["bot", "bot", "bot", "nobody", "bot", "bot"],
    ],
    [
      "an end of editing",
      { kind: "condition", condition: "time-limit", channel: "lounge" },
      ["nobody", "platform", "platform", "nobody", "platform", "platform"],
    ],
    [
      "a minimum age",
      { kind: "condition", condition: "age", channel: "lounge" },
      ["bot", "bot", "bot", "nobody", "bot", "bot"],
    ],
    [
      "a grant",
      { kind: "grant", member: "leo", grant: "one-night" },
      ["bot", "bot", "bot", "nobody", "bot", "bot"],
    ],
    [
      "an end of membership",
      { kind: "membership-end", member: "leo" },
      ["bot", "bot", "bot", "bot", "bot", "bot"],
    ],
    [
      "a ceiling of the team's own",
      { kind: "limit", ceiling: "quiet-hours", on: "channel", id: "lounge" },
      ["platform", "platform", "bot", "nobody", "bot", "bot"],
    ],
  ])("%s", (_, rule, [discord, telegram, slack, whatsapp, email, sms]) => {
    expect(enforcers(RULES, rule)).toEqual({ discord, telegram, slack, whatsapp, email, sms });
  });

  test("a time-out that is longer than Discord's is the bot's to renew; Telegram has some for good", () => {
    const timeout = (until: number | undefined): Snapshot => ({
      ...RULES,
      members: { leo: { roles: [], limits: [{ ceiling: "timeout", from: NOW, until }] } },
    });
    expect(enforcers(timeout(NOW + 28 * DAY), TIMEOUT)).toMatchObject({
      discord: "platform",
      telegram: "platform",
    });
    expect(enforcers(timeout(NOW + 29 * DAY), TIMEOUT)).toMatchObject({
      discord: "bot",
      telegram: "platform",
    });
    expect(enforcers(timeout(NOW + 400 * DAY), TIMEOUT)).toMatchObject({ discord: "bot", telegram: "bot" });
    expect(enforcers(timeout(undefined), TIMEOUT)).toMatchObject({ discord: "bot", telegram: "platform" });
  });

  test("slow mode is the platform's as far as it goes", () => {
    const every = (milliseconds: number): Snapshot => ({
      ...RULES,
      conditions: [{ kind: "slow-mode", on: ["message.post"], every: milliseconds }],
    });
    const rule: Rule = { kind: "condition", condition: "slow-mode", channel: null };
    expect(enforcers(every(6 * HOUR), rule)).toMatchObject({ discord: "platform", telegram: "bot" });
    expect(enforcers(every(7 * HOUR), rule)).toMatchObject({ discord: "bot" });
  });

  test("what has ended is left out", () => {
    expect(enforcers(RULES, TIMEOUT, NOW + DAY + 1)).toMatchObject({ discord: undefined });
    expect(enforceability(RULES, "discord")).toHaveLength(
      enforceability(RULES, "discord", { at: NOW }).length,
    );
  });

  test("each row says how, when that was looked at, and where", () => {
    for (const platform of PLATFORMS) {
      for (const { how, asOf, sources } of enforceability(RULES, platform)) {
        expect(how).toMatch(/^[A-Z].*\.$/);
        expect(asOf).toMatch(/^\d{4}-\d{2}$/);
        expect(sources.every((source) => source.startsWith("https://"))).toBe(true);
      }
    }
  });
});

describe("a space", () => {
  const { space } = given(aSpace()).and({
    type: "invite.create",
    by: "ana",
    role: "guest",
    token: token("drop", "inv_1"),
    expiresIn: "10d",
    maxUses: 50,
  });
  const byOf = (platform: Platform, kind: Rule["kind"]) => [
    ...new Set(
      enforceability(space, platform, { at: NOW }).flatMap(({ rule, by }) =>
        rule.kind === kind ? [by] : [],
      ),
    ),
  ];

  test("has a row for every role in every kind of channel", () => {
    const roles = new Set(Object.values(space.members).flatMap((one) => one.roles));
    const kinds = new Set(Object.values(space.channels).map(({ kind }) => kind));
    const rows = enforceability(space, "discord").filter(({ rule }) => rule.kind === "role");
    expect(rows).toHaveLength(roles.size * kinds.size);
  });

  test("has channels that are only read, and some whose messages are suggestions", () => {
    expect(byOf("whatsapp", "read-only")).toEqual(["platform"]);
    expect(byOf("whatsapp", "condition")).toEqual(["nobody"]);
  });

  test("has invites that expire, which every platform can in its way", () => {
    expect(byOf("discord", "invite-expiry")).toEqual(["bot"]);
    expect(byOf("telegram", "invite-expiry")).toEqual(["platform"]);
    expect(byOf("whatsapp", "invite-expiry")).toEqual(["bot"]);
    expect(byOf("discord", "invite-uses")).toEqual(["platform"]);
  });

  test("that is archived stays quiet on every platform", () => {
    const archived = given(space).and({ type: "space.archive", by: "ana" }).space;
    for (const platform of ["discord", "telegram", "slack", "whatsapp"] as const) {
      expect(enforceability(archived, platform).find(({ rule }) => rule.kind === "limit")?.by).toBe(
        "platform",
      );
    }
  });
});
