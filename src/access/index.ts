/**
 * Who may do what, alone: no schemas, no store.
 *
 * @module chat-spaces/access
 */

// --- Asking ------------------------------------------------------------------------------------------------------

export type {
  Condition,
  Grant,
  Limit,
  Override,
  Period,
  Role,
  Selector,
  Settings,
  Subject,
} from "../model/access.js";
export { can } from "./can.js";
export { compile, update } from "./compile.js";
export type { Access, Bound } from "./compiled.js";
export { decide, type TraceStep } from "./decide.js";
export { describeDecision } from "./describe.js";
export { type Explained, explain, type Remedy } from "./explain.js";
export { canMany, capabilitiesOf, whereCan, whoCan } from "./lists.js";
export { accessOf, type Ruled } from "./of-space.js";
export type { Cause, Decision, DecisionCode, Question } from "./question.js";

// --- What is asked about -----------------------------------------------------------------------------------------

export { CAPABILITIES, type Capability } from "./capabilities.js";
export { CEILINGS, POWERS, ROLES, type RoleName } from "./roles.js";
export type { AccessChannel, AccessMember, Ceiling, ChangeType, Snapshot } from "./snapshot.js";
export {
  type CapabilityDefinition,
  defineCapabilities,
  defineRoles,
  type Vocabulary,
} from "./vocabulary.js";

// --- Changing it safely ------------------------------------------------------------------------------------------

export { applyChange, type Change } from "./change.js";
export { checkChange } from "./check.js";
export type { Check, CheckCode } from "./refused.js";
