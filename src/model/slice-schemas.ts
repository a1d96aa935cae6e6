import * as z from "zod/mini";
import { id, lazily, must, text } from "../kernel/schema.js";
import {
  command,
  duration,
  exportPolicy,
  instant,
  LIST,
  label,
  name,
  note,
  people,
  type Schemas,
  visibility,
} from "./fields.js";
import type { PolicyCommands, PolicyInput } from "./policy.js";
import type { Redaction, SliceCommands, SlicePick } from "./slices.js";

/** How many messages may be named one by one. */
const MANY = 10_000;

const hex = (digits: number) =>
  z
    .string()
    .check(
      must(
        (value) => /^[0-9a-f]+$/.test(value) && value.length === digits,
        `must be ${digits} hexadecimal digits`,
      ),
    );
const phrase = lazily(() => text(1_000).check(z.minLength(1)));
const token = () => z.string().check(z.maxLength(1_024));

const policy = lazily(
  (): z.ZodMiniType<PolicyInput> =>
    z.strictObject({
      visibility: z.optional(visibility()),
      export: z.optional(exportPolicy()),
      ai: z.optional(z.boolean()),
      forward: z.optional(z.boolean()),
      retention: z.optional(z.nullable(duration())),
      legal: z.optional(z.nullable(note())),
      disclosure: z.optional(z.nullable(text(200))),
    }),
);

const pick = lazily(
  (): z.ZodMiniType<SlicePick> =>
    z.union(
      [
        z.strictObject({ ids: z.array(id()).check(z.maxLength(MANY)) }),
        z.strictObject({ first: id(), last: id() }),
        z.strictObject({ from: z.optional(instant()), to: z.optional(instant()) }),
        z.strictObject({ thread: id() }),
        z.strictObject({ pinned: z.literal(true) }),
        z.strictObject({ tag: label() }),
        z.strictObject({ author: id() }),
        z.strictObject({ decisions: z.literal(true) }),
        z.strictObject({ search: phrase() }),
      ],
      { error: 'must be a pick such as { pinned: true }, { thread: "msg_1" } or { from, to }' },
    ),
);

const redaction = lazily(
  (): z.ZodMiniType<Redaction> =>
    z.union(
      [
        z.enum(["people", "links", "emails", "phones", "amounts", "addresses", "attachments"]),
        z.strictObject({
          person: id(),
          alsoKnownAs: z.optional(z.array(phrase()).check(z.maxLength(100))),
        }),
        z.strictObject({ phrase: phrase(), as: z.optional(label()) }),
        z.strictObject({ pattern: phrase(), as: z.optional(label()), ignoreCase: z.optional(z.boolean()) }),
      ],
      {
        error:
          'must be "people", "links", "emails", "phones", "amounts", "addresses", "attachments", or { person }, { phrase } or { pattern }',
      },
    ),
);

const shown = () => ({ slice: id(), token: z.optional(token()) });

/** The commands of slices, shares, keys and policies. */
export const sliceSchemas: Schemas<keyof SliceCommands | keyof PolicyCommands> = {
  "slice.create": lazily(() =>
    command("slice.create", {
      title: name(),
      channels: z.array(id()).check(z.minLength(1), z.maxLength(LIST)),
      pick: z.array(pick()).check(z.minLength(1), z.maxLength(100)),
      except: z.optional(z.array(id()).check(z.maxLength(MANY))),
      redact: z.optional(z.array(redaction()).check(z.maxLength(LIST))),
      spare: z.optional(z.array(text(2_000)).check(z.maxLength(MANY))),
      context: z.optional(z.boolean()),
      mode: z.optional(z.enum(["live", "frozen"])),
      until: z.optional(
        z
          .array(z.strictObject({ channel: id(), revision: z.int().check(z.minimum(0)) }))
          .check(z.maxLength(LIST)),
      ),
      count: z.int().check(z.minimum(0)),
      policy: z.optional(policy()),
      id: z.optional(id()),
    }),
  ),
  "slice.revoke": lazily(() => command("slice.revoke", { slice: id() })),
  "slice.share": lazily(() =>
    command("slice.share", {
      slice: id(),
      members: z.optional(people()),
      cohorts: z.optional(z.array(label()).check(z.maxLength(32))),
      audience: z.optional(z.array(id())),
      token: z.optional(token()),
      recipient: z.optional(name()),
      expiresIn: z.optional(duration()),
      policy: z.optional(policy()),
      marked: z.optional(z.boolean()),
    }),
  ),
  "share.revoke": lazily(() => command("share.revoke", { share: id() })),
  "slice.open": lazily(() => command("slice.open", { ...shown(), use: z.optional(z.enum(["read", "ai"])) })),
  "slice.export": lazily(() =>
    command("slice.export", { ...shown(), format: z.enum(["json", "markdown", "html", "text"]) }),
  ),
  "slice.verify": lazily(() => command("slice.verify", { ...shown(), genuine: z.boolean() })),
  "key.add": lazily(() => command("key.add", { publicKey: hex(64) })),
  "key.revoke": lazily(() => command("key.revoke", { key: id() })),
  "space.export": lazily(() => command("space.export", { events: z.optional(z.int().check(z.minimum(0))) })),
  "policy.bind": lazily(() =>
    command("policy.bind", {
      channel: id(),
      policy: policy(),
      origin: z.optional(z.strictObject({ space: id(), slice: id(), root: z.nullable(hex(64)) })),
    }),
  ),
};
