import fc from "fast-check";
import type { Commit } from "../contract.js";
import { appendOnBoth, headOf } from "./append.js";
import { eventOf, sides, streamNames, unnameables } from "./values.js";
import type { Step } from "./world.js";

const GOOD = { id: "e1", payload: "null" };

/** What can be wrong with a commit that is right otherwise. */
const MISTAKES: readonly ((commit: Commit) => unknown)[] = [
  (commit) => ({ ...commit, events: [] }),
  (commit) => ({ ...commit, id: "" }),
  (commit) => ({ ...commit, id: "c\0" }),
  (commit) => ({ ...commit, id: "c\ud83d" }),
  (commit) => ({ ...commit, expected: -1 }),
  (commit) => ({ ...commit, expected: commit.expected + 0.5 }),
  (commit) => ({ ...commit, expected: undefined }),
  (commit) => ({ ...commit, events: [...commit.events, { ...eventOf(GOOD), id: "" }] }),
  (commit) => ({ ...commit, events: [...commit.events, { ...eventOf(GOOD), id: "e\0" }] }),
  (commit) => ({ ...commit, events: [...commit.events, { ...eventOf(GOOD), data: 1n }] }),
  (commit) => ({ ...commit, events: [...commit.events, { ...eventOf(GOOD), data: "\ud83d" }] }),
];

/** Commits that are none: they must be refused by code, and leave nothing behind. */
export function invalidCommits(): fc.Arbitrary<Step> {
  return fc
    .record({ side: sides(), stream: streamNames(), mistake: fc.constantFrom(...MISTAKES) })
    .map(({ side, stream, mistake }) => async (world) => {
      const expected = await headOf(world, stream);
      // An id that no other commit has: a repeated id and a mistake at once would have two right answers.
      const make = () => mistake({ id: "invalid", expected, events: [eventOf(GOOD)] }) as Commit;
      await appendOnBoth(world, side, stream, make);
    });
}

/** Commits to streams that cannot be named so. */
export function unnameableStreams(): fc.Arbitrary<Step> {
  return fc.record({ side: sides(), stream: unnameables() }).map(
    ({ side, stream }) =>
      (world) =>
        appendOnBoth(world, side, stream, () => ({ id: "invalid", expected: 0, events: [eventOf(GOOD)] })),
  );
}
