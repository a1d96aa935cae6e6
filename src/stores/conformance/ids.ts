import { demandAnswer, demandIds, demandSame } from "./assert.js";
import { add, commit, forEach, readIds } from "./fixtures.js";
import { ALL_HOSTILE } from "./hostile.js";
import { show } from "./show.js";
import { type CaseDefinition, casesOf } from "./world.js";

export const idCases: readonly CaseDefinition[] = casesOf("ids", [], {
  "an event of any id is found by that id, and no other is": async ({ a, b }) => {
    await add(a, "notes", ...ALL_HOSTILE);
    demandSame(await readIds(b, "notes"), ALL_HOSTILE, "Ids of events must come back as they were.");
    await forEach(ALL_HOSTILE, async (id) => {
      demandSame(
        await readIds(b, "notes", { ids: [id] }),
        [id],
        "`ids` must be compared code unit by code unit.",
      );
    });
  },

  "events of all kinds of ids are found at once": async ({ a }) => {
    await add(a, "notes", ...ALL_HOSTILE);
    demandSame(
      await readIds(a, "notes", { ids: [...ALL_HOSTILE].reverse() }),
      ALL_HOSTILE,
      "`read` with `ids` must give all events that have one of them, in the order of their revisions.",
    );
  },

  "a commit of any id is known by that id, and no other is": async ({ a, b }) => {
    for (const [index, id] of ALL_HOSTILE.entries()) {
      demandAnswer(
        await a.append("notes", commit(id, index, `e${index}`)),
        { ok: true, head: index + 1 },
        `Commit ids must be compared code unit by code unit: ${show(id)} is a new one.`,
      );
    }
    await forEach(ALL_HOSTILE, async (id, index) => {
      demandAnswer(
        await b.append("notes", commit(id, 0, "again")),
        { ok: true, head: index + 1, replayed: true },
        `A commit id that was acknowledged must be known again: ${show(id)}.`,
      );
    });
  },

  "ids that the stream does not have are passed over, whatever they are": async ({ a }) => {
    await add(a, "other", "o1");
    await add(a, "notes", "e1", "e2", "e3");
    const strange = [
      "e4",
      "o1",
      "E1",
      "e1 ",
      "",
      "e1,e2",
      "e1' OR 1=1",
      "__proto__",
      "%",
      "e1\0",
      "e\ud800",
      "\udc00",
    ];
    demandIds(
      await a.read("notes", { ids: strange }),
      3,
      [],
      "`read` with `ids` must pass over ids that the stream does not have.",
    );
    demandIds(
      await a.read("notes", { ids: [...strange, "e2", ...strange] }),
      3,
      ["e2"],
      "`read` with `ids` must pass over ids that the stream does not have.",
    );
  },
});
