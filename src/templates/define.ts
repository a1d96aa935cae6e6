import { InvalidInputError } from "../kernel/errors.js";
import type { InputOf, OutputOf, StandardSchema } from "../kernel/standard-schema.js";
import type { SpacePlan } from "../model/plan.js";

/** A template: a space that proved itself, with variables where the next one will differ. */
export type TemplateDefinition<S extends StandardSchema> = {
  /** Names the template in the spaces made from it. */
  readonly name: string;
  /** 1, 2, 3, ...: raise it when what the template makes changes. */
  readonly version: number;
  /** What has to be filled in: a schema of zod, zod/mini, valibot or any other Standard Schema. */
  readonly variables: S;
  /** The space for these variables. What it leaves out is a private space in UTC with nothing in it. */
  readonly plan: (variables: OutputOf<S>) => Partial<Omit<SpacePlan, "template">> & { readonly name: string };
};

/**
 * A template that can be filled in: call it with its variables and it gives the plan of a space.
 *
 * ```ts
 * const plan = productDrop({ product: "Spring kit", opensAt: "2026-05-01T16:00:00Z" });
 * plan.channels.map((channel) => channel.id); // ["countdown", "lounge", ...]
 * await spaces.create({ id: "spring-drop", by: "ana", template: plan });
 * ```
 */
export type Template<S extends StandardSchema = StandardSchema> = ((variables: InputOf<S>) => SpacePlan) & {
  readonly definition: TemplateDefinition<S>;
};

/**
 * Defines a template. The variables' types come from the schema.
 *
 * ```ts
 * const bookClub = defineTemplate({
 *   name: "book-club",
 *   version: 1,
 *   variables: z.object({ book: z.string() }),
 *   plan: ({ book }) => ({
 *     name: `Reading ${book}`,
 *     visibility: "invite",
 *     channels: [{ id: "talk", name: "Talk", kind: "discussion" }],
 *   }),
 * });
 * ```
 */
export function defineTemplate<const S extends StandardSchema>(
  definition: TemplateDefinition<S>,
): Template<S> {
  const template = (variables: InputOf<S>): SpacePlan => instantiate(definition, variables);
  return Object.assign(template, { definition });
}

/**
 * Checks the variables and makes the plan: what `spaces.create` would open, as plain data, before anything is.
 *
 * @throws InvalidInputError `TEMPLATE_VARIABLES_INVALID` naming each variable that does not fit.
 */
export function instantiate<S extends StandardSchema>(
  template: TemplateDefinition<S> | Template<S>,
  variables: InputOf<S>,
): SpacePlan {
  const definition = "definition" in template ? template.definition : template;
  const { name, version } = definition;
  const result = definition.variables["~standard"].validate(variables);
  if (result instanceof Promise) {
    // The outcome is not waited for, so a rejection must not surface as an unhandled one.
    result.catch(() => undefined);
    throw new InvalidInputError(
      "TEMPLATE_VARIABLES_INVALID",
      `The schema of the template ${name} is asynchronous. Templates are pure: use one that answers at once.`,
    );
  }
  if (result.issues) {
    const issues = result.issues.map(({ message, path = [] }) => ({
      path: path.map((part) => String(typeof part === "object" ? part.key : part)).join("."),
      expected: message,
    }));
    const what = issues.map(({ path, expected }) => (path ? `${path}: ${expected}` : expected)).join("; ");
    throw new InvalidInputError(
      "TEMPLATE_VARIABLES_INVALID",
      `The template ${name} cannot be filled in: ${what}.`,
      {
        template: name,
        issues,
      },
    );
  }
  return {
    visibility: "private",
    timeZone: "UTC",
    exportPolicy: "hosts",
    channels: [],
    members: [],
    duties: [],
    links: [],
    posts: [],
    ...definition.plan(result.value as OutputOf<S>),
    template: { name, version },
  };
}
