import { demandAnswer, demandIds, demandSame } from "./assert.js";
import { add, addEvents, commit, event, ids, stored } from "./fixtures.js";
import { brief, drain, reader } from "./reader.js";
import { namesOf } from "./streams.js";
import { type CaseDefinition, casesOf } from "./world.js";

const STAYS = "What was acknowledged must be there when the store is opened again.";

export const reopenCases: readonly CaseDefinition[] = [
  ...casesOf("reopen", ["durable"], {
    "what was appended is there again, event by event": async ({ a, b, reopen }) => {
      const events = ids(20).map((id, index) => event(id, { index, text: "日本語 👋" }));
      await addEvents(a, "notes", ...events.slice(0, 7));
      await addEvents(b, "notes", ...events.slice(7));
      await add(b, "other", "o1");
      const again = await reopen();
      demandSame((await again.read("notes")).events, stored(events), STAYS);
      demandIds(await again.read("notes", { ids: ["e8", "e2"] }), 20, ["e2", "e8"], STAYS);
      demandIds(await again.read("other"), 1, ["o1"], STAYS);
    },

    "the last commit is there again, even where everything was closed at once": async ({ a, reopen }) => {
      await add(a, "notes", "e1");
      const again = await reopen();
      demandIds(await again.read("notes"), 1, ["e1"], STAYS);
    },

    "appending goes on where it stopped": async ({ a, reopen }) => {
      await add(a, "notes", "e1", "e2");
      const again = await reopen();
      demandAnswer(
        await again.append("notes", commit("late", 0, "x")),
        { ok: false, reason: "conflict", head: 2 },
        "A stream must be where it was when the store is opened again.",
      );
      demandAnswer(await again.append("notes", commit("next", 2, "e3")), { ok: true, head: 3 }, STAYS);
      demandIds(await again.read("notes"), 3, ids(3), STAYS);
    },

    "a commit id that was acknowledged is known again": async ({ a, b, reopen }) => {
      await a.append("notes", commit("c1", 0, "e1", "e2"));
      await b.append("notes", commit("c2", 2, "e3"));
      const again = await reopen();
      for (const [id, head] of [
        ["c1", 2],
        ["c2", 3],
      ] as const) {
        demandAnswer(
          await again.append("notes", commit(id, 3, "x")),
          { ok: true, head, replayed: true },
          "Who never heard the answer may ask again also after the store was opened again.",
        );
      }
      demandIds(await again.read("notes"), 3, ids(3), "A repeated commit must change nothing.");
    },
  }),

  ...casesOf("reopen", ["durable", "feed"], {
    "a feed goes on after a cursor of before": async (world) => {
      const { a, b } = world;
      for (const [index, stream] of ["x", "y", "x", "z"].entries())
        await add(index % 2 ? b : a, stream, `e${index}`);
      const before = await drain(world, a);
      const again = await world.reopen();
      const sentence = "A cursor must mean the same when the store is opened again.";
      for (const [index, { cursor }] of before.entries()) {
        demandSame(await drain(world, again, cursor), before.slice(index + 1), sentence);
      }
      const readerAgain = reader(world, again, { after: before.at(-1)?.cursor });
      const next = readerAgain.next("A feed that goes on must give what is appended afterwards.");
      await add(again, "x", "new");
      demandSame(brief(await next), "x 3", sentence);
      await readerAgain.leave();
    },

    "a feed gives everything of before, in the same order": async (world) => {
      for (const [index, stream] of ["x", "y", "x", "z", "y"].entries()) {
        await add(index % 2 ? world.b : world.a, stream, `e${index}`);
      }
      const before = await drain(world, world.b);
      const again = await world.reopen();
      demandSame(await drain(world, again), before, "The order of a feed must stay when it is opened again.");
    },
  }),

  ...casesOf("reopen", ["durable", "streams"], {
    "the names of all streams are there again": async ({ a, b, reopen }) => {
      for (const name of ["x", "y"]) await add(a, name, "e1");
      await add(b, "z", "e1");
      const again = await reopen();
      demandSame([...(await namesOf(again))].sort(), ["x", "y", "z"], STAYS);
    },
  }),

  ...casesOf("reopen", ["durable", "erase"], {
    "what was erased stays erased": async ({ a, b, reopen }) => {
      await addEvents(a, "notes", { ...event("e1", "personal"), reason: "personal" }, event("e2", "kept"));
      await b.erase?.("notes", { revisions: [1] });
      const again = await reopen();
      demandSame(
        (await again.read("notes")).events,
        stored([event("e1"), event("e2", "kept")]),
        "What was erased must not come back when the store is opened again.",
      );
    },
  }),
];
