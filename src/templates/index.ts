/**
 * Spaces that proved themselves, to be opened again with other names.
 *
 * @module chat-spaces/templates
 */
export type {
  InputOf,
  OutputOf,
  StandardIssue,
  StandardResult,
  StandardSchema,
} from "../kernel/standard-schema.js";
export { defineTemplate, instantiate, type Template, type TemplateDefinition } from "./define.js";
export { type ProductDropVariables, productDrop } from "./product-drop.js";
