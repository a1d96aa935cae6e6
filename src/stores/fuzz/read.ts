import fc from "fast-check";
import type { ReadOptions, SpaceStore } from "../contract.js";
import { scribble } from "./scribble.js";
import { anyNames, eventIds, sides } from "./values.js";
import { agree, answerOf, call, type Side, type Step, type World } from "./world.js";

/** Reads, and gives a copy: what the store gave is written over. */
export async function read(store: SpaceStore, stream: string, options?: ReadOptions): Promise<unknown> {
  const result = await store.read(stream, options);
  const copy: unknown = copyOf({ head: result?.head, events: result?.events });
  scribble(result);
  return copy;
}

/** What a store gave, as it is now: not by way of JSON, which would hide that it is none. */
export function copyOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]));
}

/** One read, on one handle, which must give what the reference gives. */
export async function readOnBoth(
  world: World,
  side: Side,
  stream: string,
  options?: ReadOptions,
): Promise<void> {
  const { handles, patience, reference } = world;
  const line = options ? call(side, "read", stream, options) : call(side, "read", stream);
  const received = await answerOf(() => read(handles[side], stream, options), patience);
  agree(world, line, received, await answerOf(() => read(reference, stream, options), patience));
}

/** A bound in the making: a place in the stream or just behind it, or a number that means the same everywhere. */
type Bound = { readonly place: number } | number | undefined;

/** Options in the making. */
type OptionsPlan = Omit<ReadOptions, "after" | "before"> & {
  readonly after?: Bound;
  readonly before?: Bound;
};

function optionPlans(): fc.Arbitrary<OptionsPlan> {
  const place = fc.record({ place: fc.nat({ max: 30 }) });
  const bounds = fc.oneof<fc.WeightedArbitrary<Bound>[]>(
    { weight: 8, arbitrary: place },
    { weight: 1, arbitrary: fc.constantFrom(-1, 1e9, Number.MAX_SAFE_INTEGER, undefined) },
  );
  const limits = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 6 }) },
    { weight: 1, arbitrary: fc.constantFrom(-1, 1e9, Infinity, undefined) },
  );
  const plans = fc.record(
    {
      after: bounds,
      before: bounds,
      limit: limits,
      backwards: fc.boolean(),
      ids: fc.array(eventIds(), { maxLength: 5 }),
    },
    { requiredKeys: [] },
  );
  return fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, { weight: 4, arbitrary: plans });
}

function optionsOf(plan: OptionsPlan, head: number): ReadOptions {
  const boundOf = (bound: Bound) => (typeof bound === "object" ? bound.place % (head + 2) : bound);
  return {
    ...plan,
    ...("after" in plan && { after: boundOf(plan.after) }),
    ...("before" in plan && { before: boundOf(plan.before) }),
  } as ReadOptions;
}

/** Reads: with every combination of options, of streams that are there and that are not. */
export function reads(): fc.Arbitrary<Step> {
  return fc
    .record({ side: sides(), stream: anyNames(), plan: optionPlans() })
    .map(({ side, stream, plan }) => async (world) => {
      const { head } = await world.reference.read(stream, { limit: 0 });
      await readOnBoth(world, side, stream, optionsOf(plan, head));
    });
}
