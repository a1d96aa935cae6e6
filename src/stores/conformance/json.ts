import { demandSame } from "./assert.js";
import { addEvents, event, ids, stored } from "./fixtures.js";
import { type CaseDefinition, casesOf, type World } from "./world.js";

/** What comes back must be what JSON makes of what went in, through either handle. */
const keeps =
  (...payloads: readonly unknown[]) =>
  async ({ a, b }: World) => {
    const events = payloads.map((data, index) => event(`e${index + 1}`, data));
    await addEvents(a, "notes", ...events);
    for (const store of [a, b]) {
      demandSame(
        (await store.read("notes")).events,
        stored(events),
        "A payload must come back as `JSON.parse(JSON.stringify(payload))` gives it, nothing else.",
      );
    }
  };

const OBJECTS_ARE_BORN_WITH =
  '{"__proto__":{"admin":true},"constructor":2,"prototype":{},"toString":3,"hasOwnProperty":4,"valueOf":null}';

function nested(depth: number): unknown {
  let value: unknown = "the bottom";
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? { in: value } : [value];
  return value;
}

/** Every character of the first plane but half surrogate pairs, and some of each plane above. */
function allCharacters(): readonly string[] {
  const texts: string[] = [];
  for (let from = 0; from < 0x10000; from += 0x1000) {
    const codes = Array.from({ length: 0x1000 }, (_, index) => from + index);
    texts.push(String.fromCodePoint(...codes.filter((code) => code < 0xd800 || code > 0xdfff)));
  }
  for (let plane = 1; plane <= 16; plane++) {
    const codes = Array.from({ length: 0x100 }, (_, index) => plane * 0x10000 + index * 0x100);
    texts.push(String.fromCodePoint(...codes, plane * 0x10000 + 0xffff));
  }
  return texts;
}

export const jsonCases: readonly CaseDefinition[] = casesOf("JSON", [], {
  "text of many scripts comes back as it was": keeps([
    "Ärger 日本語 العربية עברית हिन्दी ไทย 👩‍👩‍👧‍👦 👋🏽",
    "e\u0301 is not \u00e9",
    "\u2028\u2029\ufeff\u200b\u202e\ufffd\uffff",
  ]),

  "text that looks like code comes back as it was": keeps([
    "'; DROP TABLE x; --",
    '"\\',
    "%_?1 $1 :name @p {{x}} #{x}",
    "\\ud83d \\u0000 \\n",
    "\0\u0007\n\r\t\u001b\u007f",
    "null",
    "123",
    "true",
    "2026-05-01T12:00:00.000Z",
    "",
  ]),

  "every character comes back as it was": keeps(...allCharacters()),

  "a text of a million characters comes back whole": keeps(
    `${"all the world's a stage ".repeat(43_691)}end`,
    { text: "\u65e5\ud83d\ude00".repeat(100_000) },
  ),

  "numbers come back as JSON has them": keeps(
    [0, 1, -1, 1.5, 0.1, 1e21, 1e-7, 5e-324, 1.797_693_134_862_315_7e308],
    [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 53, 2 ** 63, 4_294_967_296],
  ),

  "-0 comes back as 0, and what is no finite number as null": keeps(-0, [-0, { zero: -0 }], {
    list: [Number.NaN, Infinity, -Infinity],
  }),

  "what JSON leaves out is left out": keeps(
    { gone: undefined, act: () => 1, symbol: Symbol("s"), list: [undefined, () => 1, Symbol("s")] },
    { date: new Date(0), map: new Map([[1, 2]]), own: { toJSON: () => ({ said: "so" }) } },
    // biome-ignore lint/suspicious/noSparseArray: that it has holes is what is tested
    [1, , 3],
  ),

  "an empty payload of any kind comes back as it was": keeps(
    null,
    false,
    true,
    0,
    "",
    [],
    {},
    [[]],
    [{}],
    { "": "" },
    {
      a: [{ b: [[], {}, [null, { c: "" }]] }],
    },
  ),

  "a payload that is `undefined` is no payload": async ({ a }) => {
    await addEvents(a, "notes", event("e1"), { ...event("e2"), data: undefined });
    const [, second] = (await a.read("notes")).events;
    demandSame(
      second?.data ?? null,
      null,
      "An event whose `data` is undefined must come back without a payload.",
    );
  },

  "keys that objects are born with are keys like any other": keeps(
    JSON.parse(OBJECTS_ARE_BORN_WITH),
    JSON.parse(`[{"deep":${OBJECTS_ARE_BORN_WITH}}]`),
  ),

  "keys that mean something elsewhere are keys like any other": keeps({
    ...{
      $where: 1,
      "a.b": 2,
      "a/b": 3,
      $ref: 4,
      "%": 5,
      "'": 6,
      " ": 7,
      "\0": 8,
      "\u00e9": 9,
      "e\u0301": 10,
    },
    ...{ 0: "zero", "-1": "minus", "01": "padded", length: 99, toJSON: 5 },
    ...JSON.parse('{"then":"no promise"}'),
  }),

  "a payload may say what a store says: id, revision, stream, head": async (world) => {
    const claims = { id: "x", revision: 99, stream: "other", head: 7, commit: "c9", data: { data: null } };
    await keeps(claims)(world);
    demandSame(
      (await world.a.read("other")).head,
      0,
      "What a payload says must mean nothing to a store: an event stays in the stream it was appended to.",
    );
  },

  "a payload may be 500 levels deep": keeps(nested(500)),

  "a payload may have 1,000 keys and 10,000 items": keeps(
    Object.fromEntries(ids(1000, "key").map((key, index) => [key, index])),
    Array.from({ length: 10_000 }, (_, index) => index),
  ),

  "keys come back in the order in which they went in": async ({ a }) => {
    const data = { zebra: 1, apple: { y: 1, x: 2, "10": 0, "9": 0 }, mango: [{ b: 1, a: 2 }], "": 0 };
    await addEvents(a, "notes", event("e1", data));
    for (const { revision: _, ...one } of (await a.read("notes")).events) {
      demandSame(
        JSON.stringify(one),
        JSON.stringify(event("e1", data)),
        "An event must come back with its keys in order: what is signed or compared as text stays the same.",
      );
    }
  },

  "type, author, reason and instant are as free as the payload": async ({ a, b }) => {
    const events = [
      { ...event("e1"), type: "ä.ß 'x' \"y\" 👋", by: "__proto__", reason: "\0\n日本語 %s" },
      { ...event("e2"), type: "", by: "", reason: "" },
      { ...event("e3"), type: "null", by: "x".repeat(10_000), reason: "r".repeat(100_000) },
      ...[-1, 0, 8.64e15, 1_777_636_800_000.5].map((at, index) => ({ ...event(`at${index}`), at })),
    ];
    await addEvents(a, "notes", ...events);
    for (const store of [a, b]) {
      demandSame((await store.read("notes")).events, stored(events), "An event must come back as it was.");
    }
  },
});
