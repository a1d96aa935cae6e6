import fc from "fast-check";
import { InvalidInputError } from "../../kernel/errors.js";
import type { OpenStores } from "../conformance/types.js";
import { CounterexampleError } from "./counterexample.js";
import { run, scripts } from "./script.js";
import { Deviation, type Step } from "./world.js";

/** How many scripts, how long, and which. */
export type FuzzOptions = {
  /** How many scripts are tried. Default 100, or 1 where a `path` is given. */
  readonly runs?: number | undefined;
  /** How many steps a script has at most. Default 30. What is looked at in the end is not counted. */
  readonly maxCommands?: number | undefined;
  /** Where the scripts come from: the same seed gives the same scripts. Default: another one every time. */
  readonly seed?: number | undefined;
  /** One script of that seed, as a `CounterexampleError` names it. Needs `seed`. */
  readonly path?: string | undefined;
  /** For how many milliseconds an answer is waited for. Default 10,000. */
  readonly patience?: number | undefined;
};

/**
 * Tries random scripts on a store and on `memoryStore`, and compares all answers: appends that are right, stale, early,
 * repeated, raced and invalid; reads with every combination of options; feeds from any cursor, lists of names, erasures,
 * opening again; names, ids and payloads that are easily confused. Both handles are used in turn, and whatever is handed
 * in or given is written over afterwards. After each script everything that is there is read once more.
 *
 * ```ts
 * test("does what the reference does", () => fuzzStore(openMyStore));
 * ```
 *
 * It finds what the cases of the kit did not think of, and says it shortly: where a script fails, ever simpler ones are
 * tried, and the simplest that still fails is thrown. `open` is called once for each of them. Groups that a store does
 * not have (`feed`, `streams`, `erase`, `reopen`) are passed over.
 *
 * @throws CounterexampleError where the store does not do what it must.
 * @throws InvalidInputError `INVALID_INPUT` where an option cannot be what it has to be.
 */
export async function fuzzStore(open: OpenStores, options: FuzzOptions = {}): Promise<void> {
  const { seed, path, runs = path === undefined ? 100 : 1, maxCommands = 30, patience = 10_000 } = options;
  checkOptions({ runs, maxCommands, seed, path, patience });
  // What is not the store's answer but a defect of `open` or `dispose`, and no reason to look for a simpler script.
  let defect: { readonly error: unknown } | undefined;
  let isSilent = false;
  // Behind a path that ends in a simpler script there are all others that are as simple, however many runs are asked for.
  let left = path === undefined ? Infinity : runs;

  const property = fc.asyncProperty(scripts(maxCommands), async (steps) => {
    if (defect || isSilent || left-- <= 0) return;
    try {
      await tryOut(open, steps, patience);
    } catch (error) {
      if (!(error instanceof Deviation)) defect = { error };
      else if (error.silent) isSilent = true;
      throw error;
    }
  });
  const details = await check(property, {
    numRuns: runs,
    ...(seed !== undefined && { seed }),
    ...(path !== undefined && { path, endOnFailure: true }),
  });

  if (defect) throw defect.error;
  const { errorInstance: deviation, counterexamplePath } = details;
  if (deviation instanceof Deviation) {
    const replay = { seed: details.seed, path: counterexamplePath ?? "" };
    const again = { ...replay, ...(options.maxCommands !== undefined && { maxCommands }) };
    throw new CounterexampleError(
      deviation.script,
      replay,
      `The store does not do what it must:\n\n${deviation.message}\n\n` +
        `Run it again: fuzzStore(open, ${JSON.stringify(again)})`,
    );
  }
}

/** Rejects only where the parameters are wrong: what the property rejects with is in the details. */
async function check<T>(
  property: fc.IAsyncProperty<T>,
  parameters: fc.Parameters<T>,
): Promise<fc.RunDetails<T>> {
  let details: fc.RunDetails<T> | undefined;
  let cause: unknown;
  try {
    details = await fc.check(property, parameters);
  } catch (error) {
    cause = error;
  }
  if (details && details.numRuns > 0) return details;
  throw invalid(`the seed has no script at ${JSON.stringify(parameters.path)}`, cause);
}

async function tryOut(open: OpenStores, steps: readonly Step[], patience: number): Promise<void> {
  const opened = await open();
  try {
    await run(steps, opened, patience);
  } finally {
    await opened.dispose?.();
  }
}

function checkOptions({ runs, maxCommands, seed, path, patience }: FuzzOptions): void {
  for (const [name, value] of Object.entries({ runs, maxCommands, patience })) {
    if (!Number.isSafeInteger(value) || Number(value) < 1)
      throw invalid(`${name} must be 1 or more, not ${value}`);
  }
  if (seed !== undefined && !Number.isSafeInteger(seed))
    throw invalid(`seed must be a whole number, not ${seed}`);
  if (path === undefined) return;
  if (seed === undefined) throw invalid("path needs the seed that it belongs to");
  if (!/^\d+(:\d+)*$/.test(path))
    throw invalid(`path must be numbers between colons, not ${JSON.stringify(path)}`);
}

function invalid(what: string, cause?: unknown): InvalidInputError {
  return new InvalidInputError("INVALID_INPUT", `The store cannot be tried out: ${what}.`, {}, { cause });
}
