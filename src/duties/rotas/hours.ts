import { refuse } from "../../kernel/outcome.js";
import type { Instant } from "../../kernel/time.js";
import type { Hours, Rota } from "../../model/rotas.js";
import { lengthOf } from "./intervals.js";
import { DAY } from "./local-time.js";
import { stretchesOf } from "./stretches.js";

/** How long hours may be that are overridden or swapped at once. */
const LONGEST = 366 * DAY;

/** What is wrong with hours that shall change hands; `undefined` where nothing is. */
export function findMisfit({ start, end }: Hours, now: Instant): string | undefined {
  if (end <= Math.max(start, now)) return "must be after its start and after now";
  return end - start > LONGEST ? "must be at most 366 days after its start" : undefined;
}

/** Whether somebody covers all of these hours, as things stand. */
export function coversAll(rota: Rota, member: string, hours: Hours): boolean {
  const theirs = [...stretchesOf(rota, hours)].filter(({ people }) => people.has(member));
  return lengthOf(theirs) === hours.end - hours.start;
}

/** The refusal to pass on hours that are not somebody's. */
export function notHeld(rota: string, member: string, { start, end }: Hours) {
  return refuse("HOURS_NOT_HELD", `By the rota, these hours are not ${member}'s.`, {
    rota,
    member,
    start,
    end,
  });
}
