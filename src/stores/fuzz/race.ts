import fc from "fast-check";
import type { AppendResult } from "../contract.js";
import { append, appendToReference, commitOf, commitPlans, headOf } from "./append.js";
import { read } from "./read.js";
import { sides, streamNames } from "./values.js";
import { type Answer, agree, answerOf, atOnce, both, call, type Step } from "./world.js";

/**
 * Two commits at once, one on each handle, that expect the same revision. One of them comes first, whichever: the
 * reference follows. Under one id they are one commit, of which the second caller hears that it is there.
 */
export function races(): fc.Arbitrary<Step> {
  return fc
    .record({ stream: streamNames(), one: commitPlans(), other: commitPlans() })
    .map(({ stream, one, other }) => async (world) => {
      const { handles, patience } = world;
      const head = await headOf(world, stream);
      const make = { a: () => commitOf(one, head), b: () => commitOf({ ...other, off: one.off }, head) };
      const ours = { a: make.a(), b: make.b() };
      const line = atOnce(call("a", "append", stream, ours.a), call("b", "append", stream, ours.b));
      const [a, b] = await Promise.all([
        answerOf(() => append(handles.a, stream, ours.a), patience),
        answerOf(() => append(handles.b, stream, ours.b), patience),
      ]);
      if (isWin(b) && !isWin(a)) {
        const second = await appendToReference(world, stream, make.b());
        agree(world, line, both(a, b), both(await appendToReference(world, stream, make.a()), second));
      } else {
        const first = await appendToReference(world, stream, make.a());
        agree(world, line, both(a, b), both(first, await appendToReference(world, stream, make.b())));
      }
    });
}

/** A read while a commit is on its way: it must give what was there before or what is there after, and no mixture. */
export function glimpses(): fc.Arbitrary<Step> {
  return fc
    .record({ side: sides(), stream: streamNames(), plan: commitPlans(), readsFirst: fc.boolean() })
    .map(({ side, stream, plan, readsFirst }) => async (world) => {
      const { handles, patience, reference } = world;
      const head = await headOf(world, stream);
      const commit = commitOf(plan, head);
      const [writer, reader] = side === "a" ? (["a", "b"] as const) : (["b", "a"] as const);
      const calls = [
        {
          line: call(writer, "append", stream, commit),
          act: () => answerOf(() => append(handles[writer], stream, commit), patience),
        },
        {
          line: call(reader, "read", stream),
          act: () => answerOf(() => read(handles[reader], stream), patience),
        },
      ] as const;
      const [first, second] = readsFirst ? [calls[1], calls[0]] : calls;
      const received = await Promise.all([first.act(), second.act()]);
      const glimpse = () => answerOf(() => read(reference, stream), patience);
      const before = await glimpse();
      const outcome = await appendToReference(world, stream, commitOf(plan, head));
      const after = await glimpse();
      const allowed = [before, after].map((seen) => (readsFirst ? both(seen, outcome) : both(outcome, seen)));
      agree(world, atOnce(first.line, second.line), both(...received), ...allowed);
    });
}

function isWin(answer: Answer): boolean {
  if (!("gave" in answer)) return false;
  const result = answer.gave as AppendResult | undefined;
  return result?.ok === true && !result.replayed;
}
