import type { Instant } from "../../kernel/time.js";
import type { Handoff, Window } from "../../model/duties.js";

/** When a handoff holds that was accepted: not before that, whatever its window says. */
export function windowOf({ window, answeredAt, offeredAt }: Handoff): Window {
  const accepted = answeredAt ?? offeredAt;
  return window === null
    ? { start: accepted, end: null }
    : { ...window, start: Math.max(window.start, accepted) };
}

/** When a handoff would hold that is accepted at an instant. */
export function windowFrom({ window }: Pick<Handoff, "window">, now: Instant): Window {
  return window === null ? { start: now, end: null } : { ...window, start: Math.max(window.start, now) };
}
