import * as z from "zod/mini";
import { id, lazily, must } from "../kernel/schema.js";
import type { DraftCommands, TextEdit } from "./drafts.js";
import {
  attachment,
  body,
  command,
  duration,
  escalation,
  instant,
  LIST,
  label,
  name,
  note,
  people,
  role,
  type Schemas,
} from "./fields.js";

const clause = lazily(() =>
  z
    .strictObject({
      count: z.int().check(z.minimum(1), z.maximum(100)),
      duty: z.optional(label()),
      role: z.optional(role()),
      members: z.optional(people().check(z.minLength(1))),
    })
    .check(
      must(
        ({ duty, role, members }) => [duty, role, members].filter((one) => one !== undefined).length <= 1,
        "must name a duty, a role or members, and not two of them",
      ),
      must(
        ({ count, members }) => members === undefined || new Set(members).size >= count,
        "must not ask for more people than it names",
      ),
    ),
);
const rule = lazily(() =>
  z.strictObject({
    clauses: z.array(clause()).check(z.minLength(1), z.maxLength(20)),
    keepsCosmetic: z.optional(z.boolean()),
    within: z.optional(z.nullable(duration())),
    remindEvery: z.optional(z.nullable(duration())),
    escalation: z.optional(z.nullable(escalation())),
  }),
);
const attachments = lazily(() => z.array(attachment()).check(z.maxLength(32)));
const revision = lazily(() => z.int().check(z.minimum(1)));
const edits = lazily(() =>
  z
    .array(
      z.strictObject({ start: z.int().check(z.minimum(0)), end: z.int().check(z.minimum(0)), text: body() }),
    )
    .check(
      z.minLength(1),
      z.maxLength(LIST),
      must(inOrder, "must be in order, without touching each other twice"),
    ),
);

/** The commands of drafts. */
export const draftSchemas: Schemas<keyof DraftCommands> = {
  "channel.rule": lazily(() =>
    command("channel.rule", {
      channel: id(),
      approval: z.optional(z.nullable(rule())),
      staged: z.optional(z.boolean()),
    }),
  ),
  "draft.propose": lazily(() =>
    command("draft.propose", {
      channel: id(),
      title: name(),
      body: z.optional(body()),
      attachments: z.optional(attachments()),
      target: z.optional(id()),
      incident: z.optional(id()),
      rule: z.optional(rule()),
      id: z.optional(id()),
    }),
  ),
  "draft.revise": lazily(() =>
    command("draft.revise", {
      draft: id(),
      revision: revision(),
      body: z.optional(body()),
      attachments: z.optional(attachments()),
      cosmetic: z.optional(z.boolean()),
    }),
  ),
  "suggestion.make": lazily(() =>
    command("suggestion.make", {
      draft: id(),
      revision: revision(),
      edits: edits(),
      note: z.optional(note()),
    }),
  ),
  "suggestion.apply": lazily(() =>
    command("suggestion.apply", { draft: id(), suggestion: id(), cosmetic: z.optional(z.boolean()) }),
  ),
  "suggestion.reject": lazily(() =>
    command("suggestion.reject", { draft: id(), suggestion: id(), note: z.optional(note()) }),
  ),
  "draft.submit": lazily(() => command("draft.submit", { draft: id() })),
  "draft.judge": lazily(() =>
    command("draft.judge", {
      draft: id(),
      revision: revision(),
      verdict: z.enum(["approve", "reject", "changes"]),
      note: z.optional(note()),
    }),
  ),
  "draft.schedule": lazily(() => command("draft.schedule", { draft: id(), publishAt: instant() })),
  "draft.publish": lazily(() => command("draft.publish", { draft: id() })),
  "draft.deliver": lazily(() => command("draft.deliver", { draft: id() })),
  "draft.withdraw": lazily(() => command("draft.withdraw", { draft: id() })),
};

function inOrder(edits: readonly TextEdit[]): boolean {
  return edits.every(({ start, end }, index) => start <= end && start >= (edits[index - 1]?.end ?? 0));
}
