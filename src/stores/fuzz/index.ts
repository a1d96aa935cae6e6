/**
 * Random scripts that compare any store with the one in memory.
 *
 * @module chat-spaces/conformance/fuzz
 */
export {};
