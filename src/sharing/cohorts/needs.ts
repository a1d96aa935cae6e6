import { entry } from "../../kernel/record.js";
import type { Space } from "../../model/space.js";
import { cohortsIn, partsOf } from "./rules.js";

/** What has to be read to tell who is in some cohorts. */
export type CohortNeeds = {
  /** The channels whose events are needed. */
  readonly channels: readonly string[];
  readonly traffic: boolean;
};

/** What has to be read to tell who is in these cohorts: nothing for lists, and for rules that ask for nothing but members. */
export function cohortNeeds(space: Space, cohorts: readonly string[]): CohortNeeds {
  const channels = new Set<string>();
  let traffic = false;
  const seen = new Set<string>();
  const waiting = [...cohorts];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const rule = entry(space.cohorts, next)?.rule ?? null;
    if (seen.has(next) || rule === null) continue;
    seen.add(next);
    waiting.push(...cohortsIn(rule));
    for (const part of partsOf(rule)) {
      if ("active" in part) for (const channel of Object.keys(space.channels)) channels.add(channel);
      if ("attended" in part) channels.add(part.attended.channel);
      if ("bought" in part) traffic = true;
    }
  }
  return { channels: [...channels], traffic };
}
