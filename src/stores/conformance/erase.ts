import type { EraseRequest, NewEvent, SpaceStore } from "../contract.js";
import { demand, demandAnswer, demandCode, demandIds, demandSame } from "./assert.js";
import { add, addEvents, commit, event, forEach, ids, stored } from "./fixtures.js";
import { HOSTILE } from "./hostile.js";
import { drain, reader } from "./reader.js";
import { show } from "./show.js";
import { namesOf } from "./streams.js";
import { type CaseDefinition, casesOf } from "./world.js";

const GONE = "What was erased must not be given again in any way, and everything else must stay as it is.";

/** An event with something personal in its payload and its reason. */
const personal = (id: string): NewEvent => ({
  ...event(id, { text: `the secret of ${id}`, by: ["leo", { phone: "+44 7700 900123" }] }),
  reason: `because of ${id}`,
});

/** The same event when it is erased. */
const erased = (id: string, data: unknown = null): NewEvent => event(id, data);

async function eraseIn(
  store: SpaceStore,
  stream: string,
  request: EraseRequest,
): Promise<{ erased: number }> {
  demand(typeof store.erase === "function", "A store that declares `erase` must have it.");
  return store.erase(stream, request);
}

async function demandErased(
  store: SpaceStore,
  stream: string,
  request: EraseRequest,
  count: number,
): Promise<void> {
  demandSame(
    (await eraseIn(store, stream, request)).erased,
    count,
    `erase(${show(stream)}, ${show(request)}) must answer how many events it changed.`,
  );
}

async function demandEvents(store: SpaceStore, events: readonly NewEvent[], sentence = GONE): Promise<void> {
  const { head, events: found } = await store.read("notes");
  demandSame({ head, events: found }, { head: events.length, events: stored(events) }, sentence);
}

const five = ids(5).map(personal);

const only = (revisions: readonly number[], data: (revision: number) => unknown = () => null) =>
  five.map((one, index) => (revisions.includes(index + 1) ? erased(one.id, data(index + 1)) : one));

function circle(): unknown {
  const self: { self?: unknown } = {};
  self.self = self;
  return self;
}

const INVALID: readonly (readonly [what: string, request: unknown])[] = [
  ["a request that names nothing", {}],
  ["revisions that are no list", { revisions: 1 }],
  ["revision 0", { revisions: [1, 0] }],
  ["a revision below 0", { revisions: [-1] }],
  ["half a revision", { revisions: [1, 1.5] }],
  ["NaN for a revision", { revisions: [Number.NaN] }],
  ["infinity for a revision", { revisions: [1, Infinity] }],
  ["a text for a revision", { revisions: ["1"] }],
  ["null for a revision", { revisions: [1, null] }],
  ["fewer `data` than revisions", { revisions: [1, 2], data: ["x"] }],
  ["more `data` than revisions", { revisions: [1], data: ["x", "y"] }],
  ["`data` that is no list", { revisions: [1], data: "x" }],
  ["`data` with a circle", { revisions: [1, 2], data: ["x", circle()] }],
  ["`data` with a bigint", { revisions: [1, 2], data: [{ views: 1n }, "x"] }],
  ["`data` that is a function", { revisions: [1, 2], data: ["x", () => 1] }],
  ["`data` with half a surrogate pair", { revisions: [1, 2], data: ["x", ["\ud800"]] }],
  ["`all` that is not true", { all: false }],
];

export const eraseCases: readonly CaseDefinition[] = [
  ...casesOf("erase", ["erase"], {
    "of all events the payloads and reasons go, and everything else stays": async ({ a, b }) => {
      await addEvents(a, "notes", ...five.slice(0, 2));
      await addEvents(b, "notes", ...five.slice(2));
      await demandErased(a, "notes", { all: true }, 5);
      await demandEvents(
        a,
        five.map(({ id }) => erased(id)),
      );
    },

    "of single events the payloads and reasons go, and the others stay as they are": async ({ a }) => {
      await addEvents(a, "notes", ...five);
      await demandErased(a, "notes", { revisions: [4, 2] }, 2);
      await demandEvents(a, only([2, 4]));
    },

    "a reason goes also where there was no payload, and a payload where there was no reason": async ({
      a,
    }) => {
      await addEvents(
        a,
        "notes",
        { ...event("e1"), reason: "personal" },
        event("e2", "personal"),
        event("e3"),
      );
      await demandErased(a, "notes", { all: true }, 2);
      await demandEvents(
        a,
        ["e1", "e2", "e3"].map((id) => erased(id)),
      );
    },

    "what is erased through one handle is erased for every other": async ({ a, b }) => {
      await addEvents(a, "notes", ...five);
      await b.read("notes");
      await demandErased(a, "notes", { revisions: [1] }, 1);
      await demandEvents(b, only([1]));
      await demandErased(b, "notes", { revisions: [2] }, 1);
      await demandEvents(a, only([1, 2]));
    },

    "what was erased is not given however it is read": async ({ a, b }) => {
      await addEvents(a, "notes", ...five);
      await eraseIn(a, "notes", { revisions: [3] });
      const [expected] = stored([erased("e3")], 3);
      for (const store of [a, b]) {
        for (const options of [
          { ids: ["e3"] },
          { after: 2, limit: 1 },
          { before: 4, backwards: true, limit: 1 },
          { ids: ["e3"], backwards: true, after: 1, before: 5 },
        ]) {
          const { head, events } = await store.read("notes", options);
          demandSame({ head, events }, { head: 5, events: [expected] }, GONE);
        }
      }
    },

    "in the place of each payload stays what the request says": async ({ a, b }) => {
      await addEvents(a, "notes", ...five);
      const left: readonly unknown[] = [
        { text: "[removed]", kept: [1, -0, "\u00e9 e\u0301 👋"] },
        JSON.parse('{"__proto__":{"a":1},"constructor":2}'),
        null,
      ];
      await demandErased(a, "notes", { revisions: [5, 1, 2], data: left }, 3);
      const events = only([1, 2, 5], (revision) => left[[5, 1, 2].indexOf(revision)]);
      for (const store of [a, b]) {
        await demandEvents(
          store,
          events,
          "In the place of each payload must stay its entry of `data`, in the order of `revisions`.",
        );
      }
    },

    "what is to stay is a copy, and the request is left as it is": async ({ a }) => {
      await addEvents(a, "notes", ...five);
      const kept = { list: ["one"] };
      const request = { revisions: [1], data: [kept] };
      Object.freeze(request.revisions);
      const answer = eraseIn(a, "notes", Object.freeze(request));
      kept.list.push("two");
      await answer;
      kept.list.push("three");
      await demandEvents(
        a,
        only([1], () => ({ list: ["one"] })),
      );
    },

    "the answer is how many events were changed: none the second time": async ({ a, b }) => {
      await addEvents(a, "notes", ...five);
      await demandErased(a, "notes", { revisions: [1, 2] }, 2);
      await demandErased(a, "notes", { revisions: [1, 2] }, 0);
      await demandErased(b, "notes", { revisions: [2, 3] }, 1);
      await demandErased(a, "notes", { all: true }, 2);
      await demandErased(b, "notes", { all: true }, 0);
      await addEvents(a, "other", ...five);
      await demandErased(a, "other", { revisions: [1], data: ["left"] }, 1);
      await demandErased(a, "other", { revisions: [1], data: ["left"] }, 0);
      await demandErased(a, "other", { revisions: [1] }, 1);
    },

    "an event that is named twice is changed once": async ({ a }) => {
      await addEvents(a, "notes", ...five);
      await demandErased(a, "notes", { revisions: [2, 2, 1, 2] }, 2);
      await demandEvents(a, only([1, 2]));
    },

    "revisions that the stream does not have are passed over": async ({ a }) => {
      await addEvents(a, "notes", ...five);
      await demandErased(
        a,
        "notes",
        { revisions: [6, 2, 999, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER] },
        1,
      );
      await demandEvents(a, only([2]));
      await demandErased(a, "notes", { revisions: [6, 7], data: ["x", "y"] }, 0);
      await demandErased(a, "notes", { revisions: [] }, 0);
      await demandEvents(a, only([2]));
    },

    "of a stream that was never written to there is nothing to erase": async ({ a }) => {
      await demandErased(a, "nowhere", { all: true }, 0);
      await demandErased(a, "nowhere", { revisions: [1, 2] }, 0);
      demandIds(await a.read("nowhere"), 0, [], "Erasing must not bring a stream into being.");
      demandAnswer(
        await a.append("nowhere", commit("c1", 0, "e1")),
        { ok: true, head: 1 },
        "Erasing must not bring a stream into being.",
      );
    },

    "other streams are left as they are, however they are named": async ({ a }) => {
      const names = [
        ...HOSTILE["with wildcards"],
        ...HOSTILE["that differ only by case"],
        ...HOSTILE["that differ only by what cannot be seen"],
      ];
      const all = [...new Set(names)];
      await forEach(all, (name) => addEvents(a, name, personal("e1")));
      await forEach(all, async (name, index) => {
        if (index % 2 === 0) await demandErased(a, name, { all: true }, 1);
      });
      await forEach(all, async (name, index) => {
        demandSame(
          (await a.read(name)).events,
          stored([index % 2 === 0 ? erased("e1") : personal("e1")]),
          `Erasing must be about the one stream that is named, and ${show(name)} is a stream of its own.`,
        );
      });
    },

    "appending goes on where the stream is": async ({ a, b }) => {
      await addEvents(a, "notes", ...five);
      await eraseIn(a, "notes", { all: true });
      demandAnswer(
        await b.append("notes", commit("late", 0, "x")),
        { ok: false, reason: "conflict", head: 5 },
        "The head must stay what it was when events are erased.",
      );
      demandAnswer(
        await a.append("notes", { id: "next", expected: 5, events: [personal("e6")] }),
        { ok: true, head: 6 },
        "Appending must go on after events were erased.",
      );
      await demandEvents(b, [...five.map(({ id }) => erased(id)), personal("e6")]);
    },

    "a commit id that was acknowledged is still answered, and brings nothing back": async ({ a, b }) => {
      const first = { id: "c1", expected: 0, events: five.slice(0, 2) };
      await a.append("notes", first);
      await a.append("notes", { id: "c2", expected: 2, events: five.slice(2) });
      await eraseIn(a, "notes", { all: true });
      for (const store of [a, b]) {
        demandAnswer(
          await store.append("notes", first),
          { ok: true, head: 2, replayed: true },
          "The answer to a repeated commit id must stay when its events are erased.",
        );
      }
      await demandEvents(
        a,
        five.map(({ id }) => erased(id)),
      );
    },

    "a request that cannot be carried out is refused, and changes nothing": async ({ a, b }) => {
      await addEvents(a, "notes", ...five);
      for (const [what, request] of INVALID) {
        await demandCode(
          () => eraseIn(a, "notes", request as EraseRequest),
          "STORE_INVALID_ERASURE",
          `\`erase\` must refuse ${what}.`,
        );
        await demandEvents(
          b,
          five,
          `A request that is refused (${what}) must change nothing: all or nothing.`,
        );
      }
    },

    "a thousand events are erased at once": async ({ a }) => {
      const thousand = ids(1000);
      await addEvents(a, "notes", ...thousand.map(personal), personal("last"));
      const revisions = thousand.map((_, index) => index + 1);
      await demandErased(a, "notes", { revisions, data: revisions }, 1000);
      await demandEvents(a, [...thousand.map((id, index) => erased(id, index + 1)), personal("last")]);
    },

    "who erases and who appends at the same moment do not get in each other's way": async ({ a, b }) => {
      for (let round = 0; round < 5; round++) {
        const head = 2 * round;
        const [, answer] = await Promise.all([
          eraseIn(a, "notes", { all: true }),
          b.append("notes", { id: `c${round}`, expected: head, events: ids(2, "e", head + 1).map(personal) }),
        ]);
        demandAnswer(answer, { ok: true, head: head + 2 }, "Erasing must not move the head of a stream.");
      }
      await eraseIn(b, "notes", { all: true });
      await demandEvents(
        a,
        ids(10).map((id) => erased(id)),
      );
    },
  }),

  ...casesOf("erase", ["erase", "feed"], {
    "what was erased is given by a feed as erased, its commit whole": async (world) => {
      const { a, b } = world;
      await addEvents(a, "notes", ...five.slice(0, 3));
      await add(a, "other", "o1");
      await addEvents(b, "notes", ...five.slice(3));
      const before = await drain(world, a);
      await eraseIn(a, "notes", { revisions: [2, 5] });
      const expected = stored(only([2, 5]));
      for (const store of [a, b]) {
        const after = await drain(world, store);
        demandSame(
          after.map(({ cursor, stream }) => ({ cursor, stream })),
          before.map(({ cursor, stream }) => ({ cursor, stream })),
          "Erasing must leave the commits of a feed where they are, and give none again.",
        );
        demandSame(
          after.filter(({ stream }) => stream === "notes").flatMap(({ events }) => events),
          expected,
          "A feed must give erased events as erased, and everything else as it is.",
        );
        const [, , last] = after;
        demandSame(
          await drain(world, store, after[1]?.cursor),
          [last],
          "Erased events must stay erased after a cursor.",
        );
      }
    },

    "erasing is no commit: a feed that waits is given the next commit, and nothing before": async (world) => {
      await addEvents(world.a, "notes", ...five);
      const waiting = reader(world, world.b);
      await waiting.next("A feed must give what was appended.");
      const next = waiting.next("A feed must give what is appended after events were erased.");
      await eraseIn(world.a, "notes", { all: true });
      await add(world.a, "notes", "e6");
      demandSame((await next).events, stored([event("e6")], 6), "A feed must give each commit exactly once.");
      await waiting.leave();
    },
  }),

  ...casesOf("erase", ["erase", "streams"], {
    "a stream whose events were erased keeps its name, and one that has none gets none": async ({ a }) => {
      await addEvents(a, "notes", ...five);
      await eraseIn(a, "notes", { all: true });
      await eraseIn(a, "nowhere", { all: true });
      demandSame(await namesOf(a), ["notes"], "Erasing must neither take away streams nor make any.");
    },
  }),
];
