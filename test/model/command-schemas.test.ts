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
    duty: "ops",
    cohorts: ["early"],
    channels: ["lounge"],
    person: "leo",
    approval: true,
    waitlist: true,
    ticket: { price: { minor: 4_900, currency: "EUR" }, lasts: "30d", grace: "3d" },
  },
  "invite.redeem": { type: "invite.redeem", by: "leo", token: "t", name: "Leo", note: "We met in May" },
  "invite.revoke": { type: "invite.revoke", by: "ana", invite: "inv_1" },
  "invite.rule": {
    type: "invite.rule",
    by: "ana",
    longest: "90d",
    longestOpen: null,
    mostUses: 100,
    approval: true,
  },
  "request.approve": { type: "request.approve", by: "ana", request: "req_1" },
  "request.decline": { type: "request.decline", by: "ana", request: "req_1" },
  "request.withdraw": { type: "request.withdraw", by: "leo", request: "req_1" },
  "request.admit": { type: "request.admit", by: "clock", request: "req_1" },
  "member.ban": { type: "member.ban", by: "ana", member: "leo", expiresIn: "30d", reason: "spam" },
  "member.unban": { type: "member.unban", by: "ana", member: "leo" },
  "ticket.pay": {
    type: "ticket.pay",
    by: "payments",
    order: "o_1",
    invite: "inv_1",
    person: "leo",
    amount: { minor: 4_900, currency: "EUR" },
  },
  "ticket.refund": { type: "ticket.refund", by: "payments", order: "o_1" },
  "duty.define": {
    type: "duty.define",
    by: "ana",
    duty: "legal",
    required: true,
    needs: ["draft.approve"],
    fallback: ["sam"],
    escalation: { to: "host", after: "1h" },
  },
  "duty.assign": { type: "duty.assign", by: "ana", duty: "legal", member: "sam" },
  "duty.take": { type: "duty.take", by: "sam", duty: "legal" },
  "channel.assign": { type: "channel.assign", by: "ana", channel: "lounge", duty: "ops" },
  "thread.assign": {
    type: "thread.assign",
    by: "ana",
    channel: "lounge",
    message: "msg_1",
    duty: "ops",
    member: "sam",
  },
  "handoff.offer": {
    type: "handoff.offer",
    by: "ana",
    duty: "host",
    from: "ana",
    to: "sam",
    note: "two refunds open",
    window: { start: "2026-05-01T18:00:00Z", end: 1_777_680_000_000 },
    expiresIn: "2d",
    items: [
      { kind: "question", id: "msg_1", title: "Sizes?", by: "leo", since: 1_777_000_000_000, dueAt: null },
    ],
  },
  "handoff.accept": { type: "handoff.accept", by: "sam", handoff: "hdo_1" },
  "handoff.decline": { type: "handoff.decline", by: "sam", handoff: "hdo_1" },
  "handoff.withdraw": { type: "handoff.withdraw", by: "ana", handoff: "hdo_1" },
  "handoff.lapse": { type: "handoff.lapse", by: "clock", handoff: "hdo_1" },
  "handoff.start": { type: "handoff.start", by: "clock", handoff: "hdo_1" },
  "handoff.return": { type: "handoff.return", by: "clock", handoff: "hdo_1" },
  "reminder.send": { type: "reminder.send", by: "clock", about: { kind: "draft", id: "drf_1" } },
  "escalation.raise": { type: "escalation.raise", by: "clock", about: { kind: "item", id: "itm_1" } },
  "channel.rule": {
    type: "channel.rule",
    by: "ana",
    channel: "studio",
    approval: {
      clauses: [
        { count: 1, duty: "legal" },
        { count: 2, members: ["leo", "mia"] },
      ],
      keepsCosmetic: true,
      within: "2d",
      remindEvery: "12h",
      escalation: { to: "host", after: "1d" },
    },
    staged: false,
  },
  "draft.propose": {
    type: "draft.propose",
    by: "cid",
    channel: "studio",
    title: "Opening",
    body: "The drop opens at noon.",
    attachments: [{ name: "poster.png", kind: "image", size: 4096 }],
    target: "news",
    incident: "inc_1",
    rule: { clauses: [{ count: 1, role: "host" }] },
    id: "opening",
  },
  "draft.revise": {
    type: "draft.revise",
    by: "cid",
    draft: "drf_1",
    revision: 1,
    body: "The drop opens at one.",
    attachments: [],
    cosmetic: true,
  },
  "suggestion.make": {
    type: "suggestion.make",
    by: "leo",
    draft: "drf_1",
    revision: 1,
    edits: [
      { start: 0, end: 3, text: "Our" },
      { start: 18, end: 18, text: "about " },
    ],
    note: "less formal",
  },
  "suggestion.apply": {
    type: "suggestion.apply",
    by: "cid",
    draft: "drf_1",
    suggestion: "sug_1",
    cosmetic: true,
  },
  "suggestion.reject": {
    type: "suggestion.reject",
    by: "cid",
    draft: "drf_1",
    suggestion: "sug_1",
    note: "it is our voice",
  },
  "draft.submit": { type: "draft.submit", by: "cid", draft: "drf_1" },
  "draft.judge": {
    type: "draft.judge",
    by: "leo",
    draft: "drf_1",
    revision: 2,
    verdict: "changes",
    note: "say which noon",
  },
  "draft.schedule": { type: "draft.schedule", by: "ana", draft: "drf_1", publishAt: "2026-05-01T16:00:00Z" },
  "draft.publish": { type: "draft.publish", by: "clock", draft: "drf_1" },
  "draft.deliver": { type: "draft.deliver", by: "clock", draft: "drf_1" },
  "draft.withdraw": { type: "draft.withdraw", by: "ana", draft: "drf_1", reason: "wrong date" },
  "incident.declare": {
    type: "incident.declare",
    by: "cid",
    title: "The shop is down",
    severity: 1,
    text: "Nobody gets past the basket",
    occurredAt: "2026-05-01T11:40:00Z",
    duty: "ops",
    commander: "sam",
    source: { channel: "lounge", message: "msg_1" },
    channel: { id: "shop-down", name: "Shop down", topic: "Until it sells again", members: ["mia"] },
    id: "outage-1",
  },
  "incident.acknowledge": { type: "incident.acknowledge", by: "sam", incident: "inc_1" },
  "incident.command": { type: "incident.command", by: "sam", incident: "inc_1", member: "mia" },
  "incident.classify": { type: "incident.classify", by: "sam", incident: "inc_1", severity: 2 },
  "incident.contain": { type: "incident.contain", by: "sam", incident: "inc_1", text: "Sales are paused" },
  "incident.update": { type: "incident.update", by: "sam", incident: "inc_1", text: "The till is back" },
  "incident.resolve": { type: "incident.resolve", by: "sam", incident: "inc_1", text: "Sales go on" },
  "incident.reopen": { type: "incident.reopen", by: "sam", incident: "inc_1", text: "It is back" },
  "incident.merge": { type: "incident.merge", by: "sam", incident: "inc_2", into: "inc_1" },
  "item.raise": {
    type: "item.raise",
    by: "cora",
    title: "Answer the refunds",
    duty: "ops",
    owner: "cid",
    dueAt: "2026-05-01T17:00:00Z",
    source: { channel: "lounge", message: "msg_1" },
    incident: "inc_1",
    checklist: "chk_1",
    id: "refunds",
  },
  "item.acknowledge": { type: "item.acknowledge", by: "cid", item: "itm_1" },
  "item.complete": { type: "item.complete", by: "cid", item: "itm_1" },
  "item.reopen": { type: "item.reopen", by: "cora", item: "itm_1" },
  "item.drop": { type: "item.drop", by: "cora", item: "itm_1" },
  "item.change": {
    type: "item.change",
    by: "cora",
    item: "itm_1",
    title: "Answer all refunds",
    duty: null,
    owner: "sam",
    dueAt: null,
  },
  "checklist.open": {
    type: "checklist.open",
    by: "cora",
    channel: "floor",
    title: "Before opening",
    items: [{ title: "Count the stock", duty: "ops", owner: "cid", dueIn: "2h" }],
    id: "before-opening",
  },
  "checklist.close": { type: "checklist.close", by: "cora", checklist: "chk_1" },
  "rota.define": {
    type: "rota.define",
    by: "ana",
    rota: "weekends",
    plan: {
      duty: "ops",
      timeZone: "Europe/Berlin",
      grid: [{ weekdays: [6, 7], from: "10:00", to: "24:00", people: ["sam", "leo"] }],
      rotation: {
        people: ["sam", "leo"],
        every: 1,
        unit: "week",
        firstDay: "2026-05-04",
        handoverAt: "09:00",
        hours: { from: "22:00", to: "06:00" },
      },
    },
  },
  "rota.override": {
    type: "rota.override",
    by: "ana",
    rota: "weekends",
    start: "2026-05-02T08:00:00Z",
    end: 1_777_730_400_000,
    replaces: "sam",
    member: "leo",
  },
  "rota.restore": { type: "rota.restore", by: "ana", rota: "weekends", override: "ovr_1" },
  "swap.offer": {
    type: "swap.offer",
    by: "sam",
    rota: "weekends",
    to: "leo",
    give: { start: "2026-05-02T08:00:00Z", end: "2026-05-02T16:00:00Z" },
    take: { start: "2026-05-03T08:00:00Z", end: "2026-05-03T16:00:00Z" },
    note: "a wedding",
  },
  "swap.accept": { type: "swap.accept", by: "leo", swap: "swp_1" },
  "swap.decline": { type: "swap.decline", by: "leo", swap: "swp_1" },
  "swap.withdraw": { type: "swap.withdraw", by: "sam", swap: "swp_1" },
  "cohort.define": {
    type: "cohort.define",
    by: "ana",
    cohort: "regulars",
    name: "Regulars",
    rule: {
      any: [
        { all: [{ campaign: "spring" }, { not: { role: "host" } }, { cohort: "early" }] },
        { invite: "inv_1" },
        { joined: { from: "2026-05-01T12:00:00Z", to: 1_800_000_000_000 } },
        { active: { weeks: 3, of: 4 } },
        { bought: { within: "30d" } },
        { attended: { channel: "lounge", from: "2026-05-01T16:00:00Z", to: "2026-05-01T18:00:00Z" } },
      ],
    },
  },
  "cohort.drop": { type: "cohort.drop", by: "ana", cohort: "regulars" },
  "cohort.add": { type: "cohort.add", by: "ana", cohort: "early", members: ["leo"] },
  "cohort.remove": { type: "cohort.remove", by: "ana", cohort: "early", members: ["leo"] },
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
    pick: [{ ids: ["msg_1"] }, { first: "msg_2", last: "msg_3" }, { from: 0 }, { decisions: true }],
    except: ["msg_2"],
    redact: ["links", { person: "leo", alsoKnownAs: ["Leonardo"] }, { phrase: "secret", as: "[project]" }],
    spare: ["links:example.com"],
    context: true,
    mode: "frozen",
    until: [{ channel: "lounge", revision: 3 }],
    count: 1,
    policy: {
      visibility: "invite",
      export: "nobody",
      ai: false,
      forward: false,
      retention: "30d",
      legal: "x",
      disclosure: "Ad",
    },
    id: "mine",
  },
  "slice.revoke": { type: "slice.revoke", by: "ana", slice: "slc_1" },
  "slice.share": {
    type: "slice.share",
    by: "ana",
    slice: "slc_1",
    members: ["leo"],
    cohorts: ["early"],
    audience: ["zoe"],
    token: "csshr1_drop.shr_1.secret",
    recipient: "Acme, legal",
    expiresIn: "7d",
    policy: { ai: false },
    marked: true,
  },
  "share.revoke": { type: "share.revoke", by: "ana", share: "shr_1" },
  "slice.open": {
    type: "slice.open",
    by: "leo",
    slice: "slc_1",
    token: "csshr1_drop.shr_1.secret",
    use: "ai",
  },
  "slice.export": {
    type: "slice.export",
    by: "leo",
    slice: "slc_1",
    token: "csshr1_drop.shr_1.secret",
    format: "html",
  },
  "slice.verify": {
    type: "slice.verify",
    by: "leo",
    slice: "slc_1",
    token: "csshr1_drop.shr_1.secret",
    genuine: true,
  },
  "key.add": { type: "key.add", by: "ana", publicKey: "ab".repeat(32) },
  "key.revoke": { type: "key.revoke", by: "ana", key: "abab" },
  "space.export": { type: "space.export", by: "ana", events: 12 },
  "policy.bind": {
    type: "policy.bind",
    by: "ana",
    channel: "lounge",
    policy: { ai: false },
    origin: { space: "other", slice: "slc_9", root: null },
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
  "space.configure": [
    ...[
      "name",
      "visibility",
      "timeZone",
      "exportPolicy",
      "retention",
      "ai",
      "forward",
      "legal",
      "disclosure",
    ],
  ],
  "channel.open": ["name", "kind", "topic"],
  "channel.configure": ["name", "kind", "topic"],
  "member.join": ["name"],
  "member.add": ["name", "roles"],
  "override.set": ["allow", "deny", "startsAt", "expiresIn"],
  "grant.give": ["channel", "bound", "startsAt", "expiresIn"],
  "limit.put": ["startsAt", "expiresIn"],
  "invite.create": [
    ...["role", "expiresIn", "campaign", "duty", "cohorts", "channels", "person", "approval", "waitlist"],
    "ticket",
  ],
  "invite.redeem": ["name", "note"],
  "invite.rule": ["longest", "longestOpen", "mostUses", "approval"],
  "member.ban": ["expiresIn"],
  "ticket.pay": ["amount"],
  "slice.create": ["except", "redact", "spare", "context", "mode", "until", "policy", "id"],
  "slice.share": ["members", "cohorts", "audience", "token", "recipient", "expiresIn", "policy", "marked"],
  "slice.open": ["token", "use"],
  "slice.export": ["token"],
  "slice.verify": ["token"],
  "space.export": ["events"],
  "policy.bind": ["origin"],
  "duty.define": ["required", "needs", "fallback", "escalation"],
  "thread.assign": ["duty", "member"],
  "handoff.offer": ["note", "window", "expiresIn", "items"],
  "channel.rule": ["approval", "staged"],
  "draft.propose": ["body", "attachments", "target", "incident", "rule", "id"],
  "draft.revise": ["body", "attachments", "cosmetic"],
  "suggestion.make": ["note"],
  "suggestion.apply": ["cosmetic"],
  "suggestion.reject": ["note"],
  "draft.judge": ["note"],
  "incident.declare": ["text", "occurredAt", "duty", "commander", "source", "channel", "id"],
  "incident.contain": ["text"],
  "incident.resolve": ["text"],
  "incident.reopen": ["text"],
  "item.raise": ["duty", "owner", "dueAt", "source", "incident", "checklist", "id"],
  "item.change": ["title", "duty", "owner", "dueAt"],
  "checklist.open": ["id"],
  "rota.override": ["replaces"],
  "swap.offer": ["take", "note"],
  "cohort.define": ["name", "rule"],
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
      // Of a few commands, one of several fields is asked for.
      const expected =
        /^(is missing|must name (?:a|maxUses)|must be "everyone"|must be an instant|must be one of)/;
      const [issue, ...more] = issuesOf({ ...command, [field]: undefined });
      expect(issue, field).toEqual({
        path: issue?.expected.startsWith("must name") ? "" : field,
        expected: expect.stringMatching(expected),
      });
      expect(more).toEqual([]);
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
