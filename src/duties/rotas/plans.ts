import type { Instant } from "../../kernel/time.js";
import type { Hours, Rota, RotaPlan } from "../../model/rotas.js";

/** The plan that a rota has at an instant; `null` before the first, and after it has ended. */
export function planAt({ plans }: Rota, at: Instant): RotaPlan | null {
  return plans.findLast(({ since }) => since <= at)?.plan ?? null;
}

/** The plans that a rota has within a window, each with the part of the window in which it holds. */
export function plansIn(
  { plans }: Rota,
  { start, end }: Hours,
): readonly (Hours & { readonly plan: RotaPlan })[] {
  return plans.flatMap(({ since, plan }, index) => {
    const from = Math.max(since, start);
    const to = Math.min(plans[index + 1]?.since ?? end, end);
    return plan && from < to ? [{ start: from, end: to, plan }] : [];
  });
}
