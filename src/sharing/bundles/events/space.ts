import * as z from "zod/mini";
import { lazily } from "../../../kernel/schema.js";
import { grant, limit, override, role } from "./access.js";
import {
  exportPolicy,
  flag,
  instant,
  nullableSpan,
  nullableText,
  text,
  texts,
  visibility,
} from "./fields.js";

const kind = lazily(() => z.enum(["discussion", "announcement", "drafts", "operations", "incident"]));
const nothing: () => z.ZodMiniType<Record<never, never>> = lazily(() => z.strictObject({}));
const ofMember = lazily(() => z.strictObject({ member: text() }));

/** The payloads of the events of the space itself, its channels, members, permissions and links. */
export const spaceData = {
  "space.created": lazily(() =>
    z.strictObject({
      name: text(),
      visibility: visibility(),
      timeZone: text(),
      exportPolicy: exportPolicy(),
      template: z.nullable(z.strictObject({ name: text(), version: z.number() })),
    }),
  ),
  "space.configured": lazily(() =>
    z.strictObject({
      name: z.exactOptional(text()),
      visibility: z.exactOptional(visibility()),
      timeZone: z.exactOptional(text()),
      exportPolicy: z.exactOptional(exportPolicy()),
      retention: z.exactOptional(nullableSpan()),
      ai: z.exactOptional(flag()),
      forward: z.exactOptional(flag()),
      legal: z.exactOptional(nullableText()),
      disclosure: z.exactOptional(nullableText()),
    }),
  ),
  "space.held": nothing,
  "space.released": nothing,
  "person.erased": lazily(() => z.strictObject({ person: text() })),
  "retention.applied": lazily(() => z.strictObject({ before: instant() })),
  "space.wentLive": nothing,
  "space.archived": nothing,
  "channel.opened": lazily(() =>
    z.strictObject({ channel: text(), name: text(), kind: kind(), topic: nullableText() }),
  ),
  "channel.configured": lazily(() =>
    z.strictObject({
      channel: text(),
      name: z.exactOptional(text()),
      kind: z.exactOptional(kind()),
      topic: z.exactOptional(nullableText()),
    }),
  ),
  "channel.closed": lazily(() => z.strictObject({ channel: text() })),
  "member.joined": lazily(() =>
    z.strictObject({
      member: text(),
      name: nullableText(),
      roles: texts(),
      invite: nullableText(),
      campaign: nullableText(),
      cohorts: z.exactOptional(texts()),
      until: z.exactOptional(instant()),
    }),
  ),
  "member.left": ofMember,
  "member.removed": ofMember,
  "role.assigned": lazily(() => z.strictObject({ member: text(), roles: texts() })),
  "role.defined": lazily(() => z.strictObject({ role: text(), to: z.nullable(role()) })),
  "override.changed": lazily(() => z.strictObject({ channel: text(), override: override() })),
  "grant.given": lazily(() => z.strictObject({ member: text(), grant: grant() })),
  "grant.revoked": lazily(() => z.strictObject({ member: text(), grant: text() })),
  "limit.added": lazily(() =>
    z.strictObject({ member: nullableText(), channel: nullableText(), limit: limit() }),
  ),
  "limit.lifted": lazily(() =>
    z.strictObject({ member: nullableText(), channel: nullableText(), ceiling: text() }),
  ),
  "link.created": lazily(() =>
    z.strictObject({
      link: text(),
      target: text(),
      campaign: text(),
      cohort: nullableText(),
      source: nullableText(),
    }),
  ),
};
