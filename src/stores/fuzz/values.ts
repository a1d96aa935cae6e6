import fc from "fast-check";
import type { NewEvent } from "../contract.js";
import type { Side } from "./world.js";

// Few names and ids, so that things meet; the plainest come first, because a script shrinks to them.

/** Names that a store might confuse, cut off, fold together or take for something else. */
const HOSTILE = [
  ...["notes%", "note_", "*", "'; --", "NOTES", "notes ", "..", "a/../notes", "\\", "\n", "null", "0"],
  ...["__proto__", "constructor", "\u00e9", "e\u0301", "\u200b", "\ufffd", "👋🏽", `${"notes/".repeat(80)}x`],
];

export function sides(): fc.Arbitrary<Side> {
  return fc.constantFrom("a", "b");
}

/** Names of streams: mostly one of three, of which one starts like the other. */
export function streamNames(): fc.Arbitrary<string> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 8, arbitrary: fc.constantFrom("notes", "notes", "notes", "notes/b", "other") },
    { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  );
}

/** What nothing can be named. */
export function unnameables(): fc.Arbitrary<string> {
  return fc.constantFrom("", "notes\0", "notes\ud800");
}

/** Names of streams, and what is none. */
export function anyNames(): fc.Arbitrary<string> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 15, arbitrary: streamNames() },
    { weight: 1, arbitrary: unnameables() },
  );
}

/** What names may start with. */
export function prefixes(): fc.Arbitrary<string> {
  return fc.constantFrom("notes", "notes/", "n", "", "note_", "notes%", "N", "e", "👋", "nothing");
}

/** So few that a commit is often repeated, by chance or by a caller who never heard the answer. */
export function commitIds(): fc.Arbitrary<string> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 12, arbitrary: fc.integer({ min: 1, max: 15 }).map((number) => `c${number}`) },
    { weight: 1, arbitrary: fc.constantFrom("C1", "c1 ", "__proto__", "c%") },
  );
}

export function eventIds(): fc.Arbitrary<string> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 12, arbitrary: fc.integer({ min: 1, max: 5 }).map((number) => `e${number}`) },
    { weight: 1, arbitrary: fc.constantFrom("E1", "e_", "__proto__", "é") },
  );
}

/** What texts are made of: what databases and formats treat in a way of their own. */
const CHARACTERS = ["a", "B", " ", "\0", "\n", '"', "\\", "\u2028", "\u0301", "\ufeff", "\uffff", "é", "👋"];

/** Payloads as JSON text, of which everybody can have a copy. */
export function payloads(): fc.Arbitrary<string> {
  const plain = fc.constantFrom(
    "null",
    '"text"',
    '{"a":[1]}',
    "-0",
    "1e21",
    '"\\\\ud83d"',
    '{"__proto__":{"a":1}}',
  );
  const stringUnit = fc.constantFrom(...CHARACTERS);
  const any = fc.jsonValue({ maxDepth: 2, stringUnit }).map((value) => JSON.stringify(value));
  return fc.oneof({ withCrossShrink: true }, { weight: 3, arbitrary: plain }, { weight: 1, arbitrary: any });
}

/** An event in the making; its payload is JSON text. */
export type EventPlan = Pick<NewEvent, "id" | "reason"> & { readonly payload: string };

export function eventPlans(): fc.Arbitrary<EventPlan> {
  return fc.record(
    { id: eventIds(), payload: payloads(), reason: fc.constantFrom("late", "") },
    { requiredKeys: ["id", "payload"] },
  );
}

/** The event: a new one at every call, so that nothing is shared. */
export function eventOf({ payload, ...rest }: EventPlan): NewEvent {
  return { ...rest, type: "note.written", at: 0, by: "ana", data: JSON.parse(payload) };
}
