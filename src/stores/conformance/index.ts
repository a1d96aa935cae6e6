/**
 * What every store must show, as cases for any test runner.
 *
 * @module chat-spaces/conformance
 */
export {};
