import type { Incident } from "../../model/incidents.js";
import type { Space } from "../../model/space.js";

/**
 * The incidents that are not resolved, the worst first and of these the oldest. Duplicates are not among them.
 *
 * ```ts
 * openIncidents(space).map(({ title }) => title); // ["The shop is down", "Two posts too early"]
 * ```
 */
export function openIncidents(space: Space): readonly Incident[] {
  return Object.values(space.incidents)
    .filter(({ status }) => status !== "resolved" && status !== "merged")
    .sort((a, b) => a.severity - b.severity || a.openedAt - b.openedAt);
}
