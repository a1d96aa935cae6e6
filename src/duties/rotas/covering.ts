import type { RotaOverride } from "../../model/rotas.js";

/** A place to fill at an instant: who has it by plan, and who has it as things stand. */
type Place = { readonly planned: string | null; readonly member: string | null };

/**
 * Who covers an instant, of those who have it by plan and with the overrides that cover it, in the order they were made.
 *
 * An override of somebody's hours is of what they have as things stand, so that what was swapped can be swapped on; where
 * they have nothing, of what they had by plan, so that the last word on somebody's hours counts. One of everybody's is of
 * all there is, and fills a place of its own.
 */
export function covering(
  planned: readonly string[],
  overrides: readonly RotaOverride[],
): ReadonlySet<string> {
  const people = new Set(planned);
  if (overrides.length === 0) return people;
  let places: readonly Place[] = [...people].map((member) => ({ planned: member, member }));
  for (const { replaces, member } of overrides) {
    if (replaces === null) {
      places = member === null ? [] : [{ planned: null, member }];
      continue;
    }
    const whose = places.some((place) => place.member === replaces) ? "member" : "planned";
    places = places.map((place) => (place[whose] === replaces ? { ...place, member } : place));
  }
  return new Set(places.flatMap(({ member }) => (member === null ? [] : [member])));
}
