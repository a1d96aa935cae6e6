import type { SpaceStore, StreamsOptions, StreamsPage } from "../contract.js";
import { demand, demandSame } from "./assert.js";
import { add, commit, forEach, ids } from "./fixtures.js";
import { ALL_HOSTILE } from "./hostile.js";
import { show } from "./show.js";
import { type CaseDefinition, casesOf } from "./world.js";

/** One page of names, of a store that is declared to have them. */
async function pageOf(store: SpaceStore, options?: StreamsOptions): Promise<StreamsPage> {
  demand(typeof store.streams === "function", "A store that declares `streams` must have it.");
  return store.streams(options);
}

/** All names, page by page. */
export async function namesOf(store: SpaceStore, options: StreamsOptions = {}): Promise<readonly string[]> {
  const names: string[] = [];
  for (let after = options.after; ; ) {
    const page = await pageOf(store, { ...options, after });
    const { limit = Infinity } = options;
    demand(
      page.names.length <= limit,
      `\`streams\` must give at most \`limit\` names.\n  expected: at most ${limit}\n  came:     ${show(page.names)}`,
    );
    demand(
      page.names.length > 0 || page.next === undefined,
      `\`streams\` must give names as long as there is a \`next\`.\n  came:     none, and next: ${show(page.next)}`,
    );
    names.push(...page.names);
    demand(
      new Set(names).size === names.length,
      `\`streams\` must give each name once, however it is paged.\n  came:     ${show(names.slice(-24))}`,
    );
    if (page.next === undefined) return names;
    after = page.next;
  }
}

const sorted = (names: readonly string[]) => [...names].sort();

export const streamsCases: readonly CaseDefinition[] = casesOf("streams", ["streams"], {
  "where nothing was written there are no names": async ({ a }) => {
    for (const options of [undefined, {}, { limit: 1 }, { prefix: "a" }, { after: "a" }]) {
      const page = await pageOf(a, options);
      demandSame(
        { names: page.names, next: page.next ?? "none" },
        { names: [], next: "none" },
        "A store that was never written to must have no names of streams, and no next page.",
      );
    }
  },

  "each stream that was written to has its name there once, through every handle": async ({ a, b }) => {
    for (const [store, name] of [
      [a, "x"],
      [b, "y"],
      [a, "z"],
      [b, "x"],
      [a, "y"],
    ] as const)
      await add(store, name, "e");
    for (const store of [a, b]) {
      demandSame(
        sorted(await namesOf(store)),
        ["x", "y", "z"],
        "`streams` must give the name of every stream that was ever written to.",
      );
    }
  },

  "what was only read, refused or lost has no name there": async ({ a }) => {
    await add(a, "notes", "e1");
    await a.read("read");
    await a.append("lost", commit("c1", 5, "e1"));
    await a.append("refused", commit("c1", 0)).catch(() => {});
    demandSame(await namesOf(a), ["notes"], "Only a commit that landed must give a stream its name.");
  },

  "page by page every name is given once, whatever the limit": async ({ a, b }) => {
    const names = ids(23, "stream ");
    for (const name of names) await add(a, name, "e1");
    const order = await namesOf(b);
    demandSame(sorted(order), sorted(names), "`streams` must give every name.");
    for (const limit of [1, 2, 7, 22, 23, 24, 1000]) {
      demandSame(
        await namesOf(a, { limit }),
        order,
        `Pages of at most ${limit} must give every name, in an order that stays.`,
      );
    }
  },

  "`next` is there where there are more names, and only there": async ({ a }) => {
    for (const name of ["x", "y", "z"]) await add(a, name, "e1");
    const first = await pageOf(a, { limit: 2 });
    demand(
      typeof first.next === "string",
      `Where there are more names \`next\` must say where to go on.\n  came:     ${show(first.next)}`,
    );
    const second = await pageOf(a, { limit: 2, after: first.next });
    for (const page of [
      second,
      await pageOf(a, { limit: 3 }),
      await pageOf(a, { limit: 4 }),
      await pageOf(a),
    ]) {
      demandSame(page.next ?? "none", "none", "Where there are no more names there must be no `next`.");
    }
  },

  "`prefix` gives the names that start with it, code unit by code unit": async ({ a }) => {
    const names = [
      ...["notes/1", "notes/2", "notes", "note", "Notes/1", "notes%", "notes_1", "no", "other/notes/1"],
      ...["%", "_", "*", "\\", "ä", "a\u0308", "a", "👋", "👋🏽", "a%b", "a_b", "axb", "a\\b", "'a", "[a]"],
    ];
    for (const name of names) await add(a, name, "e1");
    for (const prefix of [
      "",
      "notes/",
      "notes",
      "note",
      "N",
      "n",
      "a",
      "a%",
      "a_",
      "%",
      "_",
      "*",
      "\\",
      "a\\",
      "ä",
      "👋",
      "'",
      "[",
      "nowhere",
      "notes/10",
    ]) {
      demandSame(
        sorted(await namesOf(a, { prefix })),
        sorted(names.filter((name) => name.startsWith(prefix))),
        `streams({ prefix: ${show(prefix)} }) must give exactly the names that start with it.`,
      );
    }
  },

  "`prefix` holds on every page": async ({ a }) => {
    const names = [...ids(7, "a/"), ...ids(7, "b/"), "a", "b", "c"];
    for (const name of names) await add(a, name, "e1");
    for (const prefix of ["a/", "b/", "a", ""]) {
      for (const limit of [1, 3, 7]) {
        demandSame(
          sorted(await namesOf(a, { prefix, limit })),
          sorted(names.filter((name) => name.startsWith(prefix))),
          `streams({ prefix: ${show(prefix)}, limit: ${limit} }) must give every name that starts with it, page by page.`,
        );
      }
    }
  },

  "names of every hostile kind are there as they are": async ({ a }) => {
    await forEach(ALL_HOSTILE, (name) => add(a, name, "e1"));
    for (const limit of [undefined, 10]) {
      demandSame(
        sorted(await namesOf(a, { limit })),
        sorted(ALL_HOSTILE),
        "Names must come back as they were, none taken for another.",
      );
    }
  },

  "who pages while others write misses no stream that was there at the start": async ({ a, b }) => {
    const names = ids(12, "m");
    for (const name of names) await add(a, name, "e1");
    const found: string[] = [];
    let after: string | undefined;
    for (let turn = 0; ; turn++) {
      const page = await pageOf(b, { limit: 2, after });
      found.push(...page.names);
      if (page.next === undefined) break;
      after = page.next;
      if (turn < 6) for (const name of [`a${turn}`, `m1${turn}x`, `z${turn}`]) await add(a, name, "e1");
    }
    demand(
      new Set(found).size === found.length,
      `\`streams\` must give each name once, also while others write.\n  came:     ${show(found)}`,
    );
    demandSame(
      sorted(found.filter((name) => names.includes(name))),
      sorted(names),
      "Who follows `next` must find every stream that was there when they started.",
    );
  },
});
