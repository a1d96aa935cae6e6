import type { Instant } from "../kernel/time.js";
import type { Escalation } from "../model/duties.js";
import type { Space } from "../model/space.js";
import { dutyOf } from "./rules.js";

/** A duty that is asked from an instant on, if nobody has acted by then. */
export type EscalationStep = { readonly to: string; readonly at: Instant };

/**
 * The way that something goes from duty to duty where nobody acts: first by the given escalation, then by that of each
 * duty on the way. Where they pass it on in a circle, it ends with the last one before it would come round.
 */
export function escalationSteps(
  space: Space,
  first: { readonly id: string | null; readonly escalation: Escalation | null },
  since: Instant,
): readonly EscalationStep[] {
  const steps: EscalationStep[] = [];
  const seen = new Set([first.id]);
  let at = since;
  let { escalation } = first;
  while (escalation && !seen.has(escalation.to)) {
    const { to, after } = escalation;
    at += after;
    steps.push({ to, at });
    seen.add(to);
    ({ escalation } = dutyOf(space, to));
  }
  return steps;
}
