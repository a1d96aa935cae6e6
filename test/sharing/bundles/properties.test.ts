import { createSpaces, memoryStore, RefusedError, type SpaceEvent, streams } from "chat-spaces";
import { importSpace } from "chat-spaces/bundles";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PAYLOADS, type PartKind } from "../../../src/sharing/bundles/events/event.js";
import type { BundleHeader, BundlePart } from "../../../src/sharing/bundles/format.js";
import { bundleJsonSchema } from "../../../src/sharing/bundles/json-schema.js";
import { scanBundle } from "../../../src/sharing/bundles/scan.js";
import { bundleWriter } from "../../../src/sharing/bundles/write.js";
import { NOW } from "../../helpers/spaces.js";
import { bundleOf, everythingOf, spaceOf } from "./helpers.js";

const HOSTILE = [
  "__proto__",
  "constructor",
  "10",
  "2",
  "👩🏽‍🚀",
  "שלום",
  "a/b%2F c",
  "'; --",
  "\\ud83d",
  "\u2028",
  "é",
];

type Schema = { readonly [keyword: string]: unknown };
const schema = bundleJsonSchema() as unknown as { readonly $defs: { readonly [name: string]: Schema } };

const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 12 }));

/** Anything that is of a schema. */
function anyOf(of: Schema, depth = 0): fc.Arbitrary<unknown> {
  if (of["$ref"])
    return fc.constant(null).chain(() => anyOf(schema.$defs[String(of["$ref"]).slice(8)]!, depth + 1));
  if (of["anyOf"]) {
    const all = of["anyOf"] as Schema[];
    // Rules within rules have to end somewhere: the last three hold others.
    return fc.oneof(
      ...(depth > 3 && all.length > 8 ? all.slice(0, -3) : all).map((one) => anyOf(one, depth)),
    );
  }
  if ("const" in of) return fc.constant(of["const"]);
  if (of["enum"]) return fc.constantFrom(...(of["enum"] as unknown[]));
  const types = [of["type"]].flat();
  return fc.oneof(...types.map((type) => typed(type as string, of, depth)));
}

function typed(type: string, of: Schema, depth: number): fc.Arbitrary<unknown> {
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.maxSafeInteger();
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    case "string":
      return of["pattern"] ? text.filter((value) => value !== "" && !value.includes("\0")) : text;
    case "array":
      return fc.array(anyOf(of["items"] as Schema, depth), { maxLength: 3 });
    case "object": {
      const { properties, required, additionalProperties } = of as {
        properties?: Record<string, Schema>;
        required?: string[];
        additionalProperties: false | Schema;
      };
      if (additionalProperties) {
        return fc.dictionary(fc.constantFrom("10", "2", "b", "a"), anyOf(additionalProperties, depth), {
          maxKeys: 3,
        });
      }
      const fields = Object.entries(properties ?? {}).map(([key, one]) => [key, anyOf(one, depth)]);
      return fc.record(Object.fromEntries(fields), {
        requiredKeys: (required ?? []) as never[],
        noNullPrototype: true,
      });
    }
    default:
      throw new Error(`No values for ${type}.`);
  }
}

const eventOf = (type: string): fc.Arbitrary<SpaceEvent> =>
  anyOf(schema.$defs[type]!) as fc.Arbitrary<SpaceEvent>;
const TYPES = Object.fromEntries(
  Object.entries(PAYLOADS).map(([part, payloads]) => [part, Object.keys(payloads).map(eventOf)]),
) as { readonly [part in PartKind]: fc.Arbitrary<SpaceEvent>[] };
const some = (part: PartKind) =>
  fc.uniqueArray(fc.oneof(...TYPES[part]), { maxLength: 8, selector: ({ id }) => id });

const header: BundleHeader = {
  ...{ format: "chat-spaces/bundle", version: 1, kind: "space", space: "__proto__", name: "Drop" },
  ...{ exportedAt: NOW, by: "ana" },
  policy: {
    ...({ visibility: "private", export: "hosts", ai: false, forward: false } as const),
    ...{ retention: null, legal: null, disclosure: null },
  },
} as const;

async function written(parts: readonly (readonly [BundlePart, readonly SpaceEvent[]])[]): Promise<string> {
  const writer = bundleWriter(header, {});
  const chunks: (Uint8Array | undefined)[] = [];
  for (const [part, events] of parts) {
    chunks.push(writer.part(part), ...events.map(writer.event));
  }
  chunks.push((await writer.end()).bytes);
  return Buffer.concat(chunks.flatMap((chunk) => chunk ?? [])).toString("utf8");
}

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffled(item)]),
  );
};

describe("whatever events there are", () => {
  const space = fc.record({
    first: eventOf("space.created"),
    charter: some("charter"),
    timelines: fc.dictionary(fc.constantFrom(...HOSTILE), some("timeline"), { maxKeys: 3 }),
    traffic: some("traffic"),
  });

  test("they come back as they were, in whatever order a store gives their keys", async () => {
    await fc.assert(
      fc.asyncProperty(space, async ({ first, charter, timelines, traffic }) => {
        const parts: [BundlePart, readonly SpaceEvent[]][] = [
          [{ part: "charter" }, [first, ...charter.filter(({ id }) => id !== first.id)]],
          ...Object.entries(timelines)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([channel, events]): [BundlePart, readonly SpaceEvent[]] => [
              { part: "timeline", channel },
              events,
            ]),
          [{ part: "traffic" }, traffic],
        ];
        const bundle = await written(parts);
        const back: [BundlePart, SpaceEvent[]][] = [];
        for await (const lines of scanBundle(bundle)) {
          for (const line of lines) {
            if (line.is === "part") back.push([line.part, []]);
            if (line.is === "event") back.at(-1)?.[1].push(line.event);
          }
        }
        expect(JSON.parse(JSON.stringify(back))).toEqual(JSON.parse(JSON.stringify(parts)));
        expect(await written(shuffled(parts) as typeof parts)).toBe(bundle);

        const store = memoryStore();
        await importSpace({ store, source: () => bundle });
        for (const [part, events] of parts) {
          const stream =
            part.part === "timeline"
              ? streams.timeline("__proto__", part.channel)
              : part.part === "charter"
                ? streams.charter("__proto__")
                : streams.traffic("__proto__");
          const stored = (await store.read(stream)).events.map(({ id }) => id);
          expect(stored).toEqual(events.map(({ id }) => id));
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});

describe("whatever a team does", () => {
  const name = fc.constantFrom(...HOSTILE.filter((id) => !/\p{Cc}/u.test(id)));
  const step = fc.record({
    verb: fc.constantFrom(
      "channel",
      "add",
      "remove",
      "post",
      "react",
      "edit",
      "pin",
      "role",
      "limit",
      "grant",
      "click",
      "cohort",
      "draft",
      "incident",
      "item",
      "key",
    ),
    who: name,
    what: name,
  });
  const steps = fc.array(step, { minLength: 1, maxLength: 25 });
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

  async function act(
    drop: Awaited<ReturnType<ReturnType<typeof createSpaces>["create"]>>,
    { verb, who, what }: Step,
  ) {
    const by = "ana";
    const last = async () => (await drop.messages(what)).at(-1)?.id ?? "none";
    switch (verb) {
      case "channel":
        return drop.openChannel({ by, channel: what, kind: "discussion" });
      case "add":
        return drop.add({ by, member: who, roles: ["contributor"] });
      case "remove":
        return drop.remove({ by, member: who, reason: what });
      case "post":
        return drop.post({ by: who, channel: what, body: who });
      case "react":
        return drop.react({ by: who, channel: what, message: await last(), emoji: "👍🏽" });
      case "edit":
        return drop.edit({ by, channel: what, message: await last(), body: who });
      case "pin":
        return drop.pin({ by, channel: what, message: await last() });
      case "role":
        return drop.defineRole({
          by,
          role: what,
          to: { rank: 3, allow: ["message.post"], kinds: { drafts: ["draft.propose"] } },
        });
      case "limit":
        return drop.limit({ by, member: who, ceiling: "mute", expiresIn: "1h" });
      case "grant":
        return drop.grant({ by, member: who, allow: ["message.pin"] });
      case "click":
        return drop.recordClick({
          by,
          link: (await drop.createLink({ by, target: "https://a.example", campaign: what })).id,
        });
      case "cohort":
        return drop.cohorts.define({
          by,
          cohort: what,
          rule: { any: [{ not: { role: who } }, { campaign: what }] },
        });
      case "draft":
        return drop.drafts.propose({ by: who, channel: what, title: what, body: who });
      case "incident":
        return drop.incidents.declare({ by, title: what, severity: 2 });
      case "item":
        return drop.items.raise({ by, title: what, owner: who });
      case "key":
        return drop.keys.add({ by, publicKey: "ab".repeat(32) });
    }
  }

  test("the space that is brought in is the one that was taken out, and two bundles give what either has", async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(name, steps, steps, async (id, before, after) => {
        const store = memoryStore();
        const drop = await createSpaces({ store, now: () => NOW }).create({ id, by: "ana" });
        const go = async (all: readonly Step[]) => {
          for (const one of all) {
            try {
              await act(drop, one);
              accepted++;
            } catch (error) {
              if (!(error instanceof RefusedError)) throw error;
            }
          }
        };
        await go(before);
        const early = await bundleOf(store, { space: id });
        await go(after);
        const late = await bundleOf(store, { space: id });
        for (const order of [[late], [early, late], [late, early]]) {
          const copy = memoryStore();
          for (const one of order) await importSpace({ store: copy, source: () => one });
          expect(await spaceOf(copy, id)).toEqual(await spaceOf(store, id));
          expect(await everythingOf(copy)).toEqual(await everythingOf(store));
          const again = await bundleOf(copy, { space: id });
          expect(again.split("\n").slice(1, -2)).toEqual(late.split("\n").slice(1, -2));
        }
      }),
      { numRuns: 100 },
    );
    expect(accepted).toBeGreaterThan(200);
  }, 60_000);
});
