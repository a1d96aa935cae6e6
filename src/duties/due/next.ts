import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Space } from "../../model/space.js";
import { type EscalationStep, escalationSteps } from "../escalation.js";
import { aboutKey } from "../keys.js";
import type { Waiting } from "./waiting.js";

/**
 * When people are to be reminded next: an instant that has come if that was missed, `null` where it is not to be any
 * more. However many reminders were missed, one makes up for them.
 */
export function nextReminder(space: Space, { about, reminders }: Waiting, now: Instant): Instant | null {
  if (!reminders) return null;
  const { first, every } = reminders;
  const last = entry(space.nudges, aboutKey(about))?.remindedAt ?? Number.NEGATIVE_INFINITY;
  if (now < first) return first;
  const due = every === null ? first : first + Math.floor((now - first) / every) * every;
  if (last < due) return due;
  return every === null ? null : due + every;
}

/** The next step of escalation; `undefined` where there is none. */
export function nextEscalation(
  space: Space,
  { about, since, escalation }: Waiting,
): EscalationStep | undefined {
  const raised = entry(space.nudges, aboutKey(about))?.escalations ?? [];
  return escalationSteps(space, escalation, since)[raised.filter(({ at }) => at >= since).length];
}
