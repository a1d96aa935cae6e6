import { asOf } from "../duties/handoffs/as-of.js";
import { RefusedError } from "../kernel/errors.js";
import { refuse } from "../kernel/outcome.js";
import { entry } from "../kernel/record.js";
import { type Instant, type InstantInput, toInstant } from "../kernel/time.js";
import type { Cohort, CohortCommands } from "../model/cohorts.js";
import type { Command } from "../model/commands.js";
import type { Space } from "../model/space.js";
import { streams } from "../model/streams.js";
import { type CohortFacts, cohortFacts, mergeCohortFacts } from "../sharing/cohorts/facts.js";
import { cohortMembers } from "../sharing/cohorts/members.js";
import { cohortNeeds } from "../sharing/cohorts/needs.js";
import type { Options } from "./options.js";
import { found } from "./results.js";
import type { Environment, Session } from "./session.js";

/** What a handle does with cohorts: named segments of the members. */
export type CohortVerbs = {
  /**
   * Names a segment, or says anew what it is: by rule, or, without one, a list.
   *
   * ```ts
   * await drop.cohorts.define({ by: "cora", cohort: "regulars", rule: { active: { weeks: 3, of: 4 } } });
   * ```
   *
   * A list that is given a rule is a list no more, and nobody is on it any longer.
   */
  define(options: Options<"cohort.define">): Promise<Cohort>;
  /** Gives a segment up. Refused while the rule of another one depends on it. */
  drop(options: Options<"cohort.drop">): Promise<Space>;
  /** Puts members on a list, 1,000 at most at once. Those who are on it already are passed over. */
  add(options: Options<"cohort.add">): Promise<Space>;
  /** Takes members off a list. Those who are not on it are passed over. */
  remove(options: Options<"cohort.remove">): Promise<Space>;
  /**
   * Who is in a cohort now, by member id in order, or, with `at`, who of today's members would have been then. Reads only
   * what its rules need: nothing for a list, all channels for `active`.
   *
   * @throws RefusedError `COHORT_UNKNOWN` where there is none.
   */
  members(cohort: string, options?: { readonly at?: InstantInput | undefined }): Promise<readonly string[]>;
};

/** The verbs of cohorts. */
export function cohortVerbs(session: Session, { now }: Environment): CohortVerbs {
  const change = async (command: Command<keyof CohortCommands>): Promise<Space> => {
    await session.run(command);
    return session.space();
  };
  return {
    define: async (options) =>
      found((await change({ type: "cohort.define", ...options })).cohorts, options.cohort),
    drop: (options) => change({ type: "cohort.drop", ...options }),
    add: (options) => change({ type: "cohort.add", ...options }),
    remove: (options) => change({ type: "cohort.remove", ...options }),
    async members(cohort, { at } = {}) {
      await session.refresh();
      if (!entry(session.space().cohorts, cohort)) {
        const { refusal } = refuse("COHORT_UNKNOWN", `There is no cohort ${JSON.stringify(cohort)}.`, {
          cohort,
        });
        throw new RefusedError(refusal);
      }
      return cohortAudience(session, [cohort], at === undefined ? now() : toInstant(at));
    },
  };
}

/** Who is in any of some cohorts, each once and by id in order. Nobody is in one that there is not. */
export async function cohortAudience(
  session: Session,
  cohorts: readonly string[],
  at: Instant,
): Promise<readonly string[]> {
  if (cohorts.length === 0) return [];
  const facts = await readFacts(session, cohorts);
  // Roles that were handed over for a while count as whose they are then.
  const space = asOf(session.space(), at);
  return [...new Set(cohorts.flatMap((cohort) => cohortMembers(space, cohort, { at, facts })))].sort();
}

async function readFacts(session: Session, cohorts: readonly string[]): Promise<CohortFacts> {
  const { channels, traffic } = cohortNeeds(session.space(), cohorts);
  const parts: CohortFacts[] = [];
  for (const channel of channels) {
    for await (const page of session.pages(streams.timeline(session.id, channel)))
      parts.push(cohortFacts(channel, page));
  }
  if (traffic) {
    for await (const page of session.pages(streams.traffic(session.id))) parts.push(cohortFacts(null, page));
  }
  return mergeCohortFacts(...parts);
}
