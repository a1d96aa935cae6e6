import * as z from "zod/mini";
import { id, lazily, must } from "../kernel/schema.js";
import { dateOfDay, dayOfDate } from "../kernel/zone.js";
import { command, instant, label, note, type Schemas, zone } from "./fields.js";
import type { RotaCommands } from "./rotas.js";

const time = lazily(() =>
  z
    .string()
    .check(
      must(
        (text) => /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(text),
        'must be a local time such as "09:00"',
      ),
    ),
);
// A day begins at its "00:00"; its "24:00" is the next one's.
const beginning = lazily(() =>
  time().check(must((text) => text !== "24:00", 'must be a local time up to "23:59"')),
);
const date = lazily(() => z.string().check(must(isDate, 'must be a calendar date such as "2026-05-04"')));
const weekday = lazily(() => z.literal([1, 2, 3, 4, 5, 6, 7]));
// Whether the list is empty has a refusal of its own.
const turns = lazily(() => z.array(id()).check(z.maxLength(100)));
const hours = lazily(() => z.strictObject({ start: instant(), end: instant() }));

/** The commands of rotas. */
export const rotaSchemas: Schemas<keyof RotaCommands> = {
  "rota.define": lazily(() =>
    command("rota.define", {
      rota: id(),
      plan: z.nullable(
        z.strictObject({
          duty: label(),
          timeZone: z.optional(zone()),
          grid: z.optional(
            z
              .array(
                z.strictObject({
                  weekdays: z.array(weekday()).check(z.minLength(1), z.maxLength(7)),
                  from: beginning(),
                  to: time(),
                  people: turns(),
                }),
              )
              .check(z.maxLength(100)),
          ),
          rotation: z.optional(
            z.strictObject({
              people: turns(),
              every: z.int().check(z.minimum(1), z.maximum(366)),
              unit: z.enum(["day", "week"]),
              firstDay: date(),
              handoverAt: z.optional(beginning()),
              hours: z.optional(z.nullable(z.strictObject({ from: beginning(), to: time() }))),
            }),
          ),
        }),
      ),
    }),
  ),
  "rota.override": lazily(() =>
    command("rota.override", {
      rota: id(),
      start: instant(),
      end: instant(),
      replaces: z.optional(z.nullable(id())),
      member: z.nullable(id()),
    }),
  ),
  "rota.restore": lazily(() => command("rota.restore", { rota: id(), override: id() })),
  "swap.offer": lazily(() =>
    command("swap.offer", {
      rota: id(),
      to: id(),
      give: hours(),
      take: z.optional(hours()),
      note: z.optional(note()),
    }),
  ),
  "swap.accept": lazily(() => command("swap.accept", { swap: id() })),
  "swap.decline": lazily(() => command("swap.decline", { swap: id() })),
  "swap.withdraw": lazily(() => command("swap.withdraw", { swap: id() })),
};

function isDate(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(dayOfDate(text)) && dateOfDay(dayOfDate(text)) === text
  );
}
