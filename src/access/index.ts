/**
 * Who may do what, alone: no schemas, no store.
 *
 * @module chat-spaces/access
 */
export { CAPABILITIES, type Capability } from "./capabilities.js";
export { describeDecision } from "./describe.js";
export {
  type Access,
  type Cause,
  can,
  type Decision,
  type DecisionCode,
  evaluate,
  type Question,
  rankOf,
} from "./evaluate.js";
export { ROLES, type Role, type RoleName } from "./roles.js";
