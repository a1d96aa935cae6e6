import type { ReadOptions, SpaceStore } from "../contract.js";
import { demandIds, demandSame } from "./assert.js";
import { add, forEach, ids, readIds } from "./fixtures.js";
import { show } from "./show.js";
import { type CaseDefinition, casesOf, type World } from "./world.js";

const TEN = ids(10);

/** Ten events in two commits, beside a stream with some of the same ids. */
async function prepare({ a }: World): Promise<void> {
  await add(a, "other", "e1", "o2");
  await add(a, "notes", ...TEN.slice(0, 4));
  await add(a, "notes", ...TEN.slice(4));
}

/** What the options ask for, said as plainly as can be. */
function plainly(
  all: readonly string[],
  {
    after = Number.NEGATIVE_INFINITY,
    before = Infinity,
    limit = Infinity,
    backwards = false,
    ids: wanted,
  }: ReadOptions,
): readonly string[] {
  const found = all
    .map((id, index) => ({ id, revision: index + 1 }))
    .filter(({ revision }) => after < revision && revision < before)
    .filter(({ id }) => !wanted || wanted.includes(id))
    .map(({ id }) => id);
  return (backwards ? found.reverse() : found).filter((_, index) => index < limit);
}

async function demandPlain(store: SpaceStore, all: readonly string[], options: ReadOptions): Promise<void> {
  demandIds(
    await store.read("notes", options),
    all.length,
    plainly(all, options),
    `read("notes", ${show(options)}) of a stream with the events ${show(all)} must give what the options say, all of them together.`,
  );
}

const gives =
  (...cases: readonly ReadOptions[]) =>
  async (world: World) => {
    await prepare(world);
    for (const options of cases) await demandPlain(world.a, TEN, options);
  };

/** Every combination of one value of each list. */
function combinations(): readonly ReadOptions[] {
  const found: ReadOptions[] = [];
  for (const after of [undefined, 0, 1, 3, 5])
    for (const before of [undefined, 1, 3, 5, 6])
      for (const limit of [undefined, 0, 1, 2, 99])
        for (const backwards of [false, true])
          for (const wanted of [undefined, [], ["e4", "e2"], ["e5", "nope", "e1", "e1", "e3"]])
            found.push({ after, before, limit, backwards, ids: wanted });
  return found;
}

export const pagingCases: readonly CaseDefinition[] = casesOf("paging", [], {
  "where nothing is said all is given": gives(
    {},
    { after: undefined, before: undefined, limit: undefined, backwards: undefined, ids: undefined },
    { after: -5, before: Infinity, limit: Infinity },
    { signal: undefined },
  ),

  "`after` gives what has a higher revision": gives(
    ...[0, 1, 4, 8, 9, 10, 11, 99].map((after) => ({ after })),
  ),

  "`before` gives what has a lower revision": gives(
    ...[0, 1, 2, 5, 9, 10, 11, 99].map((before) => ({ before })),
  ),

  "`after` and `before` give what is between": gives(
    { after: 2, before: 5 },
    { after: 4, before: 5 },
    { after: 4, before: 4 },
    { after: 8, before: 2 },
    { after: 0, before: 11 },
  ),

  "`limit` gives at most so many, the first of what is asked for": gives(
    ...[0, 1, 2, 9, 10, 11, 1e9, -1].map((limit) => ({ limit })),
    { after: 3, limit: 2 },
    { before: 6, limit: 3 },
  ),

  "`backwards` gives the newest first, and `limit` counts from there": gives(
    { backwards: true },
    { backwards: true, limit: 3 },
    { backwards: true, before: 8, limit: 2 },
    { backwards: true, after: 8 },
    { backwards: true, after: 3, limit: 1 },
    { backwards: true, limit: 0 },
  ),

  "`ids` gives the events that have one of them, each once and in the order of revisions": gives(
    { ids: ["e7", "e2", "e5"] },
    { ids: ["e2", "e7", "e5"], backwards: true },
    { ids: ["e2", "e2", "e1", "e2"] },
    { ids: [] },
    { ids: ["e11", "o2", "e99"] },
    { ids: ["o2", "e3", "nope"] },
  ),

  "`limit` counts what is left after everything else": gives(
    { ids: TEN, after: 3, before: 8, limit: 2 },
    { ids: ["e2", "e5", "e9"], limit: 2 },
    { ids: ["e2", "e5", "e9"], limit: 2, backwards: true },
    { ids: ["e9"], limit: 1 },
    { ids: TEN, limit: 0 },
    { ids: TEN, limit: -1 },
  ),

  "all options hold together, in every combination": async (world) => {
    const five = ids(5);
    await add(world.a, "other", "e1");
    await add(world.a, "notes", ...five.slice(0, 2));
    await add(world.a, "notes", ...five.slice(2));
    await forEach(combinations(), (options) => demandPlain(world.b, five, options));
  },

  "`head` is that of the stream, whatever the options leave out": async (world) => {
    await prepare(world);
    for (const options of [
      { limit: 0 },
      { after: 10 },
      { before: 1 },
      { ids: [] },
      { before: 5, backwards: true },
    ]) {
      const { head } = await world.a.read("notes", options);
      demandSame(head, 10, `read("notes", ${show(options)}): \`head\` must not depend on what is read.`);
    }
  },

  "page by page, forwards and backwards, everything is read once": async (world) => {
    await prepare(world);
    for (const limit of [1, 3, 4, 10, 11]) {
      const forwards: string[] = [];
      for (let after = 0; ; ) {
        const { events } = await world.a.read("notes", { after, limit });
        forwards.push(...events.map(({ id }) => id));
        const last = events.at(-1);
        if (!last || last.revision <= after) break;
        after = last.revision;
      }
      demandSame(
        forwards,
        TEN,
        `Reading ${limit} at a time \`after\` the last one must give everything once.`,
      );
      const backwards: string[] = [];
      for (let before = 11; ; ) {
        const { events } = await world.b.read("notes", { before, limit, backwards: true });
        backwards.push(...events.map(({ id }) => id));
        const last = events.at(-1);
        if (!last || last.revision >= before) break;
        before = last.revision;
      }
      demandSame(
        backwards,
        [...TEN].reverse(),
        `Reading ${limit} at a time \`before\` the last one must give everything once, newest first.`,
      );
    }
  },

  "a thousand ids are found at once": async ({ a }) => {
    const thousand = ids(1000, "m");
    await add(a, "many", ...thousand, "other");
    demandSame(
      await readIds(a, "many", { ids: [...thousand].reverse() }),
      thousand,
      "`ids` may have a thousand entries, in any order.",
    );
    demandSame(
      await readIds(a, "many", { ids: ids(1000, "unknown").with(500, "m500") }),
      ["m500"],
      "`ids` may have a thousand entries of which the stream has one.",
    );
  },
});
