import * as z from "zod/mini";
import { lazily } from "../../../kernel/schema.js";
import { money, nullableText, text } from "./fields.js";
import { accessData } from "./slices.js";

/** The payloads of what comes in through links, and of who read what was shared. */
export const trafficData = {
  ...accessData,
  "click.recorded": lazily(() =>
    z.strictObject({
      link: text(),
      visitor: nullableText(),
      class: z.enum(["human", "preview", "crawler", "prefetch", "suspect", "unknown"]),
    }),
  ),
  "conversion.recorded": lazily(() =>
    z.strictObject({
      order: text(),
      kind: z.enum(["sale", "refund", "signup"]),
      amount: z.nullable(money()),
      visitor: nullableText(),
      link: nullableText(),
    }),
  ),
};
