import type { Commit } from "../contract.js";
import { demandAnswer, demandCode, demandIds, demandSame } from "./assert.js";
import { add, addEvents, commit, event } from "./fixtures.js";
import { NOT_NAMES } from "./hostile.js";
import { type CaseDefinition, casesOf, type World } from "./world.js";

const good = (): Commit => commit("c1", 0, "e1");

/** Each commit must be refused, and nothing of it kept. */
const refuses =
  (parts: { readonly [what: string]: object }) =>
  async ({ a, b }: World) => {
    for (const [what, part] of Object.entries(parts)) {
      await demandCode(
        () => a.append("notes", { ...good(), ...part } as Commit),
        "STORE_INVALID_COMMIT",
        `\`append\` must refuse ${what}.`,
      );
      for (const store of [a, b]) {
        demandIds(
          await store.read("notes"),
          0,
          [],
          `Of a commit that is refused (${what}) nothing must be kept.`,
        );
      }
    }
    demandAnswer(
      await a.append("notes", good()),
      { ok: true, head: 1 },
      "After commits that were refused a good one must be appended as if they had never been tried.",
    );
  };

const withEvents = (...events: readonly unknown[]) => ({ events });
const saying = (data: unknown) => withEvents(event("e1"), event("e2", data), event("e3"));
const withFields = (fields: object) => withEvents(event("e1"), { ...event("e2"), ...fields });

function circle(): unknown {
  const self: { self?: unknown } = {};
  self.self = [self];
  return self;
}

export const invalidCases: readonly CaseDefinition[] = casesOf("invalid commit", [], {
  "a commit without events is refused": refuses({
    "a commit without events": { events: [] },
    "a commit whose events are no list": { events: { 0: event("e1"), length: 1 } },
    "a commit whose events are missing": { events: undefined },
    "a commit whose events are a text": { events: "e1" },
  }),

  "a commit that expects what is no revision is refused": refuses({
    "a commit that expects less than nothing": { expected: -1 },
    "a commit that expects half a revision": { expected: 1.5 },
    "a commit that expects a half of nothing": { expected: 0.5 },
    "a commit that expects NaN": { expected: Number.NaN },
    "a commit that expects infinity": { expected: Infinity },
    "a commit that expects more than can be counted": { expected: 2 ** 53 },
    "a commit that expects a text": { expected: "0" },
    "a commit that expects null": { expected: null },
    "a commit that expects anything": { expected: undefined },
  }),

  "a commit whose id cannot be one is refused": refuses({
    "a commit whose id is missing": { id: undefined },
    "a commit whose id is no text": { id: 7 },
    ...Object.fromEntries(NOT_NAMES.map(([what, id]) => [`a commit whose id is ${what}`, { id }])),
  }),

  "an event whose id cannot be one is refused": refuses({
    "an event whose id is missing": withFields({ id: undefined }),
    "an event whose id is no text": withFields({ id: 7 }),
    ...Object.fromEntries(
      NOT_NAMES.map(([what, id]) => [`an event whose id is ${what}`, withFields({ id })]),
    ),
  }),

  "what is no JSON is refused": refuses({
    "a circle": saying(circle()),
    "a bigint": saying({ views: 1n }),
    "an event that is null": withEvents(event("e1"), null),
    "an event that is missing": withEvents(event("e1"), undefined),
    "an event that has no JSON": withFields({ toJSON: () => undefined }),
    "an event that throws when it is made JSON": withFields({
      toJSON() {
        throw new Error("no");
      },
    }),
  }),

  "half a surrogate pair is refused, wherever in an event it is": refuses({
    "the first half at the end of a text": saying("a\ud83d"),
    "the second half at the start of a text": saying(["\ude00 b"]),
    "both halves in the wrong order": saying("\ude00\ud83d"),
    "half a pair behind a backslash": saying("\\\ud83d"),
    "half a pair behind two backslashes": saying("\\\\\ud83d"),
    "half a pair beside a whole one": saying("\ud83d\ude00\ud83d"),
    "half a pair deep inside": saying({ a: [{ b: "\ud800" }] }),
    "half a pair in a key": saying({ "\udfff": 1 }),
    "half a pair in the type": withFields({ type: "\ud83d" }),
    "half a pair in the author": withFields({ by: "\ud83d" }),
    "half a pair in the reason": withFields({ reason: "\ud83d" }),
  }),

  "what only looks like half a surrogate pair is taken": async ({ a }) => {
    const texts = [
      "\\ud83d",
      "\\\\ud83d",
      '"\\ud83d"',
      "\\",
      "\ud83d\ude00",
      "\\\ud83d\ude00",
      "ud83d",
      "\\uD83D",
    ];
    await addEvents(a, "notes", event("e1", texts));
    demandSame(
      (await a.read("notes")).events[0]?.data,
      texts,
      "Text about surrogates must come back as it was.",
    );
  },

  "a commit that is refused leaves a stream that is there as it was": async ({ a, b }) => {
    await add(a, "notes", "e1", "e2");
    const bad = [
      { ...commit("bad", 2, "e3"), events: [] },
      { id: "bad", expected: 2, events: [event("e3"), event("e4", circle())] },
      { id: "bad", expected: 2, events: [event("e3"), event("e4", "\ud800")] },
      { ...commit("bad", 2, "e3"), id: "" },
    ];
    for (const one of bad) {
      await demandCode(
        () => b.append("notes", one),
        "STORE_INVALID_COMMIT",
        "`append` must refuse what cannot be stored.",
      );
      demandIds(await a.read("notes"), 2, ["e1", "e2"], "Of a commit that is refused nothing must be kept.");
    }
  },
});
