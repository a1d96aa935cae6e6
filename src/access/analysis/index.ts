/**
 * Looking over who may do what: what a change changed, and what is wrong with the rules.
 *
 * @module chat-spaces/analysis
 */
export { type Difference, diff } from "./diff.js";
export { type Finding, LINTS, type LintCode, type Part } from "./findings.js";
export { lint } from "./lint.js";
