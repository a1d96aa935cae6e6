import { demandAnswer, demandIds, demandSame } from "./assert.js";
import { add, addEvents, commit, event, ids, stored } from "./fixtures.js";
import { type CaseDefinition, casesOf } from "./world.js";

export const orderCases: readonly CaseDefinition[] = casesOf("order", [], {
  "a stream that was never written to is at 0 and has no events": async ({ a }) => {
    for (const options of [undefined, {}, { backwards: true, ids: ["e1"] }, { after: 3, limit: 1 }]) {
      demandIds(await a.read("notes", options), 0, [], "A stream that was never written to must be at 0.");
    }
  },

  "revisions count from 1, without gaps, in each stream for itself": async ({ a }) => {
    const sentence = "`append` must answer with the revision of the last event it appended.";
    demandAnswer(await a.append("notes", commit("c1", 0, "e1", "e2")), { ok: true, head: 2 }, sentence);
    demandAnswer(await a.append("other", commit("c2", 0, "e9")), { ok: true, head: 1 }, sentence);
    demandAnswer(await a.append("notes", commit("c3", 2, "e3")), { ok: true, head: 3 }, sentence);
    demandSame(
      await a.read("notes").then(({ head, events }) => ({ head, events })),
      { head: 3, events: stored([event("e1"), event("e2"), event("e3")]) },
      "`read` must give the events of a stream with their revisions: 1, 2, 3, ...",
    );
    demandSame(
      (await a.read("other")).events,
      stored([event("e9")]),
      "`read` must give the events of the stream that is asked for, and count them for themselves.",
    );
  },

  "an event comes back with all it had: id, type, instant, author, reason and data": async ({ a }) => {
    const full = { ...event("e1", { text: "hello" }), reason: "because" };
    await addEvents(a, "notes", full, event("e2"));
    demandSame(
      (await a.read("notes")).events,
      stored([full, event("e2")]),
      "An event must come back as it was appended, and without what it did not have.",
    );
  },

  "the revision is the store's to give, whatever the event says": async ({ a }) => {
    await addEvents(a, "notes", Object.assign(event("e1"), { revision: 99 }));
    demandSame(
      (await a.read("notes")).events.map(({ revision }) => revision),
      [1],
      "`revision` must be the place of the event in its stream, not what the event claims.",
    );
  },

  "a hundred commits stand in the order in which they were acknowledged": async ({ a }) => {
    for (let head = 0; head < 200; ) head = await add(a, "notes", `e${head + 1}`, `e${head + 2}`);
    demandIds(
      await a.read("notes"),
      200,
      ids(200),
      "Everything that was acknowledged must be there, in the order in which it was.",
    );
  },

  "two events of one stream may have the same id": async ({ a }) => {
    await add(a, "notes", "e1", "e2", "e1");
    await add(a, "notes", "e1");
    demandIds(await a.read("notes"), 4, ["e1", "e2", "e1", "e1"], "An id may be that of several events.");
    demandSame(
      (await a.read("notes", { ids: ["e1"] })).events.map(({ revision }) => revision),
      [1, 3, 4],
      "`read` with `ids` must give every event that has one of them.",
    );
  },

  "what one handle has appended, the other reads at once": async ({ a, b }) => {
    const turns = [
      [a, b],
      [b, a],
    ] as const;
    let head = 0;
    for (const [writer, reader] of turns) {
      // Several times each, so that a reader that does not write itself has to notice.
      for (let turn = 0; turn < 4; turn++) {
        head = await add(writer, "notes", `e${head + 1}`);
        demandIds(
          await reader.read("notes"),
          head,
          ids(head),
          "What was acknowledged must be read through every handle from then on.",
        );
      }
    }
  },
});
