/** Something that takes so many people of a kind. */
export type Place = { readonly count: number; readonly takes: (person: string) => boolean };

/**
 * Puts as many people into places as there is any way to, each into one at most. The people of each place, in the order
 * of the places. A maximum bipartite matching, by augmenting paths: in the worst case a step for each pair of people
 * and places, times the people.
 */
export function seat(people: readonly string[], places: readonly Place[]): readonly (readonly string[])[] {
  const rows = places.map((place) => ({ place, sitting: [] as string[] }));
  // Whoever sits where a place is full may move on, to wherever they fit or can make room in turn.
  const find = (person: string, tried: Set<Place>): boolean =>
    rows.some(({ place, sitting }) => {
      if (tried.has(place) || !place.takes(person)) return false;
      tried.add(place);
      if (sitting.length < place.count) return sitting.push(person) > 0;
      const moved = sitting.findIndex((other) => find(other, tried));
      if (moved < 0) return false;
      sitting[moved] = person;
      return true;
    });
  for (const person of new Set(people)) find(person, new Set());
  return rows.map(({ sitting }) => sitting);
}
