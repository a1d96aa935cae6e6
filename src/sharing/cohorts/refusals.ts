import { ROLES } from "../../access/roles.js";
import { refuse } from "../../kernel/outcome.js";
import { entry } from "../../kernel/record.js";
import type { Cohort, CohortRule } from "../../model/cohorts.js";
import type { Space } from "../../model/space.js";
import { cohortsIn, partsOf } from "./rules.js";

/** The cohort, or the refusal of a command on one that is not there. */
export function findCohort(space: Space, id: string): Cohort | ReturnType<typeof refuse> {
  return entry(space.cohorts, id) ?? refuseUnknown(id);
}

/** The cohort, or the refusal of a command on one that is no list. */
export function findList(space: Space, id: string): Cohort | ReturnType<typeof refuse> {
  const found = findCohort(space, id);
  if ("ok" in found || found.rule === null) return found;
  return refuse("COHORT_HAS_RULE", `Who belongs to ${JSON.stringify(id)} follows from its rule.`, {
    cohort: id,
  });
}

/** The refusal of a command that names somebody who is not a member. */
export function refuseStrangers(space: Space, members: readonly string[]) {
  const member = members.find((id) => !entry(space.members, id));
  if (member === undefined) return undefined;
  return refuse("MEMBER_UNKNOWN", `${JSON.stringify(member)} is not a member of this space.`, { member });
}

/** The refusal of a rule that names what there is not, or, through other cohorts, the cohort it is the rule of. */
export function refuseRule(space: Space, cohort: string, rule: CohortRule) {
  for (const part of partsOf(rule)) {
    if ("cohort" in part && part.cohort !== cohort && !entry(space.cohorts, part.cohort)) {
      return refuseUnknown(part.cohort);
    }
    if ("attended" in part && !entry(space.channels, part.attended.channel)) {
      const { channel } = part.attended;
      return refuse("CHANNEL_UNKNOWN", `There is no channel ${JSON.stringify(channel)}.`, { channel });
    }
    if ("role" in part && !entry(space.roles, part.role) && !entry(ROLES, part.role)) {
      return refuse("ROLE_UNKNOWN", `There is no role ${JSON.stringify(part.role)}.`, { role: part.role });
    }
  }
  return reaches(space, rule, cohort)
    ? refuse("COHORT_CIRCLE", `The rule of ${JSON.stringify(cohort)} would depend on itself.`, { cohort })
    : undefined;
}

/** The refusal to drop a cohort that the rule of another one names: who is in that one would change unseen. */
export function refuseInUse(space: Space, cohort: string) {
  const user = Object.values(space.cohorts).find(({ rule }) => cohortsIn(rule).includes(cohort));
  if (!user) return undefined;
  return refuse("COHORT_IN_USE", `The rule of ${JSON.stringify(user.id)} depends on it.`, {
    cohort,
    by: user.id,
  });
}

function refuseUnknown(cohort: string) {
  return refuse("COHORT_UNKNOWN", `There is no cohort ${JSON.stringify(cohort)}.`, { cohort });
}

/** Whether a rule comes to a cohort, however many others are in between. Each is looked at once. */
function reaches(space: Space, rule: CohortRule, cohort: string): boolean {
  const seen = new Set<string>();
  const waiting = [...cohortsIn(rule)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === cohort) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...cohortsIn(entry(space.cohorts, next)?.rule ?? null));
  }
  return false;
}
