import type { Instant } from "../kernel/time.js";
import type { Duty } from "../model/duties.js";
import type { Space } from "../model/space.js";
import { suspendedUntil } from "./fitness.js";
import { peopleOf } from "./people.js";
import { covers, holderOf } from "./tenure.js";

/** Whether nobody can look after a duty at an instant: nobody holds it or is on shift, or all who do are timed out. */
export function isVacant(space: Space, duty: string, at: Instant): boolean {
  return peopleOf(space, duty, at).every((member) => suspendedUntil(space, member, at) !== undefined);
}

/** The duties that must never be vacant and are. */
export function vacantDuties(space: Space, at: Instant): readonly Duty[] {
  return Object.values(space.duties).filter(({ id, required }) => required && isVacant(space, id, at));
}

/** The required duties that nobody would hold any more, now or at some time to come, were this member gone. */
export function vacatedBy(space: Space, member: string, now: Instant): readonly Duty[] {
  return Object.values(space.duties).filter(({ required, tenures }) => {
    if (!required || !tenures.some(({ holder, end }) => holder === member && (end === null || end > now)))
      return false;
    const without = tenures.filter(({ holder }) => holder !== member);
    const turns = [now, ...tenures.flatMap(({ start, end }) => (end === null ? [start] : [start, end]))];
    return turns.some(
      (at) =>
        at >= now &&
        tenures.some((tenure) => tenure.holder === member && covers(tenure, at)) &&
        holderOf(space, tenures, at) !== null &&
        holderOf(space, without, at) === null,
    );
  });
}
