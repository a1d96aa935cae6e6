import { InvalidInputError } from "../../kernel/errors.js";
import { lazily } from "../../kernel/schema.js";
import type { Instant } from "../../kernel/time.js";
import type { Ticket } from "../../model/invites.js";
import { purchases } from "./bought.js";
import type { Activity, CohortFacts } from "./facts.js";

/** What is known of people up to an instant, each made ready when it is first asked for. */
export type History = {
  /** When somebody was active: in a channel, or anywhere. */
  activeAt(person: string, channel?: string): readonly Instant[];
  /** When somebody has last bought something. */
  boughtAt(person: string): Instant | undefined;
};

/**
 * What facts and tickets tell of people.
 *
 * @throws InvalidInputError when it is asked and there are no facts.
 */
export function historyOf(tickets: readonly Ticket[], facts: CohortFacts | undefined, at: Instant): History {
  const needed = (rule: string, reading: string): CohortFacts => {
    if (facts) return facts;
    throw new InvalidInputError(
      "INVALID_INPUT",
      `A rule with \`${rule}\` needs facts: pass \`facts: ${reading}\`, or ask \`drop.cohorts.members\`.`,
    );
  };
  const byPerson = lazily(() => {
    const rows = new Map<string, Activity[]>();
    for (const row of needed("active` or `attended", "cohortFacts(channel, events)").activity) {
      const known = rows.get(row.person);
      if (known) known.push(row);
      else rows.set(row.person, [row]);
    }
    return rows;
  });
  const bought = lazily(() => purchases(tickets, needed("bought", "cohortFacts(null, traffic)").sales, at));
  return {
    activeAt: (person, channel) =>
      (byPerson().get(person) ?? [])
        .filter((row) => channel === undefined || row.channel === channel)
        .flatMap((row) => row.at)
        .filter((instant) => instant <= at),
    boughtAt: (person) => bought().get(person),
  };
}
