import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { About, Escalation } from "../../model/duties.js";
import type { Space } from "../../model/space.js";
import { ruleOf } from "../drafts/rule.js";
import { waitedFor } from "../drafts/waiting.js";
import { aboutKey } from "../keys.js";
import { peopleOf } from "../people.js";
import { dutyOf } from "../rules.js";
import { isVacant } from "../vacancy.js";

/** Something that waits for somebody to act. */
export type Waiting = {
  readonly about: About;
  /** From when on nobody has acted. */
  readonly since: Instant;
  /** Who is waited for. */
  readonly people: readonly string[];
  /** When they are reminded: once, or every so many milliseconds from then on. */
  readonly reminders: { readonly first: Instant; readonly every: number | null } | null;
  /** Where it goes if they do not act, from which duty. */
  readonly escalation: { readonly id: string | null; readonly escalation: Escalation | null };
};

const DAY = 86_400_000;
const NOWHERE = { id: null, escalation: null };

/** Whether and how something waits at an instant; `undefined` where it is settled or not there. */
export function waitingFor(space: Space, about: About, now: Instant): Waiting | undefined {
  switch (about.kind) {
    case "handoff":
      return offered(space, about, now);
    case "draft":
      return submitted(space, about, now);
    case "incident":
      return declared(space, about, now);
    case "item":
      return raised(space, about, now);
    case "duty":
      return vacant(space, about, now);
    default:
      return about.kind satisfies never;
  }
}

/** An offer waits for its answer. One reminder: a day before it lapses, or halfway where that is sooner. */
function offered(space: Space, about: About, now: Instant): Waiting | undefined {
  const handoff = entry(space.handoffs, about.id);
  if (handoff?.status !== "offered" || now >= handoff.expiresAt) return undefined;
  const { offeredAt, expiresAt, to } = handoff;
  const first = expiresAt - Math.min(DAY, Math.floor((expiresAt - offeredAt) / 2));
  return { about, since: offeredAt, people: [to], reminders: { first, every: null }, escalation: NOWHERE };
}

/** A draft waits for its approvers, who are reminded as its rule says, or at least when its time is up. */
function submitted(space: Space, about: About, now: Instant): Waiting | undefined {
  const draft = entry(space.drafts, about.id);
  if (draft?.status !== "submitted" || draft.submittedAt === null) return undefined;
  const { remindEvery, escalation } = ruleOf(space, draft);
  const { submittedAt: since, deadline } = draft;
  const reminders =
    remindEvery !== null
      ? { first: since + remindEvery, every: remindEvery }
      : deadline !== null
        ? { first: deadline, every: null }
        : null;
  const people = waitedFor(space, draft, now);
  return { about, since, people, reminders, escalation: { id: null, escalation } };
}

/** An incident waits for somebody to acknowledge it. */
function declared(space: Space, about: About, now: Instant): Waiting | undefined {
  const incident = entry(space.incidents, about.id);
  if (incident?.status !== "open") return undefined;
  const duty = dutyOf(space, incident.duty);
  return {
    about,
    since: incident.openedAt,
    people: peopleOf(space, duty.id, now),
    reminders: null,
    escalation: duty,
  };
}

/** An item waits from the instant at which it was to be done. */
function raised(space: Space, about: About, now: Instant): Waiting | undefined {
  const item = entry(space.items, about.id);
  if (!item || item.dueAt === null || item.status === "done" || item.status === "dropped") return undefined;
  const { owner, duty, dueAt, raisedBy } = item;
  const people = duty === null ? [raisedBy] : peopleOf(space, duty, now);
  return {
    about,
    since: dueAt,
    people: owner === null ? people : [owner],
    reminders: { first: dueAt, every: null },
    escalation: duty === null ? NOWHERE : dutyOf(space, duty),
  };
}

/** A required duty that nobody can look after waits for who was named to step in, who hear of it every day. */
function vacant(space: Space, about: About, now: Instant): Waiting | undefined {
  const duty = entry(space.duties, about.id);
  if (!duty?.required || !isVacant(space, duty.id, now)) return undefined;
  // When it became vacant is not known, so that the first reminder is due as soon as anybody asks.
  const last = entry(space.nudges, aboutKey(about))?.remindedAt ?? null;
  const first = last === null ? now : last + DAY;
  return { about, since: now, people: duty.fallback, reminders: { first, every: null }, escalation: NOWHERE };
}
