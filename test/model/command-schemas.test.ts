import type { Command, CommandType } from "chat-spaces";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCommand } from "../../src/model/command-schemas.js";

/** Every command with every field it takes. */
const COMMANDS: { readonly [T in CommandType]: Command<T> } = {
  "space.create": {
    type: "space.create",
    by: "ana",
    reason: "season two",
    name: "Spring drop",
    visibility: "invite",
    timeZone: "Europe/Berlin",
    exportPolicy: "members",
    template: {
      template: { name: "product-drop", version: 1 },
      name: "Spring drop",
      visibility: "invite",
      timeZone: "Europe/Berlin",
      exportPolicy: "hosts",
      channels: [{ id: "lounge", name: "Lounge", kind: "discussion", topic: "Hopes" }],
      members: [{ id: "sam", name: "Sam", roles: ["co-moderator"] }],
      duties: [{ duty: "ops", member: "sam" }],
      links: [{ target: "https://shop.example", campaign: "spring", cohort: "early", source: "whatsapp" }],
      posts: [{ channel: "lounge", body: "Welcome", pinned: true }],
    },
  },
  "space.configure": {
    type: "space.configure",
    by: "ana",
    name: "Summer drop",
    visibility: "public",
    timeZone: "UTC",
    exportPolicy: "nobody",
    retention: "90d",
  },
  "space.hold": { type: "space.hold", by: "ana", reason: "the dispute with the supplier" },
  "space.release": { type: "space.release", by: "ana" },
  "person.erase": { type: "person.erase", by: "operator", person: "leo" },
  "retention.apply": { type: "retention.apply", by: "operator", before: "2026-05-01T12:00:00Z" },
  "space.goLive": { type: "space.goLive", by: "ana" },
  "space.archive": { type: "space.archive", by: "ana", reason: "sold out" },
  "channel.open": {
    type: "channel.open",
    by: "ana",
    channel: "news",
    name: "News",
    kind: "announcement",
    topic: "What is new",
  },
  "channel.configure": {
    type: "channel.configure",
    by: "ana",
    channel: "news",
    name: "News",
    kind: "drafts",
    topic: null,
  },
  "channel.close": { type: "channel.close", by: "ana", channel: "news" },
  "member.join": { type: "member.join", by: "leo", name: "Leo" },
  "member.add": { type: "member.add", by: "ana", member: "leo", name: "Leo", roles: ["guest"] },
  "member.leave": { type: "member.leave", by: "leo" },
  "member.remove": { type: "member.remove", by: "ana", member: "leo" },
  "role.assign": { type: "role.assign", by: "ana", member: "leo", roles: ["contributor", "guest"] },
  "role.define": {
    type: "role.define",
    by: "ana",
    role: "designer",
    to: { rank: 60, allow: ["message.post"], kinds: { drafts: ["message.pin"] } },
  },
  "override.set": {
    type: "override.set",
    by: "ana",
    channel: "news",
    subject: { role: "guest" },
    allow: ["message.post"],
    deny: ["poll.open"],
    startsAt: "2026-05-01T16:00:00Z",
    expiresIn: "2h",
  },
  "grant.give": {
    type: "grant.give",
    by: "ana",
    member: "leo",
    allow: ["slice.create"],
    channel: "lounge",
    bound: true,
    startsAt: 0,
    expiresIn: 1_000,
  },
  "grant.revoke": { type: "grant.revoke", by: "ana", member: "leo", grant: "grt_1" },
  "limit.put": {
    type: "limit.put",
    by: "ana",
    member: "leo",
    ceiling: "timeout",
    startsAt: "2026-05-01T16:00:00Z",
    expiresIn: "10m",
  },
  "limit.lift": { type: "limit.lift", by: "ana", channel: "lounge", ceiling: "mute" },
  "invite.create": {
    type: "invite.create",
    by: "ana",
    token: "t",
    role: "guest",
    expiresIn: "7d",
    maxUses: 50,
    campaign: "newsletter-14",
  },
  "invite.redeem": { type: "invite.redeem", by: "leo", token: "t", name: "Leo" },
  "invite.revoke": { type: "invite.revoke", by: "ana", invite: "inv_1" },
  "duty.assign": { type: "duty.assign", by: "ana", duty: "legal", member: "sam" },
  "handoff.offer": {
    type: "handoff.offer",
    by: "ana",
    duty: "host",
    from: "ana",
    to: "sam",
    note: "two refunds open",
    window: { start: "2026-05-01T18:00:00Z", end: 1_777_680_000_000 },
  },
  "handoff.accept": { type: "handoff.accept", by: "sam", handoff: "hdo_1" },
  "handoff.decline": { type: "handoff.decline", by: "sam", handoff: "hdo_1" },
  "handoff.withdraw": { type: "handoff.withdraw", by: "ana", handoff: "hdo_1" },
  "link.create": {
    type: "link.create",
    by: "ana",
    target: "https://shop.example/kit?x=1",
    campaign: "spring",
    cohort: "early",
    source: "whatsapp",
  },
  "slice.create": {
    type: "slice.create",
    by: "ana",
    title: "Best of",
    channels: ["lounge"],
    messages: ["msg_1"],
    redacted: ["links"],
  },
  "message.post": {
    type: "message.post",
    by: "leo",
    channel: "lounge",
    body: "look",
    id: "mine-1",
    replyTo: "msg_1",
    attachments: [{ name: "shelf.jpg", kind: "image", size: 0 }],
  },
  "message.edit": { type: "message.edit", by: "leo", channel: "lounge", message: "msg_1", body: "Look" },
  "message.delete": { type: "message.delete", by: "leo", channel: "lounge", message: "msg_1" },
  "message.pin": { type: "message.pin", by: "ana", channel: "lounge", message: "msg_1" },
  "message.unpin": { type: "message.unpin", by: "ana", channel: "lounge", message: "msg_1" },
  "poll.open": {
    type: "poll.open",
    by: "leo",
    channel: "lounge",
    question: "When?",
    options: ["Thu", "Fri"],
    multiple: true,
    id: "poll-1",
  },
  "poll.vote": { type: "poll.vote", by: "leo", channel: "lounge", message: "poll-1", choices: [0] },
  "reaction.add": { type: "reaction.add", by: "leo", channel: "lounge", message: "msg_1", emoji: "👩‍🚀" },
  "reaction.remove": { type: "reaction.remove", by: "leo", channel: "lounge", message: "msg_1", emoji: "👍" },
  "media.open": { type: "media.open", by: "leo", channel: "lounge", message: "msg_1", attachment: 0 },
  "history.import": { type: "history.import", by: "ana", channel: "lounge" },
  "click.record": {
    type: "click.record",
    by: "traffic",
    link: "lnk_1",
    visitor: "v1",
    class: "human",
    at: "2026-05-01T18:00:00Z",
    id: "click-1",
  },
  "conversion.record": {
    type: "conversion.record",
    by: "shop",
    order: "1001",
    kind: "sale",
    amount: { minor: 4900, currency: "EUR" },
    visitor: "v1",
    link: "lnk_1",
    at: 1_777_651_200_000,
    id: "sale-1",
  },
};

/** The fields that a command may leave out. */
const OPTIONAL: { readonly [type: string]: readonly string[] } = {
  "space.create": ["name", "visibility", "timeZone", "exportPolicy", "template"],
  "space.configure": ["name", "visibility", "timeZone", "exportPolicy", "retention"],
  "channel.open": ["name", "kind", "topic"],
  "channel.configure": ["name", "kind", "topic"],
  "member.join": ["name"],
  "member.add": ["name", "roles"],
  "override.set": ["allow", "deny", "startsAt", "expiresIn"],
  "grant.give": ["channel", "bound", "startsAt", "expiresIn"],
  "limit.put": ["startsAt", "expiresIn"],
  "invite.create": ["role", "expiresIn", "maxUses", "campaign"],
  "invite.redeem": ["name"],
  "handoff.offer": ["note", "window"],
  "link.create": ["cohort", "source"],
  "message.post": ["body", "id", "replyTo", "attachments"],
  "poll.open": ["multiple", "id"],
  "media.open": ["attachment"],
  "click.record": ["visitor", "class", "at", "id"],
  "conversion.record": ["kind", "amount", "visitor", "link", "at", "id"],
};

const commands = Object.values(COMMANDS) as readonly Command[];
const issuesOf = (command: unknown) => {
  const parsed = parseCommand(command);
  return parsed.ok ? [] : parsed.issues;
};
/** A command with some of its fields changed, whether they may be or not. */
const changed = (type: CommandType, fields: object) => ({ ...COMMANDS[type], ...fields });

describe.each(commands)("$type", (command) => {
  test("is taken as it is, and after JSON as well", () => {
    expect(parseCommand(command)).toEqual({ ok: true, value: command });
    expect(parseCommand(JSON.parse(JSON.stringify(command)))).toEqual({ ok: true, value: command });
  });

  test("is complete without what it may leave out, and with nothing for it", () => {
    const optional = new Set(["reason", ...(OPTIONAL[command.type] ?? [])]);
    const least = Object.fromEntries(Object.entries(command).filter(([field]) => !optional.has(field)));
    expect(issuesOf(least)).toEqual([]);
    const nothing = Object.fromEntries([...optional].map((field) => [field, undefined]));
    expect(issuesOf({ ...least, ...nothing })).toEqual([]);
  });

  test("names each field that it cannot do without", () => {
    const optional = new Set(["type", "reason", ...(OPTIONAL[command.type] ?? [])]);
    for (const field of Object.keys(command).filter((name) => !optional.has(name))) {
      // A ceiling is on a member or on a channel: what is missing is one of both.
      const either = command.type.startsWith("limit.") && (field === "member" || field === "channel");
      expect(issuesOf({ ...command, [field]: undefined }), field).toMatchObject([
        either
          ? { path: "", expected: "must name a member or a channel, and not both" }
          : {
              path: field,
              expected: expect.stringMatching(/^(is missing|must be "everyone"|must be an instant)/),
            },
      ]);
    }
  });

  test("takes no field of another type, and none it does not know", () => {
    for (const field of Object.keys(command).filter((name) => name !== "type")) {
      const [issue] = issuesOf({ ...command, [field]: Symbol.iterator });
      expect(issue?.path, field).toBe(field);
    }
    expect(issuesOf({ ...command, note_: "x" })).toEqual([{ path: "", expected: 'has unknown "note_"' }]);
    expect(
      issuesOf(JSON.parse(JSON.stringify(command).replace(/^\{/, '{"__proto__":{"by":"ana"},'))),
    ).toEqual([{ path: "", expected: 'has unknown "__proto__"' }]);
  });
});

describe("how much a command takes", () => {
  const MEGABYTE = "x".repeat(1_000_000);

  test.each<[CommandType, string, (size: number) => unknown, number]>([
    ["space.configure", "name", (size) => "x".repeat(size), 200],
    ["space.archive", "reason", (size) => "x".repeat(size), 4_000],
    ["channel.open", "topic", (size) => "x".repeat(size), 4_000],
    ["handoff.offer", "note", (size) => "x".repeat(size), 4_000],
    ["link.create", "campaign", (size) => "x".repeat(size), 128],
    ["link.create", "target", (size) => "https://shop.example/".padEnd(size, "x"), 2_048],
    ["reaction.add", "emoji", (size) => "x".repeat(size), 64],
    ["invite.redeem", "token", (size) => "x".repeat(size), 1_024],
    ["role.assign", "roles", (size) => Array.from({ length: size }, () => "guest"), 32],
    ["poll.open", "options", (size) => Array.from({ length: size }, (_, i) => `${i}`), 100],
    ["poll.vote", "choices", (size) => Array.from({ length: size }, (_, i) => i), 100],
    ["message.post", "attachments", (size) => Array(size).fill({ name: "a", kind: "image" }), 32],
  ])("%s takes a %s up to its limit and not one more", (type, field, sized, limit) => {
    expect(issuesOf(changed(type, { [field]: sized(limit) }))).toEqual([]);
    expect(issuesOf(changed(type, { [field]: sized(limit + 1) }))).toEqual([
      { path: field, expected: `must have a length of at most ${limit}` },
    ]);
  });

  test("a message of a megabyte has the right shape: its length has a refusal of its own", () => {
    expect(issuesOf(changed("message.post", { body: MEGABYTE }))).toEqual([]);
  });

  test("a megabyte anywhere else is not taken, and the answer stays short", () => {
    for (const command of commands) {
      for (const [field, value] of Object.entries(command)) {
        if (typeof value !== "string" || field === "body") continue;
        const issues = issuesOf({ ...command, [field]: MEGABYTE });
        expect(issues, `${command.type} ${field}`).not.toEqual([]);
        expect(JSON.stringify(issues).length).toBeLessThan(300);
      }
    }
    expect(JSON.stringify(issuesOf({ type: MEGABYTE, by: "ana" })).length).toBeLessThan(300);
  });

  test("a list of mistakes is not answered with all of them", () => {
    const roles = Array.from({ length: 100_000 }, () => 5);
    expect(issuesOf(changed("role.assign", { roles })).length).toBeLessThanOrEqual(10);
    const messages = Array.from({ length: 100_000 }, () => "");
    expect(issuesOf(changed("slice.create", { messages })).length).toBeLessThanOrEqual(10);
  });
});

describe("what a command may say", () => {
  test("a name has something to see", () => {
    for (const name of ["", " ", "\u200b", "\u202e\u202c", "\u0000", "\ud83d"]) {
      expect(issuesOf(changed("space.configure", { name })), JSON.stringify(name)).not.toEqual([]);
    }
    expect(issuesOf(changed("space.configure", { name: "\u202eana" }))).toEqual([]);
  });

  test.each([
    "http://shop.example",
    "https://shop.example:8443/a?b#c",
    "HTTPS://SHOP.EXAMPLE",
    "https://bücher.example",
  ])("%s is a web address", (target) => {
    expect(issuesOf(changed("link.create", { target }))).toEqual([]);
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "ftp://x",
    "mailto:a@b.example",
    "//x",
    "shop",
    "https://",
    "",
  ])("%j is none", (target) => {
    expect(issuesOf(changed("link.create", { target }))).toMatchObject([{ path: "target" }]);
  });

  test.each([
    [{ minor: 0, currency: "EUR" }, true],
    [{ minor: -1, currency: "EUR" }, false],
    [{ minor: 49.99, currency: "EUR" }, false],
    [{ minor: 4900, currency: "eur" }, false],
    [{ minor: 4900, currency: "EUR", note: "x" }, true],
    [4900, false],
    ["49.00 EUR", false],
  ])("%j as an amount: %s", (amount, taken) => {
    expect(issuesOf(changed("conversion.record", { amount })).length === 0).toBe(taken);
  });

  test("a window has a start, and what it begins and ends with are instants", () => {
    const window = (start: unknown, end?: unknown) =>
      issuesOf(changed("handoff.offer", { window: { start, end } }));
    expect(window(0)).toEqual([]);
    expect(window(new Date(0), "2026-05-01T16:00:00+02:00")).toEqual([]);
    expect(window(undefined)).toMatchObject([{ path: "window.start" }]);
    expect(window(0, "2026-05-01T16:00:00")).toMatchObject([{ path: "window.end" }]);
    expect(window(0, Number.NaN)).toMatchObject([{ path: "window.end" }]);
  });
});

describe("what is no command", () => {
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;

  test.each([
    [5n, "5"],
    [circular, "an object"],
    [["space.goLive"], "a list"],
    [{ toString: () => "space.goLive" }, "an object"],
    [null, "null"],
    [undefined, "missing"],
    ["", '""'],
    ["__proto__", '"__proto__"'],
    ["toString", '"toString"'],
    ["space.golive", '"space.golive"'],
  ])("its type is %o", (type, shown) => {
    expect(issuesOf({ type, by: "ana" })).toEqual([
      { path: "type", expected: `must be a command, not ${shown}` },
    ]);
  });

  test("whatever its type is, nothing is thrown", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (type) => {
        expect(parseCommand({ type, by: "ana" }).ok).toBe(false);
      }),
    );
  });
});
