/**
 * What every store must show, as cases for any test runner.
 *
 * @module chat-spaces/conformance
 */
export { ConformanceError } from "./assert.js";
export { storeCases } from "./cases.js";
export type {
  OpenedStores,
  OpenStores,
  StoreCase,
  StoreCaseGroup,
  StoreCasesOptions,
  StoreDeclaration,
} from "./types.js";
