import type { AppendResult, StoredEvent } from "../contract.js";
import { difference } from "./compare.js";
import { show, showError } from "./show.js";

/** A store does not do what the contract demands. The message says what is demanded, what was expected and what came. */
export class ConformanceError extends Error {
  override readonly name = "ConformanceError";
}

/** Demands what the sentence says. */
export function demand(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new ConformanceError(sentence);
}

/** Demands that what came is what was expected. */
export function demandSame(actual: unknown, expected: unknown, sentence: string): void {
  const found = difference(actual, expected);
  if (!found) return;
  const at = found.at === "" ? "" : `\n  at:       ${found.at.replace(/^\./, "")}`;
  throw new ConformanceError(`${sentence}${at}\n  expected: ${found.expected}\n  came:     ${found.actual}`);
}

/** Demands an answer to `append`. What else a store puts into it is its own business. */
export function demandAnswer(actual: AppendResult, expected: AppendResult, sentence: string): void {
  const told = (result: AppendResult) =>
    result.ok
      ? {
          ok: true,
          head: result.head,
          ...(result.replayed === undefined ? {} : { replayed: result.replayed }),
        }
      : { ok: false, reason: result.reason, head: result.head };
  const isAnswer = typeof actual === "object" && actual !== null;
  demandSame(isAnswer ? told(actual) : actual, told(expected), sentence);
}

/** Demands a head and the events with these ids, in this order. */
export function demandIds(
  read: { readonly head: number; readonly events: readonly StoredEvent[] },
  head: number,
  ids: readonly string[],
  sentence: string,
): void {
  demandSame({ head: read.head, ids: read.events.map(({ id }) => id) }, { head, ids }, sentence);
}

/** Demands that something is rejected with a code, and not thrown: a store answers with promises only. */
export async function demandCode(
  act: () => PromiseLike<unknown>,
  code: string,
  sentence: string,
): Promise<void> {
  const error = await rejectionOf(act, `${sentence}\n  expected: a rejection with code ${code}`);
  const found: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  demand(
    found === code,
    `${sentence}\n  expected: a rejection with code ${code}\n  came:     ${showError(error)}`,
  );
}

/** Demands that something is rejected with this very reason. */
export async function demandReason(
  act: () => PromiseLike<unknown>,
  reason: unknown,
  sentence: string,
): Promise<void> {
  const error = await rejectionOf(act, `${sentence}\n  expected: a rejection with ${showError(reason)}`);
  demand(
    error === reason,
    `${sentence}\n  expected: a rejection with ${showError(reason)}, that very value\n  came:     ${showError(error)}`,
  );
}

/** What something is rejected with. */
export async function rejectionOf(act: () => PromiseLike<unknown>, sentence: string): Promise<unknown> {
  let answer: PromiseLike<unknown>;
  try {
    answer = act();
  } catch (error) {
    throw new ConformanceError(
      `${sentence}\n  came:     the call threw at once instead of giving a promise: ${showError(error)}`,
      { cause: error },
    );
  }
  let value: unknown;
  try {
    value = await answer;
  } catch (error) {
    return error;
  }
  throw new ConformanceError(`${sentence}\n  came:     the answer ${show(value)}`);
}
