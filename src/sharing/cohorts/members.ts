import { entry } from "../../kernel/record.js";
import type { Instant } from "../../kernel/time.js";
import type { Space } from "../../model/space.js";
import type { CohortFacts } from "./facts.js";
import { historyOf } from "./history.js";
import { type Asked, isMeant } from "./meaning.js";

/** When it is asked, and what is known beside the space. */
export type CohortQuestion = {
  /** The instant that weeks and durations count back from, epoch milliseconds. */
  readonly at: Instant;
  /** What was said and sold: needed by rules with `active`, `attended` and `bought`. */
  readonly facts?: CohortFacts | undefined;
};

/**
 * Who is in a cohort, by member id in order: of those who are members of the space as it is handed in, and whose
 * membership has not ended by then. Nobody is in a cohort that there is not.
 *
 * ```ts
 * cohortMembers(space, "regulars", { at: now, facts: cohortFacts("lounge", events) }); // ["leo", "mia"]
 * ```
 *
 * Linear in the number of members, rules and facts.
 *
 * @throws InvalidInputError `INVALID_INPUT` where a rule needs facts and there are none.
 */
export function cohortMembers(
  space: Space,
  cohort: string,
  { at, facts }: CohortQuestion,
): readonly string[] {
  const present = Object.values(space.members).filter(({ until }) => until === undefined || at < until);
  const history = historyOf(Object.values(space.tickets), facts, at);
  const known = new Map<string, ReadonlySet<string>>();
  const inside = (id: string): ReadonlySet<string> => {
    const before = known.get(id);
    if (before) return before;
    // Nobody, while it is being found out: where rules run in a circle, which no command makes, there is an end to it.
    known.set(id, new Set());
    const found = membersOf(id).map((member) => member.id);
    const members = new Set(found);
    known.set(id, members);
    return members;
  };
  const asked: Asked = { at, history, inside };
  const membersOf = (id: string) => {
    const { rule } = entry(space.cohorts, id) ?? {};
    if (rule === undefined) return [];
    return present.filter((member) =>
      rule === null ? (member.cohorts?.includes(id) ?? false) : isMeant(rule, member, asked),
    );
  };
  return [...inside(cohort)].sort();
}
