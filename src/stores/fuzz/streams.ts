import fc from "fast-check";
import type { SpaceStore, StreamsOptions } from "../contract.js";
import { appendOnBoth, headOf } from "./append.js";
import { copyOf } from "./read.js";
import { scribble } from "./scribble.js";
import { eventOf, prefixes, sides, streamNames } from "./values.js";
import { answerOf, call, note, type Side, type Step, type World } from "./world.js";

/** Lists names: of all streams, or with a prefix, at once or page by page, also while streams come to be. */
export function listings(): fc.Arbitrary<Step> {
  return fc
    .record(
      {
        side: sides(),
        prefix: prefixes(),
        limit: fc.integer({ min: 1, max: 4 }),
        meanwhile: streamNames(),
      },
      { requiredKeys: ["side", "limit"] },
    )
    .map(
      ({ side, meanwhile, ...options }) =>
        (world) =>
          list(world, side, options, meanwhile),
    );
}

/** Follows the pages to the end. After the first of them, something may be appended. */
export async function list(
  world: World,
  side: Side,
  options: StreamsOptions,
  meanwhile?: string,
): Promise<void> {
  const atStart = await namesIn(world, options.prefix);
  let atEnd = atStart;
  const names: string[] = [];
  let after: string | undefined;
  for (let pages = 1; pages === 1 || after !== undefined; pages++) {
    const store = world.handles[side];
    if (!store.streams) return;
    const asked = after === undefined ? options : { ...options, after };
    const line = call(side, "streams", asked);
    const received = await answerOf(() => pageIn(store, asked), world.patience);
    const page = pageOf(received);
    if (!page) return note(world, line, received, "names, and perhaps next");
    names.push(...page.names);
    const complaint =
      (page.names.length > (options.limit ?? Infinity) ? `at most ${options.limit} names` : undefined) ??
      // Now and then a page may be empty, but not for ever.
      (pages > atEnd.length + 2 ? "no next, after so many pages" : undefined) ??
      complaintAbout(world, names, page.next === undefined ? atStart : [], atEnd);
    note(world, line, received, complaint);
    if (after === undefined && meanwhile !== undefined && page.next !== undefined) {
      const expected = await headOf(world, meanwhile);
      const events = () => [eventOf({ id: "e1", payload: "null" })];
      await appendOnBoth(world, side, meanwhile, () => ({
        id: `at ${expected}`,
        expected,
        events: events(),
      }));
      atEnd = await namesIn(world, options.prefix);
    }
    after = page.next;
  }
  if (options.prefix === undefined) world.listed = names;
}

/** One page, as a copy: what the store gave is written over. */
async function pageIn(store: SpaceStore, options: StreamsOptions): Promise<unknown> {
  const page = await store.streams?.(options);
  const copy = copyOf(page);
  scribble(page);
  return copy;
}

/** What is wrong with the names that were given so far, where these must be there and no others may. */
function complaintAbout(
  { listed }: World,
  names: readonly string[],
  needed: readonly string[],
  known: readonly string[],
): string | undefined {
  if (new Set(names).size < names.length) return "each name once";
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) return `no ${JSON.stringify(stranger)}`;
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) return `${JSON.stringify(missing)} too, as there is no next`;
  const places = names.map((name) => listed.indexOf(name)).filter((place) => place >= 0);
  if (places.some((place, index) => place < (places[index - 1] ?? -1))) {
    return `the order of ${JSON.stringify(listed)}`;
  }
  return undefined;
}

/** The names that there should be. */
export async function namesIn({ reference }: World, prefix = ""): Promise<readonly string[]> {
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await reference.streams?.({ prefix, after });
    names.push(...(page?.names ?? []));
    after = page?.next;
  } while (after !== undefined);
  return names;
}

function pageOf(answer: object): { readonly names: readonly string[]; readonly next?: string } | undefined {
  const gave: unknown = Reflect.get(answer, "gave");
  if (typeof gave !== "object" || gave === null) return undefined;
  const names: unknown = Reflect.get(gave, "names");
  const next: unknown = Reflect.get(gave, "next");
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string")) return undefined;
  if (next === undefined) return { names };
  return typeof next === "string" ? { names, next } : undefined;
}
