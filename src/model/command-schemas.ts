import * as z from "zod/mini";
import { refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import { type Issue, id, lazily, type Parsed, parse, sentence, text } from "../kernel/schema.js";
import { quote } from "../kernel/text.js";
import { cohortSchemas } from "./cohort-schemas.js";
import type { Command, CommandType } from "./commands.js";
import { draftSchemas } from "./draft-schemas.js";
import { dutySchemas } from "./duty-schemas.js";
import {
  attachment,
  body,
  capabilities,
  command,
  count,
  duration,
  emoji,
  exportPolicy,
  instant,
  kind,
  LIST,
  label,
  lasting,
  limited,
  money,
  name,
  note,
  onOneThing,
  role,
  roles,
  type Schemas,
  subject,
  url,
  visibility,
  zone,
} from "./fields.js";
import { incidentSchemas } from "./incident-schemas.js";
import { inviteSchemas } from "./invite-schemas.js";
import { itemSchemas } from "./item-schemas.js";
import type { SpacePlan } from "./plan.js";
import { rotaSchemas } from "./rota-schemas.js";
import { sliceSchemas } from "./slice-schemas.js";

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

const schemas: Schemas<CommandType> = {
  ...inviteSchemas,
  ...cohortSchemas,
  ...sliceSchemas,
  ...dutySchemas,
  ...rotaSchemas,
  ...draftSchemas,
  ...incidentSchemas,
  ...itemSchemas,
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
      ai: z.optional(z.boolean()),
      forward: z.optional(z.boolean()),
      legal: z.optional(z.nullable(note())),
      disclosure: z.optional(z.nullable(text(200))),
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
  "link.create": lazily(() =>
    command("link.create", {
      target: url(),
      campaign: label(),
      cohort: z.optional(label()),
      source: z.optional(label()),
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

/** The refusal of a command that does not have the shape its type asks for. */
export function refuseInvalid(command: unknown, issues: readonly Issue[]) {
  const type = (command as { readonly type?: unknown } | null | undefined)?.type;
  const named = typeof type === "string" && Object.hasOwn(schemas, type) ? type : "The command";
  return refuse("INVALID_COMMAND", `${named} ${sentence(issues)}.`, { issues });
}
