import * as z from "zod/mini";
import { lazily } from "../../../kernel/schema.js";
import type { CohortRule } from "../../../model/cohorts.js";
import { count, instant, span, text, texts } from "./fields.js";

const period = () => ({ from: z.exactOptional(instant()), to: z.exactOptional(instant()) });

/** A rule has rules in it: those are looked up when they are met. */
const rule: () => z.ZodMiniType<CohortRule> = lazily(() =>
  z.union([
    z.strictObject({ campaign: text() }),
    z.strictObject({ invite: text() }),
    z.strictObject({ role: text() }),
    z.strictObject({ cohort: text() }),
    z.strictObject({ joined: z.strictObject(period()) }),
    z.strictObject({ active: z.strictObject({ weeks: count(), of: count() }) }),
    z.strictObject({ bought: z.strictObject({ within: z.exactOptional(span()) }) }),
    z.strictObject({ attended: z.strictObject({ channel: text(), ...period() }) }),
    z.strictObject({ all: z.array(z.lazy(rule)) }),
    z.strictObject({ any: z.array(z.lazy(rule)) }),
    z.strictObject({ not: z.lazy(rule) }),
  ]),
);

const people = lazily(() => z.strictObject({ cohort: text(), members: texts() }));

/** The payloads of the events of cohorts. */
export const cohortData = {
  "cohort.defined": lazily(() => z.strictObject({ cohort: text(), name: text(), rule: z.nullable(rule()) })),
  "cohort.dropped": lazily(() => z.strictObject({ cohort: text() })),
  "cohort.joined": people,
  "cohort.left": people,
};
