import * as z from "zod/mini";
import { id, lazily, must } from "../kernel/schema.js";
import type { CohortCommands, CohortRuleInput } from "./cohorts.js";
import { command, duration, instant, label, name, people, role, type Schemas } from "./fields.js";

/** How deep rules may be put into one another, and how many there may be in one. */
const DEEPEST = 8;
const MOST = 64;

const period = () => ({ from: z.optional(instant()), to: z.optional(instant()) });

const ruleOf = (depth: number): z.ZodMiniType<CohortRuleInput> => {
  const simple = [
    z.strictObject({ campaign: label() }),
    z.strictObject({ invite: id() }),
    z.strictObject({ role: role() }),
    z.strictObject({ cohort: label() }),
    z.strictObject({ joined: z.strictObject(period()) }),
    z.strictObject({
      active: z
        .strictObject({
          weeks: z.int().check(z.minimum(1), z.maximum(520)),
          of: z.int().check(z.minimum(1), z.maximum(520)),
        })
        .check(must(({ weeks, of }) => weeks <= of, "must not ask for more weeks than there are")),
    }),
    z.strictObject({ bought: z.strictObject({ within: z.optional(duration()) }) }),
    z.strictObject({ attended: z.strictObject({ channel: id(), ...period() }) }),
  ] as const;
  if (depth === 0) return z.union(simple);
  const inner = ruleOf(depth - 1);
  const many = z.array(inner).check(z.minLength(1), z.maxLength(MOST));
  return z.union([
    ...simple,
    z.strictObject({ all: many }),
    z.strictObject({ any: many }),
    z.strictObject({ not: inner }),
  ]);
};

/** The commands of cohorts. */
export const cohortSchemas: Schemas<keyof CohortCommands> = {
  "cohort.define": lazily(() =>
    command("cohort.define", {
      cohort: label(),
      name: z.optional(name()),
      rule: z.optional(ruleOf(DEEPEST)),
    }),
  ),
  "cohort.drop": lazily(() => command("cohort.drop", { cohort: label() })),
  "cohort.add": lazily(() => command("cohort.add", { cohort: label(), members: people() })),
  "cohort.remove": lazily(() => command("cohort.remove", { cohort: label(), members: people() })),
};
