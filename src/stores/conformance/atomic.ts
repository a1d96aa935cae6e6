import { demand, demandAnswer, demandCode, demandIds, demandSame } from "./assert.js";
import { add, commit, event, ids, readIds } from "./fixtures.js";
import { type CaseDefinition, casesOf } from "./world.js";

const BATCH = 20;

export const atomicCases: readonly CaseDefinition[] = casesOf("atomic batch", [], {
  "a commit of 2,000 events lands whole and in order": async ({ a, b }) => {
    const all = ids(2000);
    const answer = await a.append("notes", commit("c1", 0, ...all));
    demandAnswer(answer, { ok: true, head: 2000 }, "A commit may have many events.");
    demandIds(await b.read("notes"), 2000, all, "Every event of a commit must land, in its order.");
  },

  "of a commit that loses nothing lands": async ({ a, b }) => {
    await add(a, "notes", "e1");
    await a.append("notes", commit("late", 0, "e2", "e3"));
    for (const store of [a, b]) {
      demandIds(await store.read("notes"), 1, ["e1"], "A conflict must leave the stream as it was.");
      demandSame(
        await readIds(store, "notes", { ids: ["e2", "e3"] }),
        [],
        "What was not appended must not be found by its id.",
      );
    }
  },

  "of a commit that cannot be stored nothing lands, wherever in it the fault is": async ({ a, b }) => {
    await add(a, "notes", "e1");
    for (const at of [0, 1, 2]) {
      const events = ["x1", "x2", "x3"].map((id, index) => event(id, index === at ? 1n : null));
      await demandCode(
        () => a.append("notes", { id: "bad", expected: 1, events }),
        "STORE_INVALID_COMMIT",
        "`append` must refuse a commit with an event that is not JSON.",
      );
      for (const store of [a, b]) {
        demandIds(await store.read("notes"), 1, ["e1"], "A commit must land whole or not at all.");
        demandSame(
          await readIds(store, "notes", { ids: ["x1", "x2", "x3"] }),
          [],
          "What was not appended must not be found by its id.",
        );
      }
    }
    demandAnswer(
      await a.append("notes", commit("bad", 1, "e2")),
      { ok: true, head: 2 },
      "A commit that was refused leaves nothing behind: its id is still free.",
    );
  },

  "nobody ever sees half a commit": async ({ a, b }) => {
    const writing = (async () => {
      for (let head = 0; head < 10 * BATCH; head += BATCH) {
        await a.append("notes", commit(`c${head}`, head, ...ids(BATCH, "e", head + 1)));
      }
    })();
    const reading = async (store: typeof a) => {
      for (let turn = 0; turn < 20; turn++) {
        const { head, events } = await store.read("notes");
        demand(
          head % BATCH === 0 && events.length % BATCH === 0,
          `A reader must see a commit whole or not at all, while it is being appended.\n  expected: a multiple of ${BATCH} events\n` +
            `  came:     head ${head} and ${events.length} events`,
        );
      }
    };
    await Promise.all([writing, reading(a), reading(b), reading(b)]);
  },

  "head and events of one answer are of one moment": async ({ a, b }) => {
    const writing = (async () => {
      for (let head = 0; head < 50; head++) await a.append("notes", commit(`c${head}`, head, `e${head + 1}`));
    })();
    const reading = async (store: typeof a) => {
      for (let turn = 0; turn < 50; turn++) {
        const { head, events } = await store.read("notes", { backwards: true, limit: 1 });
        demandSame(
          events.map(({ revision }) => revision),
          head === 0 ? [] : [head],
          "`head` must be the revision of the last event at the moment the events were read.",
        );
      }
    };
    await Promise.all([writing, reading(a), reading(b), reading(b)]);
  },
});
