import { InvalidInputError } from "../../kernel/errors.js";
import { quote } from "../../kernel/text.js";
import { dateOfDay } from "../../kernel/zone.js";
import type { Hours, LocalDate, LocalTime } from "../../model/rotas.js";
import type { Calendar } from "./calendar.js";
import { within } from "./intervals.js";
import { DAY, hoursOfDay, reached } from "./local-time.js";

/** Which hours on local clocks are night. Those that end at or before they begin go on into the next day. */
export type Night = { readonly from: LocalTime; readonly to: LocalTime };

/** From ten in the evening to six in the morning. */
export const NIGHT: Night = { from: "22:00", to: "06:00" };

/**
 * Reads what is night, as milliseconds from a day's midnight.
 *
 * @throws InvalidInputError `INVALID_INPUT` where it has no local times.
 */
export function readNight({ from, to }: Night): { readonly from: number; readonly to: number } {
  for (const time of [from, to]) {
    if (!/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time))
      throw new InvalidInputError("INVALID_INPUT", `${quote(time)} is not a local time such as "22:00".`);
  }
  return hoursOfDay(from, to);
}

/** The parts of some hours that are night by the clocks of a calendar, and the day on which each night began. */
export function nightsIn(
  { zone }: Calendar,
  { from, to }: { readonly from: number; readonly to: number },
  hours: Hours,
): readonly (Hours & { readonly date: LocalDate })[] {
  const nights: (Hours & { readonly date: LocalDate })[] = [];
  const last = zone.dayOf(hours.end) + 1;
  for (let day = zone.dayOf(hours.start) - 1; day <= last; day++) {
    const night = { start: reached(zone, day * DAY + from), end: reached(zone, day * DAY + to) };
    nights.push(...within([night], hours).map((part) => ({ ...part, date: dateOfDay(day) })));
  }
  return nights;
}
