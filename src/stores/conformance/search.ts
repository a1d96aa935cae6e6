import type { SpaceStore } from "../contract.js";
import type { TextDocument, TextIndex, TextPosition, TextQuery } from "../text-index.js";
import { demand, demandSame } from "./assert.js";
import { addEvents, event, forEach } from "./fixtures.js";
import { HOSTILE } from "./hostile.js";
import { show } from "./show.js";
import { type CaseDefinition, casesOf } from "./world.js";

const NOWHERE: TextPosition = { revision: 0, epoch: 0 };

function indexOf(store: SpaceStore): TextIndex {
  demand(store.search !== undefined, "A store that declares `search` must have it.");
  return store.search;
}

const document = (id: string, words: string, more: Partial<TextDocument> = {}): TextDocument => ({
  ...{ id, words, aside: "", at: 0, by: "leo", kind: "text", events: [id] },
  ...more,
});

const query = (words: readonly string[], more: Partial<TextQuery> = {}): TextQuery => ({
  ...{ streams: ["notes"], words, beginnings: [], limit: 1_000 },
  ...more,
});

async function put(
  store: SpaceStore,
  stream: string,
  ...documents: readonly TextDocument[]
): Promise<TextPosition> {
  const after = await indexOf(store).indexed(stream);
  const revision = after.revision + 1;
  const result = await indexOf(store).put(stream, { after, revision, documents, gone: [] });
  demandSame(result.ok, true, "`put` must bring a stream further that is where it is expected to be.");
  return { ...after, revision };
}

async function demandFound(
  store: SpaceStore,
  asked: TextQuery,
  ids: readonly string[],
  sentence = `query(${show(asked)}) must find all that fits and nothing else.`,
): Promise<void> {
  const hits = await indexOf(store).query(asked);
  demandSame(hits.map(({ id }) => id).sort(), [...ids].sort(), sentence);
}

async function demandAt(store: SpaceStore, stream: string, position: TextPosition): Promise<void> {
  const { revision, epoch } = await indexOf(store).indexed(stream);
  demandSame(
    { revision, epoch },
    position,
    "`indexed` must say how far a stream is, and how often it was dropped.",
  );
}

const ODD = [
  ...[
    '"',
    "'",
    "''",
    "*",
    "-",
    "\\",
    "%",
    "_",
    ":*",
    "a:*",
    "a&b",
    "a|b",
    "!a",
    "(a",
    "a)",
    "<->",
    "^a",
    "{a}",
  ],
  ...[
    "NEAR",
    "AND",
    "OR",
    "NOT",
    "words:a",
    "';DROP",
    "--",
    "é",
    "e\u0301",
    "E\u0301",
    "a",
    "A",
    "ab",
    "z",
    "z61",
  ],
  ...["東京", "東", "👋", "__proto__", "\u0001", "x".repeat(64), "x".repeat(63)],
];

export const searchCases: readonly CaseDefinition[] = [
  ...casesOf("search", ["search"], {
    "of a stream that was never put in nothing is indexed, and nothing is found": async ({ a }) => {
      await demandAt(a, "notes", NOWHERE);
      await demandFound(a, query(["tea"]), []);
    },

    "what has all the words is found, through every handle, with all that was put in": async ({ a, b }) => {
      const tea = document("m1", "green tea", { aside: "leo", at: 5, events: ["m1", "e7"] });
      await put(a, "notes", tea, document("m2", "green kit"), document("m3", "tea", { aside: "green" }));
      for (const store of [a, b]) {
        await demandAt(store, "notes", { revision: 1, epoch: 0 });
        await demandFound(store, query(["green"]), ["m1", "m2", "m3"]);
        await demandFound(store, query(["tea", "green"]), ["m1", "m3"]);
        await demandFound(store, query(["green", "leo"]), ["m1"]);
        await demandFound(store, query(["gree"]), []);
        await demandFound(store, query([], { beginnings: ["gree"] }), ["m1", "m2", "m3"]);
        await demandFound(store, query(["tea"], { beginnings: ["l"] }), ["m1"]);
        const [hit] = await indexOf(store).query(query(["leo"]));
        demandSame(
          { stream: hit?.stream, id: hit?.id, at: hit?.at, events: hit?.events },
          { stream: "notes", id: "m1", at: 5, events: ["m1", "e7"] },
          "A hit must say what was put in.",
        );
      }
    },

    "who said it, what kind it is and when it was narrow it down, and a limit cuts the end off": async ({
      a,
    }) => {
      await put(
        a,
        "notes",
        document("m1", "tea", { at: 1, by: "leo", kind: "text" }),
        document("m2", "tea", { at: 2, by: "mia", kind: "poll" }),
        document("m3", "tea", { at: 3, by: null, kind: "text" }),
      );
      await demandFound(a, query(["tea"], { by: ["leo", "mia"] }), ["m1", "m2"]);
      await demandFound(a, query(["tea"], { by: [] }), []);
      await demandFound(a, query(["tea"], { kinds: ["text"] }), ["m1", "m3"]);
      await demandFound(a, query(["tea"], { from: 2 }), ["m2", "m3"]);
      await demandFound(a, query(["tea"], { from: 1, to: 3 }), ["m1", "m2"]);
      const hits = await indexOf(a).query(query(["tea"], { limit: 2 }));
      demandSame(
        hits.map(({ id }) => id),
        ["m3", "m2"],
        "Of those that fit alike the newest must come first, and `limit` must cut off the end.",
      );
    },

    "a later document takes the place of an earlier one, and one that is gone is gone": async ({ a, b }) => {
      await put(a, "notes", document("m1", "tea"), document("m2", "tea"), document("m3", "tea"));
      const after = await indexOf(b).indexed("notes");
      const documents = [document("m1", "kit")];
      await indexOf(b).put("notes", { after, revision: 9, documents, gone: ["m2", "nothing"] });
      await demandAt(a, "notes", { revision: 9, epoch: 0 });
      await demandFound(a, query(["tea"]), ["m3"]);
      await demandFound(a, query(["kit"]), ["m1"]);
    },

    "an update that comes too late is a conflict, and changes nothing": async ({ a, b }) => {
      await put(a, "notes", document("m1", "tea"));
      for (const after of [NOWHERE, { revision: 2, epoch: 0 }, { revision: 1, epoch: 1 }]) {
        const result = await indexOf(b).put("notes", {
          ...{ after, revision: 5, documents: [document("m2", "tea")], gone: ["m1"] },
        });
        demandSame(
          result,
          { ok: false, reason: "conflict" },
          "`put` must refuse what is not where the stream is.",
        );
      }
      const elsewhere = { after: { revision: 1, epoch: 0 }, revision: 2, documents: [], gone: [] };
      demandSame(
        (await indexOf(a).put("other", elsewhere)).ok,
        false,
        "A stream that was never put in is at 0.",
      );
      await demandAt(a, "notes", { revision: 1, epoch: 0 });
      await demandFound(a, query(["tea"]), ["m1"]);
    },

    "of many who bring a stream further at once, one wins": async ({ a, b }) => {
      for (let round = 0; round < 3; round++) {
        const after = await indexOf(a).indexed("notes");
        const results = await Promise.all(
          Array.from({ length: 8 }, (_, n) =>
            indexOf(n % 2 ? a : b).put("notes", {
              ...{ after, revision: after.revision + 1, gone: [] },
              documents: [document(`m${round}-${n}`, "tea")],
            }),
          ),
        );
        demandSame(
          results.filter(({ ok }) => ok).length,
          1,
          "Of those who are at the same place one must win.",
        );
      }
      const hits = await indexOf(a).query(query(["tea"]));
      demandSame(hits.length, 3, "Only what the winners put in must be there.");
    },

    "a stream that is dropped is empty, and what was read before is not put in again": async ({ a, b }) => {
      const before = await put(a, "notes", document("m1", "tea"));
      await put(a, "other", document("m1", "tea"));
      await indexOf(b).drop("notes");
      await indexOf(b).drop("fresh");
      await demandFound(a, query(["tea"], { streams: ["notes", "other"] }), ["m1"]);
      await demandAt(a, "notes", { revision: 0, epoch: 1 });
      for (const [stream, after] of [
        ["notes", before],
        ["notes", NOWHERE],
        ["fresh", NOWHERE],
      ] as const) {
        const late = { after, revision: 2, documents: [document("m2", "tea")], gone: [] };
        demandSame(
          (await indexOf(a).put(stream, late)).ok,
          false,
          "Nothing that was read before must be put in.",
        );
      }
      await put(a, "notes", document("m3", "tea"));
      await demandFound(b, query(["tea"]), ["m3"]);
    },

    "no word, name or id has a meaning of its own": async ({ a }) => {
      await put(
        a,
        "notes",
        ...ODD.map((word, index) => document(`m${index}`, word, { by: word, kind: word })),
      );
      await forEach(ODD, async (word, index) => {
        await demandFound(a, query([word]), [`m${index}`]);
        await demandFound(a, query([word], { by: [word], kinds: [word] }), [`m${index}`]);
        const longer = ODD.flatMap((other, place) => (other.startsWith(word) ? [`m${place}`] : []));
        await demandFound(a, query([], { beginnings: [word] }), longer);
      });
      const names = [
        ...new Set([...HOSTILE["with separators"], ...HOSTILE["that differ only by case"], ...ODD]),
      ];
      await forEach(names, (name) => put(a, name, document(name, "kit")));
      await forEach(names, (name) => demandFound(a, query(["kit"], { streams: [name] }), [name]));
    },

    "two thousand documents are put in at once, with many words": async ({ a }) => {
      const words = Array.from({ length: 300 }, (_, index) => `word${index}`).join(" ");
      const documents = Array.from({ length: 2_000 }, (_, index) =>
        document(`m${index}`, `all n${index} tea`),
      );
      await put(a, "notes", ...documents, document("long", words));
      await demandFound(a, query(["n1999"]), ["m1999"]);
      await demandFound(a, query(["word0", "word299"]), ["long"]);
    },
  }),
  ...casesOf("search", ["search", "erase"], {
    "what is erased in a stream takes the stream out of the index": async ({ a, b }) => {
      await addEvents(a, "notes", event("e1", { text: "tea" }), event("e2"));
      await addEvents(a, "other", event("e1", { text: "tea" }));
      const before = await put(a, "notes", document("e1", "tea"));
      await put(a, "other", document("e1", "tea"));
      await b.erase?.("notes", { revisions: [1] });
      await demandFound(a, query(["tea"]), [], "What is erased must not be found any more.");
      await demandFound(a, query(["tea"], { streams: ["other"] }), ["e1"]);
      const late = { after: before, revision: 2, documents: [document("e1", "tea")], gone: [] };
      demandSame(
        (await indexOf(a).put("notes", late)).ok,
        false,
        "What was read before an erasure must not be put in.",
      );
    },
  }),
];
