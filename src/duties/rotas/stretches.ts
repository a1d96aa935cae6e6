import type { Hours, Rota, RotaPlan } from "../../model/rotas.js";
import { calendarOf, hoursAround } from "./calendar.js";
import { covering } from "./covering.js";
import { meet } from "./intervals.js";
import { DAY } from "./local-time.js";
import { plansIn } from "./plans.js";

/** A time in which a plan and the same people cover: as the rota says, whether they are still members or not. */
export type Stretch = Hours & { readonly plan: RotaPlan; readonly people: ReadonlySet<string> };

/**
 * A rota laid out within a window: stretches in order, which do not overlap. Times in which nobody covers are left out.
 * Takes time in proportion to the window, wherever it lies.
 */
export function* stretchesOf(rota: Rota, window: Hours): Generator<Stretch> {
  for (const { start, end, plan } of plansIn(rota, window)) {
    // Few hours are compared with each other at a time, however long the window is.
    for (let from = start; from < end; from += DAY) {
      yield* stretchesIn(rota, plan, { start: from, end: Math.min(from + DAY, end) });
    }
  }
}

function* stretchesIn(rota: Rota, plan: RotaPlan, window: Hours): Generator<Stretch> {
  const calendar = calendarOf(plan);
  if (!calendar) return;
  const hours = hoursAround(calendar, window.start, window.end).filter((some) => meet(some, window));
  const overrides = rota.overrides.filter((override) => meet(override, window));
  const turns = [...hours, ...overrides]
    .flatMap(({ start, end }) => [start, end])
    .filter((at) => at > window.start && at < window.end);
  let start = window.start;
  for (const end of [...new Set(turns).add(window.end)].sort((a, b) => a - b)) {
    const stretch = { start, end };
    const planned = hours.filter((some) => meet(some, stretch)).map(({ member }) => member);
    const people = covering(
      planned,
      overrides.filter((override) => meet(override, stretch)),
    );
    if (people.size > 0) yield { ...stretch, plan, people };
    start = end;
  }
}
