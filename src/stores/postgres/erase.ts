import { eraseEvent } from "../erasure.js";
import type { Row, Run } from "./pool.js";
import type { Statements } from "./statements.js";

/** How many payloads are looked at at once. */
const PAGE = 5_000;

/**
 * Erases payloads with one statement, after a look at what there is. `left` is what stays of them, by revision; with
 * `null`, nothing of any.
 *
 * Nothing but an erasure ever changes an event. Should another come between look and statement, it is as if this one
 * had come after it: what stays of an event is up to the request, and the rest is the same before and after.
 */
export async function erase(
  run: Run,
  statements: Statements,
  stream: string,
  left: ReadonlyMap<number, string> | null,
  forget: () => Promise<void>,
): Promise<{ readonly erased: number }> {
  const revisions: number[] = [];
  const events: string[] = [];
  for await (const { revision, event } of payloads(run, statements, stream, left)) {
    const erased = eraseEvent(event as string, left?.get(Number(revision)));
    if (erased === undefined) continue;
    revisions.push(Number(revision));
    events.push(erased);
  }
  if (revisions.length === 0) return { erased: 0 };
  await forget();
  const { written } = await run(statements.erase, [stream, revisions, events]);
  await forget();
  return { erased: written };
}

async function* payloads(
  run: Run,
  statements: Statements,
  stream: string,
  left: ReadonlyMap<number, string> | null,
): AsyncGenerator<Row, void, undefined> {
  if (left) {
    if (left.size > 0) yield* (await run(statements.payloads, [stream, [...left.keys()]])).rows;
    return;
  }
  for (let after = 0; ; ) {
    const { rows } = await run(statements.forwards, [stream, after, Number.MAX_SAFE_INTEGER, PAGE]);
    const found = rows.filter(({ event }) => event !== null);
    yield* found;
    if (found.length < PAGE) return;
    after = Math.max(...found.map(({ revision }) => Number(revision)));
  }
}
