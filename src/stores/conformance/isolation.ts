import type { FeedCommit, NewEvent, StoredEvent } from "../contract.js";
import { demandAnswer, demandIds, demandSame } from "./assert.js";
import { addEvents, dataOf, deepFreeze, event, stored } from "./fixtures.js";
import { drain } from "./reader.js";
import { type CaseDefinition, casesOf } from "./world.js";

type List = { list: string[] };

const one = (): NewEvent => ({ ...event("e1", { list: ["one"] }), reason: "first" });

const GOES_IN =
  "What goes in must be a copy: what a caller changes after the call must stay with the caller.";
const COMES_OUT = "What comes out must be a copy: what a caller does to it must stay with the caller.";

/** Changes whatever can be changed of an event. It may be frozen: then nothing can leak. */
function scribble(events: readonly NewEvent[]): void {
  const [first] = events;
  const acts = [
    () => first && dataOf<List>(first).list.push("two"),
    () => first && Object.assign(first, { id: "changed", type: "changed", reason: "changed", revision: 99 }),
    () => (events as NewEvent[]).push(event("e2")),
  ];
  for (const act of acts) {
    try {
      act();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

export const isolationCases: readonly CaseDefinition[] = [
  ...casesOf("isolation", [], {
    "what is changed of a commit after it was acknowledged stays with the caller": async ({ a, b }) => {
      const events = [one()];
      await a.append("notes", { id: "c1", expected: 0, events });
      scribble(events);
      for (const store of [a, b]) {
        demandSame((await store.read("notes")).events, stored([one()]), GOES_IN);
        demandIds(await store.read("notes", { ids: ["e1"] }), 1, ["e1"], GOES_IN);
        demandIds(await store.read("notes", { ids: ["changed", "e2"] }), 1, [], GOES_IN);
      }
    },

    "what is changed of a commit while it is being appended stays with the caller": async ({ a, b }) => {
      const events = [one()];
      const commit = { id: "c1", expected: 0, events };
      const answer = a.append("notes", commit);
      scribble(events);
      Object.assign(commit, { id: "changed", expected: 99 });
      demandAnswer(await answer, { ok: true, head: 1 }, GOES_IN);
      for (const store of [a, b]) demandSame((await store.read("notes")).events, stored([one()]), GOES_IN);
      demandAnswer(
        await a.append("notes", { id: "c1", expected: 0, events }),
        { ok: true, head: 1, replayed: true },
        GOES_IN,
      );
    },

    "what is changed of events that were read stays with the caller": async ({ a, b }) => {
      await addEvents(a, "notes", one());
      for (const options of [{}, { ids: ["e1"] }, { backwards: true }]) {
        for (const store of [a, b]) {
          scribble((await store.read("notes", options)).events);
          demandSame((await store.read("notes", options)).events, stored([one()]), COMES_OUT);
        }
      }
    },

    "a commit and options that are frozen are taken, and left as they are": async ({ a }) => {
      const commit = deepFreeze({ id: "c1", expected: 0, events: [one(), event("e2")] });
      demandAnswer(
        await a.append("notes", commit),
        { ok: true, head: 2 },
        "`append` must change nothing of the commit it is handed.",
      );
      const options = deepFreeze({ ids: ["e2", "e1", "e2"], backwards: true, limit: 5 });
      demandIds(
        await a.read("notes", options),
        2,
        ["e2", "e1"],
        "`read` must change nothing of its options.",
      );
    },
  }),

  ...casesOf("isolation", ["feed"], {
    "what is changed of what a feed gives stays with the caller": async (world) => {
      await addEvents(world.a, "notes", one());
      for (const store of [world.a, world.b]) {
        const [first] = await drain(world, store);
        if (first) scribble(first.events);
        if (first && !Object.isFrozen(first)) Object.assign(first as FeedCommit, { stream: "changed" });
        const [again] = await drain(world, store);
        demandSame(again?.stream, "notes", COMES_OUT);
        demandSame(again?.events as readonly StoredEvent[], stored([one()]), COMES_OUT);
      }
      demandSame((await world.b.read("notes")).events, stored([one()]), COMES_OUT);
    },
  }),
];
