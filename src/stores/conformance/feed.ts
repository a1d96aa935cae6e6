import type { CancelSignal, FeedCommit } from "../contract.js";
import { createController } from "./abort.js";
import { demand, demandCode, demandReason, demandSame } from "./assert.js";
import { add, addEvents, commit, event, forEach, ids, stored } from "./fixtures.js";
import { ALL_HOSTILE } from "./hostile.js";
import { within } from "./patience.js";
import { brief, drain, feedOf, held, reader } from "./reader.js";
import { show } from "./show.js";
import { type CaseDefinition, casesOf, type World } from "./world.js";

const SAME_ORDER =
  "A feed must give all commits in an order that is the same for every reader and every time.";
const ONCE =
  "A feed must give each commit exactly once, and those of a stream in the order of their revisions.";
const WAKES = "A feed must give what is appended while it waits, within seconds.";

/** Some commits of three streams over both handles: `x` 1-2, `y` 1, `x` 3, `z` 1-3, `y` 2-3, `x` 4. */
async function prepare({ a, b }: World): Promise<readonly string[]> {
  await add(a, "x", "x1", "x2");
  await add(b, "y", "y1");
  await add(b, "x", "x3");
  await add(a, "z", "z1", "z2", "z3");
  await add(a, "y", "y2", "y3");
  await add(b, "x", "x4");
  return ["x 1 2", "x 3", "x 4", "y 1", "y 2 3", "z 1 2 3"];
}

const briefs = (commits: readonly FeedCommit[]) => commits.map(brief);

/** By stream, each in the order in which it was given. */
const byStream = (commits: readonly FeedCommit[]) =>
  [...new Set(commits.map(({ stream }) => stream))]
    .sort()
    .flatMap((stream) => briefs(commits.filter((one) => one.stream === stream)));

/** A signal that remembers who listens to it. */
function countingSignal(): CancelSignal & { readonly listeners: ReadonlySet<unknown> } {
  const listeners = new Set<unknown>();
  return {
    aborted: false,
    listeners,
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
  };
}

export const feedCases: readonly CaseDefinition[] = casesOf("feed", ["feed"], {
  "a feed of nothing that is not to follow ends": async (world) => {
    for (const store of [world.a, world.b]) {
      demandSame(
        await drain(world, store),
        [],
        "A store that was never written to must have nothing to give.",
      );
    }
  },

  "each commit comes whole: its stream, and all of its events with their revisions": async (world) => {
    const first = [event("e1", { text: "hello" }), { ...event("e2"), reason: "because" }];
    await addEvents(world.a, "notes", ...first);
    await addEvents(world.b, "notes", event("e3"));
    const given = await drain(world, world.a);
    demandSame(
      given.map(({ stream, events }) => ({ stream, events })),
      [
        { stream: "notes", events: stored(first) },
        { stream: "notes", events: stored([event("e3")], 3) },
      ],
      "A feed must give every commit with all of its events, as they are read.",
    );
  },

  "each commit comes exactly once, those of a stream in the order of their revisions": async (world) => {
    const expected = await prepare(world);
    demandSame(byStream(await drain(world, world.a)), expected, ONCE);
  },

  "every reader is given the same order, through every handle and every time": async (world) => {
    await prepare(world);
    const given = await drain(world, world.a);
    for (const store of [world.b, world.a, world.b]) {
      demandSame(await drain(world, store), given, SAME_ORDER);
    }
    await add(world.b, "w", "w1");
    await add(world.a, "x", "x5");
    demandSame((await drain(world, world.b)).slice(0, given.length), given, SAME_ORDER);
  },

  "each commit has a cursor of its own": async (world) => {
    await prepare(world);
    const cursors = (await drain(world, world.a)).map(({ cursor }) => cursor);
    demandSame(
      cursors.map((cursor) => typeof cursor),
      cursors.map(() => "string"),
      "`cursor` must be a text.",
    );
    demand(
      new Set(cursors).size === cursors.length,
      `Each commit must have a cursor of its own.\n  came:     ${show(cursors)}`,
    );
  },

  "after every cursor it goes on with what follows, and with nothing else": async (world) => {
    await prepare(world);
    const given = await drain(world, world.a);
    for (const [index, { cursor }] of given.entries()) {
      for (const store of [world.a, world.b]) {
        demandSame(
          briefs(await drain(world, store, cursor)),
          briefs(given.slice(index + 1)),
          `After the cursor ${show(cursor)}, that of commit ${index + 1} of ${given.length}, a feed must give what follows it.`,
        );
      }
    }
    await add(world.a, "x", "x5");
    demandSame(
      briefs(await drain(world, world.b, given.at(-1)?.cursor)),
      ["x 5"],
      "After the last cursor a feed must give what was appended since.",
    );
  },

  "what lost, was refused or was repeated is not given": async (world) => {
    const { a, b } = world;
    await a.append("notes", commit("c1", 0, "e1"));
    await a.append("notes", commit("late", 0, "x"));
    await b.append("notes", commit("c1", 1, "e1"));
    await a.append("notes", commit("bad", 1)).catch(() => {});
    await a.append("other", commit("early", 7, "x"));
    await b.append("notes", commit("c2", 1, "e2"));
    demandSame(
      briefs(await drain(world, b)),
      ["notes 1", "notes 2"],
      "A feed must give what landed, nothing else.",
    );
  },

  "streams of any name are given by that name": async (world) => {
    await forEach(ALL_HOSTILE, (name) => add(world.a, name, "e1"));
    demandSame(
      (await drain(world, world.b)).map(({ stream }) => stream).sort(),
      [...ALL_HOSTILE].sort(),
      "A feed must give names of streams as they are.",
    );
  },

  "of many commits none is missing and none comes twice": async (world) => {
    for (let head = 0; head < 350; head++)
      await world.a.append("notes", commit(`c${head}`, head, `e${head + 1}`));
    const given = await drain(world, world.b);
    demandSame(
      briefs(given),
      Array.from({ length: 350 }, (_, index) => `notes ${index + 1}`),
      ONCE,
    );
    for (const at of [0, 98, 99, 100, 255, 348]) {
      demandSame(
        briefs(await drain(world, world.a, given[at]?.cursor)),
        briefs(given.slice(at + 1)),
        "After a cursor a feed must give what follows that commit, however much it is.",
      );
    }
  },

  "a commit of 2,000 events comes whole": async (world) => {
    const all = ids(2000);
    await add(world.a, "notes", ...all);
    await add(world.a, "notes", "last");
    const given = await drain(world, world.b);
    demandSame(
      given.map(({ events }) => events.length),
      [2000, 1],
      "A feed must give each commit whole, however many events it has.",
    );
    demandSame(
      given[0]?.events.map(({ id }) => id),
      all,
      "A feed must give the events of a commit in their order.",
    );
  },

  "who comes late is given everything from the first on": async (world) => {
    await prepare(world);
    const expected = await drain(world, world.a);
    const late = reader(world, world.b);
    demandSame(await late.take(expected.length, WAKES), expected, SAME_ORDER);
    await late.leave();
  },

  "who waits is woken by an append through the same handle": async (world) => {
    await prepare(world);
    const after = (await drain(world, world.a)).at(-1)?.cursor;
    const waiting = reader(world, world.a, { after });
    const next = waiting.next(WAKES);
    await add(world.a, "new", "n1");
    demandSame(brief(await next), "new 1", WAKES);
    await waiting.leave();
  },

  "who waits is woken by an append through another handle": async (world) => {
    const waiting = reader(world, world.b);
    const next = waiting.next(WAKES);
    // The feed has time to come to where it waits.
    for (let turn = 0; turn < 5; turn++) await world.b.read("notes");
    await add(world.a, "notes", "e1");
    demandSame(brief(await next), "notes 1", WAKES);
    await waiting.leave();
  },

  "who waits is woken again and again": async (world) => {
    const waiting = reader(world, world.b);
    for (let head = 0; head < 3; head++) {
      const next = waiting.next(WAKES);
      await add(head % 2 === 0 ? world.a : world.b, "notes", `e${head + 1}`);
      demandSame(brief(await next), `notes ${head + 1}`, ONCE);
    }
    await waiting.leave();
  },

  "of many who wait each is given everything": async (world) => {
    const waiting = Array.from({ length: 6 }, (_, index) =>
      reader(world, index % 2 === 0 ? world.a : world.b),
    );
    const taking = held(Promise.all(waiting.map((one) => one.take(3, WAKES))));
    await add(world.a, "x", "x1");
    await add(world.b, "y", "y1");
    await add(world.a, "x", "x2");
    for (const given of await taking) demandSame(byStream(given), ["x 1", "x 2", "y 1"], ONCE);
    for (const one of waiting) await one.leave();
  },

  "who is slow misses nothing": async (world) => {
    await add(world.a, "notes", "e1");
    const slow = reader(world, world.b);
    const given = [await slow.next(WAKES)];
    for (let head = 1; head < 20; head++)
      await add(head % 2 === 0 ? world.a : world.b, "notes", `e${head + 1}`);
    given.push(...(await slow.take(19, WAKES)));
    demandSame(
      briefs(given),
      Array.from({ length: 20 }, (_, index) => `notes ${index + 1}`),
      ONCE,
    );
    await slow.leave();
  },

  "who leaves in the middle lets go, and can come back": async (world) => {
    await prepare(world);
    const { listeners, ...signal } = countingSignal();
    const given: FeedCommit[] = [];
    for await (const one of feedOf(world.a, { signal })) {
      given.push(one);
      if (given.length === 2) break;
    }
    demandSame(listeners.size, 0, "A feed that was left must not listen to its signal any more.");
    await add(world.a, "x", "x5");
    for await (const one of feedOf(world.a, { signal, after: given.at(-1)?.cursor })) {
      given.push(one);
      if (given.length === 7) break;
    }
    demandSame(listeners.size, 0, "A feed that was left must not listen to its signal any more.");
    demandSame(given, await drain(world, world.b), "Who goes on after a cursor must miss nothing.");
  },

  "who has waited lets go of its signal": async (world) => {
    const { listeners, ...signal } = countingSignal();
    const waiting = reader(world, world.a, { signal });
    for (let head = 0; head < 3; head++) {
      const next = waiting.next(WAKES);
      await add(world.a, "notes", `e${head + 1}`);
      await next;
    }
    await waiting.leave();
    demandSame(listeners.size, 0, "A feed that was left must not listen to its signal any more.");
  },

  "with a signal that was aborted it rejects with the reason": async ({ a }) => {
    await add(a, "notes", "e1");
    const controller = createController();
    const reason = new Error("The reader has left.");
    controller.abort(reason);
    for (const follow of [true, false]) {
      await demandReason(
        () => feedOf(a, { signal: controller.signal, follow })[Symbol.asyncIterator]().next(),
        reason,
        "A feed must reject with the reason of a signal that was aborted before.",
      );
    }
  },

  "aborted while it waits it rejects with the reason": async (world) => {
    const controller = createController();
    const waiting = [world.a, world.b].map((store) => reader(world, store, { signal: controller.signal }));
    const answers = waiting.map((one) => one.ask());
    // The feeds have time to come to where they wait.
    for (let turn = 0; turn < 5; turn++) await world.b.read("notes");
    const reason = new Error("The reader has left.");
    controller.abort(reason);
    for (const answer of answers) {
      const sentence = "A feed that waits must reject with the reason when its signal is aborted.";
      await demandReason(() => within(world.patience, answer, sentence), reason, sentence);
    }
  },

  "aborted between two commits it rejects with the reason": async (world) => {
    await prepare(world);
    const controller = createController();
    const reading = reader(world, world.a, { signal: controller.signal });
    await reading.take(2, ONCE);
    const reason = new Error("The reader has left.");
    controller.abort(reason);
    const sentence = "A feed must give nothing more when its signal is aborted.";
    await demandReason(() => within(world.patience, reading.ask(), sentence), reason, sentence);
  },

  "a cursor that is none is refused": async (world) => {
    await prepare(world);
    const [first] = await drain(world, world.a);
    const cursor = first?.cursor ?? "";
    const near = [
      `${cursor} `,
      ` ${cursor}`,
      `${cursor}x`,
      `x${cursor}`,
      `-${cursor}`,
      `${cursor}.0`,
      `${cursor}\n`,
    ];
    for (const after of [
      "",
      "no cursor",
      "__proto__",
      "👋",
      "\0",
      "'; --",
      "NaN",
      "x".repeat(5000),
      ...near,
    ]) {
      for (const follow of [true, false]) {
        await demandCode(
          () => feedOf(world.b, { after, follow })[Symbol.asyncIterator]().next(),
          "STORE_INVALID_CURSOR",
          `A feed must refuse ${show(after)}, which is no cursor of this store.`,
        );
      }
    }
  },

  "a store that has given nothing knows no cursor": async (world) => {
    await prepare(world);
    const other = await world.another();
    for (const { cursor } of await drain(world, world.a)) {
      await demandCode(
        () => feedOf(other.a, { after: cursor, follow: false })[Symbol.asyncIterator]().next(),
        "STORE_INVALID_CURSOR",
        `A feed must refuse ${show(cursor)}, a cursor of another store: who goes on after it would miss what comes.`,
      );
    }
  },

  "there is no gap for who goes on after cursors while many append at once": async (world) => {
    const given: FeedCommit[] = [];
    const catchUp = async () => {
      given.push(...(await drain(world, world.b, given.at(-1)?.cursor)));
    };
    let reading = Promise.resolve();
    // Each time something was acknowledged the reader has a look, while others are still appending.
    await appendAtOnce(world, () => {
      reading = reading.then(catchUp);
    });
    await reading;
    await catchUp();
    await demandComplete(world, given);
  },

  "there is no gap for who follows while many append at once": async (world) => {
    const readers = [world.a, world.b].map((store) => reader(world, store));
    const sentence = "What was acknowledged must be given, also where many append at once.";
    const taking = held(Promise.all(readers.map((one) => one.take(STREAMS * COMMITS, sentence))));
    await appendAtOnce(world, () => {});
    for (const given of await taking) await demandComplete(world, given);
    for (const one of readers) await one.leave();
  },
});

const STREAMS = 12;
const COMMITS = 5;

/** How many events a commit has: some are large, so that some that begin later are done earlier. */
const sizeOf = (stream: number, turn: number) => ((stream * 7 + turn * 3) % 5 === 0 ? 40 : 1 + (stream % 3));

/** Appends to many streams at once, over both handles. */
async function appendAtOnce({ a, b }: World, acknowledged: () => void): Promise<void> {
  const write = async (stream: number) => {
    for (let turn = 0, head = 0; turn < COMMITS; turn++) {
      const store = (stream + turn) % 2 === 0 ? a : b;
      const size = sizeOf(stream, turn);
      await store.append(`s${stream}`, commit(`c${turn}`, head, ...ids(size, "e", head + 1)));
      head += size;
      acknowledged();
    }
  };
  await Promise.all(Array.from({ length: STREAMS }, (_, stream) => write(stream)));
}

/** Demands that all commits were given, in the order that everybody else is given as well. */
async function demandComplete(world: World, given: readonly FeedCommit[]): Promise<void> {
  const everything = await drain(world, world.a);
  demandSame(everything.length, STREAMS * COMMITS, "A feed must give every commit that was acknowledged.");
  demandSame(
    briefs(given),
    briefs(everything),
    "Who reads while others append must be given every commit once, in the order in which everybody is given them.",
  );
  for (let stream = 0; stream < STREAMS; stream++) {
    const revisions = given
      .filter((one) => one.stream === `s${stream}`)
      .flatMap(({ events }) => events.map(({ revision }) => revision));
    demandSame(
      revisions,
      revisions.map((_, index) => index + 1),
      "A feed must give the commits of a stream in the order of their revisions.",
    );
  }
}
