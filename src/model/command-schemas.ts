import * as z from "zod/mini";
import { isWellFormed } from "../kernel/json.js";
import { isMoney } from "../kernel/money.js";
import { entry } from "../kernel/record.js";
import { id, lazily, must, type Parsed, parse, text } from "../kernel/schema.js";
import { cleanName, quote } from "../kernel/text.js";
import { readDuration, readInstant } from "../kernel/time.js";
import { isTimeZone } from "../kernel/zone.js";
import type { Command, CommandType } from "./commands.js";
import type { SpacePlan } from "./plan.js";

const LIST = 1_000;

const name = lazily(() =>
  text(200).check(must((value) => cleanName(value) !== "", "must have visible characters")),
);
const note = lazily(() => text(4_000));
const role = lazily(() => text(64).check(z.minLength(1)));
const roles = lazily(() => z.array(role()).check(z.minLength(1), z.maxLength(32)));
const capabilities = lazily(() => z.array(role()).check(z.maxLength(256)));
const subject = lazily(() =>
  z.custom<Command<"override.set">["subject"]>(
    (value) => value === "everyone" || namesOne(value, "role") || namesOne(value, "member"),
    'must be "everyone", { role: "guest" } or { member: "leo" }',
  ),
);
const lasting = () => ({ startsAt: z.optional(instant()), expiresIn: z.optional(duration()) });
const limited = () => ({ member: z.optional(id()), channel: z.optional(id()) });
const onOneThing = () =>
  must<{ readonly member?: unknown; readonly channel?: unknown }>(
    ({ member, channel }) => (member === undefined) !== (channel === undefined),
    "must name a member or a channel, and not both",
  );
const zone = lazily(() =>
  z.string().check(must(isTimeZone, 'must be an IANA time zone such as "Europe/Berlin"')),
);
const visibility = lazily(() => z.enum(["private", "invite", "public"]));
const exportPolicy = lazily(() => z.enum(["members", "hosts", "nobody"]));
const kind = lazily(() => z.enum(["discussion", "announcement", "drafts", "operations", "incident"]));
const label = lazily(() => text(128).check(z.minLength(1)));
const count = lazily(() => z.int().check(z.minimum(1), z.maximum(1_000_000_000)));
const emoji = lazily(() => text(64).check(z.minLength(1)));
const url = lazily(() =>
  z.string().check(z.maxLength(2_048), must(isWebUrl, "must be an http or https URL")),
);
const instant = lazily(() =>
  z.custom<string | number | Date>(
    (value) => readInstant(value) !== undefined,
    'must be an instant: ISO text with an offset ("2026-05-01T16:00:00Z"), a Date or epoch milliseconds',
  ),
);
const duration = lazily(() =>
  z.custom<number>((value) => readDuration(value) !== undefined, 'must be a duration such as "7d" or "90m"'),
);
const money = lazily(() =>
  z.custom<{ minor: number; currency: string }>(
    (value) => isMoney(value) && value.minor >= 0,
    'must be money: { minor: 4900, currency: "EUR" }, whole minor units, not negative',
  ),
);
// The length of a message has a refusal of its own, so that it can say what to do.
const body = lazily(() => z.string().check(must(isWellFormed, "must be well-formed text")));
const attachment = lazily(() =>
  z.strictObject({
    name: text(255).check(z.minLength(1)),
    kind: z.enum([
      "image",
      "video",
      "video-note",
      "audio",
      "gif",
      "sticker",
      "document",
      "contact",
      "unknown",
    ]),
    size: z.exactOptional(z.int().check(z.minimum(0))),
  }),
);

const plan = lazily(
  (): z.ZodMiniType<SpacePlan> =>
    z.strictObject({
      template: z.nullable(z.strictObject({ name: label(), version: count() })),
      name: name(),
      visibility: visibility(),
      timeZone: zone(),
      exportPolicy: exportPolicy(),
      channels: z
        .array(z.strictObject({ id: id(), name: name(), kind: kind(), topic: z.optional(note()) }))
        .check(z.maxLength(LIST)),
      members: z
        .array(z.strictObject({ id: id(), name: z.optional(name()), roles: roles() }))
        .check(z.maxLength(LIST)),
      duties: z.array(z.strictObject({ duty: label(), member: id() })).check(z.maxLength(LIST)),
      links: z
        .array(
          z.strictObject({
            target: url(),
            campaign: label(),
            cohort: z.optional(label()),
            source: z.optional(label()),
          }),
        )
        .check(z.maxLength(LIST)),
      posts: z
        .array(z.strictObject({ channel: id(), body: body(), pinned: z.optional(z.boolean()) }))
        .check(z.maxLength(LIST)),
    }),
);

function namesOne(value: unknown, key: "role" | "member"): boolean {
  if (typeof value !== "object" || value === null) return false;
  const [[name, who] = [], ...more] = Object.entries(value);
  return name === key && more.length === 0 && z.safeParse(id(), who).success;
}

function command<K extends CommandType, S extends z.core.$ZodLooseShape>(type: K, shape: S) {
  return z.strictObject({ type: z.literal(type), by: id(), reason: z.optional(note()), ...shape });
}

const schemas: { readonly [K in CommandType]: () => z.ZodMiniType<Command<K>> } = {
  "space.create": lazily(() =>
    command("space.create", {
      name: z.optional(name()),
      visibility: z.optional(visibility()),
      timeZone: z.optional(zone()),
      exportPolicy: z.optional(exportPolicy()),
      template: z.optional(plan()),
    }),
  ),
  "space.configure": lazily(() =>
    command("space.configure", {
      name: z.optional(name()),
      visibility: z.optional(visibility()),
      timeZone: z.optional(zone()),
      exportPolicy: z.optional(exportPolicy()),
      retention: z.optional(z.nullable(duration())),
    }),
  ),
  "space.hold": lazily(() => command("space.hold", {})),
  "space.release": lazily(() => command("space.release", {})),
  "person.erase": lazily(() => command("person.erase", { person: id() })),
  "retention.apply": lazily(() => command("retention.apply", { before: instant() })),
  "space.goLive": lazily(() => command("space.goLive", {})),
  "space.archive": lazily(() => command("space.archive", {})),
  "channel.open": lazily(() =>
    command("channel.open", {
      channel: id(),
      name: z.optional(name()),
      kind: z.optional(kind()),
      topic: z.optional(note()),
    }),
  ),
  "channel.configure": lazily(() =>
    command("channel.configure", {
      channel: id(),
      name: z.optional(name()),
      kind: z.optional(kind()),
      topic: z.optional(z.nullable(note())),
    }),
  ),
  "channel.close": lazily(() => command("channel.close", { channel: id() })),
  "member.join": lazily(() => command("member.join", { name: z.optional(name()) })),
  "member.add": lazily(() =>
    command("member.add", { member: id(), name: z.optional(name()), roles: z.optional(roles()) }),
  ),
  "member.leave": lazily(() => command("member.leave", {})),
  "member.remove": lazily(() => command("member.remove", { member: id() })),
  "role.assign": lazily(() => command("role.assign", { member: id(), roles: roles() })),
  "role.define": lazily(() =>
    command("role.define", {
      role: role(),
      to: z.nullable(
        z.strictObject({
          rank: z.int().check(z.minimum(0), z.maximum(99)),
          allow: capabilities(),
          kinds: z.optional(
            z.strictObject({
              discussion: z.exactOptional(capabilities()),
              announcement: z.exactOptional(capabilities()),
              drafts: z.exactOptional(capabilities()),
              operations: z.exactOptional(capabilities()),
              incident: z.exactOptional(capabilities()),
            }),
          ),
        }),
      ),
    }),
  ),
  "override.set": lazily(() =>
    command("override.set", {
      channel: id(),
      subject: subject(),
      allow: z.optional(capabilities()),
      deny: z.optional(capabilities()),
      ...lasting(),
    }),
  ),
  "grant.give": lazily(() =>
    command("grant.give", {
      member: id(),
      allow: capabilities(),
      channel: z.optional(id()),
      bound: z.optional(z.boolean()),
      ...lasting(),
    }),
  ),
  "grant.revoke": lazily(() => command("grant.revoke", { member: id(), grant: id() })),
  "limit.put": lazily(() =>
    command("limit.put", { ceiling: role(), ...limited(), ...lasting() }).check(onOneThing()),
  ),
  "limit.lift": lazily(() => command("limit.lift", { ceiling: role(), ...limited() }).check(onOneThing())),
  "invite.create": lazily(() =>
    command("invite.create", {
      token: z.string().check(z.maxLength(1_024)),
      role: z.optional(role()),
      expiresIn: z.optional(duration()),
      maxUses: z.optional(count()),
      campaign: z.optional(label()),
    }),
  ),
  "invite.redeem": lazily(() =>
    command("invite.redeem", { token: z.string().check(z.maxLength(1_024)), name: z.optional(name()) }),
  ),
  "invite.revoke": lazily(() => command("invite.revoke", { invite: id() })),
  "duty.assign": lazily(() => command("duty.assign", { duty: label(), member: id() })),
  "handoff.offer": lazily(() =>
    command("handoff.offer", {
      duty: label(),
      from: id(),
      to: id(),
      note: z.optional(note()),
      window: z.optional(z.strictObject({ start: instant(), end: z.optional(instant()) })),
    }),
  ),
  "handoff.accept": lazily(() => command("handoff.accept", { handoff: id() })),
  "handoff.decline": lazily(() => command("handoff.decline", { handoff: id() })),
  "handoff.withdraw": lazily(() => command("handoff.withdraw", { handoff: id() })),
  "link.create": lazily(() =>
    command("link.create", {
      target: url(),
      campaign: label(),
      cohort: z.optional(label()),
      source: z.optional(label()),
    }),
  ),
  "slice.create": lazily(() =>
    command("slice.create", {
      title: name(),
      channels: z.array(id()),
      messages: z.array(id()),
      redacted: z.array(label()),
    }),
  ),
  "message.post": lazily(() =>
    command("message.post", {
      channel: id(),
      body: z.optional(body()),
      id: z.optional(id()),
      replyTo: z.optional(id()),
      attachments: z.optional(z.array(attachment()).check(z.maxLength(32))),
    }),
  ),
  "message.edit": lazily(() => command("message.edit", { channel: id(), message: id(), body: body() })),
  "message.delete": lazily(() => command("message.delete", { channel: id(), message: id() })),
  "message.pin": lazily(() => command("message.pin", { channel: id(), message: id() })),
  "message.unpin": lazily(() => command("message.unpin", { channel: id(), message: id() })),
  "poll.open": lazily(() =>
    command("poll.open", {
      channel: id(),
      question: note().check(z.minLength(1)),
      options: z.array(label()).check(z.minLength(2), z.maxLength(100)),
      multiple: z.optional(z.boolean()),
      id: z.optional(id()),
    }),
  ),
  "poll.vote": lazily(() =>
    command("poll.vote", {
      channel: id(),
      message: id(),
      choices: z.array(z.int().check(z.minimum(0))).check(z.maxLength(100)),
    }),
  ),
  "reaction.add": lazily(() => command("reaction.add", { channel: id(), message: id(), emoji: emoji() })),
  "reaction.remove": lazily(() =>
    command("reaction.remove", { channel: id(), message: id(), emoji: emoji() }),
  ),
  "media.open": lazily(() =>
    command("media.open", {
      channel: id(),
      message: id(),
      attachment: z.optional(z.int().check(z.minimum(0))),
    }),
  ),
  "history.import": lazily(() => command("history.import", { channel: id() })),
  "click.record": lazily(() =>
    command("click.record", {
      link: id(),
      visitor: z.optional(id()),
      class: z.optional(z.enum(["human", "preview", "crawler", "prefetch", "suspect", "unknown"])),
      at: z.optional(instant()),
      id: z.optional(id()),
    }),
  ),
  "conversion.record": lazily(() =>
    command("conversion.record", {
      order: id(),
      kind: z.optional(z.enum(["sale", "refund", "signup"])),
      amount: z.optional(money()),
      visitor: z.optional(id()),
      link: z.optional(id()),
      at: z.optional(instant()),
      id: z.optional(id()),
    }),
  ),
};

/** Checks a command at the boundary: its type must be known, its fields complete, typed, and none unknown. */
export function parseCommand(input: unknown): Parsed<Command> {
  const type = typeof input === "object" && input !== null ? (input as { type?: unknown }).type : undefined;
  const schema = typeof type === "string" ? entry<() => z.ZodMiniType<Command>>(schemas, type) : undefined;
  if (!schema) {
    return {
      ok: false,
      issues: [
        { path: "type", expected: `must be a command, not ${type === undefined ? "missing" : quote(type)}` },
      ],
    };
  }
  return parse(schema(), input);
}

function isWebUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol } = new URL(value);
  return protocol === "https:" || protocol === "http:";
}
