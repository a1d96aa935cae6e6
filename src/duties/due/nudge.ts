import { accept, type Outcome, refuse } from "../../kernel/outcome.js";
import type { Instant } from "../../kernel/time.js";
import type { Command } from "../../model/commands.js";
import { type Context, happened } from "../../model/decider.js";
import type { SpaceEvent } from "../../model/events.js";
import type { Space } from "../../model/space.js";
import { peopleOf } from "../people.js";
import { nextEscalation, nextReminder } from "./next.js";
import { waitingFor } from "./waiting.js";

/** Puts on record that people are reminded of something: once for each time that they were to be. */
export function sendReminder(
  space: Space,
  command: Command<"reminder.send">,
  context: Context,
): Outcome<SpaceEvent> {
  const { about } = command;
  const { now } = context;
  const waiting = waitingFor(space, about, now);
  const due = waiting ? nextReminder(space, waiting, now) : null;
  if (!waiting || due === null) return accept();
  return (
    refuseEarly(due, now) ??
    accept(happened("reminder.sent", { about, people: waiting.people }, command, context))
  );
}

/** Puts on record that somebody else is asked, because nobody has acted for too long. */
export function raiseEscalation(
  space: Space,
  command: Command<"escalation.raise">,
  context: Context,
): Outcome<SpaceEvent> {
  const { about } = command;
  const { now } = context;
  const waiting = waitingFor(space, about, now);
  const step = waiting && nextEscalation(space, waiting);
  if (!step) return accept();
  const { to } = step;
  return (
    refuseEarly(step.at, now) ??
    accept(happened("escalation.raised", { about, to, people: peopleOf(space, to, now) }, command, context))
  );
}

function refuseEarly(dueAt: Instant, now: Instant) {
  return now >= dueAt ? undefined : refuse("NOT_DUE", "It is not time for this yet.", { dueAt });
}
