/**
 * Lets contenders do the same in turns, so that whatever else the machine is busy with strikes all alike. `act` is
 * given a contender and the number of the turn; the first turns, which warm up, are not counted.
 *
 * @returns What all turns of each took together, in milliseconds.
 */
export async function inTurns(contenders, { warmUp = 0, turns }, act) {
  const names = Object.keys(contenders);
  const took = Object.fromEntries(names.map((name) => [name, 0]));
  for (let turn = 0; turn < warmUp + turns; turn++) {
    for (const index of names.keys()) {
      const name = names[(turn + index) % names.length];
      const start = performance.now();
      await act(contenders[name], turn);
      if (turn >= warmUp) took[name] += performance.now() - start;
    }
  }
  return took;
}

/** The figures of several rounds, `{ [figure]: { [contender]: value } }` each, as their medians. */
export function medians(rounds) {
  const [first] = rounds;
  return Object.fromEntries(
    Object.entries(first).map(([figure, values]) => [
      figure,
      Object.fromEntries(
        Object.keys(values).map((name) => [name, median(rounds.map((round) => round[figure][name]))]),
      ),
    ]),
  );
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
