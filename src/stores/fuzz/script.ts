import fc from "fast-check";
import type { OpenedStores } from "../conformance/types.js";
import { memoryStore } from "../memory.js";
import { appends } from "./append.js";
import { audit } from "./audit.js";
import { erasures } from "./erase.js";
import { followings } from "./feed.js";
import { invalidCommits, unnameableStreams } from "./invalid.js";
import { glimpses, races } from "./race.js";
import { reads } from "./read.js";
import { close, reopen, reopenings } from "./reopen.js";
import { listings } from "./streams.js";
import { answerOf, type Step, type World } from "./world.js";

/** Scripts of so many steps at most. What a store cannot do is passed over, so a seed means the same everywhere. */
export function scripts(maxSteps: number): fc.Arbitrary<readonly Step[]> {
  const step = fc.oneof(
    { weight: 10, arbitrary: appends() },
    { weight: 12, arbitrary: reads() },
    { weight: 3, arbitrary: races() },
    { weight: 2, arbitrary: glimpses() },
    { weight: 3, arbitrary: followings() },
    { weight: 3, arbitrary: erasures() },
    { weight: 2, arbitrary: listings() },
    { weight: 1, arbitrary: invalidCommits() },
    { weight: 1, arbitrary: reopenings() },
    { weight: 1, arbitrary: unnameableStreams() },
  );
  return fc.array(step, { maxLength: maxSteps, size: "max" });
}

/**
 * Runs a script on stores that nobody has written to, looks at everything that is there, and closes them.
 *
 * Rejects with a `Deviation` where the stores do what they must not.
 */
export async function run(steps: readonly Step[], opened: OpenedStores, patience: number): Promise<void> {
  const world: World = {
    handles: { a: opened.a, b: opened.b },
    reopen: opened.reopen,
    reference: memoryStore(),
    patience,
    script: [],
    heading: "",
    fed: [],
    listed: [],
  };
  try {
    for (const step of steps) await step(world);
    await audit(world);
    if (opened.reopen) {
      await reopen(world);
      await audit(world);
    }
  } finally {
    // What goes wrong here is for the conformance kit to find.
    await answerOf(() => close(world), patience);
  }
}
