import type { SpaceStore } from "../contract.js";
import { demand, demandAnswer, demandIds, demandSame } from "./assert.js";
import { add, atOnce, commit, readIds } from "./fixtures.js";
import { show } from "./show.js";
import { type CaseDefinition, casesOf, type World } from "./world.js";

const ROUNDS = 6;

const of = (index: number, { a, b }: World): SpaceStore => (index % 2 === 0 ? a : b);

/** Lets many append where the stream is, all at once over both handles, and demands that exactly one wins. */
const race = (contenders: number) => async (world: World) => {
  for (let round = 0; round < ROUNDS; round++) {
    const expected = 2 * round;
    const head = expected + 2;
    const id = (index: number) => `r${round} c${index}`;
    const results = await atOnce(contenders, (index) =>
      of(index, world).append("notes", commit(id(index), expected, `${id(index)} a`, `${id(index)} b`)),
    );
    const winners = results.flatMap(({ ok }, index) => (ok ? [id(index)] : []));
    demand(
      winners.length === 1,
      `Of ${contenders} who expect the same revision exactly one must win, whichever handle they use.\n` +
        `  expected: 1 winner in round ${round + 1}\n  came:     ${winners.length}: ${show(winners)}`,
    );
    for (const result of results) {
      demandAnswer(
        result,
        result.ok ? { ok: true, head } : { ok: false, reason: "conflict", head },
        "Who wins must hear the new head, and who loses must hear of a conflict and the same head.",
      );
    }
    for (const store of [world.a, world.b]) {
      demandIds(
        await store.read("notes", { after: expected }),
        head,
        [`${winners[0]} a`, `${winners[0]} b`],
        "Only the winner's events must be in the stream.",
      );
    }
  }
};

export const winnerCases: readonly CaseDefinition[] = casesOf("one winner", [], {
  "of 2 who expect the same revision exactly one wins": race(2),
  "of 8 who expect the same revision exactly one wins": race(8),
  "of 32 who expect the same revision exactly one wins": race(32),

  "who comes too late, or too early, hears of a conflict as an answer": async ({ a, b }) => {
    await add(a, "notes", "e1");
    for (const store of [a, b]) {
      for (const expected of [0, 2, 99]) {
        demandAnswer(
          await store.append("notes", commit("late", expected, "e2")),
          { ok: false, reason: "conflict", head: 1 },
          `\`append\` must answer with a conflict who expects ${expected} of a stream at 1.`,
        );
      }
      demandIds(await store.read("notes"), 1, ["e1"], "A conflict must leave the stream as it was.");
    }
  },

  "who expects something of a stream that does not exist hears of a conflict": async ({ a }) => {
    demandAnswer(
      await a.append("notes", commit("c1", 1, "e1")),
      { ok: false, reason: "conflict", head: 0 },
      "`append` must answer with a conflict who expects 1 of a stream at 0.",
    );
    demandIds(await a.read("notes"), 0, [], "A conflict must leave the stream as it was.");
  },

  "who lost may come again under the same commit id": async ({ a }) => {
    await add(a, "notes", "e1");
    await a.append("notes", commit("mine", 0, "e2"));
    demandAnswer(
      await a.append("notes", commit("mine", 1, "e2")),
      { ok: true, head: 2 },
      "A commit that lost was not acknowledged: under the same id it is a new one, not a repeated one.",
    );
    demandSame(await readIds(a, "notes"), ["e1", "e2"], "A commit that wins at last must land.");
  },

  "who loses and comes again gets in, once": async (world) => {
    const contenders = 8;
    const attempt = async (index: number) => {
      let expected = 0;
      for (let turn = 0; turn < contenders; turn++) {
        const result = await of(index, world).append("notes", commit(`c${index}`, expected, `e${index}`));
        if (result.ok) return;
        expected = result.head;
      }
      demand(false, "Every time somebody loses somebody must win: of 8 the last gets in at the 8th attempt.");
    };
    await atOnce(contenders, attempt);
    const found = await readIds(world.b, "notes");
    demandSame(
      [...found].sort(),
      Array.from({ length: contenders }, (_, index) => `e${index}`),
      "Everybody's event must be in the stream, and nobody's twice.",
    );
  },

  "who appends to different streams is nobody's rival": async (world) => {
    const results = await atOnce(32, (index) =>
      of(index, world).append(`notes ${index}`, commit("c1", 0, `e${index}`)),
    );
    for (const [index, result] of results.entries()) {
      demandAnswer(result, { ok: true, head: 1 }, "Streams must not get in each other's way.");
      demandIds(
        await world.a.read(`notes ${index}`),
        1,
        [`e${index}`],
        "Each stream must have its own event.",
      );
    }
  },
});
