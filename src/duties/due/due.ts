import { forbidChange } from "../../access/guard.js";
import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import type { About } from "../../model/duties.js";
import type { Space } from "../../model/space.js";
import { admittable } from "../../model/waiting.js";
import { asOf } from "../handoffs/as-of.js";
import { windowOf } from "../handoffs/window.js";
import { nextEscalation, nextReminder } from "./next.js";
import { waitingFor } from "./waiting.js";

/** The commands that come with time. */
export type DueCommand = Command<
  | "handoff.lapse"
  | "handoff.start"
  | "handoff.return"
  | "reminder.send"
  | "escalation.raise"
  | "draft.publish"
  | "draft.deliver"
  | "request.admit"
>;

/** Something that should happen, and from when on. */
export type Due = { readonly dueAt: Instant; readonly command: DueCommand };

/**
 * What should happen in a space by now, as commands: offers that have lapsed, windows that have begun or ended, people to
 * remind, others to ask instead, drafts to publish, people to let in for whom a place is free. What came first is first.
 * `by` is who the commands are by, `clock` unless it is said.
 *
 * ```ts
 * for (const { command } of due(space, now)) await run(command);
 * ```
 *
 * `spaces.tick()` runs them all. Late, twice or by several at once, each does its thing once; what has no effect on its own,
 * such as a handoff that ends, does so on time whether anybody calls or not.
 */
export function due(space: Space, now: Instant, by = "clock"): readonly Due[] {
  return coming(space, now, by).filter(({ dueAt }) => dueAt <= now);
}

/** When something should happen next, after now; `null` where nothing is in sight. For whoever sets a timer. */
export function nextDueAt(space: Space, now: Instant): Instant | null {
  return coming(space, now, "clock").find(({ dueAt }) => dueAt > now)?.dueAt ?? null;
}

function coming(space: Space, now: Instant, by: string): readonly Due[] {
  // In a space that is archived nothing changes any more.
  if (space.stage === "new" || space.stage === "archived") return [];
  return [
    ...ofHandoffs(space, by),
    ...ofDrafts(space, by),
    ...ofRequests(space, now, by),
    ...ofWaiting(space, now, by),
  ].sort((a, b) => a.dueAt - b.dueAt);
}

function* ofHandoffs({ handoffs }: Space, by: string): Iterable<Due> {
  for (const handoff of Object.values(handoffs)) {
    const { id, status, startedAt, expiresAt } = handoff;
    if (status === "offered") yield { dueAt: expiresAt, command: { type: "handoff.lapse", by, handoff: id } };
    if (status !== "accepted") continue;
    const { start, end } = windowOf(handoff);
    if (startedAt === null) yield { dueAt: start, command: { type: "handoff.start", by, handoff: id } };
    if (end !== null) yield { dueAt: end, command: { type: "handoff.return", by, handoff: id } };
  }
}

function* ofDrafts({ drafts }: Space, by: string): Iterable<Due> {
  for (const draft of Object.values(drafts)) {
    const { id, status, publishAt, publishedAt, withdrawnAt, message, delivered } = draft;
    if (status === "scheduled" && publishAt !== null)
      yield { dueAt: publishAt, command: { type: "draft.publish", by, draft: id } };
    // Decided, and not carried out yet: a message to post, or to take away again.
    const decidedAt = status === "published" ? publishedAt : status === "withdrawn" ? withdrawnAt : null;
    if (decidedAt !== null && message !== null && !delivered)
      yield { dueAt: decidedAt, command: { type: "draft.deliver", by, draft: id } };
  }
}

/** Places that are free are theirs who wait, from when they began to. */
function* ofRequests(space: Space, now: Instant, by: string): Iterable<Due> {
  const then = asOf(space, now);
  for (const { id, madeAt, invite } of admittable(then, now)) {
    const { createdBy = "", role = "" } = entry(space.invites, invite) ?? {};
    // By a link that its issuer could no longer give out, nobody comes in by themselves.
    if (forbidChange(then, createdBy, { type: "member.add", member: "", data: { roles: [role] } }, now))
      continue;
    yield { dueAt: madeAt, command: { type: "request.admit", by, request: id } };
  }
}

function* ofWaiting(space: Space, now: Instant, by: string): Iterable<Due> {
  for (const about of everything(space)) {
    const waiting = waitingFor(space, about, now);
    if (!waiting) continue;
    const reminder = nextReminder(space, waiting, now);
    if (reminder !== null) yield { dueAt: reminder, command: { type: "reminder.send", by, about } };
    const step = nextEscalation(space, waiting);
    if (step) yield { dueAt: step.at, command: { type: "escalation.raise", by, about } };
  }
}

function* everything({ handoffs, drafts, incidents, items, duties }: Space): Iterable<About> {
  for (const { id } of Object.values(handoffs)) yield { kind: "handoff", id };
  for (const { id } of Object.values(drafts)) yield { kind: "draft", id };
  for (const { id } of Object.values(incidents)) yield { kind: "incident", id };
  for (const { id } of Object.values(items)) yield { kind: "item", id };
  for (const { id } of Object.values(duties)) yield { kind: "duty", id };
}
