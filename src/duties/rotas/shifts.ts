import type { Hours } from "../../model/rotas.js";
import type { Space } from "../../model/space.js";
import { rostersOf, type Shift, shiftsIn } from "./roster.js";
import { checked } from "./window.js";

/**
 * The shifts of a duty within a window, by when they start. A shift is a time that one member covers by one rota without a
 * break; what of it lies outside of the window is cut off.
 *
 * ```ts
 * shiftsOf(space, "ops", { start, end }); // [{ rota: "weekends", member: "cid", start: 1777672800000, end: ... }, ...]
 * ```
 *
 * Plans are of local time, shifts of instants: on the night on which clocks go forward, a shift from 22:00 to 06:00 lasts
 * seven hours.
 *
 * @throws InvalidInputError `INVALID_INPUT` where the window is none, or longer than five years.
 */
export function shiftsOf(space: Space, duty: string, window: Hours): readonly Shift[] {
  return shiftsIn(rostersOf(space, duty, checked(window)));
}
