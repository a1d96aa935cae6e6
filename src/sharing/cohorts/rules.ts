import { type Instant, toInstant, toMilliseconds } from "../../kernel/time.js";
import type { CohortRule, CohortRuleInput } from "../../model/cohorts.js";

/** A rule as it is kept: instants and durations as numbers. The command has been checked before. */
export function readRule(rule: CohortRuleInput): CohortRule {
  if ("all" in rule) return { all: rule.all.map(readRule) };
  if ("any" in rule) return { any: rule.any.map(readRule) };
  if ("not" in rule) return { not: readRule(rule.not) };
  if ("joined" in rule) return { joined: readPeriod(rule.joined) };
  if ("attended" in rule) {
    const { channel, ...period } = rule.attended;
    return { attended: { channel, ...readPeriod(period) } };
  }
  if ("bought" in rule) {
    const { within } = rule.bought;
    return { bought: within === undefined ? {} : { within: toMilliseconds(within) } };
  }
  if ("active" in rule) return { active: { weeks: rule.active.weeks, of: rule.active.of } };
  return rule;
}

type PeriodInput = Extract<CohortRuleInput, { joined: unknown }>["joined"];

function readPeriod({ from, to }: PeriodInput): { readonly from?: Instant; readonly to?: Instant } {
  return {
    ...(from === undefined ? {} : { from: toInstant(from) }),
    ...(to === undefined ? {} : { to: toInstant(to) }),
  };
}

/** The rules that a rule is put together from, however deep. */
export function partsOf(rule: CohortRule): readonly Exclude<CohortRule, Combined>[] {
  if ("all" in rule) return rule.all.flatMap(partsOf);
  if ("any" in rule) return rule.any.flatMap(partsOf);
  if ("not" in rule) return partsOf(rule.not);
  return [rule];
}

/** The rules that only combine others. */
type Combined = { readonly all: unknown } | { readonly any: unknown } | { readonly not: unknown };

/** The cohorts that a rule names. */
export function cohortsIn(rule: CohortRule | null): readonly string[] {
  return rule === null ? [] : partsOf(rule).flatMap((part) => ("cohort" in part ? [part.cohort] : []));
}
