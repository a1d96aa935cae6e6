import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Space } from "../../model/space.js";
import { covers } from "../tenure.js";
import { calendarOf, hoursAround } from "./calendar.js";
import { covering } from "./covering.js";
import { compare } from "./intervals.js";
import { planAt } from "./plans.js";

/**
 * Who covers a duty by its rotas at an instant, in the order of their ids; nobody where no rota does. Several people may
 * be on at once. Whoever has left the space is not on duty, and nobody is in their place.
 *
 * Asks the rotas only: who holds a duty without one, `whoHolds` knows, and `whoAnswers` knows both.
 *
 * ```ts
 * onDuty(space, "ops", Date.parse("2026-05-02T10:00:00Z")); // ["cid"]
 * ```
 *
 * A look-up is as cheap for a day in fifty years as for today.
 */
export function onDuty(space: Space, duty: string, at: Instant): readonly string[] {
  const people = new Set<string>();
  for (const rota of Object.values(space.rotas)) {
    const plan = planAt(rota, at);
    const calendar = plan?.duty === duty ? calendarOf(plan) : null;
    if (!calendar) continue;
    const planned = hoursAround(calendar, at, at).filter((hours) => covers(hours, at));
    const overrides = rota.overrides.filter((override) => covers(override, at));
    for (const member of covering(
      planned.map(({ member }) => member),
      overrides,
    )) {
      if (entry(space.members, member)) people.add(member);
    }
  }
  return [...people].sort(compare);
}
