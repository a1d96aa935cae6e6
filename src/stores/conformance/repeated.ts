import { demandAnswer, demandIds, demandSame } from "./assert.js";
import { add, atOnce, commit, ids, readIds } from "./fixtures.js";
import { type CaseDefinition, casesOf, type World } from "./world.js";

const REPLAYED = { ok: true, head: 3, replayed: true } as const;

/** A stream of four events, of which `e2` and `e3` were appended as the commit `mine`. */
async function prepare({ a }: World): Promise<void> {
  await add(a, "notes", "e1");
  await a.append("notes", commit("mine", 1, "e2", "e3"));
  await add(a, "notes", "e4");
}

const demandFour = async ({ a, b }: World) => {
  for (const store of [a, b]) {
    demandIds(await store.read("notes"), 4, ids(4), "A repeated commit must change nothing.");
  }
};

export const repeatedCases: readonly CaseDefinition[] = casesOf("repeated commit", [], {
  "who never heard the answer asks again at once, and hears it": async ({ a }) => {
    const mine = commit("mine", 0, "e1", "e2", "e3");
    demandAnswer(
      await a.append("notes", mine),
      { ok: true, head: 3 },
      "`append` must append a first commit.",
    );
    demandAnswer(
      await a.append("notes", mine),
      REPLAYED,
      "A commit id that was acknowledged must be answered with the first outcome and `replayed`.",
    );
    demandIds(await a.read("notes"), 3, ids(3), "A repeated commit must change nothing.");
  },

  "who asks again after others have appended hears the first outcome, not today's head": async (world) => {
    await prepare(world);
    demandAnswer(
      await world.a.append("notes", commit("mine", 1, "e2", "e3")),
      REPLAYED,
      "`head` of a repeated commit must be the revision of its own last event.",
    );
    await demandFour(world);
  },

  "who asks again hears the first outcome, whatever is expected now": async (world) => {
    await prepare(world);
    for (const expected of [0, 1, 2, 3, 4, 99]) {
      demandAnswer(
        await world.a.append("notes", commit("mine", expected, "e2", "e3")),
        REPLAYED,
        `A repeated commit must be answered with the first outcome, also where it expects ${expected} now.`,
      );
    }
    await demandFour(world);
  },

  "who asks again hears the first outcome, whatever is in the commit now": async (world) => {
    await prepare(world);
    for (const eventIds of [["e9"], ["e9", "e8", "e7"], ["e1"]]) {
      demandAnswer(
        await world.a.append("notes", commit("mine", 4, ...eventIds)),
        REPLAYED,
        "The id alone says that a commit is repeated.",
      );
    }
    await demandFour(world);
  },

  "who asks again through another handle hears the first outcome": async (world) => {
    await prepare(world);
    demandAnswer(
      await world.b.append("notes", commit("mine", 1, "e2", "e3")),
      REPLAYED,
      "A commit id that was acknowledged through one handle must be known to every other.",
    );
    await demandFour(world);
  },

  "a commit that is sent twice at the same moment lands once": async ({ a, b }) => {
    for (let round = 0; round < 6; round++) {
      const same = commit(`c${round}`, 2 * round, `e${2 * round + 1}`, `e${2 * round + 2}`);
      const answers = await atOnce(4, (index) => (index % 2 === 0 ? a : b).append("notes", same));
      const head = 2 * round + 2;
      for (const { ok, head: heard } of answers) {
        demandSame(
          { ok, head: heard },
          { ok: true, head },
          "Of a commit that has landed nobody who sent it must hear that it has not.",
        );
      }
      demandSame(
        answers.filter((answer) => answer.ok && !answer.replayed).length,
        1,
        "Only one of the senders has appended: all others must hear `replayed`.",
      );
    }
    demandIds(await b.read("notes"), 12, ids(12), "A commit must land once, however often it is sent.");
  },

  "the same commit id in another stream is another commit": async (world) => {
    await prepare(world);
    demandAnswer(
      await world.a.append("other", commit("mine", 0, "o1", "o2")),
      { ok: true, head: 2 },
      "Commit ids must be known by stream: two streams may use the same.",
    );
    demandSame(await readIds(world.b, "other"), ["o1", "o2"], "The other stream must have its own events.");
    demandAnswer(
      await world.a.append("notes", commit("mine", 9, "x")),
      REPLAYED,
      "A commit id of one stream must not hide the same id of another.",
    );
    await demandFour(world);
  },

  "a similar commit id is another commit": async (world) => {
    await prepare(world);
    const similar = ["Mine", "mine ", " mine", "min", "minee", "mine\u0301", "mine%", "m_ne", "mine\u200b"];
    for (const [index, id] of similar.entries()) {
      demandAnswer(
        await world.a.append("notes", commit(id, 4 + index, `s${index}`)),
        { ok: true, head: 5 + index },
        `Commit ids must be compared code unit by code unit: ${JSON.stringify(id)} is not "mine".`,
      );
    }
  },
});
