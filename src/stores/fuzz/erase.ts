import fc from "fast-check";
import type { EraseRequest } from "../contract.js";
import { scribble } from "./scribble.js";
import { payloads, sides, streamNames } from "./values.js";
import { agree, answerOf, call, type Step } from "./world.js";

/** A request in the making: a new one at every call, so that nothing is shared. */
type RequestPlan = () => EraseRequest;

function requests(): fc.Arbitrary<RequestPlan> {
  const revisions = fc.uniqueArray(
    fc.record({ revision: fc.integer({ min: 1, max: 12 }), payload: payloads() }),
    {
      maxLength: 4,
      selector: ({ revision }) => revision,
    },
  );
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant((): EraseRequest => ({ all: true })) },
    {
      weight: 5,
      arbitrary: fc.record({ chosen: revisions, withData: fc.boolean() }).map(
        ({ chosen, withData }) =>
          (): EraseRequest => ({
            revisions: chosen.map(({ revision }) => revision),
            ...(withData && { data: chosen.map(({ payload }): unknown => JSON.parse(payload)) }),
          }),
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom(...MISTAKES) },
  );
}

const MISTAKES: readonly RequestPlan[] = [
  () => ({ revisions: [0] }),
  () => ({ revisions: [1, 1.5] }),
  () => ({ revisions: [1, 2], data: [null] }),
  () => ({ revisions: [1], data: [1n] }),
  () => ({ revisions: [1, 2], data: [null, "\ud83d"] }),
];

/** Erases: all of a stream or some of it, for nothing or for something else, also what is erased already. */
export function erasures(): fc.Arbitrary<Step> {
  return fc
    .record({ side: sides(), stream: streamNames(), request: requests() })
    .map(({ side, stream, request }) => async (world) => {
      const { handles, patience, reference } = world;
      if (!handles[side].erase) return;
      const ours = request();
      const line = call(side, "erase", stream, ours);
      const received = await answerOf(async () => {
        const result = await handles[side].erase?.(stream, ours);
        scribble(ours);
        return { erased: result?.erased };
      }, patience);
      const expected = await answerOf(async () => {
        const result = await reference.erase?.(stream, request());
        return { erased: result?.erased };
      }, patience);
      agree(world, line, received, expected);
    });
}
