/**
 * A store did not do what it must do. The message is the script as code, with what was expected of its last call and
 * what came, and how to run it again.
 */
export class CounterexampleError extends Error {
  override readonly name = "CounterexampleError";
  /** The calls, as code; each with what came of it in a comment. */
  readonly script: readonly string[];
  /** With `path`, what runs this script again. */
  readonly seed: number;
  readonly path: string;

  constructor(
    script: readonly string[],
    replay: { readonly seed: number; readonly path: string },
    message: string,
  ) {
    super(message);
    this.script = script;
    this.seed = replay.seed;
    this.path = replay.path;
  }
}
