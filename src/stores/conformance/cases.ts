import { abortCases } from "./abort.js";
import { atomicCases } from "./atomic.js";
import { closingCases } from "./closing.js";
import { eraseCases } from "./erase.js";
import { feedCases } from "./feed.js";
import { idCases } from "./ids.js";
import { invalidCases } from "./invalid.js";
import { isolationCases } from "./isolation.js";
import { jsonCases } from "./json.js";
import { nameCases } from "./names.js";
import { orderCases } from "./order.js";
import { pagingCases } from "./paging.js";
import { reopenCases } from "./reopen.js";
import { repeatedCases } from "./repeated.js";
import { runCase } from "./run.js";
import { searchCases } from "./search.js";
import { shapeCases } from "./shape.js";
import { streamsCases } from "./streams.js";
import type { OpenStores, StoreCase, StoreCasesOptions } from "./types.js";
import { winnerCases } from "./winner.js";

const CASES = [
  ...shapeCases,
  ...orderCases,
  ...atomicCases,
  ...winnerCases,
  ...repeatedCases,
  ...isolationCases,
  ...jsonCases,
  ...nameCases,
  ...idCases,
  ...pagingCases,
  ...invalidCases,
  ...abortCases,
  ...reopenCases,
  ...feedCases,
  ...streamsCases,
  ...eraseCases,
  ...searchCases,
  ...closingCases,
];

/**
 * Everything that the contract of stores promises, as cases for any test runner: for whoever writes a store.
 *
 * ```ts
 * import { storeCases } from "chat-spaces/conformance";
 * import { test } from "vitest"; // or from "node:test": import test from "node:test"
 *
 * const openMyStore = async () => {
 *   const name = await makeFreshDatabase();
 *   return { a: myStore({ name }), b: myStore({ name }), dispose: () => drop(name) };
 * };
 *
 * for (const c of storeCases(openMyStore)) test(c.name, c.run);
 * ```
 *
 * Each case opens stores of its own, so that cases may run in any order and at once. A case fails with a
 * `ConformanceError` whose message says what the contract demands, what was expected and what came.
 *
 * A store of two functions needs no options. One that can do more declares it, and is shown to keep that too:
 *
 * ```ts
 * const declared = { durable: true, shared: true, feed: true, erase: true, streams: true, close: true };
 *
 * for (const c of storeCases(openMyStore, declared)) test(`${c.group}: ${c.name}`, c.run);
 * ```
 *
 * The cases of the group `shape` demand that what is declared is what the store says of itself and has, so that no
 * promise goes unproven.
 *
 * @param open Gives a case two handles on data that nobody has written to.
 * @param options What the store declares, and how long to wait for a feed.
 */
export function storeCases(open: OpenStores, options: StoreCasesOptions = {}): readonly StoreCase[] {
  return CASES.filter(({ needs }) => needs.every((need) => options[need])).map((definition) => ({
    name: definition.name,
    group: definition.group,
    run: () => runCase(open, options, definition),
  }));
}
