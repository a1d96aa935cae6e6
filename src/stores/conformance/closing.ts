import type { SpaceStore } from "../contract.js";
import { demand, demandAnswer, demandCode, demandIds, demandSame } from "./assert.js";
import { add, commit } from "./fixtures.js";
import { within } from "./patience.js";
import { brief, feedOf, reader } from "./reader.js";
import { type CaseDefinition, casesOf, type World } from "./world.js";

/** Closes a store that is declared to be closed by a function. */
async function close(store: SpaceStore): Promise<void> {
  demand(typeof store.close === "function", "A store that declares `close` must have it.");
  await store.close();
}

const LATE = "Whoever calls a store that was closed must hear so.";

const demandClosed = async (act: () => PromiseLike<unknown>) => demandCode(act, "STORE_CLOSED", LATE);

/** Asks a feed for its first commit. A feed that is called too late may say so at once. */
async function first(store: SpaceStore): Promise<unknown> {
  for await (const commit of feedOf(store)) return commit;
  return "the end of the feed";
}

const laterCalls = (what: "streams" | "erase") => async (world: World) => {
  await add(world.a, "notes", "e1");
  await close(world.a);
  if (what === "streams") await demandClosed(async () => world.a.streams?.());
  else await demandClosed(async () => world.a.erase?.("notes", { all: true }));
  demandIds(await world.b.read("notes"), 1, ["e1"], "A call that came too late must change nothing.");
};

export const closingCases: readonly CaseDefinition[] = [
  ...casesOf("closing", ["close"], {
    "closing again does nothing": async ({ a }) => {
      await add(a, "notes", "e1");
      await close(a);
      await close(a);
      await Promise.all([close(a), close(a)]);
    },

    "closing twice at the same moment does nothing twice": async ({ a, b }) => {
      await Promise.all([close(a), close(a)]);
      demandAnswer(
        await b.append("notes", commit("c1", 0, "e1")),
        { ok: true, head: 1 },
        "Closing one handle must leave the others open.",
      );
    },

    "what is read after closing rejects": async ({ a }) => {
      await add(a, "notes", "e1");
      await close(a);
      await demandClosed(() => a.read("notes"));
      await demandClosed(() => a.read("nowhere", { limit: 0 }));
    },

    "what is appended after closing rejects, and is not kept": async ({ a, b }) => {
      await add(a, "notes", "e1");
      await close(a);
      await demandClosed(() => a.append("notes", commit("c2", 1, "e2")));
      await demandClosed(() => a.append("other", commit("c1", 0, "e1")));
      demandIds(await b.read("notes"), 1, ["e1"], "What came too late must not be kept.");
      demandIds(await b.read("other"), 0, [], "What came too late must not be kept.");
    },

    "what one handle has written before it was closed is there, and the other goes on": async ({ a, b }) => {
      await add(a, "notes", "e1");
      await close(a);
      demandIds(await b.read("notes"), 1, ["e1"], "Closing must lose nothing that was acknowledged.");
      await add(b, "notes", "e2");
      demandIds(await b.read("notes"), 2, ["e1", "e2"], "Closing one handle must leave the others open.");
      await close(b);
      await demandClosed(() => b.read("notes"));
    },
  }),

  ...casesOf("closing", ["close", "streams"], {
    "asking for names after closing rejects": laterCalls("streams"),
  }),

  ...casesOf("closing", ["close", "erase"], {
    "erasing after closing rejects": laterCalls("erase"),
  }),

  ...casesOf("closing", ["close", "feed"], {
    "a feed that is asked for after closing rejects": async ({ a, patience }) => {
      await add(a, "notes", "e1");
      await close(a);
      await demandClosed(() => within(patience, first(a), LATE));
    },

    "a feed that waits ends when its store is closed": async (world) => {
      const { a, patience } = world;
      const waiting = [reader(world, a), reader(world, a)];
      const answers = waiting.map((one) => one.ask());
      // The feeds have time to come to where they wait.
      for (let turn = 0; turn < 5; turn++) await a.read("notes");
      await close(a);
      const ends = await within(
        patience,
        Promise.all(answers),
        "Feeds that wait must end when their store is closed.",
      );
      for (const { done } of ends) {
        demandSame(done, true, "Feeds that wait must end when their store is closed.");
      }
    },

    "a feed of another handle goes on waiting": async (world) => {
      const { a, b } = world;
      const waiting = reader(world, b);
      const sentence = "Closing one handle must leave the feeds of others waiting.";
      const next = waiting.next(sentence);
      await a.read("notes");
      await close(a);
      await add(b, "notes", "e1");
      demandSame(brief(await next), "notes 1", sentence);
      await waiting.leave();
    },
  }),

  ...casesOf("closing", ["close", "client"], {
    "a client that was handed in stays open": async ({ a, b, opened }) => {
      await add(a, "notes", "e1");
      for (const store of [a, b]) {
        await close(store);
        demand(
          (await opened.isClientOpen?.()) === true,
          "`close` must not close a client or database that was handed in: it belongs to who opened it.\n" +
            "  came:     it was closed",
        );
      }
    },
  }),
];
