import fc from "fast-check";
import type { AppendResult, Commit, SpaceStore } from "../contract.js";
import { scribble } from "./scribble.js";
import { commitIds, type EventPlan, eventOf, eventPlans, sides, streamNames } from "./values.js";
import { type Answer, agree, answerOf, call, type Side, type Step, type World } from "./world.js";

/** A commit in the making: what it expects is said from where the stream will be. */
export type CommitPlan = {
  readonly id: string;
  /** 0 is right, less is stale, more is what has not come yet. */
  readonly off: number;
  readonly events: readonly EventPlan[];
};

export function commitPlans(): fc.Arbitrary<CommitPlan> {
  return fc.record({
    id: commitIds(),
    off: fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      // Far below is "must not exist".
      { weight: 1, arbitrary: fc.constantFrom(-1, 1, -1000, 2, 1000) },
    ),
    events: fc.array(eventPlans(), { minLength: 1, maxLength: 4 }),
  });
}

/** The commit: a new one at every call, so that nothing is shared. */
export function commitOf({ id, off, events }: CommitPlan, head: number): Commit {
  return { id, expected: Math.max(0, head + off), events: events.map(eventOf) };
}

/** Where a stream is. */
export async function headOf(world: World, stream: string): Promise<number> {
  return (await world.reference.read(stream, { limit: 0 })).head;
}

/** Appends, and gives what came of it as far as the contract has a say. */
export async function append(store: SpaceStore, stream: string, commit: Commit): Promise<AppendResult> {
  const result = await store.append(stream, commit);
  scribble(commit);
  if (typeof result !== "object" || result === null) return result;
  const answer: AppendResult = result.ok
    ? {
        ok: true,
        head: result.head,
        ...(result.replayed !== undefined && { replayed: result.replayed }),
      }
    : { ok: result.ok, reason: result.reason, head: result.head };
  scribble(result);
  return answer;
}

/** What comes of the same commit on the reference. */
export function appendToReference(world: World, stream: string, commit: Commit): Promise<Answer> {
  return answerOf(() => append(world.reference, stream, commit), world.patience);
}

/** One commit, on one handle, which must have the answer that the reference has. */
export async function appendOnBoth(
  world: World,
  side: Side,
  stream: string,
  make: () => Commit,
): Promise<void> {
  const commit = make();
  const line = call(side, "append", stream, commit);
  const received = await answerOf(() => append(world.handles[side], stream, commit), world.patience);
  agree(world, line, received, await appendToReference(world, stream, make()));
}

/** Appends: with the right revision or not, under a fresh id or one that was there. */
export function appends(): fc.Arbitrary<Step> {
  return fc
    .record({ side: sides(), stream: streamNames(), plan: commitPlans() })
    .map(({ side, stream, plan }) => async (world) => {
      const head = await headOf(world, stream);
      await appendOnBoth(world, side, stream, () => commitOf(plan, head));
    });
}
