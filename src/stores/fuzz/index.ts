/**
 * Random scripts that compare any store with the one in memory. Needs `fast-check`.
 *
 * @module chat-spaces/conformance/fuzz
 */
export type { OpenedStores, OpenStores } from "../conformance/types.js";
export { CounterexampleError } from "./counterexample.js";
export { type FuzzOptions, fuzzStore } from "./fuzz.js";
