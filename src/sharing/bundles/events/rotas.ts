import * as z from "zod/mini";
import { lazily } from "../../../kernel/schema.js";
import { count, instant, nullableText, text, texts } from "./fields.js";

const weekday = lazily(() => z.literal([1, 2, 3, 4, 5, 6, 7]));
const plan = lazily(() =>
  z.strictObject({
    duty: text(),
    timeZone: text(),
    grid: z.array(
      z.strictObject({ weekdays: z.array(weekday()), from: text(), to: text(), people: texts() }),
    ),
    rotation: z.nullable(
      z.strictObject({
        people: texts(),
        every: count(),
        unit: z.enum(["day", "week"]),
        firstDay: text(),
        handoverAt: text(),
        hours: z.nullable(z.strictObject({ from: text(), to: text() })),
      }),
    ),
  }),
);
const override = lazily(() =>
  z.strictObject({
    id: text(),
    start: instant(),
    end: instant(),
    replaces: nullableText(),
    member: nullableText(),
  }),
);
const hours = lazily(() => z.strictObject({ start: instant(), end: instant() }));
const ofSwap = lazily(() => z.strictObject({ swap: text() }));

/** The payloads of the events of rotas. */
export const rotaData = {
  "rota.defined": lazily(() => z.strictObject({ rota: text(), plan: z.nullable(plan()) })),
  "rota.overridden": lazily(() => z.strictObject({ rota: text(), override: override() })),
  "rota.restored": lazily(() => z.strictObject({ rota: text(), override: text() })),
  "swap.offered": lazily(() =>
    z.strictObject({
      swap: text(),
      rota: text(),
      from: text(),
      to: text(),
      give: hours(),
      take: z.nullable(hours()),
      note: nullableText(),
    }),
  ),
  "swap.accepted": lazily(() => z.strictObject({ swap: text(), overrides: z.array(override()) })),
  "swap.declined": ofSwap,
  "swap.withdrawn": ofSwap,
};
