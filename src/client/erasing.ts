import { RefusedError, StoreError } from "../kernel/errors.js";
import type { Refusal } from "../kernel/outcome.js";
import type { Instant } from "../kernel/time.js";
import type { EventType, SpaceEvent } from "../model/events.js";
import { readStream, type StreamParts } from "../model/streams.js";
import { refuseHeld } from "../privacy/decide.js";
import { type Erased, erased, writtenBy } from "../privacy/erased.js";
import type { SpaceStore } from "../stores/contract.js";
import type { Session } from "./session.js";

/** What went, or, of a dry run, what would go. */
export type ErasureReport = {
  /** How many events lost something. */
  readonly events: number;
  /** The spaces in which something went. */
  readonly spaces: readonly {
    readonly space: string;
    readonly events: number;
    readonly types: { readonly [type in EventType]?: number };
  }[];
  /** The spaces in which nothing may go, and why. */
  readonly refused: readonly { readonly space: string; readonly refusal: Refusal }[];
};

/** What is to be taken out of one stream. */
type Cut = { readonly stream: string; readonly revisions: number[]; readonly data: unknown[] };

/** What is to be taken out of one space. */
type Plan = {
  readonly space: string;
  readonly cuts: Cut[];
  readonly types: { [type in EventType]?: number };
};

const PAGE = 1_000;

/** The parts of a store that erasing takes. */
type Erasing = Required<Pick<SpaceStore, "read" | "streams" | "erase">>;

/**
 * Takes out what a person said and is called, in all spaces. Refused as a whole where one of them is under a legal
 * hold. Safe to repeat: what has gone is found no more.
 */
export async function erasePerson(
  store: SpaceStore,
  sessionFor: (space: string) => Session,
  person: string,
  by: string,
  dryRun: boolean,
): Promise<ErasureReport> {
  const erasing = ensureErasing(store);
  const plans = await planFor(erasing, () => ({ person }));
  const sessions = plans.map(({ space }) => sessionFor(space));
  for (const session of sessions) await session.refresh();
  const held = refuseHeld(...sessions.map((session) => session.space()));
  if (held) throw new RefusedError(held.refusal);
  if (!dryRun) {
    for (const [index, plan] of plans.entries()) {
      // First on record, and refused there too where a hold has come in between.
      await sessions[index]?.run({ type: "person.erase", person, by });
      await carryOut(erasing, plan);
    }
  }
  return reportOf(plans);
}

/** Takes out what is older than each space keeps it. Spaces under a legal hold are passed over, and named. */
export async function applyRetention(
  store: SpaceStore,
  sessionFor: (space: string) => Session,
  now: Instant,
  by: string,
  dryRun: boolean,
): Promise<ErasureReport> {
  const erasing = ensureErasing(store);
  const limits = new Map<string, Instant>();
  const refused: { space: string; refusal: Refusal }[] = [];
  for await (const [, { kind, space }] of streamsOf(erasing)) {
    if (kind !== "space") continue;
    const session = sessionFor(space);
    await session.refresh();
    const state = session.space();
    if (state.retention === null) continue;
    const held = refuseHeld(state);
    if (held) refused.push({ space, refusal: held.refusal });
    else limits.set(space, now - state.retention);
  }
  const plans = await planFor(erasing, ({ kind, space }) => {
    const before = kind === "timeline" ? limits.get(space) : undefined;
    return before === undefined ? undefined : { before };
  });
  if (!dryRun) {
    for (const plan of plans) {
      const before = limits.get(plan.space) ?? now;
      await sessionFor(plan.space).run({ type: "retention.apply", before, by });
      await carryOut(erasing, plan);
    }
  }
  return { ...reportOf(plans), refused };
}

function ensureErasing(store: SpaceStore): Erasing {
  if (store.streams && store.erase && store.capabilities.erase) return store as Erasing;
  throw new StoreError("STORE_CANNOT_ERASE", "This store cannot erase: it needs `streams` and `erase`.");
}

/** Everything that is to go, space by space. Reads the whole store, a page at a time. */
async function planFor(
  store: Erasing,
  what: (stream: StreamParts) => Erased | undefined,
): Promise<readonly Plan[]> {
  const plans = new Map<string, Plan>();
  for await (const [stream, parts] of streamsOf(store)) {
    const erasure = what(parts);
    if (!erasure) continue;
    const cut: Cut = { stream, revisions: [], data: [] };
    const plan = plans.get(parts.space) ?? { space: parts.space, cuts: [], types: {} };
    const theirs = new Set<string>();
    for await (const event of eventsOf(store, stream)) {
      const written = "person" in erasure ? writtenBy(event, erasure.person) : undefined;
      if (written !== undefined) theirs.add(written);
      const data = erased(event, erasure, (id) => theirs.has(id));
      if (data === undefined) continue;
      cut.revisions.push(event.revision);
      cut.data.push(data);
      plan.types[event.type] = (plan.types[event.type] ?? 0) + 1;
    }
    if (cut.revisions.length === 0) continue;
    plan.cuts.push(cut);
    plans.set(parts.space, plan);
  }
  return [...plans.values()];
}

async function carryOut(store: Erasing, { cuts }: Plan): Promise<void> {
  for (const { stream, revisions, data } of cuts) {
    for (let start = 0; start < revisions.length; start += PAGE) {
      await store.erase(stream, {
        revisions: revisions.slice(start, start + PAGE),
        data: data.slice(start, start + PAGE),
      });
    }
  }
}

async function* streamsOf(store: Erasing): AsyncIterable<readonly [string, StreamParts]> {
  for (let after: string | undefined; ; ) {
    const page = await store.streams(after === undefined ? {} : { after });
    for (const name of page.names) {
      const parts = readStream(name);
      if (parts) yield [name, parts];
    }
    after = page.next;
    if (after === undefined) return;
  }
}

async function* eventsOf(
  store: Erasing,
  stream: string,
): AsyncIterable<SpaceEvent & { readonly revision: number }> {
  for (let after = 0; ; ) {
    const { head, events } = await store.read(stream, { after, limit: PAGE });
    for (const event of events) yield event as unknown as SpaceEvent & { readonly revision: number };
    after = events.at(-1)?.revision ?? head;
    if (after >= head) return;
  }
}

function reportOf(plans: readonly Plan[]): ErasureReport {
  const spaces = plans.map(({ space, cuts, types }) => ({
    space,
    events: cuts.reduce((sum, { revisions }) => sum + revisions.length, 0),
    types,
  }));
  return { events: spaces.reduce((sum, { events }) => sum + events, 0), spaces, refused: [] };
}
