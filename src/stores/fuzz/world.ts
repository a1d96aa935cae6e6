import { difference } from "../conformance/compare.js";
import { show, showError } from "../conformance/show.js";
import type { OpenedStores } from "../conformance/types.js";
import type { FeedCommit, SpaceStore } from "../contract.js";

/** Which of the two handles a step uses. */
export type Side = "a" | "b";

/** What a script works on, and what it has seen so far. */
export type World = {
  /** The two handles on the data that are tried. Other ones after the data has been opened again. */
  readonly handles: Record<Side, SpaceStore>;
  readonly reopen: OpenedStores["reopen"];
  /** What is known to be right: every call is made here too. */
  readonly reference: SpaceStore;
  /** For how many milliseconds an answer is waited for. */
  readonly patience: number;
  /** The calls so far and what came of them, as code. */
  readonly script: string[];
  /** What is to be said before the next call. */
  heading: string;
  /** The commits that the feed has given, in its order. */
  readonly fed: Pick<FeedCommit, "cursor" | "stream" | "events">[];
  /** The names of streams in the order in which they were listed last. */
  listed: readonly string[];
};

/** One step of a script. Rejects with a `Deviation` where the store does what it must not. */
export type Step = (world: World) => Promise<void>;

/** What came of a call: a value, or what it was rejected with, or nothing in time. */
export type Answer =
  | { readonly gave: unknown }
  | { readonly rejected: string }
  | { readonly silentFor: number };

/** A script whose last call did not give what it must give. */
export class Deviation extends Error {
  override readonly name = "Deviation";
  readonly script: readonly string[];
  /** Whether the last call gave nothing at all, so that the next one would make everybody wait as long again. */
  readonly silent: boolean;

  constructor(script: readonly string[], silent: boolean) {
    super(script.join("\n"));
    this.script = script;
    this.silent = silent;
  }
}

/** Makes a call and waits for what comes of it. */
export async function answerOf(act: () => PromiseLike<unknown>, patience: number): Promise<Answer> {
  let stop = (): void => {};
  const silence = new Promise<Answer>((resolve) => {
    const timer = setTimeout(() => resolve({ silentFor: patience }), patience);
    stop = () => clearTimeout(timer);
  });
  try {
    return await Promise.race([settled(act), silence]);
  } finally {
    stop();
  }
}

async function settled(act: () => PromiseLike<unknown>): Promise<Answer> {
  try {
    return { gave: await act() };
  } catch (error) {
    // Messages may differ from store to store; the code is what callers go by.
    const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
    return { rejected: typeof code === "string" ? code : showError(error) };
  }
}

/** Notes a call and what came of it. With `expected`, in words or as code, it was not that: the script ends here. */
export function note(world: World, call: string, received: Answer, expected?: string): void {
  const { script, heading } = world;
  const line = `${heading}await ${call};`;
  world.heading = "";
  if (expected === undefined) {
    script.push(`${line}\n// ${showAnswer(received)}`);
    return;
  }
  script.push(`${line}\n// expected: ${expected}\n// received: ${showAnswer(received)}`);
  throw new Deviation([...script], "silentFor" in received);
}

/** Notes a call that must give one of some answers; the first is the one that is shown where it did not. */
export function agree(world: World, call: string, received: Answer, ...allowed: readonly Answer[]): void {
  const agrees = allowed.some((answer) => difference(received, answer) === undefined);
  note(world, call, received, agrees ? undefined : allowed.map(showAnswer).join(", or "));
}

/** A call as code. */
export function call(side: Side, method: string, ...args: readonly unknown[]): string {
  return `${side}.${method}(${args.map((arg) => show(arg)).join(", ")})`;
}

/** Two calls at once, as code. */
export function atOnce(one: string, other: string): string {
  return `Promise.all([\n  ${one},\n  ${other},\n])`;
}

/** Two answers as one. */
export function both(one: Answer, other: Answer): Answer {
  const silent = [one, other].find((answer) => "silentFor" in answer);
  return silent ?? { gave: [one, other].map((answer) => ("gave" in answer ? answer.gave : answer)) };
}

function showAnswer(answer: Answer): string {
  if ("gave" in answer) return show(answer.gave);
  if ("rejected" in answer) return `rejected with ${answer.rejected}`;
  return `nothing within ${answer.silentFor} ms`;
}
